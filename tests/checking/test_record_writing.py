"""Mistakes in records that are typed in YAML."""

from pathlib import Path
from typing import Final

import pytest

import kepu_docs
from kepu_docs.pipeline import default_engine, starter_record

HEAD: Final = "community: {name: 试验社区}\nperiod: 2025\nsigned_by: 试验社区居民委员会\nsigned_on: 2025-12-20\n"


def found(tmp_path: Path, text: str, rule: str, name: str = "a.yaml") -> list[tuple[int | None, int | None, str]]:
    file = tmp_path / name
    file.write_text(HEAD + text, encoding="utf-8")
    remarks = kepu_docs.check(file, rules=[rule]).remarks
    return [(each.place.line, each.place.column, each.words) for each in remarks]


CUT: Final = (
    ("opening: 社区开展 #科普进社区# 活动，参加居民300人。\n", (5, 15)),
    ("opening:\n  - 活动设在三号楼 #302室\n", (6, 13)),
    ("opening: 社区在“科技活动周” # 期间举办展览3场。\n", (5, 21)),
)
NOT_CUT: Final = (
    "opening: 社区开展活动。  # 数据由居委会核对。\n",
    "opening: 全年举办讲座12场  # 待核实\n",
    "opening: 社区开展活动  # kepu: ignore[placeholder]\n",
    'opening: "社区开展 #科普进社区# 活动。"\n',
    "opening: |\n  社区开展 #科普进社区# 活动。\n",
    "title: 试验社区2025年科普工作总结  # 这里写标题。\n",
)


@pytest.mark.parametrize(("text", "place"), CUT)
def test_a_sign_that_cuts_a_sentence(tmp_path: Path, text: str, place: tuple[int, int]) -> None:
    assert [each[:2] for each in found(tmp_path, text, "cut-text")] == [place]


@pytest.mark.parametrize("text", NOT_CUT)
def test_comments_that_are_meant(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text, "cut-text") == []


@pytest.mark.parametrize("value", ["“试验社区科普工作总结”", "”试验社区科普工作总结“", "‘试验社区科普工作总结’"])
def test_curly_quotes_around_a_value(tmp_path: Path, value: str) -> None:
    assert found(tmp_path, f"title: {value}\n", "quoted-value") == [(5, 8, value)]


@pytest.mark.parametrize(
    "text",
    [
        'title: "“试验社区”科普工作总结"\n',
        "opening: “学科学”“用科学”\n",
        "opening: |\n  “谢谢你们！”\n",
        'opening: "“谢谢你们！”"\n',
    ],
)
def test_quotations_that_are_meant(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text, "quoted-value") == []


def test_other_syntaxes_have_neither(tmp_path: Path) -> None:
    text = '[community]\nname = "试验社区"\n'
    (tmp_path / "a.toml").write_text('period = 2025\ntitle = "“总结”" # 题\n' + text, encoding="utf-8")
    assert kepu_docs.check(tmp_path / "a.toml", rules=["cut-text", "quoted-value"]).remarks == ()


def test_blanks_that_yaml_puts_between_lines(tmp_path: Path) -> None:
    folded = "opening: 社区成立小组，书记任\n  组长，每月开会。\n"
    assert found(tmp_path, folded, "blank") == [(5, 20, " ")]
    assert found(tmp_path, "opening: >\n  社区成立小组，书记任\n  组长，每月开会。\n", "blank")
    assert found(tmp_path, "opening: |\n  社区成立小组。\n  书记任组长。\n", "blank") == []


def test_an_exception(tmp_path: Path) -> None:
    text = "# kepu: ignore[quoted-value]\ntitle: “试验社区科普工作总结”\n"
    assert found(tmp_path, text, "quoted-value") == []


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_the_starter_record_has_neither(tmp_path: Path, locale: str) -> None:
    engine = default_engine()
    text = starter_record(engine.registry, list(engine.registry.kinds), engine.languages.words(locale))
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    remarks = kepu_docs.check(tmp_path / "a.yaml", rules=["cut-text", "quoted-value"]).remarks
    assert not [each for each in remarks if each.rule != "record"]
