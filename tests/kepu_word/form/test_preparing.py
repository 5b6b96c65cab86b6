"""Forms without placeholders: blanks are matched only where that is certain, and nothing else is filled in."""

import io
from functools import cache
from pathlib import Path
from typing import Any, Final

import docx
import pytest
from tests.kepu_word.form import made_forms as made
from tests.kepu_word.form.blank_forms import FORMS
from tests.kepu_word.form.test_forms import record

import kepu_docs
from kepu_docs import DocumentError
from kepu_docs.contract.form_layout import FormBlock, FormGrid, FormLine
from kepu_docs.pipeline import default_engine
from kepu_docs.pipeline.preparing.prepared_form import PreparedForm

EXPECTED: Final = Path(__file__).with_name("prepared_forms.txt")
"""What is found in each form, read through by hand: after a change it is written anew by this module, and read again."""
MARKS: Final = {"matched": "+", "ambiguous": "?", "missed": "-"}


@cache
def prepared(name: str) -> PreparedForm:
    return default_engine().prepare_form(FORMS[name](), "zh_Hant" if name == "traditional" else "zh_Hans")


def report(name: str) -> str:
    """Return what is found in a form, a line for each blank."""
    lines = [f"== {name}"]
    for blank in prepared(name).blanks:
        shown = " / ".join(blank.placeholders)
        lines.append(f"{MARKS[blank.state]} {blank.where}: {blank.words}{' = ' if shown else ''}{shown}")
    return "\n".join(lines)


def texts(data: bytes) -> list[str]:
    """Return the texts of a document's lines, those of cells among them."""
    layout = default_engine().form_layout(data)
    return [line.text for part in layout.parts for block in part for line in lines(block)]


def lines(block: FormBlock) -> list[FormLine]:
    if not isinstance(block, FormGrid):
        return [block]
    return [line for row in block.rows for cell in row.cells for each in cell.content for line in lines(each)]


def sections(*more: dict[str, Any]) -> dict[str, Any]:
    return record(sections=[*record()["sections"], *more])


def fill(name: str, data: dict[str, Any]) -> bytes:
    return kepu_docs.render(kepu_docs.load(data), "docx", form=prepared(name).data)


@pytest.mark.some(2)
@pytest.mark.parametrize("name", FORMS)
def test_what_is_found(name: str) -> None:
    expected = {each.partition("\n")[0]: each for each in EXPECTED.read_text("utf-8").strip().split("\n\n")}
    assert report(name) == expected[f"== {name}"]


def test_most_blanks_are_matched_and_none_wrongly() -> None:
    # The file is read by hand; this says what it amounts to, so that nobody takes a loss for a gain.
    marks = [line[0] for line in EXPECTED.read_text("utf-8").splitlines() if line and line[0] in "+?-"]
    assert (marks.count("+"), marks.count("?"), marks.count("-")) == (129, 36, 41)


@pytest.mark.parametrize("name", FORMS)
def test_a_prepared_form_passes_its_check(name: str) -> None:
    form = prepared(name)
    assert not form.faults
    if form.of("matched"):
        assert not default_engine().check_form(form.data).faults


def test_values_come_where_they_belong() -> None:
    team = {"kind": "team", "volunteers": 35}
    held = {"kind": "training", "sessions": [{"topic": "应急救护", "attendance": "近60人次"}]}
    money = {"kind": "funding", "uses": [{"purpose": "活动", "amount": 20_000}]}
    found = texts(fill("pairs", sections(team, held, money) | {"signed_on": "2025-12-20"}))
    at = {label: found[place + 1] for place, label in enumerate(found[:-1])}
    assert {
        label: at[label] for label in ("单位名称", "所属街道", "常住人口（人）", "科普志愿者人数", "经费总额（元）")
    } == {
        "单位名称": "试验社区",
        "所属街道": "试验街道",
        "常住人口（人）": "8600人",
        "科普志愿者人数": "35人",
        "经费总额（元）": "2万元",
    }
    assert (at["培训场次"], at["培训人次"], at["活动场次"], at["参加人次"]) == ("1场", "近60人次", "2场", "")
    assert at["党员人数"] == at["备注"] == ""
    assert any("填表日期：2025年12月20日" in each for each in found)


def test_values_come_into_sentences_without_their_unit() -> None:
    (line,) = (each for each in texts(fill("sentences", sections())) if "全年共举办" in each)
    assert line == "全年共举办科普培训场，参训人次；开展科普活动2场，参加200人次。"


def test_rows_are_as_many_as_there_were_or_more() -> None:
    few = docx.Document(io.BytesIO(fill("lists", sections()))).tables[0]
    assert [row.cells[1].text for row in few.rows] == ["活动名称", "防灾展览", "健康讲座", "", "", ""]
    assert [row.cells[0].text for row in few.rows] == ["序号", "1", "2", "3", "4", "合计"]
    assert few.rows[-1].cells[4].text == "200人次"
    many = [{"name": f"活动{number}", "attendance": 10} for number in range(7)]
    data = record(sections=[{"kind": "activities", "activities": many}])
    assert len(docx.Document(io.BytesIO(fill("lists", data))).tables[0].rows) == 9


def test_texts_of_sections_and_the_whole_text_are_set() -> None:
    found = texts(fill("section_boxes", sections()))
    assert any("防灾展览" in each for each in found)
    assert any("防灾展览" in each for each in texts(fill("whole_text", sections())))


def test_the_ordinary_table_of_activities_is_filled_and_numbered() -> None:
    tables = docx.Document(io.BytesIO(fill("office", sections()))).tables
    assert [[cell.text for cell in row.cells[:2]] for row in tables[2].rows[1:]] == [
        ["1", "防灾展览"],
        ["2", "健康讲座"],
        ["3", ""],
    ]
    assert "防灾展览" in tables[4].cell(0, 0).text


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("工作总结（不超过800字）", "{{ 正文 | 限字(800) }}"),
        ("主要做法（500-600字以内）", "{{ 正文 | 限字(600) }}"),
        ("科普工作总结（限１０００字）：", "{{ 正文 | 限字(1000) }}"),
        ("工作总结（不少于500字）", "{{ 正文 }}"),
        ("工作总结（800字左右）", "{{ 正文 }}"),
        ("科普活动开展情况（300字以内）", '{{ 栏目("科普活动", 标题=否) | 限字(300) }}'),
    ],
)
def test_a_box_takes_the_text_that_its_label_asks_for_and_no_more(label: str, shown: str) -> None:
    form = default_engine().prepare_form(made.with_body(made.paragraph(label) + made.table(("",))))
    assert [blank.placeholders for blank in form.blanks] == [(shown,)]
    assert not default_engine().check_form(form.data).faults


@pytest.mark.parametrize("rows", [(("工作总结（不超过800字）", ""),), (("工作总结（不超过800字）",), ("",))])
def test_a_limit_is_read_beside_and_above_a_cell_too(rows: tuple[tuple[str, ...], ...]) -> None:
    form = default_engine().prepare_form(made.with_body(made.table(*rows)))
    assert [blank.placeholders for blank in form.blanks] == [("{{ 正文 | 限字(800) }}",)]


def test_what_a_row_says_of_others_is_never_that_of_the_community() -> None:
    rows = (("低保", "户数", "", "总户数", ""), ("特困", "实有户数", "", "专职科普人员", ""))
    form = default_engine().prepare_form(made.with_body(made.table(*rows)))
    assert len(form.of("ambiguous")) == len(form.blanks) == 4


def test_a_box_is_ticked_for_a_yes_alone() -> None:
    leadership = {"kind": "leadership", "in_agenda": True}
    ticks = [each for each in texts(fill("ticks", sections(leadership))) if "是" in each and "否" in each]
    assert ticks[:3] == ["☑是  □否", "是□ 否□", "□是　☐否"]


def test_all_else_stays() -> None:
    for name in ("sections_beside", "merged", "doubtful"):
        before, after = texts(FORMS[name]()), texts(prepared(name).data)
        same = [(old, new) for old, new in zip(before, after, strict=True) if "{" not in new]
        assert all(old == new for old, new in same)
        assert all(old.strip("_") == "" or "____" in old for old, new in zip(before, after, strict=True) if "{" in new)


def test_what_was_prepared_is_prepared_no_more() -> None:
    form = prepared("pairs").data
    again = default_engine().prepare_form(form)
    assert not again.of("matched")
    assert texts(again.data) == texts(form)


def test_choices_stand_in_a_remark_and_leave_nothing() -> None:
    (remark,) = (each for each in texts(prepared("pairs").data) if each.startswith("{#"))
    assert remark == "{# {{ 科普培训.人次 }} / {{ 科普活动.人次 }} #}"


@pytest.mark.parametrize(
    ("heading", "state"), [("社区基本情况", "matched"), ("社区低保情况", "ambiguous"), ("困难群众帮扶", "ambiguous")]
)
def test_figures_below_a_heading_about_some_are_not_the_communitys(heading: str, state: str) -> None:
    form = default_engine().prepare_form(made.with_body(made.paragraph(heading) + made.table(("户数", "", "面积", ""))))
    assert next(blank.state for blank in form.blanks if blank.words == "户数") == state


def test_placeholders_are_in_the_language_of_the_locale() -> None:
    form = default_engine().prepare_form(FORMS["lists"](), "en")
    assert not form.faults
    assert form.of("matched")[1].placeholders == ("{{ item.name }}",)


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        (made.with_texts("科普工作总结", "全年工作很多。"), "this form has no blanks"),
        (made.with_body(""), "this form has no blanks"),
        (b"PK", "broken"),
        (b"", "empty"),
    ],
)
def test_what_is_refused(form: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(form)
    with pytest.raises(kepu_docs.KepuError, match=problem):
        default_engine().prepare_form(path)


def test_a_form_that_would_be_refused_when_filled_is_refused_at_once() -> None:
    field = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO c</w:instrText></w:r></w:p>'
    with pytest.raises(
        DocumentError, match="the document is rejected: it contains a field that fetches external content"
    ):
        default_engine().prepare_form(made.with_body(field + made.table(("单位名称", "")) + made.paragraph("")))


if __name__ == "__main__":
    EXPECTED.write_text("\n\n".join(map(report, FORMS)) + "\n", "utf-8")
