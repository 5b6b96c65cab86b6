"""Catalogues in folders: a text that could not be filled in safely is refused with its file and line."""

from pathlib import Path

import pytest

import kepu_docs
from kepu_docs.errors import Message, TemplateError
from kepu_docs.locale.catalogs import LONGEST_LABEL, LONGEST_PATTERN, read_catalog

SHIPPED = [Path(__file__).parents[1] / "templates" / "kepu_templates"]


def catalog(folder: Path, context: str, identifier: str, text: str, name: str = "messages.po") -> Path:
    file = folder / "zh_Hans" / name
    file.parent.mkdir(exist_ok=True)
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    file.write_text(f'\nmsgctxt "{context}"\nmsgid "{identifier}"\nmsgstr "{text}"\n', encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["messages.po", "keys.po", "interface.po"])
@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant", "en"])
def test_those_that_are_shipped_are_sound(name: str, locale: str) -> None:
    read_catalog(SHIPPED, (locale,), name)


WIDE = [
    "{number.__class__}", "{number[0]}", "{number!r}", "{number!r:>99999999}", "{number:>999999999}", "{number:{unit}}",
    "{number.__class__.__mro__[1]}", "{number:}>9}", "{:>9}", "{0.__class__}", "{0[0]}", "{number", "number}", "{", "}{",
    "{number}{", "{number }", "{number-1}",
]  # fmt: skip


@pytest.mark.parametrize("text", WIDE)
def test_only_plain_names_are_filled_in(tmp_path: Path, text: str) -> None:
    for context, identifier, name in (
        ("pattern", "exactly", "messages.po"),
        ("", "a text of {number} {unit}", "interface.po"),
        ("", "a text", "interface.po"),
    ):
        file = catalog(tmp_path, context, identifier, text, name)
        with pytest.raises(TemplateError) as caught:
            read_catalog([tmp_path], ("zh_Hans",), name)
        assert str(caught.value).startswith(f"{file}:3: the catalogue cannot be read: ")


@pytest.mark.parametrize(
    ("identifier", "text", "problem"),
    [
        ("exactly", "{unit}", "it must have {number} and may have {number}, {unit}"),
        ("exactly", "{number}{name}", "has the names {name}, {number}"),
        ("exactly", "nothing", "it must have {number}"),
        ("exactly", "%(number)999999999d", "it must have {number}"),
        ("addressee", "{nam}：", "has the names {nam}; it must have {name}"),
        ("printed on", "{}", "it must have {day}"),
        ("table number", "表", "it must have {number}"),
        ("first half", "{year}", "may have {of_year}"),
        ("of the year", "{number}", "may have {year}"),
        ("on a day", "always", "it must have {}"),
        ("quotes", "“", "two quotation marks"),
        ("quotes", "<<>>", "two quotation marks"),
        ("large numbers", "roman", "large numbers are scaled, digits, grouped; found “roman”"),
        ("date", "HH:mm", "not a date pattern"),
        ("date", "yyyyyy" * 50 + "V", "not a date pattern"),
        ("month, year known", "M月|d", "two parts"),
        ("years", "y|y|y", "two parts"),
        ("list", "、" * (LONGEST_PATTERN + 1), "more than 500 characters"),
        ("date", "y" * (LONGEST_PATTERN + 1), "more than 500 characters"),
        ("stop", "\x1b[31m", "the character U+001B"),
        ("stop", "\x85", "the character U+0085"),
    ],
)
def test_patterns_are_of_their_kind(tmp_path: Path, identifier: str, text: str, problem: str) -> None:
    file = catalog(tmp_path, "pattern", identifier, text)
    with pytest.raises(TemplateError) as caught:
        read_catalog([tmp_path], ("zh_Hans",), "messages.po")
    assert str(caught.value).startswith(f"{file}:3: the catalogue cannot be read: ")
    assert problem in str(caught.value)


def test_texts_are_bounded_and_braces_of_a_text_without_values_stay(tmp_path: Path) -> None:
    catalog(tmp_path, "unit", "人", "x" * (LONGEST_LABEL + 1))
    with pytest.raises(TemplateError, match="more than 10000 characters"):
        read_catalog([tmp_path], ("zh_Hans",), "messages.po")
    catalog(tmp_path, "", "no “{” here", "没有“{”", "interface.po")
    found = read_catalog([tmp_path], ("zh_Hans",), "interface.po")
    assert Message("no “{” here").translated(lambda text: found.label("", text)) == "没有“{”"
    catalog(tmp_path, "kind", "training", "{培训}")
    assert read_catalog([tmp_path], ("zh_Hans",), "messages.po").label("kind", "training") == "{培训}"


def test_a_wrong_catalogue_of_a_users_own_is_reported(tmp_path: Path) -> None:
    file = catalog(tmp_path, "pattern", "addressee", "{name.__class__}")
    with pytest.raises(TemplateError, match="more than a name in its braces") as caught:
        kepu_docs.compose(kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025}), templates=tmp_path)
    assert str(caught.value).startswith(f"{file}:3: ")
