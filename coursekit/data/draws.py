"""Random numbers that depend on nothing but a seed, a name and a row number: the same on every machine.

Every draw is SplitMix64 (Steele, Lea and Flood, 2014) of a counter: unsigned 64-bit integer arithmetic, without a
state that would tie row 1,000 to the 999 rows before it. So rows can be made in any order and in pieces of any size,
and no release of NumPy can change them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GOLDEN, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_MASK = (1 << 64) - 1


class Stream:
    """One stream of draws: the n-th draw is a function of seed, name and n alone.

    Parameters
    ----------
    seed
        Any whole number.
    name
        What is drawn; streams of different names are independent.

    Examples
    --------
    >>> Stream(1, "coin").below(2, range(8)).tolist() == Stream(1, "coin").below(2, range(8)).tolist()
    True
    """

    def __init__(self, seed: int, name: str) -> None:
        text = f"{int(seed)}/{name}".encode()
        self._start = int.from_bytes(hashlib.sha256(text).digest()[:8], "little")

    def bits(self, index: object) -> NDArray[np.uint64]:
        """Return 64 random bits for each row number.

        Parameters
        ----------
        index
            Row numbers, at least 0, shape (n,).

        Returns
        -------
        uint64 array of shape (n,)
        """
        import numpy as np

        mixed = np.array(index, dtype=np.uint64)  # a copy: what follows writes into it
        mixed *= np.uint64(_GOLDEN)
        mixed += np.uint64((self._start + _GOLDEN) & _MASK)
        for shift, factor in ((30, _FIRST), (27, _SECOND)):
            mixed ^= mixed >> np.uint64(shift)
            mixed *= np.uint64(factor)
        mixed ^= mixed >> np.uint64(31)
        return mixed

    def below(self, n: object, index: object) -> NDArray[np.int64]:
        """Return whole numbers from 0 to n − 1, each as likely as the others up to 2⁻³² (n at most 2³¹).

        Parameters
        ----------
        n
            One number, or one for each row.
        index
            Row numbers, shape (n_rows,).
        """
        import numpy as np

        return (((self.bits(index) >> np.uint64(32)) * np.asarray(n, dtype=np.uint64)) >> np.uint64(32)).astype(
            np.int64
        )

    def unit(self, index: object) -> NDArray[np.float64]:
        """Return multiples of 2⁻⁵³ in [0, 1), shape (n,)."""
        import numpy as np

        return (self.bits(index) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def choice(self, weights: object, index: object) -> NDArray[np.int64]:
        """Return positions in `weights` (whole numbers, sum at most 2³¹), drawn in proportion to them."""
        import numpy as np

        ends = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.searchsorted(ends, self.below(ends[-1], index), side="right")

    def bell(self, index: object) -> NDArray[np.int64]:
        """Return whole numbers, nearly normal: the sum of eight draws from 0 to 65,535 less its mean of 262,140.

        The standard deviation is √(8 · (65,536² − 1) / 12) = 53,509.9…, and nothing lies beyond 4.9 of it.
        """
        import numpy as np

        index = np.asarray(index, dtype=np.uint64)
        total = np.full(index.shape, -262_140, dtype=np.int64)
        for half in (0, 1):
            bits = self.bits(index * np.uint64(2) + np.uint64(half))
            for shift in (0, 16, 32, 48):
                total += ((bits >> np.uint64(shift)) & np.uint64(0xFFFF)).astype(np.int64)
        return total
