"""Templates that would exhaust time or memory, by what they do, and a part of the expected message."""

from typing import Any, Final

RECORD: Final[dict[str, Any]] = {
    "community": {"name": "试验社区"},
    "period": 2025,
    "sections": [{"kind": "training", "sessions": [{"topic": "应急救护", "attendance": 60}]}],
}


def shown(expression: str) -> str:
    return "{% paragraph %}{{ " + expression + " }}{% endparagraph %}"


def grown(name: str, first: str, brackets: str = "[]") -> str:
    """Return lists of eight, each of the one before: eight to the fourteenth in all."""
    row = f"{{% set {name} = {brackets[0]}{', '.join([name] * 8)}{brackets[1]} %}}"
    return f"{{% set {name} = {first} %}}" + row * 14


def often(statement: str) -> str:
    return "{% for i in range(9999) %}" + statement + "{% endfor %}"


LONG: Final = "{% set x = 'ab' * 400000 %}"
_ENTRIES: Final = "the template looks at more than"
_CHARACTERS: Final = "characters"
_STEPS: Final = "steps; does a loop never end?"
_NUMBER: Final = "the number is too large"
_DEEP: Final = "this is nested too deeply in brackets, tags or loops"

ATTACKS: Final = {
    "a range too long": (shown("([range(99999)] * 99999) | map('sum') | sum"), "the range is too big"),
    "a range past counting": (shown("range(" + "9" * 30 + ") | list"), "the range is too big"),
    "ranges summed": (shown("([range(9999)] * 99999) | map('sum') | sum"), _ENTRIES),
    "lists summed": (shown("[[1], [2]] | sum(start=[])"), "a sum is one of numbers"),
    "lists summed by place": (shown("[[1], [2]] | sum(none, [])"), "a sum is one of numbers"),
    "entries sought": (shown("range(9999) | reject('in', [1] * 99999) | list | length"), _ENTRIES),
    "entries compared": (shown("([[[1] * 999] * 999] * 999) | select('eq', [[1] * 999] * 999) | list"), _ENTRIES),
    "equal lists": (grown("a", "[1]") + grown("b", "[1]") + shown("a == b"), _ENTRIES),
    "lists in order": (shown("([[[1] * 999] * 9999] * 999) < ([[[1] * 999] * 9999] * 998)"), _ENTRIES),
    "a list in a list": (shown("[1] in ([[2] * 999] * 99999)"), _ENTRIES),
    "one list in others": (grown("a", "('x', 'y')", "()") + shown("a"), ""),
    "one list in others, joined": (grown("a", "('x', 'y')", "()") + shown("a | join_list"), ""),
    "a long number": (shown("0x" + "f" * 20000 + " % 0x" + "e" * 10000), _NUMBER),
    "a long number from text": (shown("('f' * 900000) | int(0, 16) % 7"), _NUMBER),
    "a long decimal number from text": (shown("('9' * 4000) | int % 7"), _NUMBER),
    "a number of many digits": (shown("'1e999999999' | number"), "str is no number"),
    "an amount of many digits": (shown("'1e999999999' | percent"), "str is no number"),
    "money of many digits": (shown("'1e999999999' | money"), ""),
    "a quantity of many digits": (
        shown("{'value': '1e99999999', 'unit': '人', 'approx': 'exactly', 'scale': 10000}"), ""
    ),
    "rounded up": (shown("1.5 | round(999999999, 'ceil')"), "rounded to at most 15"),
    "rounded to millions": (shown("1 | round(-999999999)"), "rounded to at most 15"),
    "a text of lists": (shown("([['x' * 900] * 1000] * 90000) | string"), ""),
    "a short text of lists": (shown("[1] | string"), "a list has no text; join it"),
    "a phrase of phrases": (shown("('x' * 900) | phrase('{}' * 400000)"), _CHARACTERS),
    "a phrase of numbers": (shown("99999999 | phrase('{}' * 400000)"), _CHARACTERS),
    "few names, often": (shown("(['x' * 900] * 90) | few('{names}' * 100000)"), _CHARACTERS),
    "a series": (shown("(['x' * 900000] * 90000) | series"), ""),
    "a joined list": (shown("(['x' * 900000] * 90000) | join_list"), ""),
    "present": (shown("(['x' * 900000] * 90000) | present | join"), ""),
    "a sentence": (shown("(['x' * 900000] * 90000) | sentence"), ""),
    "a table of columns": ("{% table [section] * 90000, columns=['kind'] * 90000 %}", _ENTRIES),
    "a table of texts": ("{% table [{'a': 'x' * 900000}] * 90000, columns=['a'] %}", ""),
    "a chart of columns": ("{% chart [{'a': 1}] * 99999, columns=['a'] * 9999, kind='bar' %}", _ENTRIES),
    "paragraphs": ("{% paragraphs ['x' * 900000] * 90000 %}", _CHARACTERS),
    "paragraphs of nothing": (often("{% paragraphs [''] * 9999 %}"), ""),
    "points": ("{% points ['x' * 900000] * 90000 %}", _CHARACTERS),
    "leads": ("{% item lead='x' * 900000 %}y{% enditem %}" * 50, _CHARACTERS),
    "run-in texts": ("{% heading body='x' * 900000 %}y{% endheading %}" * 50, _CHARACTERS),
    "blocks that show two others": (
        "{% paragraph %}"
        + "".join(f"{{% block b{n} %}}{{{{ self.b{n + 1}() }}}}{{{{ self.b{n + 1}() }}}}{{% endblock %}}" for n in range(60))
        + "{% block b60 %}{% endblock %}{% endparagraph %}",
        _STEPS,
    ),
    "a block that shows itself": ("{% paragraph %}{% block a %}{{ self.a() }}{% endblock %}{% endparagraph %}", "too deep"),
    "entries passed over": (often("{% for x in range(9999) if false %}{% endfor %}"), _ENTRIES),
    "attributes of attributes": (shown("(['a' * 9] * 99) | map(attribute='0.' * 9000 ~ '0') | list"), "1000 characters"),
    "slices of a text": (LONG + often("{% for j in range(99) %}{% set y = x[1:] %}{% endfor %}"), _ENTRIES),
    "slices of a list": ("{% set x = [1] * 99999 %}" + often("{% set y = x[1:] %}"), _ENTRIES),
    "lists in a loop": (often("{% set y = [1] * 90000 %}"), _ENTRIES),
    "a loop of many parts": (often("{% for j in range(20) %}" + "{% set y = 1 %}" * 3000 + "{% endfor %}"), _ENTRIES),
    "sorted again": ("{% set x = range(9999) | list %}" + often("{% set y = x | sort %}"), _ENTRIES),
    "grouped again": ("{% set x = [{'a': 1}] * 9999 %}" + often("{% set y = x | groupby('a') %}"), _ENTRIES),
    "groups compared": (
        "{% set x = ([{'a': 1}] * 9999) | groupby('a') | list %}" + often("{% set y = x == x %}"), _ENTRIES
    ),
    "the greatest of lists": (shown("([[range(9999)] * 999] * 9999) | max"), _ENTRIES),
    "capitals": (LONG + often("{% set y = x | upper %}"), ""),
    "letters": (LONG + often("{% set y = x | list %}"), _ENTRIES),
    "letters in reverse": ("{% set x = [1] * 99999 %}" + often("{% set y = x | reverse | list %}"), _ENTRIES),
    "a text in a text": (LONG + often("{% set y = 'aa' in x %}"), _ENTRIES),
    "a label": (LONG + often("{% set y = figure_label(x) %}"), ""),
    "a mapping": (often("{% set x = dict([[1, 2]] * 99999) %}"), _ENTRIES),
    "arguments": (
        "{% macro m() %}{% endmacro %}" + often("{% set x = m(*([1] * 99999)) %}"), "",
    ),
    "texts kept": (often("{% set x %}{{ 'x' * 9000 }}{% endset %}"), _CHARACTERS),
    "brackets": (shown("(" * 5000 + "1" + ")" * 5000), _DEEP),
    "lists within lists": (shown("[" * 5000 + "]" * 5000), _DEEP),
    "signs": (shown("-" * 50000 + "1"), _DEEP),
    "negations": (shown("not " * 5000 + "1"), _DEEP),
    "a sum": (shown("+".join(["1"] * 3000)), _DEEP),
    "filters": (shown("1" + "|string" * 5000), _DEEP),
    "attributes": (shown("section" + ".a" * 5000), _DEEP),
    "conditions": ("{% if 1 %}" * 5000, _DEEP),
    "powers": (shown("2 ** 2 ** 30"), "no powers"),
    "widths": (shown("'%99999999d' % 1"), "do not format with %"),
    "half a character": (shown("'\\ud800'"), "the character U+D800"),
    "no character": (shown("'\\x00'"), "the character U+0000"),
    "an escape": (shown("'\\x1b[31m'"), "the character U+001B"),
    "an escape as it is": ("{% paragraph %}a\x1b[31m{% endparagraph %}", "the character U+001B"),
    "escaping": ("{% autoescape true %}{% endautoescape %}", "text needs no escaping"),
    "a name twice": ("{% macro m(a, a) %}{% endmacro %}" + shown("m(1, 2)"), "the macro m has two parameters with the same name"),
    "an unknown test": (shown("1 is callable"), "callable"),
    "a long name": (shown("section['x' * 900000]"), "there is no fact “xxx"),
}  # fmt: skip

HARMLESS: Final = {
    "a comment": "{# " + "x" * 250_000 + " #}{% paragraph %}x{% endparagraph %}",
    "a long list": shown("[" + "1, " * 9000 + "] | length"),
    "many texts": shown(" ~ ".join(["1"] * 9000)),
    "loops in loops": "{% for i in [1] %}" * 10 + "{% paragraph %}x{% endparagraph %}" + "{% endfor %}" * 10,
    "colliding keys": shown("{" + ", ".join(f"{(2**61 - 1) * place}: 1" for place in range(1, 1000)) + "} | length"),
    "many names": "".join(f"{{% if 0 %}}{{% set a{place} = 1 %}}{{% endif %}}" for place in range(1200)) + shown("1"),
    "tests": shown("[1 is odd, 2 is divisibleby(2), none is none, x is defined] | select | list | length"),
    "sums": shown("section.sessions | sum(attribute='attendance.value') + ([1, 2.5] | sum(start=1))"),
    "rounding": shown("[2.567 | round(1), 1234 | round(-2), 2.1 | round(0, 'ceil') | int] | join(' ')"),
    "phrases": shown("section.held | phrase('{}场') ~ (['甲', '乙'] | few('{names}等')) ~ (1 | string)"),
}
