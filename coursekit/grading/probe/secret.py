"""What the host and the guard in the kernel say to each other: signed, and the checks' sources locked.

The key is drawn on the host for each submission. Both sides use this module, the guard a private copy of it.
"""

from __future__ import annotations

from hashlib import blake2b, shake_256

_TAG_BYTES = 16


def sign(key: bytes, *parts: str) -> str:
    """A tag over ``parts`` that nobody can make without ``key``."""
    tag = blake2b(key=key, digest_size=_TAG_BYTES)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        tag.update(len(data).to_bytes(8, "big") + data)
    return tag.hexdigest()


def lock(key: bytes, nonce: str, text: str) -> str:
    """``text``, readable only with ``key``; ``nonce`` must be used once."""
    data = text.encode("utf-8", "surrogatepass")
    locked = _mixed(key, nonce, data).hex()
    return sign(key, "lock", nonce, locked) + locked


def unlock(key: bytes, nonce: str, message: str) -> str:
    """What `lock` was given.

    Raises
    ------
    ValueError
        If the message was not locked with this key and nonce.
    """
    tag, locked = message[: 2 * _TAG_BYTES], message[2 * _TAG_BYTES :]
    if tag != sign(key, "lock", nonce, locked):
        raise ValueError("a locked message was changed")
    return _mixed(key, nonce, bytes.fromhex(locked)).decode("utf-8", "surrogatepass")


def _mixed(key: bytes, nonce: str, data: bytes) -> bytes:
    stream = shake_256(key + nonce.encode()).digest(len(data))
    return (int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(data), "big")
