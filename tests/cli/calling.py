"""The command line, in this process or in a separate one."""

import io
import os
import re
import signal
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from unittest.mock import patch

from kepu_docs.cli import main
from kepu_docs.pipeline.engine import _of_installed_plugins

_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8"}
_PLUGINS: Final = {"--no-plugin", "--strict-plugins"}
"""Options for which the plugins are loaded anew, and once more for whoever comes after."""
_UNSEEN: Final = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
"""Warnings that Python shows nobody unasked."""


def kepu(*arguments: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in ``folder``, in this process: the same code, without the second in which Python and kepu-docs begin.

    What a process is handed from without (a path to plugins, streams, signals) needs :func:`kepu_process`.
    """
    command = ["kepu-docs", *map(str, arguments)]
    out, err = (io.TextIOWrapper(io.BytesIO(), "ascii", newline="") for _ in range(2))
    with _as_begun(command, folder, environment), patch("sys.stdout", out), patch("sys.stderr", err):
        try:
            main()
        except SystemExit as ended:
            status = ended.code
    # What main has not written out itself is lost, as it would be with a process that is killed.
    said, told = (stream.buffer.getvalue().decode("utf-8") for stream in (out, err))
    assert isinstance(status, int)
    return subprocess.CompletedProcess(command, status, said, told)


def kepu_process(*arguments: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in ``folder``, as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kepu_docs", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **_ENVIRONMENT, **environment},
        timeout=60,
        check=False,
    )


def untimed(text: str) -> str:
    """Return what a command says in English or Chinese without how long it took."""
    return re.sub(r"(?:in |用时 )\d+:\d\d(?: \([\d,]+ a second\)|（每秒 [\d,]+ 份）)", "in TIME", text)


@contextmanager
def _as_begun(command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """Let this process be, for a while, as one that has just begun with a command."""
    before = Path.cwd()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with (
        patch.dict(os.environ, {**_ENVIRONMENT, **environment}),
        patch("sys.argv", command),
        warnings.catch_warnings(),
    ):
        warnings.resetwarnings()
        for category in _UNSEEN:
            warnings.simplefilter("ignore", category)
        os.chdir(folder)
        other_plugins = not _PLUGINS.isdisjoint(command)
        if other_plugins:
            _of_installed_plugins.cache_clear()
        try:
            yield
        finally:
            if other_plugins:
                _of_installed_plugins.cache_clear()
            os.chdir(before)
            for number, handler in handlers.items():
                signal.signal(number, handler)
