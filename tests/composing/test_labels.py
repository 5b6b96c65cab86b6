"""Numbering in each language."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.blocks import NumberLevel
from kepu_docs.composing.drafts import Labels
from kepu_docs.composing.labels import read_labels
from kepu_docs.errors import TemplateError
from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.chain import fallback_chain
from kepu_docs.locale.folders import candidates
from kepu_docs.locale.formats import Formats
from kepu_docs.testing import NUMBER, OFFICIAL_OUTLINE, ORDINAL
from kepu_docs.typography.numerals import label


def formats(locale: str, *folders: Path) -> Formats:
    catalogs = candidates([*folders, files("kepu_templates")], fallback_chain(locale), "messages.po")
    return Formats(locale, Catalog.read(file.read_bytes() for file in catalogs))


@cache
def labels_of(locale: str) -> Labels:
    return read_labels(formats(locale))


def test_simplified_chinese() -> None:
    labels = read_labels(formats("zh_Hans"))
    assert labels.outline == OFFICIAL_OUTLINE
    assert labels.lists == {"ordinal": ORDINAL, "number": NUMBER}
    assert (labels.table, labels.figure) == ("表{number}", "图{number}")


def test_traditional_chinese() -> None:
    labels = read_labels(formats("zh_Hant_HK"))
    assert labels.outline == OFFICIAL_OUTLINE
    assert labels.lists == {"ordinal": NumberLevel("第%1，", "hanzi"), "number": NUMBER}
    assert (labels.table, labels.figure) == ("表{number}", "圖{number}")


def test_english() -> None:
    labels = read_labels(formats("en_GB"))
    assert [level.pattern for level in labels.outline] == ["%1 ", "%1.%2 ", "%1.%2.%3 ", "%1.%2.%3.%4 "]
    assert {level.numerals for level in labels.outline} == {"arabic"}
    assert labels.lists == {"ordinal": NumberLevel("%1, ", "ordinal"), "number": NUMBER}
    assert (labels.table, labels.figure) == ("Table {number}", "Figure {number}")


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant", "en"])
@given(numbers=st.sets(st.integers(1, 1_000_000), min_size=2, max_size=50))
def test_every_way_of_counting_has_a_label_of_its_own_for_each_number(locale: str, numbers: set[int]) -> None:
    labels = labels_of(locale)
    for level in (*labels.outline, *labels.lists.values()):
        shown = {label(level.pattern, level.numerals, (number,) * 9) for number in numbers}
        assert len(shown) == len(numbers)


@pytest.mark.parametrize(
    "text", ["%1.", "roman:%1.", "arabic:no counter", "arabic", "arabic:%3.", "arabic:%2%", "arabic:%"]
)
def test_a_way_of_counting_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "zh_Hans").mkdir()
    entry = f'msgid ""\nmsgstr ""\n\nmsgctxt "pattern"\nmsgid "heading 2"\nmsgstr "{text}"\n'
    (tmp_path / "zh_Hans" / "messages.po").write_text(entry, encoding="utf-8")
    with pytest.raises(TemplateError, match=rf"the pattern “heading 2” .* is “{text}”; expected one such as hanzi"):
        read_labels(formats("zh_Hans", tmp_path))
