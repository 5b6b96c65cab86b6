"""A text that is kept as written: its blocks, in the order of its passages, in every language."""

import json
from typing import Any

import pytest

import kepu_docs
from kepu_docs.blocks import Column, Heading, Item, ListBlock, NumberLevel, Paragraph, Table
from kepu_docs.contract.record_tables import record_tables
from kepu_docs.contract.sources import RecordForm
from kepu_docs.pipeline import default_engine
from kepu_docs.schema.passages import Points
from kepu_sources.tables.table_names import Layout

BASE = {"community": {"name": "试验社区"}, "period": 2025, "wording": "plain"}


def section(*passages: Any, **fields: Any) -> dict[str, Any]:
    return {**BASE, "written": [], "sections": [{"kind": "training", "written": list(passages), **fields}]}


def test_each_form() -> None:
    record = section(
        "一段话",
        {"heading": "骨干培训"},
        {"heading": "方式", "level": 3, "run_in": "以实操为主。"},
        {"points": ["甲", "乙。"]},
        {"columns": ["时间", "人次"], "rows": [["4月", "60"], ["9月"]], "caption": "一览"},
        sessions_total=3,
    )
    assert kepu_docs.compose(kepu_docs.load(record)).blocks == (
        Heading(1, "科普培训", "一、"),
        Paragraph("一段话"),
        Heading(2, "骨干培训", "（一）"),
        Heading(3, "方式。", "1.", "以实操为主。"),
        ListBlock("ordinal", (Item("甲", number="一是"), Item("乙。", number="二是")), NumberLevel("%1是", "hanzi")),
        Table((Column("时间"), Column("人次")), (("4月", "60"), ("9月", "")), "一览", "表1"),
    )


@pytest.mark.parametrize(
    ("style", "leads"),
    [
        ("一是", ["一是", "二是"]), ("第一，", ["第一，", "第二，"]), ("其一，", ["其一，", "其二，"]), ("1.", ["1.", "2."]),
        ("（1）", ["（1）", "（2）"]), ("①", ["①", "②"]), ("•", ["", ""]),
    ],
)  # fmt: skip
def test_leads_of_points(style: str, leads: list[str]) -> None:
    blocks = kepu_docs.compose(kepu_docs.load(section({"points": ["甲", "乙"], "style": style})), locale="en").blocks
    (listed,) = (block for block in blocks if isinstance(block, ListBlock))
    assert [item.number for item in listed.items] == leads


def test_one_point_keeps_its_lead_and_an_empty_section_its_heading() -> None:
    document = kepu_docs.compose(kepu_docs.load(section({"points": ["甲"]})))
    assert "一是甲" in kepu_docs.render(kepu_docs.load(section({"points": ["甲"]})), "txt").decode()
    assert isinstance(document.blocks[1], ListBlock)
    assert kepu_docs.compose(kepu_docs.load(section())).blocks == (Heading(1, "科普培训", "一、"),)


def test_the_opening_as_it_was_written() -> None:
    record = {
        **BASE,
        "community": {"name": "试验社区", "residents": 8600},
        "written": ["开头。", {"points": ["甲", "乙"]}],
    }
    blocks = kepu_docs.compose(kepu_docs.load(record)).blocks
    assert blocks[0] == Paragraph("开头。")
    assert isinstance(blocks[1], ListBlock)
    assert kepu_docs.compose(kepu_docs.load({**record, "written": []})).blocks == ()


def test_without_it_the_facts_are_composed() -> None:
    record = section("一段话。", sessions_total=3)
    del record["sections"][0]["written"]
    assert Paragraph("全年举办科普培训3场。") in kepu_docs.compose(kepu_docs.load(record)).blocks


def test_it_survives_as_a_record() -> None:
    summary = kepu_docs.load(
        section("一段话", {"heading": "骨干培训", "run_in": "正文。"}, {"points": ["甲"], "style": "①"})
    )
    assert kepu_docs.load(json.loads(summary.model_dump_json(exclude_unset=True))) == summary


def test_keys_in_chinese() -> None:
    record = {
        "社区": {"名称": "试验社区"},
        "年度": 2025,
        "栏目": [{"类型": "培训", "原文": [{"要点": ["甲"], "序号样式": "①"}]}],
    }
    section = kepu_docs.load(record).sections[0]
    assert section.written == (Points(points=("甲",), style="①"),)


@pytest.mark.parametrize(
    ("passage", "place", "said"),
    [
        (1, "sections[0].written[0]", "expected a paragraph, or a passage with heading, points, columns"),
        ({"text": "甲"}, "sections[0].written[0]", "expected a paragraph"),
        ({"heading": "甲", "level": 1}, "sections[0].written[0].level", "expected at least 2"),
        ({"heading": "甲", "runin": "乙"}, "sections[0].written[0].runin", "did you mean “run_in”?"),
        ({"points": ["甲"], "style": "a"}, "sections[0].written[0].style", "expected one of 一是"),
        ({"columns": ["甲"], "rows": [["a\nb"]]}, "sections[0].written[0].rows[0][0]", "a line break"),
        ("", "sections[0].written[0]", "the text is empty; leave out the field instead"),
    ],
)
def test_faults(passage: Any, place: str, said: str) -> None:
    with pytest.raises(kepu_docs.RecordError) as caught:
        kepu_docs.load(section(passage))
    (fault,) = caught.value.faults
    assert fault.place.field == place
    assert said in fault.message


def test_no_table_holds_it() -> None:
    engine = default_engine()
    model = engine.registry.model
    assert not any("written" in column.path for table in record_tables(model) for column in table.columns)
    assert not any("written" in table.path or "written" in table.left_out for table in record_tables(model))
    assert Layout(RecordForm(model, engine.languages.vocabulary)).table("training.written") is None
