"""A record in YAML: untrusted text is on one line in its comments, and never outside them."""

import dataclasses
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kepu_docs
from kepu_docs.errors import Message, Place
from kepu_docs.errors.visible import one_line
from kepu_docs.importing.documents import ImportedFact, ImportedSummary, Note, imported
from kepu_docs.importing.reading import read_bytes_of
from kepu_docs.importing.result import Given
from kepu_docs.importing.writing import note_text, record_text, short
from kepu_docs.pipeline import default_engine
from kepu_docs.reading.yaml_reader import parse

ATTACK = "signed_by: 冒名"
BREAKS = ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
OBEYED = ["\x1b[2J", "\x9b2J", "\x1b]0;x\x07", "\u202e", "\u2066", "\u200f", "\u061c", "\ufeff", "\x00", "\x7f", "\ud800", "\U000e0041", "\ufffe"]  # fmt: skip
TEXT = "试验社区2025年科普工作总结\n一、科普宣传\n全年发放宣传资料3000余份。\n来源：试验网 作者：甲 点击：3\n"

texts = st.lists(st.one_of(st.sampled_from([*BREAKS, *OBEYED, ATTACK, "# ", "- ", ": ", "”", "---", "甲"]), st.text())).map("".join)  # fmt: skip


def of(text: str, name: str = "a.txt", suffix: str = ".txt") -> ImportedSummary:
    return imported(read_bytes_of(text.encode(), name, suffix), default_engine(), Given())[0]


@cache
def ordinary() -> ImportedSummary:
    return of(TEXT)


def dressed(summary: ImportedSummary, text: str) -> ImportedSummary:
    """Return a summary with ``text`` wherever words of strangers go into a comment."""
    why = Message.of("it says {what}", what=text)
    facts = tuple(
        ImportedFact(fact.path, fact.value, text, Place(text, 1), why if at % 2 else None)
        for at, fact in enumerate(summary.facts)
    )
    notes = (Note(Place(text, 1), text, why), Note(Place(), "", why), Note(Place(text), text, Message(text[:0] or "x")))
    return dataclasses.replace(summary, facts=facts, unclear=notes, stripped=notes, source=Place(text))


def obeyed(text: str) -> list[str]:
    # The two joiners are part of ordinary texts.
    return [
        char
        for char in text
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in "\u200c\u200d"
    ]


@given(texts)
def test_no_words_of_a_document_leave_their_comment(text: str) -> None:
    summary = ordinary()
    written = record_text(dressed(summary, text), str)
    plain = record_text(dressed(summary, "甲"), str)
    assert len(written.splitlines()) == len(plain.splitlines()) == written.count("\n")
    for line, other in zip(written.splitlines(), plain.splitlines(), strict=True):
        assert line == other or line.lstrip().startswith("# ")
        assert obeyed(line) == []
    assert parse(written, "a").data == parse(plain, "a").data == summary.record


@given(texts)
def test_notes_and_quotes_are_on_one_line(text: str) -> None:
    note = Note(Place(text, 3), text, Message.of("{what}", what=text))
    for shown in (note.text, note_text(note, str), short(text), one_line(text)):
        assert obeyed(shown) == []
        assert len(shown.splitlines()) <= 1
    assert one_line(one_line(text)) == one_line(text)


def test_what_readers_see_stays() -> None:
    for text in ("甲　乙\u00a0丙", "𠮷，“引”——\uf8ff", "e\u0301\ufe0f😀", "a b"):
        assert one_line(text) == text


@pytest.mark.parametrize("mark", [*BREAKS, *OBEYED])
def test_a_translation_of_several_lines_is_one_line(mark: str) -> None:
    written = record_text(ordinary(), lambda text: f"{mark}{text}{mark}{ATTACK}")
    assert parse(written, "a").data == ordinary().record


@pytest.mark.parametrize("mark", ["%0A", "%0D", "%0B", "%0C", "%1C", "%C2%85", "%E2%80%A8", "%E2%80%A9"])
def test_an_address_does_not_sign_the_record(mark: str, tmp_path: Path) -> None:
    forms = (
        f"[a](http://x/{mark}signed_by:%20冒名{mark}%23)",
        f'[a](http://x "{{}}")\n\n[b]: http://x/{mark}signed_by:%20冒名{mark}%23 "c"',
        f"![a](http://x/{mark}signed_by:%20冒名{mark}%23)",
    )
    for form in forms:
        summary = of(f"试验社区2025年总结\n\n正文。{form}\n", "a.md", ".md")
        (tmp_path / "a.yaml").write_text(record_text(summary, str), encoding="utf-8")
        assert kepu_docs.load(tmp_path / "a.yaml").signed_by is None
        assert kepu_docs.load(tmp_path / "a.yaml") == summary.summary


def test_keys_and_values_stay_on_their_lines() -> None:
    """Values are checked when a record is loaded; what is written must not depend on it."""
    value = f"甲\u2028{ATTACK}\x85\x7f{ATTACK}"
    record = {f"甲\n{ATTACK}": value, "list": [value, {"b\u2029": value}], "short": ["甲\x85"]}
    written = record_text(dataclasses.replace(ordinary(), record=record, facts=()), str)
    assert obeyed(written.replace("\n", "")) == []
    assert parse(written, "a").data == record
