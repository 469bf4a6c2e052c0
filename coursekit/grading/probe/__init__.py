"""Probes around every check: it runs where it can still fail, and its result comes back signed.

`notebook` rewrites notebooks on the host, with what `plan` reads from the instructor's cells and `evidence` says of a
result. `boot`, `guard` and the modules that it uses run inside the kernel; they are sent there as text.
"""

from coursekit.grading.probe.notebook import MARK, MIME, flags_of, with_probes, without_probes

__all__ = ["MARK", "MIME", "flags_of", "with_probes", "without_probes"]
