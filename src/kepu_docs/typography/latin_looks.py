"""A look as documents in the Latin script use it.

Letters take the fonts that the look names beside its Chinese ones; hanzi among them keep theirs. Everything that serves
a grid of full-width characters is removed: tighter setting, indents of two characters, no space between letters and
hanzi.
"""

from dataclasses import fields, replace
from typing import Final

from kepu_docs.typography.looks import LatinLook, Look, TextLook, Texts

_PARAGRAPHS: Final = ("body", "list")


def in_latin(look: Look) -> Look:
    """Return ``look`` for documents in the Latin script."""
    kinds = {field.name: _text(getattr(look.text, field.name), look.latin) for field in fields(Texts)}
    for name in _PARAGRAPHS:
        kinds[name] = replace(kinds[name], after=kinds[name].after or look.latin.after)
    return replace(
        look,
        text=Texts(**kinds),
        punctuation=replace(look.punctuation, space_latin=True),
        chart=replace(look.chart, letters=look.chart.font.latin),
        attachment_note=replace(look.attachment_note, indent=look.latin.first_line),
    )


def _text(text: TextLook, latin: LatinLook) -> TextLook:
    return replace(
        text,
        letters=text.font.latin,
        spacing=0.0,
        align=latin.align if text.align == "both" else text.align,
        first_line=latin.first_line if text.first_line else 0.0,
    )
