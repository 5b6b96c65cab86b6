"""No document has a label in another language: apart from the record's own text, all is in the document's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.examples.test_formats_agree import RECORDS
from tests.languages import LOCALES

import kepu_docs
from kepu_docs.blocks import Document
from kepu_docs.testing import texts_of
from kepu_docs.testing.wording import foreign


def own_texts(value: object) -> Iterator[str]:
    """Yield the texts of a record, as it has them and without a full stop at their end."""
    match value:
        case str():
            yield value
            yield value.removesuffix("。")
        case dict():
            for part in value.values():
                yield from own_texts(part)
        case list():
            for part in value:
                yield from own_texts(part)
        case _:
            pass


def labels(document: Document, record: Path) -> list[str]:
    """Return what a document says that its record does not."""
    own = sorted(set(own_texts(yaml.safe_load(record.read_text(encoding="utf-8")))) - {""}, key=len, reverse=True)
    said = [*texts_of(document), document.subject, *document.keywords]
    for text in own:
        said = [rest for piece in said for rest in piece.split(text)]
    return [piece for piece in said if piece.strip()]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_no_label_is_of_another_language(record: Path, locale: str) -> None:
    said = labels(kepu_docs.compose(kepu_docs.load(record), locale=locale), record)
    assert [piece for piece in said if foreign(piece, locale)] == []
    assert sum(map(len, said)) > 50


def test_labels_of_another_language_are_found() -> None:
    record = RECORDS[-1]
    document = kepu_docs.compose(kepu_docs.load(record), locale="zh_Hans")
    assert any(foreign(piece, "zh_Hant") for piece in labels(document, record))
    assert any(foreign(piece, "en") for piece in labels(document, record))
