# /// answer
# kind = "wrong"
# exercise = "w01-q6-thumbnail"
# misconception = "Keeps every block-th pixel instead of the mean of the tile"
# loses = ["w01-q6-thumbnail-test", "w01-q6-thumbnail-photo"]
# says = ["mean of the tile"]
# ///
# %% w01-q6-thumbnail
def thumbnail(photo, block):
    height, width, _ = photo.shape
    if block < 1 or block > min(height, width):
        raise ValueError(f"block {block}, shorter side {min(height, width)}")
    side = min(height, width) // block * block
    top, left = (height - side) // 2, (width - side) // 2
    square = photo[top : top + side, left : left + side]
    return np.rint(square.mean(axis=2)[::block, ::block]).astype(np.uint8)
