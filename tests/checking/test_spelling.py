"""The positions of a value's characters in its file."""

import json
import tomllib

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import examples

from kepu_docs.checking.spelling import spelt
from kepu_docs.testing import growth
from kepu_docs.testing.steps import LINEAR

TEXTS = st.text(st.sampled_from("科普居民,，。:'\"\\#-> \t\n\U00020bb7é{}[]|&*!%@`"), min_size=1, max_size=40)


def check(written: str, index: int, value: str) -> bool:
    """Check that what is claimed is true, and tell whether anything is."""
    spelling = spelt(written, index, value)
    if spelling is None:
        return False
    for place, character in enumerate(value):
        start, end = spelling.span(place, place + 1)
        said = written[start:end]
        assert said == character or character in " \n\t\r" or said.startswith("\\") or said == "''", (said, character)
    assert len(spelling.starts) == len(value) + 1
    assert list(spelling.starts) == sorted(spelling.starts)
    return True


@given(TEXTS, st.booleans())
def test_json(value: str, escaped: bool) -> None:
    written = json.dumps({"a": value}, ensure_ascii=escaped)
    assert check(written, written.index('"', 4), value)


@given(TEXTS, st.sampled_from([None, "'", '"', "|", ">"]), st.sampled_from([20, 1000]))
@settings(max_examples=examples(300))
def test_yaml(value: str, style: str | None, width: int) -> None:
    written = yaml.safe_dump({"a": value}, default_style=style, allow_unicode=True, width=width)
    assert yaml.safe_load(written) == {"a": value}
    node = yaml.compose(written, Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.MappingNode)
    check(written, node.value[0][1].start_mark.index, value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("一行,两行", "一行,两行"),
        ("'it''s,好'", "it's,好"),
        ('"一\\u4e8c,\\n三"', "一二,\n三"),
        ("一行\n  两行", "一行 两行"),
        ("一行\n\n  两行", "一行\n两行"),
        ("|\n  一行\n  两行\n", "一行\n两行\n"),
        ("|-\n  一行\n    两行", "一行\n  两行"),
        (">\n  一行\n  两行\n", "一行 两行\n"),
        ("| # 注\n  一行\n", "一行\n"),
        ('"一行\n  两行"', "一行 两行"),
        ("'''甲'''", "甲"),
        ("'''甲'''", "'甲'"),
        ('"""\n一行,\n两行"""', "一行,\n两行"),
    ],
)
def test_spelt(written: str, value: str) -> None:
    assert check(written, 0, value)


@pytest.mark.parametrize(("written", "value"), [("甲乙", "甲丙"), ("'甲", "甲'"), ("|\n  甲\n", "乙\n"), ("", "甲")])
def test_nothing_is_claimed_that_is_not_so(written: str, value: str) -> None:
    assert spelt(written, 0, value) is None


@given(TEXTS.filter(lambda text: "'''" not in text and "\t" not in text))
def test_toml(value: str) -> None:
    written = f"a = '''\n{value}'''"
    try:
        read = tomllib.loads(written)["a"]
    except tomllib.TOMLDecodeError:
        return
    assert check(written, 4, read)


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_time_is_in_proportion_to_blanks(quote: str) -> None:
    # Behind any of them the line may be broken.
    def check(count: int) -> None:
        value = f"甲{' ' * count}乙"
        assert spelt(f"a: {quote}{value}{quote}\n", 3 + len(quote), value)

    assert growth(check, 300) < LINEAR


def test_a_break_behind_blanks_is_one_character() -> None:
    assert check("a: 甲  \n   乙  丙\n", 3, "甲 乙  丙")
    assert check('a: "甲  \n \n\t \n   乙  丙"\n', 4, "甲\n\n乙  丙")
