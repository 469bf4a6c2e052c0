# /// answer
# kind = "wrong"
# exercise = "w01-q6-thumbnail"
# misconception = "astype(np.uint8) is taken for rounding"
# loses = ["w01-q6-thumbnail-test", "w01-q6-thumbnail-photo"]
# says = ["cut off"]
# ///
# %% w01-q6-thumbnail
def thumbnail(photo, block):
    height, width, _ = photo.shape
    if block < 1 or block > min(height, width):
        raise ValueError(f"block {block}, shorter side {min(height, width)}")
    tiles = min(height, width) // block
    side = tiles * block
    top, left = (height - side) // 2, (width - side) // 2
    square = photo[top : top + side, left : left + side]
    return square.reshape(tiles, block, tiles, block, 3).mean(axis=(1, 3, 4)).astype(np.uint8)
