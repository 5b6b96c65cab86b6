"""Clean environments: kepu-docs as a wheel, without the checkout, and a plugin installed beside it like any other."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]


class Environment:
    """A virtual environment in a folder of its own. What kepu-docs needs it borrows from the one that runs the tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.create(folder, with_pip=False)
        self.python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
        site = Path(self._said("-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
        # Through site, so that what is installed there is found, and after what is installed here.
        borrowed = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n"
        (site / "borrowed.pth").write_text(borrowed, encoding="utf-8")

    def install(self, *what: Path) -> None:
        """Install wheels or projects, without their dependencies and without a network."""
        options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--ignore-installed"]
        self._said("-m", "pip", "install", *options, *map(str, what))

    def install_kepu_docs(self) -> None:
        """Install the wheel of this checkout."""
        wheels = self.folder / "wheels"
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
        subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
        self.install(*wheels.glob("*.whl"))

    def run(self, *arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
        """Run Python in ``folder``, without what the caller's variables say about packages."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "KEPU_", "PYTEST_"))
        }
        return subprocess.run(
            [str(self.python), *arguments],
            cwd=folder,
            env={**kept, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def _said(self, *arguments: str) -> str:
        done = self.run(*arguments, folder=self.folder)
        assert done.returncode == 0, done.stderr
        return done.stdout
