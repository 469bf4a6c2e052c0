# /// answer
# kind = "wrong"
# exercise = "w01-q6-thumbnail"
# misconception = "Sums the bytes of a tile in uint16, which a large tile overflows"
# loses = ["w01-q6-thumbnail-photo"]
# says = ["hold"]
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
    sums = square.reshape(tiles, block, tiles, block, 3).sum(axis=(1, 3, 4), dtype=np.uint16)
    return np.rint(sums / (3 * block * block)).astype(np.uint8)
