"""The command line: commands, their output, and exit codes.

Exit status: 0 success; 1 findings or failed records (the others are done), or standard output was lost; 2 wrong usage,
or an internal fault.
"""

import gc
from typing import Final, NoReturn

__all__ = ["main"]

_ALLOCATIONS: Final = 50_000
"""After how many new objects garbage is looked for. A start makes more objects than many a command does afterwards, and
none of them is garbage; by default, they are searched hundreds of times."""


def main() -> NoReturn:
    """Run the command line and exit."""
    gc.set_threshold(_ALLOCATIONS)
    from kepu_docs.cli import app

    app.main()
