"""Independent distributions with a plugin each, installed into a folder as pip would: metadata beside a module."""

import os
from pathlib import Path

HEAD = """
from typing import Literal
from pydantic import model_validator
from kepu_docs.plugin import *

class Drills(FactSection):
    kind: Literal["drills"]
    leader: Line | None = None
"""


def install(folder: Path, distribution: str, code: str, kind: str = "drills") -> str:
    """Install a distribution whose module holds ``code``, and return the PYTHONPATH with it.

    ``kind`` is what its section kind is called in place of ``drills``.
    """
    module = distribution.replace("-", "_")
    code = (HEAD + code).replace('"drills"', f'"{kind}"').replace("'drills'", f"'{kind}'")
    (folder / f"{module}.py").write_text(code, encoding="utf-8")
    about = folder / f"{module}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(f"[kepu_docs]\ndrills = {module}\n", encoding="utf-8")
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
