r"""EQ fields, with which Word sets fractions, enclosed characters, and characters above one another.

The content of such a field is only in its instruction: ``EQ \f(1,2)``, ``EQ \o\ac(○,1)``, ``EQ \o(伏,必)``.
"""

import re
from typing import Final

from kepu_docs.importing.reading.word_formulas import Shown, dressed, fraction, index, power, root, together
from kepu_docs.importing.reading.word_scripts import lowered, raised, ringed

_DEEPEST: Final = 20
_RINGS: Final = "○〇◯□△◇"
_NOTHING: Final = Shown("")
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}", "<": ">", "（": "）", "〔": "〕"}

_equation = re.compile(r"EQ(?![A-Za-z])", re.I)
_switch = re.compile(r'\\\*\s*+(?:"[^"]*+"|[^\s\\]++)\s*+')
_phonetic = re.compile(r"\\\*\s*+(?:jc|hps)[0-9]", re.I)
_command = re.compile(r"\\([A-Za-z]{1,2})([0-9]*+)")
_size = re.compile(r"\s*+[0-9]++(?=\s*+[(\\])")
_character = re.compile(r"\\([A-Za-z]c)\\?(.)", re.I)


def is_equation(instruction: str) -> bool:
    """Return whether the instruction of a field is an equation."""
    return _equation.match(instruction.lstrip()) is not None


def equation(instruction: str) -> Shown:
    """Return what an EQ field shows, on one line."""
    is_phonetic = _phonetic.search(instruction) is not None
    code = _switch.sub("", _equation.sub("", instruction.lstrip(), count=1)).strip()
    return _Parser(code, is_phonetic=is_phonetic).sequence("", 0)


class _Parser:
    def __init__(self, code: str, *, is_phonetic: bool) -> None:
        self._code = code
        self._at = 0
        self._is_phonetic = is_phonetic
        self._over_one_another = 0

    def sequence(self, ends: str, depth: int) -> Shown:
        """Read up to one of ``ends``, which is not consumed."""
        parts: list[Shown] = []
        plain: list[str] = []
        open_brackets = 0
        while self._at < len(self._code):
            char = self._code[self._at]
            if open_brackets == 0 and char in ends:
                break
            if char != "\\":
                # A bracket in the text itself has its counterpart.
                open_brackets += (char == "(") - (char == ")" and open_brackets > 0)
                plain.append(char)
                self._at += 1
                continue
            found = _command.match(self._code, self._at)
            if found is None or depth > _DEEPEST:
                plain.append(self._code[self._at + 1 : self._at + 2])
                self._at += 2
                continue
            parts += [Shown("".join(plain)), self._function(found, depth)]
            plain.clear()
        return together(*parts, Shown("".join(plain)))

    def _function(self, found: re.Match[str], depth: int) -> Shown:
        name = found[1].lower()
        self._at = found.end()
        options: list[str] = []
        brackets: dict[str, str] = {}
        while True:
            self._blank()
            char = _character.match(self._code, self._at)
            option = _command.match(self._code, self._at)
            if name in ("b", "i") and char and char[1].lower() in ("lc", "rc", "bc", "fc", "vc"):
                brackets[char[1].lower()] = char[2]
                self._at = char.end()
            elif option:
                options.append(option[1].lower())
                self._at = option.end()
                size = _size.match(self._code, self._at)
                self._at = size.end() if size else self._at
            else:
                break
        self._over_one_another += name == "o"
        arguments = self._arguments(depth) if self._code[self._at : self._at + 1] == "(" else []
        self._over_one_another -= name == "o"
        return self._shown(name, options, brackets, arguments)

    def _blank(self) -> None:
        while self._code[self._at : self._at + 1].isspace():
            self._at += 1

    def _arguments(self, depth: int) -> list[Shown]:
        arguments: list[Shown] = []
        while self._at < len(self._code) and (not arguments or self._code[self._at] in ",;"):
            self._at += 1
            arguments.append(self.sequence(",;)", depth + 1))
        self._at += 1
        return arguments

    def _shown(self, name: str, options: list[str], brackets: dict[str, str], arguments: list[Shown]) -> Shown:
        trimmed = [dressed(each, each.text.strip()) for each in arguments]
        match name, trimmed:
            case "f", [above, below]:
                return fraction(above, below)
            case "r", [below]:
                return root(_NOTHING, below)
            case "r", [degree, below]:
                return root(degree, below)
            case "s", [part] if not self._over_one_another:
                return _shifted(part, options)
            case "o", [_, _, *_]:
                return self._over(trimmed)
            case "x", _:
                return together(*arguments)
            case "b", _:
                whole = together(*arguments, between=",")
                both = brackets.get("bc", "(")
                left = brackets.get("lc", "" if "rc" in brackets else both)
                right = brackets.get("rc", "" if "lc" in brackets else _BRACKETS.get(both, both))
                return dressed(whole, f"{left}{whole.text}{right}")
            case "l", _:
                return together(*arguments, between=",")
            case "i", [low, high, of]:
                sign = brackets.get("fc") or brackets.get("vc")
                sign = sign or ("∑" if "su" in options else "∏" if "pr" in options else "∫")
                return together(power(index(Shown(sign), low), high), of)
            case "d", _:
                return _NOTHING
            case _:
                whole = together(*trimmed, between=" ")
                return dressed(whole, whole.text, exact=len(trimmed) < 2)

    def _over(self, parts: list[Shown]) -> Shown:
        """Return the form of overlaid parts: a character in a ring, a word with its reading, a composite character."""
        parts = [part for part in parts if part.text or part.readings]
        if len(parts) < 2:
            return together(*parts)
        first, *rest = parts
        if self._is_phonetic and len(rest) == 1:
            return Shown(rest[0].text, rest[0].exact, (*rest[0].readings, first.text))
        whole = together(*parts)
        if first.text in _RINGS and len(rest) == 1:
            inner = rest[0].text
            sign = ringed(inner) if first.text in "○〇◯" else None
            return dressed(whole, sign) if sign else Shown(inner, whole.exact, whole.readings, (first.text + inner,))
        return Shown(f"〔{whole.text}〕", whole.exact, whole.readings, whole.rings, (whole.text,))


def _shifted(part: Shown, options: list[str]) -> Shown:
    """Return the form of a part that is raised or lowered."""
    if "up" in options or "do" in options:
        text = raised(part.text) if "up" in options else lowered(part.text)
        return dressed(part, part.text if text is None else text, exact=text is not None)
    return part
