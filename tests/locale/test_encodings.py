"""Byte order marks are ignored; a text in another encoding is reported by the name of its encoding."""

from codecs import BOM_UTF8

import pytest

from kepu_docs.locale.encodings import EncodingError, decode
from kepu_docs.locale.po_files import CatalogError, read_po_file

TEXT = '# 措辞\nmsgctxt "kind"\nmsgid "training"\nmsgstr "学习培训"\n'
HEADS = ("", *(f'msgid ""\nmsgstr "Content-Type: text/plain; charset={name}\\n"\n\n' for name in ("UTF-8", "GBK")))


@pytest.mark.parametrize("marks", [1, 2])
@pytest.mark.parametrize("head", HEADS)
def test_a_mark_is_as_if_it_were_not_there(head: str, marks: int) -> None:
    data = (head + TEXT).encode()
    assert decode(BOM_UTF8 * marks + data) == head + TEXT
    (entry,) = read_po_file(BOM_UTF8 * marks + data).entries
    assert (entry.context, entry.identifier, entry.forms[0]) == ("kind", "training", "学习培训")


@pytest.mark.parametrize(
    ("encoding", "name"), [("gbk", "GBK"), ("gb18030", "GBK"), ("utf-16", "UTF-16"), ("utf-16-be", "")]
)
def test_another_encoding_is_named(encoding: str, name: str) -> None:
    expected = f"this text is in {name}, not in UTF-8; save the file as UTF-8" if name else "not text in UTF-8"
    with pytest.raises(EncodingError, match=expected):
        decode(TEXT.encode(encoding))
    with pytest.raises(CatalogError, match=expected):
        read_po_file(TEXT.encode(encoding))


def test_a_catalogue_that_says_that_it_is_in_gbk_is_read() -> None:
    assert read_po_file((HEADS[2] + TEXT).encode("gbk")).entries[0].forms[0] == "学习培训"


def test_a_broken_text_is_none_in_another_encoding() -> None:
    with pytest.raises(EncodingError, match="this is not text in UTF-8") as caught:
        decode(BOM_UTF8 + "一\n二".encode() + b"\xff")
    assert caught.value.line == 2
