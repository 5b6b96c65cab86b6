"""Dates: none, or those of SOURCE_DATE_EPOCH."""

import io
import zipfile
from typing import Final

import pytest
from tests.kepu_word.invariants import check_docx
from tests.kepu_word.reading import part

from kepu_docs.blocks import Document, Figure, Paragraph
from kepu_docs.errors.visible import visible
from kepu_docs.output.source_date import VARIABLE
from kepu_docs.plugin import RenderError
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_word import WordRenderer

TERMS: Final = "{http://purl.org/dc/terms/}"
SUMMARY: Final = Document(
    "总结",
    (Paragraph("文"), Figure(b"picture", "image/png", 8, 8, "图")),
    "zh_Hans",
    OFFICIAL_OUTLINE,
    record='{"period": 2025}',
)


def rendered(monkeypatch: pytest.MonkeyPatch, seconds: str | None) -> bytes:
    if seconds is None:
        monkeypatch.delenv(VARIABLE, raising=False)
    else:
        monkeypatch.setenv(VARIABLE, seconds)
    return WordRenderer().render(SUMMARY)


def entry_dates(data: bytes) -> set[tuple[int, ...]]:
    """Return the dates of all entries, each held in two places."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        infos = archive.infolist()
    for info in infos:
        local, central = data[info.header_offset + 10 : info.header_offset + 14], _dos(info.date_time)
        assert local == central
    return {info.date_time for info in infos}


def _dos(date: tuple[int, ...]) -> bytes:
    year, month, day, hour, minute, second = date
    time = hour << 11 | minute << 5 | second // 2
    return time.to_bytes(2, "little") + ((year - 1980) << 9 | month << 5 | day).to_bytes(2, "little")


def stated(data: bytes) -> dict[str, str | None]:
    """Return the dates that the properties state."""
    core = part(data, "docProps/core.xml")
    return {each.tag.removeprefix(TERMS): each.text for each in core if str(each.tag).startswith(TERMS)}


@pytest.mark.parametrize(
    ("seconds", "entries", "properties"),
    [
        ("1766219405", (2025, 12, 20, 8, 30, 4), "2025-12-20T08:30:05Z"),
        ("0", (1980, 1, 1, 0, 0, 0), "1970-01-01T00:00:00Z"),
        ("253402300799", (2107, 12, 31, 23, 59, 58), "9999-12-31T23:59:59Z"),
    ],
)
def test_documents_are_of_the_given_moment(
    monkeypatch: pytest.MonkeyPatch, seconds: str, entries: tuple[int, ...], properties: str
) -> None:
    data = rendered(monkeypatch, seconds)
    assert entry_dates(data) == {entries}
    assert stated(data) == {"created": properties, "modified": properties}
    check_docx(WordRenderer().render(Document("总结", (), "zh_Hans", OFFICIAL_OUTLINE)))
    assert data == rendered(monkeypatch, seconds)


@pytest.mark.parametrize("seconds", [None, ""])
def test_without_it_there_are_none(monkeypatch: pytest.MonkeyPatch, seconds: str | None) -> None:
    data = rendered(monkeypatch, seconds)
    assert entry_dates(data) == {(1980, 1, 1, 0, 0, 0)}
    assert stated(data) == {}


@pytest.mark.parametrize("seconds", ["yesterday", "-1", "1.5", "１２", " 1", "253402300800", "9" * 5000])
def test_what_is_no_moment_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    with pytest.raises(RenderError, match=f"^{VARIABLE}: “{visible(seconds)}”; a whole number of seconds"):
        rendered(monkeypatch, seconds)


def test_it_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "1766219405")
    renderer = WordRenderer()
    first = renderer.render(SUMMARY)
    monkeypatch.delenv(VARIABLE)
    assert renderer.render(SUMMARY) == first
