"""Rendered documents are read back: with the record from Word, and with an equal outline and text from any format."""

import dataclasses
import io
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.importing.words import bare

import kepu_docs
import kepu_docs.schema
from kepu_docs.blocks import AttachmentNote, Block, Document, Heading, ListBlock, Paragraph, Signature, Table
from kepu_docs.importing.documents import ImportedSummary
from kepu_docs.importing.writing import record_text

ROOT = Path(__file__).parents[2]
EXAMPLES = [*sorted((ROOT / "docs" / "examples").glob("*.yaml")), ROOT / "tests" / "examples" / "rich.yaml"]
LOCALES = ("zh_Hans", "zh_Hant", "en")


def written(document: Document, locale: str) -> list[tuple[Any, ...]]:
    """Return a document's headings: level, number, text without the stop before a body."""
    return [
        (block.level, block.number.strip(), block.text.strip().rstrip("。."))
        for block in document.blocks
        if isinstance(block, Heading)
    ]


def shown(document: Document) -> str:
    """Return the words that a document shows, numbers and all."""
    texts: list[str] = [document.title, document.addressee]
    for block in document.blocks:
        texts += _texts(block)
    return bare("".join(texts))


def _texts(block: Block) -> list[str]:
    match block:
        case Heading():
            return [block.number + block.text + block.body]
        case Paragraph():
            return [block.text]
        case ListBlock():
            return [item.number + item.lead + item.text for item in block.items]
        case Table():
            cells = [cell for row in block.rows for cell in row]
            return [block.number + block.caption, *(column.title for column in block.columns), *cells]
        case AttachmentNote() if len(block.names) > 1:
            return [block.lead, *(f"{place}{name}" for place, name in enumerate(block.names, 1))]
        case AttachmentNote():
            return [block.lead, *block.names]
        case Signature():
            return [block.body, block.date]
        case _:
            raise TypeError(block)


def imported(summary: kepu_docs.schema.WorkSummary, format_name: str, locale: str, folder: Path) -> ImportedSummary:
    path = folder / f"document.{format_name}"
    path.write_bytes(kepu_docs.render(summary, format_name, locale=locale, embed=False))
    (found,) = kepu_docs.import_document(path)
    return found


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("format_name", ["docx", "md", "txt"])
@pytest.mark.parametrize("record", EXAMPLES, ids=lambda path: path.stem)
def test_outline_and_text(record: Path, format_name: str, locale: str, tmp_path: Path) -> None:
    summary = kepu_docs.load(record)
    document = kepu_docs.compose(summary, locale=locale)
    found = imported(summary, format_name, locale, tmp_path)
    assert found.title == document.title
    outline = [(entry.level, entry.number, entry.text.rstrip("。.")) for entry in found.outline]
    assert outline == written(document, locale)
    assert bare("".join(found.text)) == shown(document)
    # Told in the same language, the record says the same.
    again = kepu_docs.compose(found.summary, locale=locale)
    assert shown(again) == shown(document)
    assert written(again, locale) == written(document, locale)


@pytest.mark.some(2)
@pytest.mark.parametrize("record", EXAMPLES, ids=lambda path: path.stem)
def test_the_record_comes_back(record: Path, tmp_path: Path) -> None:
    summary = kepu_docs.load(record)
    for locale in LOCALES:
        path = tmp_path / f"{locale}.docx"
        path.write_bytes(kepu_docs.render(summary, "docx", locale=locale, toc=True))
        (found,) = kepu_docs.import_document(path)
        assert found.summary == summary
        assert found.is_ours
        assert kepu_docs.load(dict(found.record)) == summary
        (tmp_path / "record.yaml").write_text(record_text(found, str), encoding="utf-8")
        assert kepu_docs.load(tmp_path / "record.yaml") == summary
        assert found.changes == ()
        assert found.unclear == ()
        assert [entry.level for entry in found.outline] == [
            block.level for block in kepu_docs.compose(summary, locale=locale).blocks if isinstance(block, Heading)
        ]


def test_changed_text_is_reported(tmp_path: Path) -> None:
    summary = kepu_docs.load(EXAMPLES[0])
    document = docx.Document(io.BytesIO(kepu_docs.render(summary, "docx")))
    paragraphs = list(document.paragraphs)
    changed = next(each for each in paragraphs if each.text.startswith("经过多年"))
    old = changed.text
    changed.runs[0].text = changed.runs[0].text.replace("经过多年", "经过十年")
    gone = next(each for each in paragraphs if "居民健身点" in each.text)
    parent = gone._p.getparent()
    assert parent is not None
    parent.remove(gone._p)
    paragraphs[-1].insert_paragraph_before("新添的一段。")
    path = tmp_path / "changed.docx"
    document.save(str(path))
    (found,) = kepu_docs.import_document(path)
    assert found.summary == summary
    told = {(change.old, change.new) for change in found.changes}
    assert told == {(old, old.replace("经过多年", "经过十年")), (gone.text, ""), ("", "新添的一段。")}
    assert all(change.place.line for change in found.changes)


def test_an_imported_record_survives_word(tmp_path: Path) -> None:
    """A record with passages goes through a Word document and comes back, unseen part and all."""
    path = Path(__file__).parent / "documents" / "official.txt"
    (first,) = kepu_docs.import_document(path)
    word = tmp_path / "again.docx"
    word.write_bytes(kepu_docs.render(first.summary, "docx"))
    (second,) = kepu_docs.import_document(word)
    assert second.summary == first.summary
    assert second.changes == ()
    assert dataclasses.astuple(second.outline[0])[:3] == (1, "一、", "组织领导有力")
