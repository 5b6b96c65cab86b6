"""Documents are checked like records: through import, with places in the document."""

from pathlib import Path
from typing import Final

import pytest
from docx import Document

import kepu_docs

LINES: Final = (
    "试验社区2025年科普工作总结",
    "在街道党工委领导下,社区扎实开展科普工作。",
    "一、组织领导",
    "社区成立领导小组，居民精神礼貌素质有所提高。",
    "三、下一步打算",
    "今后，社区将开展丰富多采的活动。",
    "试验社区居民委员会",
    "2025年12月20日",
)
FOUND: Final = ["missing-section", "half-width", "replaced-word", "outline", "wrong-character"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("\n".join(LINES) + "\n", encoding="utf-8")
    marks = ("# ", "", "## ", "", "## ", "", "", "")
    Path("b.md").write_text("\n\n".join(map("".join, zip(marks, LINES, strict=True))), encoding="utf-8")
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save("c.docx")
    return tmp_path


def rules(path: str) -> list[str]:
    return [each.rule for each in kepu_docs.check(path).remarks]


@pytest.mark.parametrize("path", ["a.txt", "b.md", "c.docx"])
def test_what_is_found(here: Path, path: str) -> None:
    assert sorted(rules(path)) == sorted(FOUND)


def test_places_in_plain_text(here: Path) -> None:
    found = [(each.place.line, each.place.column, each.words) for each in kepu_docs.check("a.txt").remarks]
    assert found == [(None, None, ""), (2, 10, ","), (4, 12, "精神礼貌"), (5, 3, ""), (6, 9, "丰富多采")]


def test_places_name_the_paragraph_of_a_word_document(here: Path) -> None:
    lines = {each.rule: each.place.line for each in kepu_docs.check("c.docx").remarks}
    assert lines["wrong-character"] == 6


def test_only_plain_text_is_mended(here: Path) -> None:
    word = Path("c.docx").read_bytes()
    report = kepu_docs.check(["a.txt", "c.docx"], fix=True)
    assert report.written == (Path("a.txt"),)
    assert Path("a.txt").read_text(encoding="utf-8").splitlines()[1] == LINES[1].replace(",", "，")
    assert Path("c.docx").read_bytes() == word
    assert [fault.place.record for fault in report.unmended] == ["c.docx"]


def test_a_folder_of_records_and_documents(here: Path) -> None:
    Path("r.yaml").write_text("community: {name: 试验社区}\nperiod: 2025\nopening: 20xx年。\n", encoding="utf-8")
    Path("broken.docx").write_bytes(b"no document")
    report = kepu_docs.check(".")
    assert report.records == 5
    by_file = {Path(each.place.record).name for each in report.remarks}
    assert by_file == {"a.txt", "b.md", "c.docx", "r.yaml", "broken.docx"}


def test_several_summaries_of_a_file(here: Path) -> None:
    second = [line.replace("试验社区", "示例社区").replace("精神礼貌", "精神文明") for line in LINES]
    Path("two.txt").write_text("\n".join((*LINES, "", *second)) + "\n", encoding="utf-8")
    report = kepu_docs.check("two.txt")
    assert report.records == 2
    half = [each.place.line for each in report.remarks if each.rule == "half-width"]
    assert half == [2, len(LINES) + 3]
    assert [each.place.line for each in report.remarks if each.rule == "replaced-word"] == [4]


def test_all_summaries_of_a_file_are_mended_in_one_run(here: Path) -> None:
    second = [line.replace("试验社区", "示例社区") for line in LINES]
    Path("two.txt").write_text("\n".join((*LINES, "", *second)) + "\n", encoding="utf-8")
    report = kepu_docs.check("two.txt", fix=True)
    assert (report.written, report.unmended) == ((Path("two.txt"),), ())
    mended = Path("two.txt").read_text(encoding="utf-8")
    lines = mended.splitlines()
    assert (lines[1], lines[len(LINES) + 2]) == (LINES[1].replace(",", "，"), second[1].replace(",", "，"))
    assert kepu_docs.check("two.txt", fix=True).written == ()
    assert Path("two.txt").read_text(encoding="utf-8") == mended


def test_a_document_that_does_not_say_whose_it_is(here: Path) -> None:
    Path("n.txt").write_text(
        "科普工作总结\n一、组织领导\n社区成立领导小组。\n二、下一步打算\n继续努力。\n", encoding="utf-8"
    )
    assert {each.severity for each in kepu_docs.check("n.txt").remarks} <= {"info"}


def test_no_rule_speaks_from_a_guessed_year(tmp_path: Path) -> None:
    lines = (
        "试验社区科普工作总结",
        "落实全民科学素质行动计划纲要。",
        "一、活动",
        "全国科普日期间展出展板。",
        "试验社区居民委员会",
    )
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert rules(str(path)) == ["missing-signature"]
    path.write_text("\n".join(("试验社区2025年科普工作总结", *lines[1:])), encoding="utf-8")
    assert {"superseded-policy", "science-month", "missing-section"} <= set(rules(str(path)))


def test_numbers_of_points_and_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    points = ("1、举办展览3场，参加居民600人次。", "2、举办讲座4场，参加居民500人次。", "3、举办夏令营2期。")
    path.write_text(
        "\n".join((*LINES[:2], "一、活动", *points, "(二)阵地", "建成画廊。", *LINES[6:])), encoding="utf-8"
    )
    found = kepu_docs.check(path, rules=["number-mark", "half-width"]).remarks
    assert [each.place.line for each in found if each.rule == "number-mark"] == [4, 5, 6]
    assert [each.place.line for each in found if each.rule == "half-width" and not each.words] == [7]
    right = path.read_text(encoding="utf-8").replace("、举", ".举").replace("(二)", "（二）")
    path.write_text(right, encoding="utf-8")
    assert kepu_docs.check(path, rules=["number-mark"]).remarks == ()


def test_marks_that_are_closed_in_the_next_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "\n".join((*LINES[:1], "社区开展“科普进", "社区”活动，居民（含外来", "人口）参加。")), encoding="utf-8"
    )
    assert "unpaired-mark" not in rules(str(path))
