"""Print the text of `data/README.md`: ``python -m coursekit.data > data/README.md``."""

from coursekit.data.describe import readme_text

if __name__ == "__main__":
    print(readme_text(), end="")
