"""What both ends of the warm process's socket agree on: orders and answers are JSON, one datagram each."""

from __future__ import annotations

#: Bytes of one datagram.
LARGEST_ORDER = 1 << 17
#: Module names in one order to import.
NAMES_AT_ONCE = 500
#: What a kernel imports while it starts; a version of ipykernel that has no such module does without.
ALWAYS = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "ipykernel.debugger", "IPython.core.magics",
    "IPython.core.debugger", "IPython.core.oinspect", "IPython.core.completerlib", "IPython.core.logger",
    "IPython.extensions.storemagic", "tornado.platform.asyncio", "tornado.locks", "tornado.queues",
    "jupyter_client.session", "asyncio.selector_events", "concurrent.futures.thread", "multiprocessing",
    "IPython.core.ultratb", "stack_data", "executing", "asttokens.line_numbers", "pure_eval",
    "pygments.formatters.terminal256", "pygments.lexers.python", "cProfile", "pstats", "tracemalloc",
    "coursekit.grading.sealed.application", "coursekit.grading.probe.boot",
)  # fmt: skip
