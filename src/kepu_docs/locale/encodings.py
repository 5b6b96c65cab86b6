"""The texts of templates and catalogues: in UTF-8, with a mark of it or without; of others the encoding is named."""

import codecs
from typing import Final

from kepu_docs.errors import N_, Message

_MARK: Final = "\ufeff"
UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class EncodingError(ValueError):
    """A text is not in the encoding that it should be in: what is wrong, and the line where it shows."""

    def __init__(self, problem: Message, line: int) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.line = line


def decode(data: bytes, encoding: str = "utf-8") -> str:
    """Return the text of ``data``, without marks of its encoding. Raises :class:`EncodingError`.

    The mark of UTF-8 counts more than ``encoding``, which is what the file says of itself.
    """
    if data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8"
    try:
        return data.decode(encoding).lstrip(_MARK)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EncodingError(_problem(data, encoding), line) from None


def _problem(data: bytes, encoding: str) -> Message:
    found = _found(data) if encoding.startswith("utf") else ""
    if found:
        text = N_("this text is in {found}, not in {name}; save the file as UTF-8, with “Save as” in an editor")
        return Message.of(text, found=found, name=encoding.upper())
    return Message.of(N_("this is not text in {name}"), name=encoding.upper())


def _found(data: bytes) -> str:
    """Return the name of the encoding that Chinese editors may have saved a text in, if it is one of these."""
    if data.startswith(codecs.BOM_UTF8):
        return ""
    name, encoding = ("UTF-16", "utf-16") if data.startswith(UTF_16_MARKS) else ("GBK", "gb18030")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    # What is in GBK holds Chinese characters: bytes that are none by chance give others.
    return name if name != "GBK" or any("\u4e00" <= each <= "\u9fff" for each in text) else ""
