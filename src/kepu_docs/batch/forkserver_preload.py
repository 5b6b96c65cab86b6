"""Everything that a worker process needs, imported and loaded before its first record.

Only the server that worker processes are forked from imports this module. It leaves Ctrl-C to the process that began
the run from the first moment, since a worker that has just been forked may not get the chance to do so itself.
"""

import pickle
import signal
import sys
from types import TracebackType

from kepu_docs.batch import work
from kepu_docs.batch.warm_server import warm_up

__all__ = ["LOADED_WITH", "work"]


def report_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Report an error of a worker that had not yet started work, unless the process that was starting it is gone."""
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
LOADED_WITH = warm_up()
