# /// answer
# kind = "wrong"
# exercise = "w01-q6-thumbnail"
# misconception = "The grey picture is rounded to bytes before the tiles are averaged"
# loses = ["w01-q6-thumbnail-test", "w01-q6-thumbnail-photo"]
# says = ["round once"]
# ///
# %% w01-q6-thumbnail
def thumbnail(photo, block):
    height, width, _ = photo.shape
    if block < 1 or block > min(height, width):
        raise ValueError(f"block {block}, shorter side {min(height, width)}")
    tiles = min(height, width) // block
    side = tiles * block
    top, left = (height - side) // 2, (width - side) // 2
    grey = np.rint(photo[top : top + side, left : left + side].mean(axis=2)).astype(np.uint8)
    return np.rint(grey.reshape(tiles, block, tiles, block).mean(axis=(1, 3))).astype(np.uint8)
