"""Starts the target of an attack with little memory: ``python -m tests.attacks.starter STDOUT ARGUMENT...``.

``STDOUT`` may be ``full`` or ``closed``. The first argument ``library`` calls the library in place of the commands: its
errors are shown as the commands show them, and any other exception is a traceback.
"""

import io
import multiprocessing.util
import os
import resource
import sys
import tempfile
import traceback
import warnings
from collections.abc import Sequence
from typing import Final

MEMORY: Final = 1280 << 20
"""Bytes of address space that each process of a run may have; what it uses is less than 1 GiB."""


def main() -> None:
    """Take what the attack may have, and run its command in this process."""
    arguments = sys.argv[2:]
    _limit()
    _redirect(sys.argv[1])
    if arguments[0] == "library":
        sys.exit(_call(*arguments[1:]))
    # The process becomes the command, so that it is the command's own end that is seen.
    os.execv(sys.executable, [sys.executable, "-m", "kepu_docs", *arguments])


def prepare() -> None:
    """Have in memory what every command needs, so that it need not be loaded for each attack."""
    from kepu_docs.cli import app  # noqa: F401
    from kepu_docs.pipeline import default_engine

    default_engine()


def act(stdout: str, arguments: Sequence[str]) -> int:
    """Do what :func:`main` does in a process that was forked for it, and return the exit status."""
    from kepu_docs.cli import main as command

    _redirect(stdout)
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.BufferedReader(io.FileIO(0))),
        io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w")), encoding="utf-8"),
        io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w")), encoding="utf-8", errors="backslashreplace"),
    )
    tempfile.tempdir = None
    warnings.resetwarnings()
    _limit()
    sys.argv = ["kepu-docs", *arguments]
    status = 0
    try:
        if arguments[0] == "library":
            status = _call(*arguments[1:])
        else:
            command()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    # What Python does at an ordinary end: a fork ends without it.
    multiprocessing.util._exit_function()  # type: ignore[attr-defined]
    return status


def _limit() -> None:
    """Take memory away from this process and those that it starts; a core file would be left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _redirect(stdout: str) -> None:
    if stdout == "full":
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)
    elif stdout == "closed":
        reading, writing = os.pipe()
        os.close(reading)
        os.dup2(writing, 1)
        os.close(writing)


def _call(what: str, *arguments: str) -> int:
    """Call the library as a program would, and return what a command's exit status would be."""
    import kepu_docs

    try:
        if what == "load":
            kepu_docs.render(kepu_docs.load(arguments[0]), "txt")
        elif what == "compose":
            kepu_docs.compose(kepu_docs.load(arguments[0]), templates=arguments[1])
        elif what == "render_batch":
            report = kepu_docs.render_batch(list(arguments), "out", formats=["txt"], jobs=1)
            for line in report.failures():
                sys.stderr.write("".join(f"{place}: {message}\n" for place, message in line.errors))
            sys.stderr.write("".join(f"{fault}\n" for fault in report.source_faults))
            return 0 if report.complete else 1
        elif what == "check":
            kepu_docs.check(list(arguments))
        elif what == "import":
            for summary in kepu_docs.import_document(arguments[0]):
                sys.stdout.write(f"{summary.title!a}\n")
        else:
            raise ValueError(f"the library has no door {what}")
    except kepu_docs.KepuError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    main()
