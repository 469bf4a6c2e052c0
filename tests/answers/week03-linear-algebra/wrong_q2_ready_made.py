# /// answer
# kind = "wrong"
# exercise = "w03-q2-qr"
# misconception = "Calls the library's factorisation and mends the signs"
# loses = ["w03-q2-qr-test", "w03-q2-qr-stable"]
# says = ["numpy.linalg.qr"]
# ///
# %% w03-q2-qr
def orthonormalise(A):
    Q, R = np.linalg.qr(A.astype(np.float64))
    signs = np.sign(np.diag(R))
    return Q * signs, R * signs[:, None]
