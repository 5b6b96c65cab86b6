"""LibreOffice, which shows a .docx as a reader sees it."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_STAND_INS: Final = Path(__file__).with_name("fonts.conf")
_SECONDS: Final = 300


def missing_stand_ins() -> set[str]:
    """Return the fonts that are to stand in for those of the look and are not installed."""
    wanted = set(re.findall(r"<edit .*<string>(.*)</string>", _STAND_INS.read_text("utf-8")))
    listed = subprocess.run(["fc-list", ":", "family"], check=True, capture_output=True, encoding="utf-8").stdout
    return wanted - set(re.split("[,\\n]", listed))


def converted(folder: Path, files: Mapping[str, bytes], kind: str) -> dict[str, bytes]:
    """Return each .docx of ``files`` as LibreOffice converts it, all in one call, which is most of the cost.

    ``kind`` is the new suffix, with the filter's name behind a colon where the suffix alone does not tell it.
    ``folder`` is empty, and the caller's to delete.
    """
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        *(str(folder / f"{name}.docx") for name in files),
    ]
    fonts = {**os.environ, "FONTCONFIG_FILE": str(_STAND_INS)}
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, env=fonts)
    suffix = kind.partition(":")[0]
    return {name: (folder / f"{name}.{suffix}").read_bytes() for name in files}
