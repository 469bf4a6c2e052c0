"""``python -m coursekit.data.shop FOLDER [N_ORDERS [CHUNK_ORDERS]]`` writes a shop and says how fast and how large."""

from __future__ import annotations

import resource
import sys
import time

from coursekit.data.shop.simulate import CHUNK, write


def main(arguments: list[str]) -> None:
    """Write a shop to Parquet and print rows, rows a second and the peak of memory.

    Parameters
    ----------
    arguments
        Folder, number of orders (10,000,000 if left out), orders in a piece.
    """
    if not arguments or len(arguments) > 3 or not all(text.isdigit() for text in arguments[1:]):
        raise SystemExit("usage: python -m coursekit.data.shop FOLDER [N_ORDERS [CHUNK_ORDERS]]")
    n_orders, chunk = (int(text) for text in (arguments[1:] + ["10000000", str(CHUNK)][len(arguments) - 1 :]))
    begin = time.perf_counter()
    truth = write(arguments[0], n_orders, chunk_orders=chunk)
    seconds = time.perf_counter() - begin
    n_rows = sum(truth.rows.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{n_rows:,} rows in {seconds:.1f} s ({n_rows / seconds:,.0f} rows a second), peak memory {peak:,.0f} MiB")


if __name__ == "__main__":
    main(sys.argv[1:])
