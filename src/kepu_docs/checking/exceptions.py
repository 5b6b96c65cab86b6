"""Exceptions in records: ``# kepu: ignore[rule, rule]`` after a value or on the line above."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kepu_docs.checking.places import TextPlaces
from kepu_docs.checking.remarks import Remark
from kepu_docs.errors import N_, Message, Place

RULE: Final = "unused-exception"
_SYNTAXES: Final = ("yaml", "toml")
_MARK: Final = "kepu:"

_exception = re.compile(r"(?:^|(?<=\s))#\s*kepu:\s*ignore\[([^\[\]\r\n]*+)\]", re.MULTILINE)
_alone = re.compile(r"[ \t]*#")


class Exceptions:
    """The exceptions in the text of one record, and which of them have been used."""

    def __init__(self, places: TextPlaces) -> None:
        self._places = places
        self._rules: dict[int, dict[str, bool]] = {}
        self._columns: dict[int, int] = {}
        self._alone: set[int] = set()
        if places.syntax not in _SYNTAXES or _MARK not in places.text:
            return
        for match in _exception.finditer(places.text):
            position = places.lines.position(match.start())
            named = filter(None, (rule.strip() for rule in match[1].split(",")))
            self._rules[position.line] = dict.fromkeys(named, False)
            self._columns[position.line] = position.column
            if _alone.match(places.text[match.start() - position.column + 1 : match.end()]):
                self._alone.add(position.line)

    def cover(self, rule: str, path: tuple[str | int, ...]) -> bool:
        """Return whether an exception covers a finding of a rule at ``path``."""
        if not self._rules:
            return False
        for line in self._places.comment_lines(path):
            for at in (line, line - 1):
                if rule in self._rules.get(at, ()) and (at == line or at in self._alone):
                    self._rules[at][rule] = True
                    return True
        return False

    def unused(self, known: Iterable[str], on: Iterable[str]) -> Iterator[Remark]:
        """Yield a remark for each unused exception: its rule is on and found nothing, or does not exist."""
        rules, active = set(known), set(on)
        for line, named in self._rules.items():
            for rule, used in named.items():
                place = Place(self._places.name, self._places.below(line), self._columns[line])
                if rule not in rules:
                    message = Message.of(N_("there is no rule “{rule}”"), rule=rule)
                elif rule in active and not used:
                    message = Message.of(N_("the rule “{rule}” finds nothing here; remove the exception"), rule=rule)
                else:
                    continue
                yield Remark(RULE, "info", place, message)
