"""Work on files from strangers, done in a separate process that may die.

A file of one kilobyte can make a parser in foreign code take all memory or run forever, and no inspection of the file
beforehand finds all such files. So the parser runs in a child process, which the operating system ends when it exceeds
its limits of memory and processor time. The end of the child is a fault of that one file.

``isolated`` calls a function in a child. ``Held`` keeps an object in a child, for files that are read piece by piece. A
child serves one caller at a time and many files, one after the other. A child returns plain data: only values of known
classes are accepted from a process that a stranger's file may have taken over.
"""

from kepu_docs.isolation.children import Held, end_idle_children, isolated
from kepu_docs.isolation.limits import Limits, StoppedError

__all__ = ["Held", "Limits", "StoppedError", "end_idle_children", "isolated"]
