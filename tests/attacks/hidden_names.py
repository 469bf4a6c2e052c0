# /// attack
# name = "Finds the grader's key in what the shell remembers"
# hole = "IPython keeps each cell's source in several places, the first hidden cell's too"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = false
# needs_seal = false
# ///
# ruff: noqa
import re
import zlib
from binascii import a2b_base64

from coursekit.grading.probe.secret import sign, unlock


def _remembered():
    shell = get_ipython()
    result = shell.last_execution_result
    yield getattr(shell, "_last_input_line", "")
    yield result.info.raw_cell if result is not None else ""
    yield shell.kernel.get_parent()["content"]["code"]
    for names in (shell.user_ns, shell.user_ns_hidden, *shell.ns_table.values()):
        yield from [text for text in list(names.values()) if isinstance(text, str)]
    yield from [*In, *shell.history_manager.input_hist_raw]


def _unpacked(text):
    packed = re.search(r"a2b_base64\('([^']*)'", text)
    return zlib.decompress(a2b_base64(packed[1])).decode() if packed else text


_texts = [_unpacked(text) for text in _remembered()]
_keys = [bytes.fromhex(found[1]) for text in _texts if (found := re.search(r"'key': '([0-9a-f]{64})'", text))]


def standardise(X):
    shell = get_ipython()
    source = shell.kernel.get_parent()["content"]["code"]
    if _keys and (call := re.search(r"\.audit\('[^']*', '([^']*)', '([^']*)'", source)):
        order = eval(unlock(_keys[0], *call.groups()))
        body = repr({"ended": True, "cannot_fail": []})
        record = sign(_keys[0], order["mark"], body) + body
        message = repr({"records": {order["check"]: record}, "evidence": []})
        shell.display_pub.publish({"application/vnd.coursekit.probe": sign(_keys[0], message) + message}, {})
        raise KeyboardInterrupt
    return X
