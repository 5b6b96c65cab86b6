"""Records of any source through the rules: what is found, and where."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.checking.records import CHINESE, CLEAN, TOML, YAML, put

import kepu_docs
from kepu_docs.checking import Checker, CheckReport, Settings
from kepu_docs.checking.check_run import check
from kepu_docs.contract.checks import Check, Finding, Subject
from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.plugin import hookimpl
from kepu_docs.registry import Registry


def places(report: CheckReport, *rules: str) -> list[tuple[str, str, str]]:
    return [(str(each.place), each.rule, each.words) for each in report.remarks if not rules or each.rule in rules]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_record_with_nothing_wrong(here: Path) -> None:
    put(here, a_yaml=CLEAN)
    report = kepu_docs.check("a.yaml")
    assert report == CheckReport((), 1)
    assert not report.reaches("info")


def test_places_in_yaml(here: Path) -> None:
    put(here, a_yaml=YAML)
    assert places(kepu_docs.check("a.yaml")) == [
        ("a.yaml:3:12: title", "other-year", "2024"),
        ("a.yaml:5:8: opening[0]", "half-width", ","),
        ("a.yaml:5:17: opening[0]", "unpaired-mark", "“"),
        ("a.yaml:6:6: opening[1]", "half-width", ","),
        ("a.yaml:11:11: sections[0].paragraphs[0]", "replaced-word", "精神礼貌"),
        ("a.yaml:12:21: sections[0].paragraphs[1]", "half-width", ","),
        ("a.yaml:12:23: sections[0].paragraphs[1]", "wrong-character", "再接再励"),
        ("a.yaml:13:15: sections[0].paragraphs[2]", "half-width", ","),
        ("a.yaml:15:14: sections[0].paragraphs[3]", "half-width", ","),
        ("a.yaml:18:23: sections[1].attendance_total", "total", ""),
    ]


def test_words_are_the_text_at_their_place(here: Path) -> None:
    put(here, a_yaml=YAML, b_toml=TOML, c_yaml=CHINESE)
    for remark in kepu_docs.check(".").remarks:
        if remark.words:
            lines = Path(remark.file).read_text(encoding="utf-8").splitlines()
            assert remark.place.line
            assert remark.place.column
            assert lines[remark.place.line - 1][remark.place.column - 1 :].startswith(remark.words)


def test_fields_are_named_in_the_words_of_the_record(here: Path) -> None:
    put(here, a_yaml=CHINESE)
    assert ("a.yaml:3:5: 开头[0]", "placeholder", "20xx年") in places(kepu_docs.check("a.yaml"))


def test_json_lines_and_json(here: Path) -> None:
    record = json.dumps(
        {"community": {"name": "甲社区"}, "period": 2025, "opening": '一"\n二,乙。'}, ensure_ascii=False
    )
    put(here, a_jsonl=f"{record}\n\n{record}\n", b_json=record)
    column = record.index(",乙") + 1
    found = places(kepu_docs.check(["a.jsonl", "b.json"]), "half-width")
    assert found == [
        (f"a.jsonl:1:{column}: opening[1]", "half-width", ","),
        (f"a.jsonl:3:{column}: opening[1]", "half-width", ","),
        (f"b.json:1:{column}: opening[1]", "half-width", ","),
    ]


def test_several_records_in_a_file(here: Path) -> None:
    put(here, a_yaml=f"{CLEAN}---\n{YAML}")
    shift = CLEAN.count("\n") + 1
    report = kepu_docs.check("a.yaml")
    assert report.records == 2
    assert places(report, "other-year") == [(f"a.yaml:{3 + shift}:12: title", "other-year", "2024")]


def test_cells_of_a_table(here: Path) -> None:
    (here / "t").mkdir()
    put(here / "t", communities_csv="社区名称,时间,开头\n试验社区,2025,20xx年，社区开展工作。\n")
    ((place, rule, words),) = places(kepu_docs.check("t"), "placeholder")
    assert (place, rule, words) == ("t/communities.csv:2: 开头: opening[0]", "placeholder", "20xx年")


def test_cells_of_a_workbook(here: Path) -> None:
    from xlsxwriter import Workbook

    with Workbook(here / "w.xlsx") as book:
        sheet = book.add_worksheet("社区")
        sheet.write_row(0, 0, ["社区名称", "时间", "开头"])
        sheet.write_row(1, 0, ["试验社区", 2025, "20xx年，社区开展工作。"])
    assert places(kepu_docs.check("w.xlsx"), "placeholder") == [
        ("w.xlsx: 社区!C2: opening[0]", "placeholder", "20xx年")
    ]


def test_a_document_of_ours(here: Path) -> None:
    put(here, a_yaml=YAML)
    (here / "a.docx").write_bytes(kepu_docs.render(kepu_docs.load("a.yaml"), "docx"))
    found = kepu_docs.check("a.docx")
    assert sorted(each[1:] for each in places(found)) == sorted(each[1:] for each in places(kepu_docs.check("a.yaml")))
    assert {str(each.place) for each in found.remarks if each.rule == "other-year"} == {"a.docx: title"}


def test_a_record_that_does_not_load_is_a_remark(here: Path) -> None:
    put(here, a_yaml="community: {nmae: 甲}\nperiod: 2025\n", b_yaml="a: [", c_yaml=CLEAN)
    report = kepu_docs.check(["a.yaml", "b.yaml", "c.yaml"])
    assert {each.rule for each in report.remarks} == {"record"}
    assert next(str(each.place) for each in report.remarks) == "a.yaml:1:13: community.nmae"
    assert report.records == 3
    assert report.reaches("error")


def test_what_is_not_there(here: Path) -> None:
    with pytest.raises(kepu_docs.SourceError, match="there is no such file"):
        kepu_docs.check("missing.yaml")


def test_a_summary_and_data() -> None:
    data = {"community": {"name": "试验社区"}, "period": 2025, "opening": "20xx年，社区开展工作。"}
    for source in (data, kepu_docs.load(data)):
        found = kepu_docs.check(source, rules=["placeholder"])
        assert places(found) == [("opening[0]", "placeholder", "20xx年")]


def test_rules_are_chosen(here: Path) -> None:
    put(here, a_yaml=YAML)
    assert {each.rule for each in kepu_docs.check("a.yaml", rules=["total"]).remarks} == {"total"}
    assert "total" not in {each.rule for each in kepu_docs.check("a.yaml", without=["total"]).remarks}


def test_names_of_the_communities_that_are_checked_together(here: Path) -> None:
    text = CLEAN.replace("居民普遍欢迎。", "本年度毗邻社区投入经费3万元。")
    put(here, a_yaml=text, b_yaml=CLEAN.replace("试验社区", "毗邻社区"))
    assert not places(kepu_docs.check("a.yaml"))
    assert [each[1:] for each in places(kepu_docs.check("."))] == [("another-community", "毗邻社区")]


def test_against_an_earlier_record(here: Path) -> None:
    long = "社区组织居民参观科技场馆，邀请专家讲解航天知识，全年接待居民300人次，居民反映良好，希望多办这样的活动。"
    put(here, a_yaml=CLEAN.replace("居民普遍欢迎。", long))
    put(here, old_yaml=CLEAN.replace("居民普遍欢迎。", long).replace("2025", "2024"))
    assert not places(kepu_docs.check("a.yaml"))
    assert [each[1] for each in places(kepu_docs.check("a.yaml", against="old.yaml"))] == ["reused-text"]
    put(here, other_yaml=CLEAN.replace("居民普遍欢迎。", long).replace("试验", "毗邻"))
    assert not places(kepu_docs.check("a.yaml", against="other.yaml"))


class Strange:
    """A plugin with one rule that works and two that do not."""

    kepu_hooks_version = 1

    @hookimpl
    def kepu_checks(self) -> list[Check]:
        def broken(subject: Subject) -> Iterator[Finding]:
            raise RuntimeError("out of order")

        def wrong(subject: Subject) -> Iterator[Finding]:
            yield Finding(("title",), "words that are not there", (), 5, 900)

        def works(subject: Subject) -> Iterator[Finding]:
            yield Finding(("opening", 0), "{what} is found", (("what", "It"),), 0, 2, "好")

        return [
            Check("broken", "error", "Nothing.", "None.", broken),
            Check("wrong", "error", "Nothing.", "None.", wrong),
            Check("works", "warning", "The first words.", "None.", works),
        ]


def test_rules_of_plugins_and_those_that_fail(here: Path) -> None:
    import kepu_sources
    from kepu_docs.registry import core

    put(here, a_yaml="community: {name: 试验社区}\nperiod: 2025\nopening: 开头。\n")
    engine = Engine(Registry.of(core, Strange(), kepu_sources))
    report = check(engine, ["a.yaml"], Settings().chosen([], ["missing-signature", "empty-section"]))
    told = [(each.rule, each.severity, str(each.message)) for each in report.remarks]
    assert told == [
        ("failed-rule", "error", "the rule “broken” (plugin plugin 2) failed: RuntimeError('out of order')"),
        (
            "failed-rule",
            "error",
            "the rule “wrong” (plugin plugin 2) failed: ValueError(\"no words from 5 to 900 at ('title',)\")",
        ),
        ("works", "warning", "It is found"),
    ]


def test_nothing_is_kept_between_records() -> None:
    checker = Checker(default_engine(), Settings())
    from kepu_docs.checking.places import Candidate, NamedPlaces

    def rules(text: str) -> list[str]:
        data: dict[str, Any] = {"community": {"name": "试验社区"}, "period": 2025, "opening": text}
        return [each.rule for each in checker.check(Candidate(default_engine().load(data), NamedPlaces("")))]

    first = rules("好。")
    assert "placeholder" in rules("20xx年。")
    assert rules("好。") == first


def test_a_record_of_a_table_that_does_not_load_names_its_cell(here: Path) -> None:
    from xlsxwriter import Workbook

    with Workbook(here / "w.xlsx") as book:
        sheet = book.add_worksheet("社区")
        sheet.write_row(0, 0, ["社区名称", "时间", "居民"])
        sheet.write_row(1, 0, ["试验社区", 2025, "很多人"])
        sheet.write_row(2, 0, ["毗邻社区", 2025, "许多"])
    report = kepu_docs.check("w.xlsx")
    assert [str(each.place) for each in report.remarks if each.rule == "record"] == [
        "w.xlsx: 社区!C2: community.residents",
        "w.xlsx: 社区!C3: community.residents",
    ]


def test_data_alone_is_checked_as_a_list_of_it_is() -> None:
    data = {"community": {"name": "试验社区"}, "period": 2025, "opening": 7}
    (remark,) = kepu_docs.check(data).remarks
    assert (remark.rule, str(remark.place)) == ("record", "records[0]: opening")


def test_a_summary_alone_is_held_against_earlier_ones() -> None:
    text = "社区组织居民学习急救知识，请来医生讲解心肺复苏，居民排队练习，并建立了互助小组。" * 2
    earlier = {"community": {"name": "试验社区"}, "period": 2024, "opening": [text]}
    summary = kepu_docs.load({**earlier, "period": 2025})
    alone = [each.rule for each in kepu_docs.check(summary, against=[earlier]).remarks]
    assert alone == [each.rule for each in kepu_docs.check([summary], against=[earlier]).remarks]
    assert set(alone) - {each.rule for each in kepu_docs.check(summary).remarks}
