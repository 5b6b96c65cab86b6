"""Section kinds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kepu_docs.blocks import Block
from kepu_docs.contract.recognition import Recognition
from kepu_docs.contract.rollups import RollupRule
from kepu_docs.schema import Section

ComposeFunction = Callable[[Mapping[str, Any]], Iterable[Block]]
"""Returns the blocks of a section, from the same plain data that its wording template would receive."""


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A kind of section: its model, and how its text is made.

    The kind's name is the model's ``kind`` literal. A section is composed by the wording template
    ``sections/KIND.jinja``, looked up by locale, or, when ``compose`` is given, by that function: it gets the same
    plain data as a template and returns blocks. ``rollup`` is how sections of the kind are added up to that of a street
    office, district or city; without it, a higher body's summary says that they are left out. ``recognition`` is how
    sections of old documents are recognised as of the kind; without it, they are recognised by the kind's names in
    their headings.
    """

    model: type[Section]
    compose: ComposeFunction | None = None
    rollup: RollupRule | None = None
    recognition: Recognition | None = None

    @property
    def name(self) -> str:
        """The value of ``kind`` in a record."""
        return self.model.kind_name()
