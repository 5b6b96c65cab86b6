"""A section kind under test: its plugins, and samples that its model accepts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from kepu_docs.blocks import Document
from kepu_docs.composing.composer import Composer
from kepu_docs.errors import RecordError
from kepu_docs.pipeline import Engine
from kepu_docs.pipeline.engine import NO_TEMPLATES
from kepu_docs.pipeline.sample_facts import path_of
from kepu_docs.registry import Registry
from kepu_docs.schema import Section, WorkSummary
from kepu_docs.schema.samples import Path, Samples, Text, Wanted, everything, values_at
from kepu_docs.testing.plugins import rendered_here
from kepu_docs.testing.translations import wording_locales
from kepu_docs.testing.verdict import verdict
from kepu_docs.testing.wording import words_of, written_in

SIZE: Final = 60
"""The length of lists when the growth of time is measured; the longest lists are four times as long."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section kind, its examples, and the means to load, compose and render it."""

    kind: str
    examples: Sequence[Mapping[str, Any]]
    engine: Engine
    record: Callable[[Sequence[Mapping[str, Any]], str], Mapping[str, Any]]
    """A function that makes a record with sections in the language of a locale."""

    @property
    def registry(self) -> Registry:
        """The plugins under test."""
        return self.engine.registry

    @property
    def model(self) -> type[Section]:
        """The model of the kind."""
        return self.registry.kinds[self.kind].model

    def locales(self) -> tuple[str, ...]:
        """Return the locales in which the kind has its own wording. Fails if there is none."""
        found = wording_locales(self.registry, self.kind)
        if not found:
            verdict(
                f"“{self.kind}” is written in some language",
                [
                    f"no plugin has a template LOCALE/sections/{self.kind}.jinja; does yours implement kepu_templates?"
                    if self.registry.kinds[self.kind].compose is None
                    else f'no messages.po has a heading of the kind: msgctxt "kind", msgid "{self.kind}"'
                ],
            )
        return found

    def load(self, section: Mapping[str, Any], locale: str = "zh_Hans") -> WorkSummary:
        """Return the summary of a record with one section. Raises ``RecordError``."""
        return self.engine.load(self.record((section,), locale))

    def document(self, section: Mapping[str, Any], locale: str) -> Document:
        """Return the document of a record with one section."""
        return self.engine.compose(self.load(section, locale), locale)

    def counted_document(self, section: Mapping[str, Any], locale: str) -> Document:
        """Return the same document, made within the budget that templates of a user's own folder have.

        Raises ``TemplateError`` for a template that takes more.
        """
        return self._counting(locale).compose(self.load(section, locale), embed=False)

    def rendered(self, document: Document, format_name: str) -> bytes | None:
        """Return a file of a document, or ``None`` if this machine lacks what the format needs."""
        return rendered_here(self.engine, document, format_name)

    def samples(self, locale: str, text: Text | None = None, **options: Any) -> Samples:
        """Return a generator of samples in the language of ``locale``, with texts from ``text`` if that is given."""
        return Samples(self.model, text or written_in(words_of(locale)), **options)

    def accepted(self, samples: Samples, wanted: Wanted = everything, locale: str = "zh_Hans") -> dict[str, Any] | None:
        """Return a sample that the model accepts, with the examples' values where it refuses others.

        ``None`` if it refuses the section as a whole, by a rule about several fields.
        """
        given = dict(samples.given)
        while True:
            section = replace(samples, given=given).section(self.kind, wanted)
            try:
                self.load(section, locale)
            except RecordError as error:
                refused = [path for path in map(path_of, error.faults) if path]
                if not refused:
                    return None
                for path in refused:
                    value = next((value for each in self.examples for value in values_at(each, path)), None)
                    if value is None or path in given:
                        verdict(
                            f"samples of “{self.kind}” can be made from its model and your examples",
                            [f"{fault}; give an example that has {'.'.join(path)}" for fault in error.faults],
                        )
                    given[path] = value
            else:
                return section

    def sections(self, locale: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the examples and a complete sample, each with its name."""
        yield from ((f"sections[{at}]", section) for at, section in enumerate(self.examples))
        full = self.accepted(self.samples(locale), locale=locale)
        if full is not None:
            yield "a sample with all fields", full

    def marked(self, locale: str, text: str) -> tuple[dict[str, Any], dict[Path, str]]:
        """Return a section with ``text`` and a unique mark in each text that has room for them, and these texts."""
        sent: dict[Path, str] = {}

        def marked(path: Path, nth: int, limit: int) -> str:
            whole = f"{text}{_mark(path)}{nth + 1}"
            if len(whole) > limit:
                return written_in(words_of(locale))(path, nth, limit)
            sent[path] = whole[:-1]
            return whole

        section = self.accepted(self.samples(locale, marked), locale=locale)
        if section is None:
            return dict(self.examples[0]), {}
        # If the model refused it, an example's value is there.
        taken = {path: each for path, each in sent.items() if any(each in str(v) for v in values_at(section, path))}
        return section, taken

    def whole(self, samples: Samples, wanted: Wanted, locale: str) -> dict[str, Any] | None:
        """Return a sample with long lists, or ``None`` if the model limits their length."""
        short = self.accepted(replace(samples, sizes={}), wanted, locale)
        if short is None:
            return None
        section = samples.section(self.kind, wanted)
        try:
            self.load(section, locale)
        except RecordError:
            return None
        return section

    def composing(self, path: Path) -> Callable[[int], object] | None:
        """Return a function that composes a section with long lists; ``None`` if the model refuses them.

        Loops of its template take steps even where nothing is in them.
        """
        locale = self.locales()[0]
        composer = self._counting(locale)
        summaries: dict[int, WorkSummary] = {}
        for size in (SIZE, 2 * SIZE, 4 * SIZE):
            section = self.whole(self.samples(locale, size=1, sizes={path: size}), everything, locale)
            if section is None:
                return None
            summaries[size] = self.load(section, locale)
        return lambda size: composer.compose(summaries[size], embed=False)

    def _counting(self, locale: str) -> Composer:
        """Return a composer that counts what templates cost, as it does for a user's own folder."""
        return self.registry.composer(locale, NO_TEMPLATES)


def _mark(path: Path) -> str:
    """Return letters that distinguish fields, and that no format or language changes."""
    return "甲" + "".join(chr(0x4E00 + ord(letter)) for letter in "".join(path))
