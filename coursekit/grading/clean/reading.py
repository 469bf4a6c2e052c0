"""A submitted file as a plain document: any encoding, any version, any size of output, damaged ends."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

LARGEST = 1 << 30  # bytes; far above what Jupyter can open
_DROPPED = ("outputs", "attachments")  # never looked at, and the largest part by far


class Unreadable(Exception):
    """The file is nothing that answers could be taken from; the message says why, to follow "because"."""


def read_document(path: Path) -> tuple[Any, tuple[str, ...]]:
    """Read a submitted notebook without trusting it.

    Returns
    -------
    tuple
        The document (a mapping with its cells) and remarks on what had to be mended.

    Raises
    ------
    Unreadable
        Where no cell can be had: not a file, a link, too large, or not a notebook at all.
    """
    text, remarks = _decode(_bytes_of(path), path.name)
    if not text.strip():
        raise Unreadable("it is empty")
    try:
        document = _loads(text)
    except (ValueError, RecursionError):
        document = {"cells": _whole_cells(text)}
        if not document["cells"]:
            raise Unreadable("it is not JSON") from None
        count = len(document["cells"])
        remarks += (f"{path.name} is damaged: its first {count} cells could be read, what follows is lost.",)
    if not isinstance(document, dict) or not {"cells", "worksheets"} & set(document):
        raise Unreadable("it holds no cells")
    return document, remarks


def _bytes_of(path: Path) -> bytes:
    try:
        facts = path.lstat()
        if not stat.S_ISREG(facts.st_mode):  # a link could lead to the solutions, a pipe would block for ever
            raise Unreadable("it is a link or no regular file")
        if facts.st_size > LARGEST:
            raise Unreadable(f"it is larger than {LARGEST >> 20} MiB")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"the system says: {error.strerror or error}") from None


def _decode(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    try:
        return raw.decode(json.detect_encoding(raw)).removeprefix("\ufeff"), ()
    except UnicodeDecodeError:
        pass
    remark = f"{name} is not in UTF-8: it was read as Western European text, so look at its special characters."
    try:
        return raw.decode("cp1252"), (remark,)
    except UnicodeDecodeError:
        return raw.decode("latin-1"), (remark,)


def _loads(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_lean, parse_int=_number, parse_float=_number)


def _lean(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: value for key, value in pairs if key not in _DROPPED}


def _number(digits: str) -> str:
    """Numbers are never looked at; as text they cannot overflow anything."""
    return digits


def _whole_cells(text: str) -> list[Any]:
    """The cells before the place where a file is cut off or broken."""
    decoder = json.JSONDecoder(object_pairs_hook=_lean, parse_int=_number, parse_float=_number)
    cells: list[Any] = []
    start = text.find("[", text.find('"cells"')) if '"cells"' in text else -1
    while start >= 0:
        start = text.find("{", start + 1)
        if start < 0:
            break
        try:
            cell, start = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            break
        if "cell_type" not in cell:
            break
        cells.append(cell)
    return cells
