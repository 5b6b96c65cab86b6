"""The command line: commands, their output, and exit codes.

Exit status: 0 success; 1 findings or failed records (the others are done), or standard output was lost; 2 wrong usage,
or an internal fault.
"""

from kepu_docs.cli.app import main

__all__ = ["main"]
