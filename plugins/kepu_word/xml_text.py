"""Text for XML: escaping, and characters that XML cannot hold."""

import dataclasses
import re
from typing import Final

from kepu_docs.plugin import Document, Place, RenderError

# A document's text has no characters below U+0020 (the schema refuses them). XML cannot hold most of them, and tabs and
# line breaks would be read back as something else.
_CONTROLS: Final = bytes(range(0x20))
_FORBIDDEN: Final = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")


def escape(text: str) -> str:
    """Return ``text`` as XML character data."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``texts``, each escaped; most need no escaping, which one check of all of them shows."""
    joined = "".join(texts)
    return texts if joined == escape(joined) else tuple([escape(text) for text in texts])


def quote(text: str) -> str:
    """Return ``text`` as the value of an attribute, without the quotation marks around it."""
    return escape(text).replace('"', "&quot;")


def encode(xml: str) -> bytes:
    """Return ``xml`` as UTF-8. Raises ``UnicodeError`` for a character XML cannot hold.

    One check of the finished part is cheaper than one of each text. :func:`refusal` finds the text.
    """
    data = xml.encode()
    if len(data.translate(None, _CONTROLS)) != len(data) or "\ufffe" in xml or "\uffff" in xml:
        raise UnicodeError
    return data


def refusal(document: Document) -> RenderError:
    """Return the error that names the first text of ``document`` that XML cannot hold."""
    for path, text in _texts(document, ""):
        bad = _FORBIDDEN.search(text)
        if bad:
            return RenderError.at(
                Place(field=path.removeprefix(".")),
                "character {character} (number {position}), which a Word document cannot hold",
                character=f"U+{ord(bad[0]):04X}",
                position=bad.start() + 1,
            )
    raise AssertionError("a forbidden character that is in no text of the document")


def _texts(value: object, path: str) -> list[tuple[str, str]]:
    """Return every text in ``value``, with the path to it."""
    if isinstance(value, str):
        return [(path, value)]
    found: list[tuple[str, str]] = []
    if isinstance(value, tuple):
        for place, member in enumerate(value):
            found += _texts(member, f"{path}[{place}]")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            found += _texts(getattr(value, field.name), f"{path}.{field.name}")
    return found
