"""Work on what strangers hand in, done in a process of its own that may die.

A file of one kilobyte can make a parser of foreign code take all memory, or run for ever, and no look at the file
beforehand finds all such files. So the parser runs in a child process, which the system ends when it goes past its
limits of memory and processor time; its end is a fault of that one file.

``isolated`` calls a function in a child; ``Held`` keeps an object in one, for what is read piece by piece. A child
serves one caller at a time and many files, one after the other. What comes back from it is plain data: only values of
known classes are taken from a process that a stranger's file may have taken over.
"""

from kepu_docs.isolation.children import Held, end_idle_children, isolated
from kepu_docs.isolation.limits import Limits, StoppedError

__all__ = ["Held", "Limits", "StoppedError", "end_idle_children", "isolated"]
