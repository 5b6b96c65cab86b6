"""The tables are those of the model, in every language; a plugin's section kind has its own.

Rewrite the golden files with ``pytest tests/kepu_sources/tables --update-golden``, and read the difference.
"""

from pathlib import Path
from typing import Annotated, Literal

import pytest

from kepu_docs.contract.record_tables import record_tables
from kepu_docs.contract.sources import RecordForm
from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.plugin import Count, FactSection, Line, Many, Record, SectionKind, Unit, hookimpl
from kepu_docs.registry import Registry, core
from kepu_docs.testing import golden
from kepu_sources.tables.workbooks import Workbooks
from tests.languages import LOCALES
from tests.tables import Rows, write_workbook

GOLDEN = Path(__file__).with_name("golden")
ENGINE = default_engine()
FORM = RecordForm(ENGINE.registry.model, ENGINE.languages.vocabulary)


@pytest.mark.parametrize("locale", LOCALES)
def test_tables_of_each_language(locale: str) -> None:
    lines = []
    for table in record_tables(FORM.model):
        lines.append(f"{table.name} = {table.label(FORM.vocabulary, locale)}")
        for column, heading in zip(table.columns, table.headings(FORM.vocabulary, locale), strict=True):
            needed = "*" if column.required else ""
            lines.append(f"    {column.name}{needed} = {heading} [{column.cell}{column.unit and ' ' + column.unit}]")
    golden(GOLDEN / f"tables.{locale}.txt", "\n".join(lines) + "\n")


class Plot(Record):
    place: Line


class Household(Record):
    name: Line
    """Its name."""
    crops: Many[Line] = ()
    """What it grows."""
    plots: Many[Plot] = ()
    """Its plots."""


class Extension(FactSection):
    """Agricultural extension."""

    kind: Literal["agricultural_extension_of_villages"]
    techniques: Annotated[Count, Unit("项")] | None = None
    """How many techniques."""
    demonstration_households: Many[Household] = ()
    """Households that show how it is done."""
    visited_households: Many[Household] = ()
    """Households that were visited."""


class Plugin:
    __name__ = "extension"

    @hookimpl
    def kepu_sections(self) -> list[SectionKind]:
        return [SectionKind(Extension)]


@pytest.fixture(scope="module")
def strange() -> Engine:
    return Engine(Registry.of(core, Plugin()))


def test_a_strangers_section_has_its_tables(strange: Engine, tmp_path: Path) -> None:
    tables = list(record_tables(strange.registry.model))[-4:]
    kind = "agricultural_extension_of_villages"
    assert [table.name for table in tables] == [
        kind,
        f"{kind}.photos",
        f"{kind}.demonstration_households",
        f"{kind}.visited_households",
    ]
    assert tables[-1].left_out == ("plots",)
    titles = {table.name: table.label(strange.languages.vocabulary, "en") for table in tables}
    assert len(set(titles.values())) == len(titles), "not cut down to the same name"
    assert all(len(title) <= 31 for title in titles.values())
    rows: Rows = {
        "communities": [["code", "name", "period"], ["1", "试验社区", 2025]],
        kind: [["code", "techniques"], ["1", "3项"]],
        f"{kind}.visited_households": [["code", "name", "crops"], ["1", "甲家", "水稻、小麦"], ["1", "乙家", None]],
    }
    write_workbook(tmp_path / "a.xlsx", rows, titles)
    form = RecordForm(strange.registry.model, strange.languages.vocabulary)
    (record,) = Workbooks().records(str(tmp_path / "a.xlsx"), form)
    (section,) = strange.read(record.content, record.syntax, "r").model_dump()["sections"]
    assert section["techniques"]["value"] == 3
    assert [each["name"] for each in section["visited_households"]] == ["甲家", "乙家"]
    assert section["visited_households"][0]["crops"] == ("水稻", "小麦")
