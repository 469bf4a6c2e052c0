"""The shop: a simulated company whose data runs through the course, with its truth kept apart.

Examples
--------
>>> from coursekit.data import shop
>>> small = shop.simulate(1_000, seed=1, faults=False)
>>> len(small.orders), small.truth.elasticity["fashion"]
(1000, -1.8)
"""

from coursekit.data.shop.columns import digest
from coursekit.data.shop.drift import Drift
from coursekit.data.shop.faults import Faults
from coursekit.data.shop.generate import TABLES
from coursekit.data.shop.simulate import Shop, chunks, simulate, write
from coursekit.data.shop.trial import experiment, experiment_truth
from coursekit.data.shop.truth import Truth

__all__ = [
    "TABLES",
    "Drift",
    "Faults",
    "Shop",
    "Truth",
    "chunks",
    "digest",
    "experiment",
    "experiment_truth",
    "simulate",
    "write",
]
