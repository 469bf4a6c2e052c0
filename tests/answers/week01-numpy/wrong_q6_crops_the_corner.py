# /// answer
# kind = "wrong"
# exercise = "w01-q6-thumbnail"
# misconception = "The square is cut from the top left corner"
# loses = ["w01-q6-thumbnail-test", "w01-q6-thumbnail-photo"]
# says = ["(width - side) // 2"]
# ///
# %% w01-q6-thumbnail
def thumbnail(photo, block):
    height, width, _ = photo.shape
    if block < 1 or block > min(height, width):
        raise ValueError(f"block {block}, shorter side {min(height, width)}")
    tiles = min(height, width) // block
    square = photo[: tiles * block, : tiles * block]
    return np.rint(square.reshape(tiles, block, tiles, block, 3).mean(axis=(1, 3, 4))).astype(np.uint8)
