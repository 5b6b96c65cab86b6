import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kepu_docs.schema import Line, Prose

line = TypeAdapter(Line)
prose = TypeAdapter(Prose)


@pytest.mark.parametrize("text", ["科普", "a b", "𠮷野", "ﬁ 豈", "e\u0301", "{{ x }}", "100<100 & **", "‎עברית", "0001"])
def test_text_comes_through_unchanged(text: str) -> None:
    assert line.validate_python(text) == text


@pytest.mark.parametrize("text", ["　　一年来　", "\t一年来", " 一年来\n", "\u00a0一年来\u2003"])
def test_white_space_at_the_ends_is_dropped(text: str) -> None:
    assert line.validate_python(text) == "一年来"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a\x00b", "U+0000"),
        ("a\x0bb", "U+000B"),
        ("a\tb", "U+0009"),
        ("a\x85b", "U+0085"),
        ("a\u2028b", "U+2028"),
        ("a\ufeffb", "U+FEFF"),
        ("a\ud800b", "U+D800"),
        ("a\uffffb", "U+FFFF"),
        ("a\nb", "line break"),
        ("", "empty"),
        (" 　", "empty"),
        ("字" * 201, "201 characters; at most 200"),
    ],
)
def test_what_no_document_can_show_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ValidationError, match=problem.replace("+", r"\+")):
        line.validate_python(text)


@pytest.mark.parametrize("value", [1, True, None, ["a"], 1.5])
def test_only_text_is_text(value: object) -> None:
    with pytest.raises(ValidationError):
        line.validate_python(value)


def test_a_string_stands_for_paragraphs() -> None:
    assert prose.validate_python("　　第一段。\n\n　　第二段。\r\n") == ("第一段。", "第二段。")
    assert prose.validate_python(["第一段。", "第二段。"]) == ("第一段。", "第二段。")


@pytest.mark.parametrize("value", ["", "\n \n", [""], ["a\nb"], "a\x00", 3])
def test_broken_paragraphs_are_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        prose.validate_python(value)


@given(st.characters(exclude_categories=["Cs"]) | st.characters(categories=["Cs"]))
def test_each_character_is_kept_or_refused(character: str) -> None:
    try:
        text = line.validate_python(f"a{character}b")
    except ValidationError:
        assert (
            character < " "
            or "\x7f" <= character <= "\x9f"
            or character in "\u2028\u2029\ufeff\ufffe\uffff"
            or ("\ud800" <= character <= "\udfff")
        )
    else:
        assert text == f"a{character}b"
