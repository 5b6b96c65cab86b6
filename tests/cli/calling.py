"""The command line as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path


def kepu(*arguments: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in ``folder``."""
    return subprocess.run(
        [sys.executable, "-m", "kepu_docs", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
        timeout=60,
        check=False,
    )
