"""nbgrader's own way to run a notebook, sealed: for plain ``nbgrader autograde`` and formgrader's button."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import Execute

from coursekit.grading.sealed.provisioner import SealedKernelManager


class SealedExecute(Execute):
    """nbgrader's ``Execute``, whose kernels run in sandboxes; settings of ``c.Execute`` hold for it too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("kernel_manager_class", SealedKernelManager)
        super().__init__(*args, **kwargs)
