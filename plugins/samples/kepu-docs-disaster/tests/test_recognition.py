"""A section of an old document becomes a section of disaster prevention, with its fields filled in."""

from pathlib import Path

import kepu_docs

DOCUMENT = """\
试验社区2024年科普工作总结

一、开展科普宣传

全年发放宣传资料3000余份。

二、抓实{heading}

社区制定《地震应急预案》和《防汛应急预案》，贯彻《关于开展防灾演练的通知》，并纳入年度目标管理考核。全年组织应急演练4场，参演居民近760人次。\
辖区需抗震加固房屋120户，已加固48户。

试验社区居民委员会

2024年12月20日
"""
EXPECTED = {
    "in_assessment": True,
    "documents": ["《关于开展防灾演练的通知》"],
    "plans": ["地震应急预案", "防汛应急预案"],
    "drills_total": "4场",
    "attendance_total": "近760人次",
    "reinforcement": {"needed": "120户", "done": "48户"},
}


def test_an_old_document_fills_the_section(tmp_path: Path) -> None:
    path = tmp_path / "2024.txt"
    for heading in ("防震减灾工作", "防灾减灾活动", "应急演练"):
        path.write_text(DOCUMENT.format(heading=heading), encoding="utf-8")
        (imported,) = kepu_docs.import_document(path)
        publicity, disaster = imported.record["sections"]
        assert publicity["kind"] == "publicity"
        assert disaster["kind"] == "disaster_prevention"
        assert {name: disaster[name] for name in EXPECTED} == EXPECTED
        assert imported.summary.sections[1].attendance_total.value == 760


def test_an_old_document_in_traditional_chinese(tmp_path: Path) -> None:
    path = tmp_path / "2024.txt"
    text = "試驗社區2024年科普工作總結\n\n一、做好防震減災工作\n\n訂定《地震應變預案》，納入年度考核。\n"
    path.write_text(text, encoding="utf-8")
    (imported,) = kepu_docs.import_document(path)
    (section,) = imported.record["sections"]
    assert section["kind"] == "disaster_prevention"
    assert section["plans"] == ["地震應變預案"]
    assert section["in_assessment"] is True
