"""What a worker process needs, imported and loaded before its first record.

The server that worker processes are forked from imports this, and nobody else: it leaves Ctrl-C to the process that
began the run from the first moment on, since a worker that has just been forked may not come to say so itself.
"""

import signal

from kepu_docs.batch import work

__all__ = ["work"]

signal.signal(signal.SIGINT, signal.SIG_IGN)
