"""How sections of old documents are recognised as of a kind, and which facts are read from their sentences.

Patterns are regular expressions. They are matched against simplified hanzi, whatever script the document uses; patterns
for headings are matched against lower-case letters, too. Rarer traditional hanzi are not converted: ``[减減]`` finds
either.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an old document: ``text`` in simplified hanzi, and ``shown`` as written, of the same length."""

    text: str
    shown: str

    def search(self, *patterns: str) -> Mapping[str, str] | None:
        """Return what the named groups of the first matching pattern show, or ``None`` if no pattern matches.

        Empty groups are left out.
        """
        for pattern in patterns:
            found = re.search(pattern, self.text)
            if found:
                return {name: self.shown[slice(*found.span(name))] for name, text in found.groupdict().items() if text}
        return None


NamesFunction = Callable[[Sentence], Iterable[tuple[str, Any]]]
"""Returns the facts that a sentence states besides amounts: fields (``group.name``), and their values as in a record.
"""


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """An amount that sentences state: one of ``words``, and after it a number with one of ``units``.

    It fills ``field``, with dots as in ``library.books``. The patterns ``words``, ``units`` and ``verbs`` separate
    their alternatives with ``|``. With ``verbs``, one of these comes first, in the same clause, at most ``reach``
    characters before the word; the number may then come before the word, too (举办了3场讲座). ``gap`` is the largest
    number of characters between word and number. An amount without a unit, if ``units`` allows that, has the field's
    unit. On a line of its own (讲座：3场) word and number need no verb.

    An amount covers the whole period of the summary: sentences about one event, another year, each occasion or a plan
    do not count. ``standing`` is for things that exist at any time, such as volunteers. A ``summed`` amount is read
    only if the sentence says that it is a sum (全年, 共, 累计). A clause that contains ``unless`` is ignored. If a
    field has several amounts, the first one found counts.
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

    A section is of the kind with the most evidence in its heading and text. In the heading, ``words`` weigh most, above
    all the last word of the first clause that has one, since a Chinese heading ends with its head noun. ``hints`` weigh
    less, and count only if the text also has words or hints of the kind. In the text, the number of clauses with one of
    the ``words`` counts. If the heading decides nothing, many clauses must have them. ``names`` reads facts that are
    not amounts from a sentence. If sentences contradict each other, or the model refuses a value, the field stays
    empty. ``otherwise`` is set by the kind for everything that no other kind recognises; its ``words`` are looked for
    in headings.
    """

    words: str = ""
    hints: str = ""
    amounts: tuple[StatedAmount, ...] = ()
    names: NamesFunction | None = None
    otherwise: bool = False
