"""How sections of old documents are recognised as of a kind, and what is taken out of their sentences.

Patterns are regular expressions. They are looked for in simplified hanzi, whatever the document is written in; those
for headings in small letters, too. Rarer traditional hanzi stay as they are: ``[减減]`` finds either.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an old document: its ``text`` in simplified hanzi, and what is ``shown`` there, as long as it."""

    text: str
    shown: str

    def search(self, *patterns: str) -> Mapping[str, str] | None:
        """Return what the named groups of the first pattern that is found show; ``None`` where none is found.

        Groups that are empty are left out.
        """
        for pattern in patterns:
            found = re.search(pattern, self.text)
            if found:
                return {name: self.shown[slice(*found.span(name))] for name, text in found.groupdict().items() if text}
        return None


NamesFunction = Callable[[Sentence], Iterable[tuple[str, Any]]]
"""Returns what a sentence states besides amounts: fields (``group.name``), and their values as a record has them."""


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """An amount that sentences state: one of ``words``, and after it a number with one of ``units``.

    It is for ``field``, with dots as in ``library.books``. What the patterns ``words``, ``units`` and ``verbs`` choose
    among stands between ``|``. With ``verbs`` one of these comes first, in the same clause, at most ``reach``
    characters before the word; the number may then stand before the word, too (举办了3场讲座). ``gap`` is how many
    characters may stand between words and number. An amount without a unit, where ``units`` lets it be, has the
    field's. On a line of its own (讲座：3场) word and number need no verb.

    It is a sum of the summary's whole time: what sentences say of one event, of another year, of each time or of what
    is planned is none. ``standing`` is for what is there at any time, as volunteers are. A ``summed`` amount is taken
    only where the sentence says that it is a sum (全年, 共, 累计). A clause that has ``unless`` states none. Of several
    for one field the first that is found counts.
    """

    field: str
    words: str
    units: str
    verbs: str = ""
    gap: int = 4
    reach: int = 14
    standing: bool = False
    summed: bool = False
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Recognition:
    """How sections of a kind are recognised in old documents, and which facts their sentences state.

    A section is of the kind for which its heading and its text speak most. In the heading ``words`` weigh most, above
    all the last of a clause, as the head of a Chinese heading is, in the earliest clause. ``hints`` weigh less, and
    count only where the text has words or hints of the kind, too. In the text counts in how many clauses the ``words``
    stand. Where the heading says nothing, they must stand in many to decide alone. ``names`` takes out of a sentence
    what is no amount. Where sentences contradict each other, or the model refuses a value, the field stays empty.
    ``otherwise`` is set by the kind of all that no other kind recognises; its ``words`` are looked for in headings.
    """

    words: str = ""
    hints: str = ""
    amounts: tuple[StatedAmount, ...] = ()
    names: NamesFunction | None = None
    otherwise: bool = False
