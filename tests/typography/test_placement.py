"""The positions of signing body, date and attachments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.blocks import Signature
from kepu_docs.typography.looks import AttachmentLook, SignatureLook
from kepu_docs.typography.placement import Placed, placed_names, placed_signature

PLACES = SignatureLook(distance=1.0, unsealed_indent=2.0, date_shift=2.0, sealed_indent=4.0)
DATE = "2025年12月20日"  # seven characters wide: a digit is half of one


def placing(block: Signature, words: tuple[str, ...] = ()) -> tuple[Placed, Placed]:
    """Return the places on a line of 28 characters."""
    return placed_signature(block.body, block.date, PLACES, 28.0, words, sealed=block.sealed)


@pytest.mark.parametrize(
    ("block", "body", "date"),
    [
        # The body is nine characters wide and ends two from the edge; the date begins two after the body does.
        (Signature("试验社区居民委员会", DATE), 2.0, 2.0),
        # A date longer than the body keeps two from the edge, and the body begins two before it.
        (Signature("试验社区", DATE), 7.0, 2.0),
        # Sealed: the date ends four from the edge, the body is centred above it.
        (Signature("试验社区居民委员会", DATE, sealed=True), 3.0, 4.0),
        (Signature("试验社区", DATE, sealed=True), 5.5, 4.0),
        (Signature("", DATE), 2.0, 2.0),
        (Signature("试验社区", "", sealed=True), 4.0, 4.0),
        # One that a seal's date is not centred below.
        (Signature("长" * 26, DATE, sealed=True), 0.0, 4.0),
    ],
)
def test_where_signing_body_and_date_end(block: Signature, body: float, date: float) -> None:
    placed = placing(block)
    assert [(each.right, each.left, each.align) for each in placed] == [(body, 0.0, "right"), (date, 0.0, "right")]
    assert [each.lines for each in placed] == [(text,) if text else () for text in (block.body, block.date)]


@pytest.mark.parametrize("length", [10, 12, 26])
def test_below_a_body_with_room_the_date_begins_where_it_is_to_begin(length: int) -> None:
    """Readers that set digits apart from hanzi, or have a wider font, would move the beginning of one that ends."""
    body, date = placing(Signature("长" * length, DATE))
    assert (body.right, body.align) == (2.0, "right")
    assert (date.left, date.right, date.align) == (28.0 - 2.0 - length + 2.0, 0.0, "left")


def test_where_a_body_of_letters_begins_is_not_sure() -> None:
    _, date = placing(Signature("Anling Community Residents’ Committee", "20 May 2025"))
    assert date.align == "right"


LONG = "试验市试验区试验街道办事处试验社区居民委员会科学技术普及工作领导小组"


def test_a_long_signing_body_goes_over_lines_and_keeps_its_distance() -> None:
    body, date = placing(Signature(LONG, DATE), ("试验社区",))
    assert body.lines == ("试验市试验区试验街道办事处试验社区", "居民委员会科学技术普及工作领导小组")
    # Seventeen characters, two from the right edge; the date begins two to the right of where both lines begin.
    assert (body.left, body.align) == (9.0, "left")
    assert (date.left, date.align) == (11.0, "left")


def test_above_a_sealed_date_the_lines_are_centred() -> None:
    body, date = placing(Signature(LONG, DATE, sealed=True), ("试验社区",))
    assert "".join(body.lines) == LONG
    assert date.right == 4.0
    assert body.align == "center"
    # The middle of a date of seven characters.
    assert (body.left + 28.0 - body.right) / 2 == 28.0 - 4.0 - 3.5
    assert all(len(line) <= 28.0 - body.left - body.right for line in body.lines)


@given(st.integers(1, 90), st.integers(1, 12), st.booleans())
def test_a_signature_of_any_length_keeps_its_places(body: int, date: int, sealed: bool) -> None:
    placed, day = placing(Signature("长" * body, "日" * date, sealed=sealed))
    assert "".join(placed.lines) == "长" * body
    widest = max(map(len, placed.lines))
    assert placed.left + widest + placed.right <= 28.0
    if sealed:
        assert day.right == 4.0
    else:
        begins = placed.left if placed.align == "left" else 28.0 - placed.right - widest
        assert 28.0 - begins - widest >= 2.0
        assert (day.left if day.align == "left" else 28.0 - day.right - date) == begins + 2.0


def test_where_attachments_begin() -> None:
    look = AttachmentLook(distance=1.0, indent=2.0)
    (only,) = placed_names("附件：", ("一览表",), look)
    assert (only.text, only.left, only.hanging) == ("附件：一览表", 5.0, 3.0)
    first, second = placed_names("附件：", ("一览表", "名册"), look)
    assert (first.text, first.left, first.hanging) == ("附件：1. 一览表", 6.5, 4.5)
    assert (second.text, second.left, second.hanging) == ("2. 名册", 6.5, 1.5)
