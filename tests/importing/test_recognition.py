"""A plugin's kind is recognised in old documents like those of the core: only by its ``recognition``."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from kepu_docs.errors import PluginError
from kepu_docs.importing.documents import import_document
from kepu_docs.importing.facts.kinds import Kinds
from kepu_docs.plugin import (
    Count,
    FactSection,
    Line,
    Many,
    Recognition,
    Record,
    Section,
    SectionKind,
    Sentence,
    StatedAmount,
    Unit,
    hookimpl,
)
from kepu_docs.registry import Registry
from kepu_docs.testing.plugins import engine_of


class Keeper(Record):
    name: Line | None = None
    helpers: Annotated[Count, Unit("人")] | None = None


class Bees(FactSection):
    """Bees."""

    kind: Literal["bees"]
    hives: Annotated[Count, Unit("箱")] | None = None
    keeper: Keeper | None = None
    flowers: Many[Line] = ()
    wild: bool = False


def names(sentence: Sentence) -> Iterator[tuple[str, Any]]:
    found = sentence.search("养蜂员(?:是|为)(?P<name>[^，。]{2,4})", "(?P<name>[^，。]{2,4})养蜂")
    if found:
        yield "keeper.name", found["name"]
    if "野蜂" in sentence.text:
        yield "wild", True
        yield "wild.no_such_field", 1
        yield "no_such_field", 1
        yield "hives", "许多"
    for flower in re.findall("[^，。、采]花", sentence.shown):
        yield "flowers", flower


BEES = Recognition(
    words="养蜂(?:活动)?|bees",
    hints="蜜",
    amounts=(StatedAmount("hives", "蜂箱|蜜蜂", "箱|个"), StatedAmount("keeper.helpers", "帮手", "人?(?=[，。])")),
    names=names,
)


def plugin(recognition: Recognition | None, model: type[Section] = Bees) -> object:
    class Plugin:
        __name__ = "bee-plugin"

        @hookimpl
        def kepu_sections(self) -> list[SectionKind]:
            return [SectionKind(model, recognition=recognition)]

    return Plugin()


def sections(folder: Path, recognition: Recognition | None, *texts: str) -> list[dict[str, Any]]:
    """Return the sections of a document in which each of ``texts`` (heading and paragraph) is one."""
    lines = ["试验社区2024年科普工作总结"]
    for number, text in zip("一二三四五", texts, strict=False):
        heading, _, paragraph = text.partition("|")
        lines += [f"{number}、{heading}", paragraph or "……"]
    path = folder / "a.txt"
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    (imported,) = import_document(path, engine=engine_of([plugin(recognition)]))
    return list(imported.record["sections"])


def test_words_hints_and_text(tmp_path: Path) -> None:
    text = "养蜂。" * 3
    found = sections(tmp_path, BEES, "推广養蜂", "採蜜", f"花絮|{text}", "开展养蜂活动", "养蜂培训")
    # 养蜂活动 says more than 活动; in 养蜂培训 the head is 培训.
    assert [each["kind"] for each in found] == ["bees", "bees", "bees", "bees", "training"]


def test_a_word_that_ours_have_too_is_theirs(tmp_path: Path) -> None:
    assert [each["kind"] for each in sections(tmp_path, Recognition(words="讲座"), "科普讲座", "科普活动")] == [
        "bees",
        "activities",
    ]


def test_a_hint_needs_a_text_that_bears_it_out(tmp_path: Path) -> None:
    found = sections(
        tmp_path, BEES, "采蜜|夏天采蜜，秋天取蜜。", "甜蜜生活|居民的日子越过越好，街道也越来越干净，人人都很满意。"
    )
    assert [each["kind"] for each in found] == ["bees", "narrative"]


def test_without_a_recognition_only_its_name_counts(tmp_path: Path) -> None:
    found = sections(tmp_path, None, "推广养蜂", "bees|现有蜂箱30个。")
    assert [each["kind"] for each in found] == ["narrative", "bees"]
    assert "hives" not in found[1]


def test_facts_fill_its_fields(tmp_path: Path) -> None:
    (section,) = sections(
        tmp_path, BEES, "养蜂|现有蜂箱近三十个，帮手5，野蜂也来了。養蜂員是甲某某，采荷花、菊花。采桃花、荷花。"
    )
    assert section["hives"] == "近30个"
    assert section["keeper"] == {"helpers": "5人", "name": "甲某某"}
    assert section["flowers"] == ["荷花", "菊花", "桃花"]
    assert section["wild"] is True
    assert "no_such_field" not in section


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("突破3万箱", "突破3万箱"),
        ("20多万箱", "20万多箱"),
        ("不低于一百箱", "不低于100箱"),
        ("万余箱", "万余箱"),
        ("五十箱上下", "50箱上下"),
    ],
)
def test_amounts_as_people_write_them(tmp_path: Path, written: str, value: str) -> None:
    (section,) = sections(tmp_path, BEES, f"养蜂|现有蜂箱{written}。")
    assert section["hives"] == value


def test_what_contradicts_itself_is_left_out(tmp_path: Path) -> None:
    (section,) = sections(tmp_path, BEES, "养蜂|春季蜂箱30个。秋季蜂箱50个。")
    assert "hives" not in section


def explode(sentence: Sentence) -> Iterator[tuple[str, Any]]:
    raise SystemExit("蜂")


@pytest.mark.parametrize(
    ("recognition", "told"),
    [
        (Recognition(words="养蜂", names=explode), "failed on a sentence"),
        (Recognition(words="养蜂", names=lambda sentence: [1]), "failed on a sentence"),  # type: ignore[list-item]
        (Recognition(words="养(蜂"), "“养(蜂”, which is not a regular expression"),
        (Recognition(words="养蜂", amounts=(StatedAmount("hives", "蜂箱", "(箱"),)), "not a regular expression"),
    ],
)
def test_what_fails_names_kind_and_plugin(tmp_path: Path, recognition: Recognition, told: str) -> None:
    with pytest.raises(PluginError) as caught:
        sections(tmp_path, recognition, "养蜂|现有蜂箱30个。")
    assert told in str(caught.value)
    assert "“bees” (plugin bee-plugin)" in str(caught.value)


def test_no_kind_for_the_rest() -> None:
    engine = engine_of([plugin(BEES)])
    registry = Registry.of(plugin(BEES))
    kinds = Kinds(registry, engine.languages.vocabulary)
    assert kinds.of("养蜂", "") == "bees"
    with pytest.raises(PluginError, match="no plugin provides a section kind for text that no other kind recognises"):
        kinds.of("其他", "")


def test_a_sentence_shows_what_the_document_has() -> None:
    sentence = Sentence("会长为张三", "會長為張三")
    assert sentence.search("无", "会长为(?P<name>..)(?P<more>.*)") == {"name": "張三"}
    assert sentence.search("无") is None
