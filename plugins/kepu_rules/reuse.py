"""Texts copied from an earlier summary of the same community."""

from collections.abc import Iterator
from typing import Final

from kepu_docs.plugin import N_, Check, Finding, Subject, written_texts

SHINGLE: Final = 16
"""The number of consecutive characters that makes a passage recognisable."""
SHORTEST: Final = 40
"""The shortest passage that is reported, in characters; common phrases are shorter."""

_DIGITS: Final = str.maketrans("123456789", "000000000")


def _find(subject: Subject) -> Iterator[Finding]:
    if subject.earlier is None:
        return
    # Figures do not count: a text in which only the figures are new is still a copy.
    known = {
        shingle for field in written_texts(subject.earlier) for shingle in _shingles(field.text.translate(_DIGITS))
    }
    for field in subject.texts:
        if len(field.text) < SHORTEST:
            continue
        start = end = -1
        for place, shingle in enumerate(_shingles(field.text.translate(_DIGITS))):
            if shingle not in known:
                continue
            if place > end - SHINGLE + 1:
                yield from _passage(field.path, start, end)
                start = place
            end = place + SHINGLE
        yield from _passage(field.path, start, end)


def _shingles(text: str) -> Iterator[str]:
    return (text[place : place + SHINGLE] for place in range(len(text) - SHINGLE + 1))


def _passage(path: tuple[str | int, ...], start: int, end: int) -> Iterator[Finding]:
    if end - start >= SHORTEST:
        text = N_("{length} characters in a row are the same as in the earlier record, ignoring figures")
        yield Finding(path, text, (("length", end - start),), start, end)


CHECK: Final = Check(
    "reused-text",
    "warning",
    N_("Passages of forty or more characters that are also in the earlier record (--against), ignoring figures."),
    N_("A year's summary is about that year; copied text was not written for it."),
    _find,
)
