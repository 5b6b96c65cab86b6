"""CONTRIBUTING.md is the map: every path that it names exists, and it names every package of the library."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_what_it_names_is_there() -> None:
    named = re.findall(r"`((?:src|plugins|templates|tests|docs)/[\w./-]*)`", TEXT)
    assert len(named) > 25
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert [path for path in re.findall(r"\]\(([\w./-]+\.md)\)", TEXT) if not (ROOT / path).exists()] == []


def test_every_room_is_on_it() -> None:
    library = ROOT / "src" / "kepu_docs"
    rooms = {path.name + "/" for path in library.iterdir() if (path / "__init__.py").exists()}
    rooms |= {path.name for path in library.glob("*.py") if not path.name.startswith("__")}
    table = TEXT.partition("## Where things live")[2].partition("What goes through a hook")[0]
    named = set(
        re.findall(
            r"`(\w+(?:/|\.py))`", table.replace("`reading/` its bytes, `structure/`", "").replace("`facts/` what", "")
        )
    )
    assert named - {"core.py"} == rooms


def test_every_plugin_is_on_it() -> None:
    plugins = {path.name for path in (ROOT / "plugins").iterdir() if (path / "__init__.py").exists()}
    assert plugins <= set(re.findall(r"kepu_\w+", TEXT))
