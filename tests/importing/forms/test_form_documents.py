"""Filled forms read back: the text of the form becomes the record with which it was filled."""

import datetime
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import examples
from tests.kepu_word.form import made_forms as made
from tests.kepu_word.form.blank_forms import FORMS
from tests.kepu_word.form.test_forms import record

import kepu_docs
from kepu_docs import DocumentError, TemplateError
from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.importing.documents import ImportedSummary, import_document
from kepu_docs.pipeline import default_engine


@cache
def form(name: str) -> bytes:
    return default_engine().prepare_form(FORMS[name]()).data


def filled(of: bytes, data: dict[str, Any], *, embed: bool = False) -> bytes:
    engine = default_engine()
    options = RenderOptions(form=of)
    document = engine.compose(kepu_docs.load(data), embed=embed, form=engine.form_plan(options))
    return engine.render(document, "docx", options)


def back(
    of: bytes, document: bytes, folder: Path, change: Callable[[Any], None] | None = None, **options: Any
) -> ImportedSummary:
    """Return what is read back of a document by a form, perhaps after a change that a clerk makes in Word."""
    path = folder / "filled.docx"
    if change is not None:
        opened = docx.Document(io.BytesIO(document))
        change(opened)
        stream = io.BytesIO()
        opened.save(stream)
        document = stream.getvalue()
    path.write_bytes(document)
    (summary,) = import_document(path, form=of, **options)
    return summary


def section(summary: ImportedSummary, kind: str) -> dict[str, Any]:
    return next(each for each in summary.record["sections"] if each["kind"] == kind)


def whys(summary: ImportedSummary) -> list[str]:
    return [f"{note.text}: {note.why}" for note in summary.unclear]


def test_rows_become_entries_and_cells_fields(tmp_path: Path) -> None:
    summary = back(form("lists"), filled(form("lists"), record()), tmp_path, community="试验社区")
    assert section(summary, "activities")["activities"] == [
        {"name": "防灾展览", "held_on": "2025-05-12", "attendance": "120人次"},
        {"name": "健康讲座", "held_on": "2025-09-15", "attendance": "80人次", "place": "活动室"},
    ]
    assert summary.record["community"] == {"name": "试验社区"}
    assert "training" not in [each["kind"] for each in summary.record["sections"]]
    assert any("2025 was guessed" in each for each in whys(summary))
    assert ("period",) in summary.guessed


def test_what_a_clerk_writes_by_hand_is_read_as_a_cell_of_a_workbook(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        (table,) = document.tables
        for label, value in (
            ("单位名称", "试验社区"),
            ("户数", "三千多户"),
            ("培训人次", "３００余人次"),
            ("培训场次", "无"),
            ("活动场次", "许多"),
        ):
            row = next(row for row in table.rows if label in [cell.text for cell in row.cells])
            row.cells[[cell.text for cell in row.cells].index(label) + 1].text = value
        document.paragraphs[-1].text = "填表人：王某    填表日期：2025年5月12日"

    summary = back(form("pairs"), filled(form("pairs"), {"community": {"name": "空"}, "period": 2025}), tmp_path, write)
    assert summary.record["community"] == {"name": "试验社区", "households": "3000多户"}
    assert summary.record["signed_on"] == "2025-05-12"
    assert section(summary, "training") == {"kind": "training", "attendance_total": "300余人次"}
    assert "activities" not in [each["kind"] for each in summary.record["sections"]]
    assert any(each.startswith("许多: ") for each in whys(summary))


def test_rows_that_a_clerk_adds_are_read_and_others_listed(tmp_path: Path) -> None:
    def add(document: Any) -> None:
        table = document.tables[0]
        for text in ("消防演练", "5月20日", "广场", "约50人"):
            table.rows[3].cells[("消防演练", "5月20日", "广场", "约50人").index(text) + 1].text = text
        table._tbl.insert(6, table.rows[3]._tr.__copy__())
        document.add_paragraph("以上情况属实。")
        document.paragraphs[0].insert_paragraph_before("密级：无")

    summary = back(form("lists"), filled(form("lists"), record()), tmp_path, add, community="试验社区", period="2025")
    added = {"name": "消防演练", "held_on": "2025-05-20", "place": "广场", "attendance": "约50人"}
    assert section(summary, "activities")["activities"][2:] == [added, added]
    assert [each for each in whys(summary) if "no place in the form" in each] != []
    assert any(each.startswith("以上情况属实。") for each in whys(summary))


def test_sums_are_not_stated_where_the_entries_make_them(tmp_path: Path) -> None:
    of = made.with_table(
        ("{{ 社区.名称 }}", "{{ 时间 | 年份 }}", "共{{ 科普活动.人次 }}", "{{ 科普活动.举办场次 }}"),
        ("{% for 项 in 科普活动.活动 %}{{ 项.名称 }}", "{{ 项.时间 }}", "", "{{ 项.人次 }}{% endfor %}"),
    )
    summary = back(of, filled(of, record()), tmp_path)
    assert set(section(summary, "activities")) == {"kind", "activities"}
    stated = record(sections=[record()["sections"][0] | {"attendance_total": 500, "times_total": 9}])
    summary = back(of, filled(of, stated), tmp_path)
    assert section(summary, "activities")["attendance_total"] == "500人次"
    assert section(summary, "activities")["times_total"] == "9场"
    assert any("the entries add up to 200人次" in each for each in whys(summary))


def test_texts_go_through_the_importer(tmp_path: Path) -> None:
    summary = back(form("whole_text"), filled(form("whole_text"), record()), tmp_path)
    held = section(summary, "activities")
    assert held["heading"] == "科普活动"
    assert any("防灾展览" in str(each) for each in held["written"])
    assert summary.record["period"] == 2025
    summary = back(form("section_boxes"), filled(form("section_boxes"), record()), tmp_path, community="试验社区")
    assert any("防灾展览" in str(each) for each in section(summary, "activities")["written"])


def test_what_the_form_leaves_open_is_listed(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        document.tables[0].rows[4].cells[3].text = "300"
        document.tables[0].rows[6].cells[1].text = "12"

    summary = back(form("pairs"), filled(form("pairs"), record()), tmp_path, write, period="2025")
    assert any("several things" in each or "no place" in each for each in whys(summary) if each.startswith("300"))
    assert any("no place" in each for each in whys(summary) if each.startswith("12"))


def test_a_field_that_is_shown_twice_counts_as_it_stands_first(tmp_path: Path) -> None:
    of = made.with_texts("名称：{{ 社区.名称 }}", "时间：{{ 时间 }}", "居民{{ 社区.居民 }}，共{{ 社区.居民 }}")
    document = made.with_texts("名称：试验社区", "时间：2025年", "居民8600人，共9000人")
    summary = back(of, document, tmp_path)
    assert summary.record["community"]["residents"] == "8600人"
    assert any("which is used" in each for each in whys(summary))


def test_a_record_that_refuses_a_value_goes_without_it(tmp_path: Path) -> None:
    of = made.with_texts(
        "名称：{{ 社区.名称 }}", "时间：{{ 时间 }}", "落款：{{ 署名日期 }}", "满意率：{{ 工作成效.满意率 }}"
    )
    document = made.with_texts("名称：试验社区", "时间：2025年", "落款：2025年12月20日", "满意率：180%")
    summary = back(of, document, tmp_path)
    assert "satisfaction" not in str(summary.record)
    assert any("180" in each for each in whys(summary))


def test_another_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="does not match the form"):
        back(form("pairs"), made.with_texts("科普工作总结", "全年举办活动三场。"), tmp_path)
    with pytest.raises(TemplateError):
        back(made.with_texts("{{ 社区.没有 }}"), made.with_texts("试验社区"), tmp_path)


def test_a_form_that_carries_its_record_says_what_was_changed(tmp_path: Path) -> None:
    document = filled(form("pairs"), record(), embed=True)
    assert not back(form("pairs"), document, tmp_path).changes

    def write(opened: Any) -> None:
        opened.tables[0].rows[1].cells[1].text = "8700人"

    summary = back(form("pairs"), document, tmp_path, write)
    assert summary.is_ours
    assert [(each.old, each.new) for each in summary.changes] == [("8600人", "8700人")]


HANZI = st.text(st.sampled_from("防灾减展览健康讲座应急救护科技周识别网络谣言"), min_size=2, max_size=8)
COUNTS = st.integers(1, 20_000) | st.sampled_from(["近100", "300余", "约50", "1.2万", "2000多"])
DAYS = st.dates(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)).map(str) | st.sampled_from(
    ["2025-05", "2025-H1"]
)


@st.composite
def records(draw: Any) -> dict[str, Any]:
    """Draw a record with facts that the forms here show."""

    def some(**fields: Any) -> dict[str, Any]:
        return {name: draw(field) for name, field in fields.items() if draw(st.booleans())}

    activity = st.fixed_dictionaries({"name": HANZI}, optional={"held_on": DAYS, "place": HANZI, "attendance": COUNTS})
    session = st.fixed_dictionaries(
        {"topic": HANZI}, optional={"held_on": DAYS, "trainer": HANZI, "attendance": COUNTS}
    )
    use = st.fixed_dictionaries({"purpose": HANZI, "amount": st.integers(1, 900_000)})
    sections = [
        {"kind": "activities", **some(activities=st.lists(activity, max_size=6), times_total=st.integers(10, 90))},
        {"kind": "training", **some(sessions=st.lists(session, max_size=4), attendance_total=COUNTS)},
        {"kind": "team", **some(volunteers=COUNTS, experts=st.integers(1, 50))},
        {"kind": "publicity", **some(leaflets=COUNTS, banners=st.integers(1, 99), boards=COUNTS, reports=COUNTS)},
        {"kind": "funding", **some(uses=st.lists(use, max_size=3))},
        {"kind": "leadership", **some(in_agenda=st.booleans())},
    ]
    community = {
        "name": "试验社区",
        **some(street=st.just("试验街道"), residents=COUNTS, households=st.integers(1, 9_000)),
    }
    return {"community": community, "period": 2025, "sections": sections, **some(signed_on=st.just("2025-12-20"))}


@settings(max_examples=examples(60), deadline=None)
@given(records(), st.sampled_from(["pairs", "sections_beside", "crossed", "lists", "sentences", "merged", "ticks"]))
def test_what_a_form_shows_comes_back(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any], name: str
) -> None:
    """A form that is filled with what was read of a filled one shows the same as that."""
    document = filled(form(name), data)
    summary = back(form(name), document, tmp_path_factory.mktemp("back"), community="试验社区", period="2025")
    again = filled(form(name), dict(summary.record))
    layouts = [default_engine().form_layout(each) for each in (document, again)]
    assert layouts[0] == layouts[1]
