"""What sealed code prints and displays is data from a stranger: cut to size and put into shape, or dropped."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

#: What an output costs beside its text, so that a million empty ones are bounded too.
_OVERHEAD = 256
_DEEPEST = 60
_KINDS = ("stream", "display_data", "execute_result", "error", "update_display_data", "clear_output")


@dataclass
class Outputs:
    """The outputs of one cell, collected up to a number of bytes.

    Parameters
    ----------
    limit
        Bytes of output to keep.
    """

    limit: int
    collected: list[dict[str, Any]] = field(default_factory=list)
    used: int = 0
    truncated: bool = False
    malformed: int = 0
    _displayed: dict[str, dict[str, Any]] = field(default_factory=dict)
    _clear_first: bool = False

    def add(self, kind: str, content: Any) -> None:
        """Take in one message; a malformed one is counted and dropped."""
        if kind not in _KINDS or self.truncated:
            return
        try:
            getattr(self, f"_{kind}")(_plain(content))
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            self.malformed += 1

    def add_error(self, name: str, sentence: str) -> None:
        """Append an error of our own, whatever the limit says."""
        self.collected.append({"output_type": "error", "ename": name, "evalue": sentence, "traceback": [sentence]})

    def finished(self) -> list[Any]:
        """The outputs as nbformat nodes, with a note at the end where something was cut off."""
        from nbformat.notebooknode import from_dict

        outputs = list(self.collected)
        if self.truncated:
            note = f"\n[output cut off: more than {self.limit:,} bytes]\n"
            place = next((at for at, output in enumerate(outputs) if output["output_type"] == "error"), len(outputs))
            outputs.insert(place, {"output_type": "stream", "name": "stderr", "text": note})
        return [from_dict(output) for output in outputs]

    def _stream(self, content: dict[str, Any]) -> None:
        name, text = content["name"], _text(content["text"])
        if name not in ("stdout", "stderr"):
            raise ValueError(name)
        self._clear_if_asked()
        last = self.collected[-1] if self.collected else {}
        continued = last.get("output_type") == "stream" and last["name"] == name
        room = self.limit - self.used - (0 if continued else _OVERHEAD)
        encoded = text.encode()
        if len(encoded) > room:
            self.truncated = True
            text = encoded[: max(room, 0)].decode(errors="ignore")
        self.used += min(len(encoded), max(room, 0)) + (0 if continued else _OVERHEAD)
        if continued:
            last["text"] += text
        elif text:
            self.collected.append({"output_type": "stream", "name": name, "text": text})

    def _display_data(self, content: dict[str, Any]) -> None:
        self._display("display_data", content, {})

    def _execute_result(self, content: dict[str, Any]) -> None:
        count = content.get("execution_count")
        self._display("execute_result", content, {"execution_count": count if type(count) is int else None})

    def _display(self, kind: str, content: dict[str, Any], more: dict[str, Any]) -> None:
        output = {
            "output_type": kind,
            "data": _bundle(content["data"]),
            "metadata": _mapping(content["metadata"]),
            **more,
        }
        self._clear_if_asked()
        if self._fits(output):
            self.collected.append(output)
            name = content.get("transient", {}).get("display_id")
            if isinstance(name, str):
                self._displayed[name] = output

    def _update_display_data(self, content: dict[str, Any]) -> None:
        """Replace an earlier display of the same cell."""
        output = self._displayed.get(content["transient"]["display_id"])
        new = {"data": _bundle(content["data"]), "metadata": _mapping(content["metadata"])}
        if output is not None and self._fits(new):
            output.update(new)

    def _error(self, content: dict[str, Any]) -> None:
        lines = [_text(line) for line in content["traceback"]]
        self._clear_if_asked()
        output = {"output_type": "error", "ename": _text(content["ename"]), "evalue": _text(content["evalue"])}
        if self._fits({**output, "traceback": lines}):
            self.collected.append({**output, "traceback": lines})
        else:
            self.collected.append({**output, "evalue": output["evalue"][:2000], "traceback": []})

    def _clear_output(self, content: dict[str, Any]) -> None:
        self._clear_first = bool(content.get("wait"))
        if not self._clear_first:
            self._clear()

    def _clear_if_asked(self) -> None:
        if self._clear_first:
            self._clear_first = False
            self._clear()

    def _clear(self) -> None:
        """Errors stay: they decide about marks, and code must not be able to take them back."""
        self.collected[:] = [output for output in self.collected if output["output_type"] == "error"]
        self._displayed.clear()

    def _fits(self, output: dict[str, Any]) -> bool:
        size = len(json.dumps(output, default=str)) + _OVERHEAD
        if self.used + size > self.limit:
            self.truncated = True
            return False
        self.used += size
        return True


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError(type(value).__name__)
    return value


def _mapping(value: Any) -> dict[str, Any]:
    if type(value) is not dict:
        raise TypeError(type(value).__name__)
    return dict(value)


def _bundle(data: dict[str, Any]) -> dict[str, Any]:
    """A dictionary from MIME type to content; text wherever the type is not JSON."""
    for mime, value in data.items():
        if type(mime) is not str or not (type(value) is str or mime.endswith("json")):
            raise TypeError(mime)
    return _mapping(data)


def _plain(value: Any, depth: int = 0) -> Any:
    """The same data with every text encodable, and not nested deeper than a notebook's reader can follow.

    JSON may hold halves of surrogate pairs, on which every writer of UTF-8 fails.
    """
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    if type(value) is str:
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if type(value) is list:
        return [_plain(item, depth + 1) for item in value]
    if type(value) is dict:
        return {_plain(name, depth + 1): _plain(item, depth + 1) for name, item in value.items()}
    return value
