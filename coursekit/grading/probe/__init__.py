"""Probes around every check: it runs where it can still fail, and its result comes back signed.

`notebook` rewrites notebooks on the host, with what `plan` reads from the instructor's cells and `evidence` says of a
result. `boot`, `guard` and the modules that it uses run inside the kernel, as `programs` has compiled them.
"""

from coursekit.grading.probe.notebook import MARK, MIME, flags_of, modules_for_checks, with_probes, without_probes

__all__ = ["MARK", "MIME", "flags_of", "modules_for_checks", "with_probes", "without_probes"]
