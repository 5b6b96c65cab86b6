"""Workbooks saved by LibreOffice in the file formats that it writes."""

import subprocess
from pathlib import Path


def saved_by_libreoffice(path: Path, suffix: str) -> Path:
    """Return a copy of a workbook that LibreOffice has opened and saved in another kind of file, or in the same."""
    folder = path.parent / "saved"
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{suffix}"
