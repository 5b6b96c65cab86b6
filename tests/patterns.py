"""Finds regular expressions that take more than linear time, from the pattern and not with a clock.

``re`` does not count its steps, and times on a busy machine are unreliable; besides, somebody must think of a text that
makes a pattern slow. So the pattern is analysed as an automaton: its states are the places at which it reads a
character, and a search has one more, which reads whatever is before the match. If two of its states have loops over the
same characters, and these characters lead from the first to the second (in the literature: infinite ambiguity), there
are texts of which each part can be read in both; if nothing matches in the end, all divisions are tried, n of them for
each of n places. If one state has two different loops over the same characters, there are 2ⁿ.

The analysis may suspect too much (that an assertion forbids a path is only recognised for ``^``, ``\\b`` and one
character after the beginning), but never too little, except for references to groups, which are treated as empty.
Repeats up to 200 times do not count as loops: they cost a constant factor.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from itertools import product
from typing import Any, Final

op: Final[Any] = import_module("re._constants")
parser: Final[Any] = import_module("re._parser")

MOST_TIMES: Final = 200
"""A repeat that ends after so many times costs a factor, and is no loop."""
_SAMPLES: Final = "a Z5_\n\t\r\x01é科ー，。“٣𠮷\u3000\u2028"

Guard = frozenset[int] | None
"""The atoms one of which must stand before; ``None`` for any."""


@dataclass(frozen=True, eq=False)
class _Edge:
    target: int
    left: frozenset[int] = frozenset()
    """The atomic groups that are left on the way."""
    before: Guard = None
    """What must stand before the begin of a match; seen only where the way leads there."""
    bounded: bool = False
    """Whether a word must begin or end here."""
    sure: bool = True
    """Whether nothing on the way may forbid it."""


@dataclass
class _Part:
    """A part of a pattern: where it begins, where it ends, and whether it may be passed without a character."""

    first: list[_Edge] = field(default_factory=list)
    last: list[tuple[int, frozenset[int], bool]] = field(default_factory=list)
    """States behind which it may be done, with the atomic groups that are left then, and whether it surely is."""
    passes: list[_Edge] = field(default_factory=list)
    """Ways through it that read nothing; their target counts for nothing."""


class Machine:
    """A pattern as the states of which each reads a character."""

    def __init__(self, pattern: "re.Pattern[Any]") -> None:
        self._flags = pattern.flags
        tree = parser.parse(pattern.pattern, pattern.flags)
        self._atoms = _atoms(tree, pattern.flags, is_bytes=isinstance(pattern.pattern, bytes))
        self.reads: list[frozenset[int]] = []
        self.ways: list[list[_Edge]] = []
        self.within: list[frozenset[int]] = []
        """The atomic groups in which each state is."""
        self.ends: set[int] = set()
        """States behind which the pattern is done, whatever follows; it does not go on to fail."""
        self._groups = 0
        self._inside: frozenset[int] = frozenset()
        self.begin = self._sequence(tree)
        self.ends = {state for state, _, sure in self.begin.last if sure}

    def _state(self, reads: frozenset[int]) -> _Part:
        self.reads.append(reads)
        self.ways.append([])
        self.within.append(self._inside)
        state = len(self.reads) - 1
        return _Part([_Edge(state)], [(state, frozenset(), True)])

    def _sequence(self, items: Iterable[Any]) -> _Part:
        whole = _Part(passes=[_Edge(-1)])
        for item in items:
            whole = self._joined(whole, self._part(item))
        return whole

    def _joined(self, one: _Part, two: _Part) -> _Part:
        for state, left, _ in one.last:
            for edge in two.first:
                self.ways[state].append(_Edge(edge.target, left | edge.left))
        first = [*one.first, *(_both(passing, edge) for passing in one.passes for edge in two.first)]
        last = [
            *two.last,
            *((state, left | edge.left, sure and edge.sure) for edge in two.passes for state, left, sure in one.last),
        ]
        return _Part(first, last, [_both(a, b) for a in one.passes for b in two.passes])

    def _part(self, item: Any) -> _Part:
        code, value = item
        if code in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY, op.RANGE, op.CATEGORY):
            return self._state(frozenset(n for n, atom in enumerate(self._atoms) if _fits(item, atom, self._flags)))
        if code is op.SUBPATTERN:
            before = self._flags
            self._flags = _flags(before, value)
            part = self._sequence(value[3])
            self._flags = before
            return part
        if code is op.ATOMIC_GROUP:
            return self._atomic(value)
        if code in (op.BRANCH, op.GROUPREF_EXISTS):
            # Which of two ways a group decides is not followed: either is possible.
            ways = value[1] if code is op.BRANCH else value[1:]
            parts = [self._sequence(each or ()) for each in ways]
            return _Part(
                [edge for part in parts for edge in part.first],
                [last for part in parts for last in part.last],
                [edge for part in parts for edge in part.passes],
            )
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, inner = value
            if code is op.POSSESSIVE_REPEAT:
                return self._atomic([(op.MAX_REPEAT, value)])
            return self._repeated(least, int(most), inner)
        if code in (op.ASSERT, op.ASSERT_NOT):
            return self._assertion(code, *value)
        if code is op.AT:
            return self._at(value)
        if code is op.GROUPREF:
            return _Part(passes=[_Edge(-1)])
        raise NotImplementedError(code)

    def _atomic(self, inner: Any) -> _Part:
        before, self._groups = self._inside, self._groups + 1
        left = frozenset({self._groups})
        self._inside = before | left
        part = self._sequence(inner)
        self._inside = before
        return _Part(part.first, [(state, each | left, sure) for state, each, sure in part.last], part.passes)

    def _repeated(self, least: int, most: int, inner: Any) -> _Part:
        if most > MOST_TIMES:
            part = self._sequence(inner)
            for state, left, _ in part.last:
                for edge in part.first:
                    self.ways[state].append(_Edge(edge.target, left | edge.left))
        else:
            part = self._sequence(inner)
            if most > 1:
                again = self._sequence(inner)
                again.passes.append(_Edge(-1))
                part = self._joined(part, again)
        if least == 0:
            part.passes.append(_Edge(-1))
        return part

    def _assertion(self, code: Any, direction: int, inner: Any) -> _Part:
        if direction < 0:
            # Of several characters that must stand before, the last.
            items = list(inner)
            single = _single(items[-1:] if code is op.ASSERT else items)
            guard: Guard = None
            if single:
                fits = {
                    n for n, atom in enumerate(self._atoms) if any(_fits(each, atom, self._flags) for each in single)
                }
                guard = frozenset(fits if code is op.ASSERT else set(range(len(self._atoms))) - fits)
            return _Part(passes=[_Edge(-1, before=guard, sure=False)])
        # What stands in it is read, and read anew: behind it nothing follows.
        body = self._sequence(inner)
        return _Part(first=body.first, passes=[_Edge(-1, sure=False)])

    def _at(self, value: Any) -> _Part:
        if value in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
            line = value is op.AT_BEGINNING and self._flags & re.MULTILINE
            breaks = frozenset(n for n, atom in enumerate(self._atoms) if atom == "\n")
            return _Part(passes=[_Edge(-1, before=breaks if line else frozenset(), sure=False)])
        if value is op.AT_BOUNDARY:
            return _Part(passes=[_Edge(-1, bounded=True, sure=False)])
        return _Part(passes=[_Edge(-1, sure=False)])

    def slow(self, *, searched: bool, whole: bool) -> Iterator[str]:
        """Yield what makes the pattern slow: the characters that can be read in two ways.

        ``searched`` tells whether a match may begin anywhere, ``whole`` whether it must reach to the text's end.
        """
        # Where the pattern is done at each round, no more than a round is tried in vain.
        loops = _components(self.ways, set() if whole else self.ends)
        if searched:
            for state, loop in loops.items():
                if found := self._begun_within(state, loop):
                    yield f"any place of a run of {found!r} may be the begin"
        # From any state of a loop, the others are reached and it is reached from them: what one can do twice, all can.
        for loop in dict.fromkeys(loops.values()):
            if found := self._twice(min(loop), loop):
                yield f"{found!r} can be repeated in two ways: exponential"
        for one, loop in loops.items():
            for two, other in loops.items():
                # Led on within one loop, one can come back as well: that is seen above.
                if two not in loop and (found := self._led_on(one, loop, two, other)):
                    yield f"{found!r} can be read by two repeats"

    def _shown(self, atoms: Iterable[int]) -> str:
        return "".join(self._atoms[atom] for atom in atoms)

    def _steps(self, state: int) -> Iterator[tuple[int, _Edge]]:
        for edge in self.ways[state]:
            for atom in self.reads[edge.target]:
                yield atom, edge

    def _begun_within(self, state: int, loop: frozenset[int]) -> str:
        """Return characters that lead round from ``state`` to itself, and from the begin to it as well."""
        for last in self.reads[state]:
            # The begin has just passed over the character ``last``; so had the loop.
            start: tuple[int | None, int, int] = (None, state, last)
            queue, seen = [(start, "")], {start}
            while queue:
                (here, round_, before), text = queue.pop(0)
                for atom, edge in self._steps(round_):
                    if edge.target not in loop:
                        continue
                    nexts: list[int | None] = []
                    if here is None:
                        nexts = [
                            None,
                            *(each.target for each in self.begin.first if self._may_begin(each, before, atom)),
                        ]
                    else:
                        nexts = [each.target for at, each in self._steps(here) if at == atom]
                    for following in nexts:
                        if following == state == edge.target and atom == last:
                            return text + self._atoms[atom]
                        if following is not None and atom not in self.reads[following]:
                            continue
                        key = following, edge.target, atom
                        if key not in seen:
                            seen.add(key)
                            queue.append((key, text + self._atoms[atom]))
        return ""

    def _may_begin(self, edge: _Edge, before: int, atom: int) -> bool:
        if atom not in self.reads[edge.target] or (edge.before is not None and before not in edge.before):
            return False
        return not edge.bounded or _is_word(self._atoms[before]) != _is_word(self._atoms[atom])

    def _led_on(self, one: int, loop: frozenset[int], two: int, other: frozenset[int]) -> str:
        """Return characters that lead round from each state to itself, and from the first to the second."""
        start = one, one, two, True
        queue, seen = [(start, "")], {start}
        while queue:
            (a, b, c, together), text = queue.pop(0)
            for atom, first in self._steps(a):
                if first.target not in loop:
                    continue
                seconds = [edge for at, edge in self._steps(b) if at == atom]
                thirds = [edge.target for at, edge in self._steps(c) if at == atom and edge.target in other]
                for second, third in product(seconds, thirds):
                    # Of an atomic group only one end is ever tried.
                    if together and first.left != second.left:
                        continue
                    if (first.target, second.target, third) == (one, two, two):
                        return text + self._atoms[atom]
                    key = first.target, second.target, third, together and first.target == second.target
                    if key not in seen:
                        seen.add(key)
                        queue.append((key, text + self._atoms[atom]))
        return ""

    def _twice(self, state: int, loop: frozenset[int]) -> str:
        """Return characters that lead round from ``state`` to itself in two ways."""
        start = state, state, True
        queue, seen = [(start, "")], {start}
        while queue:
            (a, b, together), text = queue.pop(0)
            for atom, first in self._steps(a):
                for at, second in self._steps(b):
                    if at != atom or first.target not in loop or second.target not in loop:
                        continue
                    if together and first.left != second.left:
                        continue
                    still = together and first is second
                    if first.target == second.target == state and not still:
                        return text + self._atoms[atom]
                    key = first.target, second.target, still
                    if key not in seen:
                        seen.add(key)
                        queue.append((key, text + self._atoms[atom]))
        return ""


def _both(one: _Edge, two: _Edge) -> _Edge:
    guards = [each.before for each in (one, two) if each.before is not None]
    guard = frozenset.intersection(*guards) if guards else None
    return _Edge(two.target, one.left | two.left, guard, one.bounded or two.bounded, one.sure and two.sure)


def _components(ways: list[list[_Edge]], without: set[int]) -> dict[int, frozenset[int]]:
    """Return the states that can be gone round, each with those on its way, passing by those ``without``."""
    onward = {
        state: {edge.target for edge in edges} - without for state, edges in enumerate(ways) if state not in without
    }
    # Most lie on no way round: nothing leads to them, or from them on.
    while True:
        reached = {target for targets in onward.values() for target in targets}
        kept = {state: targets & onward.keys() for state, targets in onward.items() if state in reached}
        kept = {state: targets for state, targets in kept.items() if targets}
        if kept == onward:
            break
        onward = kept
    reach: dict[int, set[int]] = {}
    for state in onward:
        found: set[int] = set()
        queue = [state]
        while queue:
            further = onward[queue.pop()] - found
            found |= further
            queue += further
        reach[state] = found
    return {
        state: frozenset(each for each in found if state in reach[each])
        for state, found in reach.items()
        if state in found
    }


def _single(items: Any) -> list[Any]:
    """Return the characters of which one is looked for; none where it is more than one."""
    every: list[Any] = list(items)
    if len(every) != 1:
        return []
    ((code, value),) = every
    if code in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
        return every
    if code is op.SUBPATTERN:
        return _single(value[3])
    if code is op.BRANCH:
        found = [_single(each) for each in value[1]]
        return [each for part in found for each in part] if all(found) else []
    return []


def _atoms(tree: Any, flags: int, *, is_bytes: bool) -> list[str]:
    """Return one character of each sort that the pattern tells apart."""
    items = list(_items(tree, flags))
    characters = set(_SAMPLES)
    for (code, value), _ in items:
        if code in (op.LITERAL, op.NOT_LITERAL):
            characters.add(chr(value))
        elif code is op.RANGE:
            low, high = value
            characters |= {
                chr(each) for each in (low - 1, low, (low + high) // 2, high, high + 1) if 0 <= each < 0x110000
            }
    characters |= {other for each in characters for other in (each.lower(), each.upper()) if len(other) == 1}
    sorts: dict[tuple[bool, ...], str] = {}
    for each in sorted(characters, key=lambda each: (_SAMPLES.find(each) % 100, each)):
        if is_bytes and ord(each) > 255:
            continue
        sort = (*(_fits(item, each, here) for item, here in items), each == "\n", _is_word(each))
        sorts.setdefault(sort, each)
    return list(sorts.values())


def _items(tree: Any, flags: int) -> Iterator[tuple[Any, int]]:
    """Yield all that reads a character, and the parts of sets, each with the flags that hold there."""
    for code, value in tree:
        if code in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
            yield (code, value), flags
        if code is op.IN:
            yield from ((each, flags) for each in value if each[0] is not op.NEGATE)
        elif code in (op.BRANCH, op.GROUPREF_EXISTS):
            for each in value[1] if code is op.BRANCH else value[1:]:
                yield from _items(each or (), flags)
        elif code is op.SUBPATTERN:
            yield from _items(value[3], _flags(flags, value))
        elif code is op.ATOMIC_GROUP:
            yield from _items(value, flags)
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield from _items(value[2], flags)
        elif code in (op.ASSERT, op.ASSERT_NOT):
            yield from _items(value[1], flags)


def _flags(flags: int, group: Any) -> int:
    """Return the flags that hold within a group."""
    added, taken = group[1], group[2]
    return int((flags | added) & ~taken)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


_CATEGORIES: Final[dict[Any, Callable[[str], bool]]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: _is_word,
    op.CATEGORY_NOT_DIGIT: lambda each: not each.isdecimal(),
    op.CATEGORY_NOT_SPACE: lambda each: not each.isspace(),
    op.CATEGORY_NOT_WORD: lambda each: not _is_word(each),
}


def _fits(item: Any, character: str, flags: int) -> bool:
    """Tell whether a character is what is looked for."""
    code, value = item
    cases = {character, character.lower(), character.upper()} if flags & re.IGNORECASE else {character}
    if code is op.LITERAL:
        return chr(value) in cases
    if code is op.NOT_LITERAL:
        return chr(value) not in cases
    if code is op.ANY:
        return bool(flags & re.DOTALL) or character != "\n"
    if code is op.RANGE:
        return any(len(each) == 1 and value[0] <= ord(each) <= value[1] for each in cases)
    if code is op.CATEGORY:
        return _CATEGORIES[value](character)
    if code is op.IN:
        negated = value[0][0] is op.NEGATE
        found = any(_fits(each, character, flags) for each in value if each[0] is not op.NEGATE)
        return found != negated
    raise NotImplementedError(code)
