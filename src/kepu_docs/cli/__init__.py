"""The command line: commands, what they print, and exit codes.

Exit status: 0 all done; 1 findings or failed records (the others are done), or standard output got lost; 2 wrong use,
or a fault of our own.
"""

from kepu_docs.cli.app import main

__all__ = ["main"]
