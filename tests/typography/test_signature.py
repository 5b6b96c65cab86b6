"""The positions of signing body and date, according to GB/T 9704-2012, 7.3.5."""

import pytest

from kepu_docs.typography.signature import signature_indents


@pytest.mark.parametrize(
    ("body", "date", "sealed", "indents"),
    [
        # 7.3.5.1: with a seal the date stands four characters from the edge, and the body is centred above it.
        (7, 9, True, (5, 4)),
        (9, 9, True, (4, 4)),
        # 7.3.5.2: without one the body stands two characters from the edge, and the date begins two to its right.
        (10, 9, False, (2, 1)),
        (9, 9, False, (2, 0)),
        # A date longer than the body stands two characters from the edge, and the body moves left.
        (5, 9, False, (8, 2)),
        # One alone keeps its distance; what is too long gives it up.
        (5, 0, False, (2, 2)),
        (0, 9, True, (4, 4)),
        (27, 9, True, (0, 4)),
        (28, 9, False, (0, 17)),
    ],
)
def test_indents_of_a_line_of_28(body: float, date: float, sealed: bool, indents: tuple[float, float]) -> None:
    assert signature_indents(body, date, 28, sealed=sealed) == indents
