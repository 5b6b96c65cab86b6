"""What a worker process needs, imported and loaded before its first record.

The server that worker processes are forked from imports this, and nobody else: it leaves Ctrl-C to the process that
began the run from the first moment on, since a worker that has just been forked may not come to say so itself.
"""

import pickle
import signal
import sys
from types import TracebackType

from kepu_docs.batch import work

__all__ = ["work"]


def report_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Report an error of a worker that was not yet at work, unless the process is gone which was just beginning it."""
    modules = []
    step = trace
    while step is not None:
        modules.append(str(step.tb_frame.f_globals.get("__name__")))
        step = step.tb_next
    if issubclass(kind, EOFError | FileNotFoundError | pickle.UnpicklingError) and all(
        module.startswith("multiprocessing.") for module in modules
    ):
        return
    sys.__excepthook__(kind, error, trace)


signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.excepthook = report_error
