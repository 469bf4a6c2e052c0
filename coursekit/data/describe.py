"""`data/README.md`, written from the registry: every set with its licence, citation and columns."""

from __future__ import annotations

from coursekit.data.catalogue import Registry, registry
from coursekit.data.entry import DataSet
from coursekit.data.library import package_name

_HEAD = """\
# The data of the course

Written from [`registry.toml`](registry.toml) by `python -m coursekit.data > data/README.md`; a test keeps the two in
step, so change the registry and not this file.

```python
from coursekit.data import load

co2 = load("co2")
```

`load` takes the nearest copy and says which it used: a file that ships with a library or the course, the cache, the
folder named by `COURSE_DATA_MIRROR`, a download, and at last a simulated stand-in with the same columns where there is
one. Every file is checked against its sha256 at every use. `course data list` shows what is at hand, `course data
fetch` brings the rest into the cache while there is a network, `course data verify` checks all copies.

| variable | meaning |
|---|---|
| `COURSE_DATA_CACHE` | folder that keeps downloaded files (default: the user's cache folder) |
| `COURSE_DATA_MIRROR` | folder with ready copies under the file names below; a wrong file there is an error |
| `COURSE_OFFLINE` | `1` forbids every download at once |

The shop whose data runs through the course is simulated, in any size and with its truth kept apart: see
[`docs/shop.md`](../docs/shop.md).

A data set whose licence forbids or does not mention redistribution is never bundled: the course names its public
address and its digest, and holds no copy.
"""


def readme_text(book: Registry | None = None) -> str:
    """Return the text of `data/README.md`.

    Parameters
    ----------
    book
        Another registry than the course's.

    Returns
    -------
    str
        Markdown, ending in a newline.
    """
    book = registry() if book is None else book
    return "\n".join([_HEAD, _table(book), *(_section(entry) for entry in book.values())])


def _table(book: Registry) -> str:
    lines = ["| set | what | size | how it comes | licence |", "|---|---|---|---|---|"]
    for entry in book.values():
        cells = [f"[`{entry.name}`](#{entry.name})", entry.title, _size(entry), _origin(entry), entry.licence]
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _section(entry: DataSet) -> str:
    facts = [f"- Licence: {entry.licence}", f"- Cite: {entry.citation}", f"- Comes: {_origin(entry)}"]
    if entry.url:
        facts.append(f"- Address: <{entry.url}>")
    if entry.file:
        facts.append(f"- File: `{entry.file}`, {entry.bytes:,} bytes, sha256 `{entry.sha256}`")
    if entry.parts:
        facts.append(f"- Parts: {', '.join(f'[`{part}`](#{part})' for part in entry.parts)}")
    if entry.stand_in:
        facts.append("- Offline: a simulated stand-in with the same columns")
    if entry.weeks:
        facts.append(f"- Weeks: {', '.join(entry.weeks)}")
    use = entry.use[:1].upper() + entry.use[1:]
    return f"## {entry.name}\n\n{entry.title} ({_size(entry)}). {use}.\n\n" + "\n".join(facts) + "\n" + _columns(entry)


def _columns(entry: DataSet) -> str:
    if not entry.columns:
        return ""
    rows = [f"| `{_cell(column.name)}` | {column.type} | {_cell(column.meaning)} |" for column in entry.columns]
    marks = [f"index {entry.index}"] * bool(entry.index) + [f"target {entry.target}"] * bool(entry.target)
    title = ", ".join([f"{len(entry.columns)} column{'s' * (len(entry.columns) > 1)}", *marks])
    table = "\n".join(["| column | type | meaning |", "|---|---|---|", *rows])
    return f"\n<details><summary>{title}</summary>\n\n{table}\n\n</details>\n"


def _size(entry: DataSet) -> str:
    if entry.kind == "image":
        return " × ".join(str(length) for length in entry.shape)
    if entry.kind == "text":
        return f"{entry.rows:,} lines"
    return f"{entry.rows:,} × {entry.width}"


def _origin(entry: DataSet) -> str:
    if entry.library is not None:
        return f"ships with {package_name(entry.library)}"
    if entry.parts:
        return "stacked from its parts"
    return "ships with the course" if entry.bundled else "download"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
