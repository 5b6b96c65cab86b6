"""Changes made to a document written by kepu-docs: compares its visible text with that of its record rendered again."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.errors import Place
from kepu_docs.importing.lines import Content, Line
from kepu_docs.importing.reading.word_reader import read_word_document
from kepu_docs.importing.result import Change
from kepu_docs.locale.chain import DEFAULT_LOCALE
from kepu_docs.locale.folders import locales
from kepu_docs.pipeline import Engine
from kepu_docs.schema import WorkSummary

_figure = re.compile(r"(?:图|圖|Figure ?)[0-9]+")


def changes_since(content: Content, summary: WorkSummary, engine: Engine) -> tuple[Change, ...]:
    """Return the differences between what a document says and what its record says.

    The language used is the one in which most of the text is the same. Raises ``KepuError`` if the record cannot be
    rendered.
    """
    found = _without_pictures(content.lines, summary)
    best: tuple[float, tuple[Change, ...]] = (-1.0, ())
    known = [locale for locale in locales(engine.registry.folders, "messages.po") if locale != DEFAULT_LOCALE]
    for locale in (DEFAULT_LOCALE, *known):
        made = _made(summary, locale, content.name, engine)
        matcher = SequenceMatcher(None, [line.shown for line in made], [line.shown for line in found])
        alike = matcher.ratio()
        if alike > best[0]:
            best = (alike, tuple(_changes(matcher, made, found, content.name)))
        if alike == 1.0:
            break
    return best[1]


def _made(summary: WorkSummary, locale: str, name: str, engine: Engine) -> Sequence[Line]:
    """Return the lines of a document rendered from the record in a language, without its photographs."""
    sections = tuple(section.model_copy(update={"photos": ()}) for section in summary.sections)
    document = engine.compose(summary.model_copy(update={"sections": sections}), locale, embed=False)
    return read_word_document(engine.render(document, "docx", RenderOptions()), name).lines


def _without_pictures(lines: Sequence[Line], summary: WorkSummary) -> list[Line]:
    captions = {photo.caption for section in summary.sections for photo in section.photos if photo.caption}
    return [
        line
        for line in lines
        if not (_figure.match(line.text) and any(line.text.endswith(caption) for caption in captions))
    ]


def _changes(matcher: SequenceMatcher[str], made: Sequence[Line], found: Sequence[Line], name: str) -> list[Change]:
    changes: list[Change] = []
    for what, begin, end, new_begin, new_end in matcher.get_opcodes():
        if what == "equal":
            continue
        for at in range(max(end - begin, new_end - new_begin)):
            old = made[begin + at].shown if begin + at < end else ""
            line = found[new_begin + at] if new_begin + at < new_end else None
            before = found[min(new_begin + at, new_end) - 1].place if new_end else Place(name)
            changes.append(Change(line.place if line else before, old, line.shown if line else ""))
    return changes
