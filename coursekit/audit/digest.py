"""A digest of everything an audit's result depends on, so that a page can say which state of a week it proves."""

from __future__ import annotations

import hashlib

from coursekit.audit.equivalents import FILE_NAME
from coursekit.audit.material import Material

_LENGTH = 16


def digest_of(material: Material) -> str:
    """The same for the same notebooks, answers and equivalents, on whatever machine."""
    digest = hashlib.sha256()
    for name, notebook in sorted(material.notebooks.items()):
        for cell in notebook.cells:
            meta = cell.metadata.get("nbgrader", {})
            _add(digest, name, cell.cell_type, cell.source, str(sorted(meta.items())))
    for answer in material.answers:
        _add(digest, answer.path.name, answer.path.read_text(encoding="utf-8"))
    equivalents = material.answers_folder / FILE_NAME
    if equivalents.is_file():
        _add(digest, FILE_NAME, equivalents.read_text(encoding="utf-8"))
    return digest.hexdigest()[:_LENGTH]


def _add(digest: hashlib._Hash, *texts: str) -> None:
    for text in texts:
        digest.update(f"{len(text)}:{text}".encode())
