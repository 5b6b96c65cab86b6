"""Automatic corrections of safe findings: exactly the words that are meant, or nothing."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.checking.records import TOML, YAML, put
from tests.depth import examples

import kepu_docs
from kepu_docs.checking import CheckReport
from kepu_docs.testing import growth
from kepu_docs.testing.steps import LINEAR


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def safe(report: CheckReport) -> list[str]:
    return [each.rule for each in report.remarks if each.safe and not each.fixed]


def test_yaml(here: Path) -> None:
    put(here, a_yaml=YAML)
    report = kepu_docs.check("a.yaml", fix=True)
    assert report.written == (Path("a.yaml"),)
    assert [each.words for each in report.remarks if each.fixed] == [","] * 5
    assert not safe(report)
    assert Path("a.yaml").read_text(encoding="utf-8") == (
        YAML.replace("2025年,社", "2025年，社")
        .replace("第二段,共", "第二段，共")
        .replace("民,“", "民，“")
        .replace("''s,科", "''s，科")
        .replace("文字,", "文字，")
    )


def test_toml_and_json(here: Path) -> None:
    record = {"community": {"name": "试验社区"}, "period": 2025, "opening": ['引"号,甲。', "\U00020bb7,乙。"]}
    put(here, a_toml=TOML, b_json=json.dumps(record), c_json=json.dumps(record, ensure_ascii=False, indent=1))
    report = kepu_docs.check(["a.toml", "b.json", "c.json"], fix=True)
    assert len(report.written) == 3
    mended = {**record, "opening": ['引"号，甲。', "\U00020bb7，乙。"]}
    for name in ("b.json", "c.json"):
        assert json.loads(Path(name).read_text(encoding="utf-8")) == mended
    assert Path("c.json").read_text(encoding="utf-8") == json.dumps(mended, ensure_ascii=False, indent=1)
    assert Path("a.toml").read_text(encoding="utf-8") == TOML.replace("重视,居", "重视，居").replace("段,科", "段，科")
    assert tomllib.loads(Path("a.toml").read_text(encoding="utf-8"))["opening"] == "社区重视，居民支持。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("break_", ["\n", "\r\n"])
def test_encoding_and_line_ends_stay(here: Path, encoding: str, break_: str) -> None:
    text = "community: {name: 试验社区}\nperiod: 2025\nopening: 社区重视,居民支持。\n".replace("\n", break_)
    Path("a.yaml").write_bytes(text.encode(encoding))
    assert kepu_docs.check("a.yaml", fix=True).written
    assert Path("a.yaml").read_bytes() == text.replace("重视,", "重视，").encode(encoding)


def test_several_records_in_a_file(here: Path) -> None:
    put(
        here,
        a_yaml=f"# 说明\n---\n{YAML}--- # 第二份\n{YAML}",
        b_jsonl=f"{json.dumps(yaml.safe_load(YAML), default=str)}\n" * 2,
    )
    report = kepu_docs.check(["a.yaml", "b.jsonl"], fix=True)
    assert report.written == (Path("a.yaml"), Path("b.jsonl"))
    text = Path("a.yaml").read_text(encoding="utf-8")
    assert text.startswith("# 说明\n---\n")
    assert "--- # 第二份\n" in text
    assert text.count("2025年，社区") == 2
    assert not safe(kepu_docs.check(["a.yaml", "b.jsonl"]))


def test_a_workbook_is_left_alone_and_reported(here: Path) -> None:
    (here / "t").mkdir()
    put(here / "t", communities_csv='社区名称,时间,开头\n试验社区,2025,"社区重视,居民支持。"\n')
    before = (here / "t" / "communities.csv").read_bytes()
    report = kepu_docs.check("t", fix=True)
    assert safe(report) == ["half-width"]
    assert len(report.unmended) == 1
    assert "cannot be fixed automatically" in str(report.unmended[0])
    assert (here / "t" / "communities.csv").read_bytes() == before


def test_nothing_safe_nothing_written(here: Path) -> None:
    put(here, a_yaml="community: {name: 试验社区}\nperiod: 2025\nopening: 20xx年。\n")
    before = Path("a.yaml").stat().st_mtime_ns
    assert kepu_docs.check("a.yaml", fix=True).written == ()
    assert Path("a.yaml").stat().st_mtime_ns == before


def test_a_file_that_cannot_be_written(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kepu_docs.checking import mending

    def refused(path: Path, data: bytes) -> None:
        raise kepu_docs.OutputError.at(kepu_docs.Place(str(path)), "the disk is full")

    monkeypatch.setattr(mending, "write_file", refused)
    put(here, a_yaml=YAML)
    report = kepu_docs.check("a.yaml", fix=True)
    assert report.written == ()
    assert not any(each.fixed for each in report.remarks)
    assert [str(fault) for fault in report.unmended] == ["a.yaml: the disk is full"]
    assert Path("a.yaml").read_text(encoding="utf-8") == YAML


PIECES = st.sampled_from(
    [
        "居民",
        "科普",
        ",",
        ":",
        "(",
        ")",
        "“",
        "”",
        "。。",
        "，，",
        "1、",
        "...",
        "9月1日-2日",
        "国发[2021]9号",
        "'",
        '"',
        " ",
        "#",
        "\\",
        "--",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=12).map("".join).filter(lambda text: text.strip() != "")


def record_of(texts: list[str]) -> dict[str, Any]:
    return {
        "community": {"name": "试验社区"},
        "period": 2025,
        "opening": texts,
        "sections": [{"kind": "narrative", "heading": "领导", "paragraphs": list(texts)}],
    }


@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(["json", "flow", "block", "wide"]))
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mending_twice_is_mending_once(tmp_path: Path, texts: list[str], style: str) -> None:
    record = record_of(texts)
    path = tmp_path / ("a.json" if style == "json" else "a.yaml")
    if style == "json":
        path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    else:
        width = 20 if style == "wide" else 1000
        written = yaml.safe_dump(record, allow_unicode=True, default_flow_style=style == "flow", width=width)
        path.write_text(written, encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    first = kepu_docs.check(path, fix=True)
    once = path.read_text(encoding="utf-8")
    second = kepu_docs.check(path, fix=True)
    assert path.read_text(encoding="utf-8") == once
    assert second.written == ()
    assert (once == before) == (not first.written)
    # What was not meant is as it was: the texts differ in the words alone.
    after = kepu_docs.load(path)
    assert after.community.name == "试验社区"
    assert list(after.opening) == list(after.sections[0].paragraphs)  # type: ignore[attr-defined]


@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from([20, 1000]), st.booleans())
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_are_those_at_the_place(tmp_path: Path, texts: list[str], width: int, flow: bool) -> None:
    path = tmp_path / "a.yaml"
    text = yaml.safe_dump(record_of(texts), allow_unicode=True, default_flow_style=flow, width=width)
    path.write_text(text, encoding="utf-8")
    lines = text.splitlines()
    for remark in kepu_docs.check(path).remarks:
        line, column = remark.place.line, remark.place.column
        assert line is not None
        assert column is not None
        if remark.words and not any(sign in remark.words for sign in "'\"\\ ") and remark.right is not None:
            assert lines[line - 1][column - 1 :].startswith(remark.words), remark


@pytest.mark.parametrize(
    "written",
    [
        lambda count: "opening: |\n" + "  二是精神礼貌\n" * count,
        lambda count: "opening:\n" + "- 二是精神礼貌\n" * count,
        lambda count: "opening: [" + "二是精神礼貌。" * count + "]\n",
        lambda count: "opening: 二是精神礼貌" + " " * count + "。\n",
    ],
)
def test_time_is_in_proportion_to_what_is_mended(here: Path, written: Callable[[int], str]) -> None:
    def check(count: int) -> None:
        put(here, a_yaml="community: {name: 试验社区}\nperiod: 2025\n" + written(count))
        kepu_docs.check("a.yaml", fix=True)

    assert growth(check, 40) < LINEAR
