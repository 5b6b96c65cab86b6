"""The limits and attacks in docs/security.md are those of the code."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from tests.attacks.table import GROUPS, attacks

import kepu_docs
import kepu_excel
import kepu_html
import kepu_sources
import kepu_word

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
UNITS = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "s": 1}

# Names that limit what may be taken, as against how much is shown, told or written.
_limit = re.compile(
    r"(?:MOST|MAX|LONGEST|LARGEST|DEEPEST)_?\w*|STEPS|CHARACTERS|SECONDS|MEMORY|\w+_(?:LENGTH|SECONDS|MEMORY|LIMIT)"
)
NOT_OF_STRANGERS = {
    "kepu_docs.checking.formats.text_report.MOST_ALIKE",
    "kepu_docs.composing.drafts.DEEPEST",
    "kepu_docs.importing.structure.outline.DEEPEST",
    "kepu_docs.contract.rollups.MOST_NAMES",
    "kepu_docs.output.workbooks.MOST_ROWS",
    "kepu_docs.sections.rollup.MOST_SHOWN",
}
"""How much is shown, told or written: no stranger's input meets these."""


def told(mark: str) -> list[list[str]]:
    """Return the cells of each row of a table of the page."""
    text = PAGE.read_text(encoding="utf-8")
    table = re.search(rf"<!-- begin of {mark}: .*?-->\n(.*?)<!-- end of {mark} -->", text, re.S)
    assert table
    lines = table[1].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


LIMITS = [row for row in told("limits") if row[2]]


def number(value: str) -> float:
    """Return the number that ``8 MiB`` or ``300,000`` is."""
    digits, _, unit = value.replace(",", "").partition(" ")
    return float(digits) * UNITS[unit] if unit else float(digits)


@pytest.mark.parametrize(("value", "constant", "why"), [row[1:] for row in LIMITS], ids=[row[2] for row in LIMITS])
def test_a_limit(value: str, constant: str, why: str) -> None:
    module, _, name = constant.strip("`").rpartition(".")
    assert number(value) == getattr(import_module(module), name)
    assert why


BY_THEMSELVES = ("kepu_docs.__main__", "kepu_docs.batch.forkserver_preload")
"""What does something when it is imported; the latter lets Ctrl-C be ignored."""


def _public() -> Iterator[str]:
    """Yield the public limits of the code, each where it is defined."""
    for package in (kepu_docs, kepu_excel, kepu_html, kepu_sources, kepu_word):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if module.name in BY_THEMSELVES or ".testing" in module.name:
                continue
            found = import_module(module.name)
            for line in Path(str(found.__file__)).read_text(encoding="utf-8").splitlines():
                defined = re.match(r"([A-Z][A-Z_]+)(?:: Final[^=]*)? = ", line)
                if defined and _limit.fullmatch(defined[1]) and isinstance(getattr(found, defined[1]), int | float):
                    yield f"{module.name}.{defined[1]}"


def test_every_limit_is_reported() -> None:
    assert {row[2].strip("`") for row in LIMITS} == set(_public()) - NOT_OF_STRANGERS


def test_attacks() -> None:
    counts = {group: len(attacks(group)) for group in GROUPS if group != "ordinary"}
    said = {row[0].replace(" ", "_"): int(row[1].replace(",", "")) for row in told("attacks")}
    assert said.pop("all") == sum(counts.values())
    assert said == counts
