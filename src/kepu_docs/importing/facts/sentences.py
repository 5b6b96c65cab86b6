"""Facts in the text of a section: what its kind recognises in a sentence; taken only where it is sure.

A field for which sentences say different things stays empty, and is listed as not understood.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kepu_docs.contract.recognition import Sentence, StatedAmount
from kepu_docs.errors import N_, KepuError, Message, Place, PluginError
from kepu_docs.importing.facts.kinds import compiled
from kepu_docs.importing.lines import Note
from kepu_docs.importing.structure.elements import Text, shift
from kepu_docs.reading.simplifying import simplified
from kepu_docs.registry import Registry
from kepu_docs.registry.offers import KINDS
from kepu_docs.schema.amounts import NUMBER, amount_pattern, read_amount
from kepu_docs.schema.shapes import field_at, is_list, unit_at
from kepu_docs.typography.numerals import number_of

Path = tuple[str | int, ...]

_sentence = re.compile(r"[^。！？!?；;]+[。！？!?；;]?")
_hanzi = re.compile("[一二两三四五六七八九十百千零]{1,6}")
# What may state the number of an amount: figures, hanzi, or 万 alone.
_NUMBER: Final = f"{NUMBER}|{_hanzi.pattern}|(?=万)"
_BETWEEN: Final = "[^，。；,;0-9０-９]"
"""What may stand between the words of one clause that state one amount."""


@dataclass(frozen=True, slots=True)
class Found:
    """A fact: the field below its section, its value as a record has it, and the sentence that it came from."""

    path: Path
    value: Any
    sentence: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Stated:
    """What states an amount: the field, its usual unit, and the shape."""

    field: str
    unit: str
    shape: re.Pattern[str]


class Facts:
    """Takes facts out of sentences for the section kinds. Raises ``PluginError`` where a kind's recognition fails."""

    def __init__(self, registry: Registry) -> None:
        kinds = registry.kinds
        self._owners = registry.owners
        self._models = {name: kind.model for name, kind in kinds.items()}
        self._recognitions = {name: kind.recognition for name, kind in kinds.items() if kind.recognition}
        self._amounts = {
            name: [_stated(registry, name, each) for each in known.amounts]
            for name, known in self._recognitions.items()
        }

    def of(self, kind: str, texts: Sequence[Text], notes: list[Note]) -> list[Found]:
        """Return the facts of a section of a kind; what contradicts itself goes into ``notes``."""
        found: dict[Path, Found] = {}
        unsure: set[Path] = set()
        for text in texts if kind in self._recognitions else ():
            for sentence in _sentence.finditer(text.text):
                place = shift(text.place, sentence.start())
                for field, value in self._of_sentence(kind, Sentence(simplified(sentence[0]), sentence[0]), place):
                    path: Path = tuple(field.split("."))
                    if self._is_list(kind, field):
                        entries = [fact.value for at, fact in found.items() if at[:-1] == path]
                        if value in entries:
                            continue
                        path = (*path, len(entries))
                    if not self._allowed(kind, path, value):
                        continue
                    if path in found and found[path].value != value:
                        unsure.add(path)
                        notes.append(_unsure(found[path], path))
                    fact = Found(path, value, sentence[0].strip(), place)
                    found.setdefault(path, fact)
                    if path in unsure:
                        notes.append(_unsure(fact, path))
        return [fact for path, fact in found.items() if path not in unsure]

    def _of_sentence(self, kind: str, sentence: Sentence, place: Place) -> Iterator[tuple[str, Any]]:
        """Yield the fields of which a sentence states something, and what."""
        for stated in self._amounts[kind]:
            found = stated.shape.search(sentence.text)
            amount = _amount(found["amount"], stated.unit) if found else None
            if amount:
                yield stated.field, amount
        try:
            find = self._recognitions[kind].names
            names = [(str(field), value) for field, value in find(sentence)] if find else []
        except KepuError:
            raise
        except (Exception, SystemExit) as error:  # a stranger's function may raise anything
            text = N_("the section kind “{kind}” (plugin {plugin}) failed over a sentence of the document: {error}")
            plugin = self._owners[KINDS, kind]
            raise PluginError.at(place, text, kind=kind, plugin=plugin, error=repr(error)) from error
        yield from names

    def _is_list(self, kind: str, path: str) -> bool:
        found = field_at(self._models[kind], path)
        return found is not None and is_list(found[0].model_fields[found[1]])

    def _allowed(self, kind: str, path: Path, value: Any) -> bool:
        """Tell whether a kind has the field, and the field accepts the value."""
        data: Any = value
        for step in reversed(path):
            data = [data] if isinstance(step, int) else {step: data}
        try:
            self._models[kind].model_validate({"kind": kind, "heading": "…", **data})
        except (Exception, SystemExit):  # a stranger's model may raise anything
            return False
        return True


def _stated(registry: Registry, kind: str, amount: StatedAmount) -> _Stated:
    """Return the shape of an amount in one of its units behind one of its words, which may follow a verb."""
    lead = f"(?:{amount.verbs}){_BETWEEN}{{0,14}}?" if amount.verbs else ""
    shape = amount_pattern(amount.units, _NUMBER)
    pattern = f"{lead}(?:{amount.words}){_BETWEEN}{{0,{amount.gap}}}?(?P<amount>{shape})"
    return _Stated(amount.field, unit_at(registry.kinds[kind].model, amount.field), compiled(registry, kind, pattern))


def _unsure(fact: Found, path: Path) -> Note:
    why = Message.of(N_("several sentences state different values of “{field}”"), field=".".join(map(str, path)))
    return Note(fact.place, fact.sentence, why)


def _amount(written: str, usual: str) -> str | None:
    """Return an amount as a record may write it: 300余份, 近1万册; hanzi as digits, without a unit the usual one."""
    amount = read_amount(_hanzi.sub(lambda found: str(number_of(found[0].replace("两", "二"))), written))
    # 2万多份 is read, 2多万份 is written by some.
    return "".join(amount._replace(unit=amount.unit or usual)) if amount else None
