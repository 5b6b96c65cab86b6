"""Write docs/record-format.md from the models, and tables of the code's names into other pages.

``python docs/generate.py`` does it; a test holds the pages against the code.
"""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic.fields import FieldInfo

from kepu_docs.checking import OWN_RULES
from kepu_docs.locale.formats import Formats
from kepu_docs.registry import Registry
from kepu_docs.schema import Count, Measure, Period, Quantity, Record, Section, Share, Unit
from kepu_docs.schema.text import LINE_LENGTH, LIST_LENGTH, PARAGRAPH_LENGTH
from kepu_rules import CHECKS
from kepu_word.look.style_names import ROLES, Role

PAGE = Path(__file__).with_name("record-format.md")
TEMPLATES = Path(__file__).with_name("word-templates.md")
WORDING = Path(__file__).with_name("wording-templates.md")
CHECKING = Path(__file__).with_name("checking.md")
_BEGIN = "<!-- begin of the table of styles: docs/generate.py writes it -->\n"
_END = "<!-- end of the table of styles -->\n"

HEAD = f"""\
# The record format

A record is one file in YAML (`.yaml`, `.yml`), JSON (`.json`) or TOML (`.toml`), in UTF-8 or GB18030, of at most
8 MiB. `kepu-docs new` prints a starter record with every field in it; `kepu-docs schema` prints the JSON Schema, with
which editors complete and check names while you type.

    community: {{name: 试验社区, residents: 8600}}
    period: 2025
    sections:
      - kind: training
        sessions:
          - {{topic: 应急救护, held_on: 2025-04-12, attendance: 60}}
          - {{topic: 识别网络谣言, held_on: 2025-09, attendance: 近100人次}}
    signed_by: 试验社区居民委员会
    signed_on: 2025-12-20

Records are strict: an unknown key is a fault, text is not taken for a number nor a number for text, and a key may
stand once only. In YAML, `no`, `13:30` and `0001` are text; aliases (`*name`) are refused.

## Kinds of values

| value | what it may be |
|---|---|
| line | one line of text, at most {LINE_LENGTH} characters (names: 60). White space at its ends is dropped; otherwise text comes out of every format as it was written |
| paragraph | one line of text, at most {PARAGRAPH_LENGTH:,} characters |
| paragraphs | a list of paragraphs, or one text whose lines are the paragraphs |
| count | a whole number (`300`), a text (`300余`, `300+`, `近1万`, `约500人`, `3,000`, `不少于6场`, `500人次以上`), or `{{value: 300, approx: over, unit: 人次}}`. `approx` is `exactly`, `over` (余), `nearly` (近), `about` (约) or `at_least` (以上); a number written in 万 or 亿 is shown so. In records that were added up there is `exact_to`, too: to what the coarsest part of a sum is exact (100 for hundreds) |
| measure | as a count, with up to four decimals |
| share | a percentage up to 100: `95`, `95.5%`, `95%以上` |
| day | `2025-12-20`, from 1950 to 2100 |
| period | `2025`, `2025-H1`, `2025-Q3`, `2025-09`, `2025-09-20`, or `{{start: 2025-01-01, end: 2025-06-30}}` |
| list: … | at most {LIST_LENGTH:,} entries |

`level` of `community` says what the writer is, and decides how the document speaks of it: a school (学校…师生), a village (村里…村民).
In Chinese it may be 社区, 村, 学校, 街道, 镇, 乡, 区, 县, 市, 协会 (科协, 学会) or 单位 (医院, 企业, 科普基地). Where it is not given, what the name
ends in says so, and commands tell which names were taken for what.

A field that is left out, or is `null`, leaves no trace in the document; neither does a count of 0. Required fields are
**bold**.
"""


def main() -> None:
    """Write the pages."""
    PAGE.write_text(page(), encoding="utf-8")
    TEMPLATES.write_text(word_templates(), encoding="utf-8")
    WORDING.write_text(wording_templates(), encoding="utf-8")
    CHECKING.write_text(checking(), encoding="utf-8")


def wording_templates() -> str:
    """Return the page about wording templates with the tables of filters and facts as the code has them."""
    text = WORDING.read_text(encoding="utf-8")
    registry = Registry.load()
    environment = registry.composer("zh_Hans")._environment
    own = [name for name in environment.filters if hasattr(Formats, name) or name in _OWN_FILTERS]
    filters = "".join(
        f"| `{name}` | {_OWN_FILTERS.get(name) or _first(getattr(Formats, name))} |\n" for name in sorted(own)
    )
    facts = "".join(
        f"| `{name}` | {_first(kind.model.facts) if kind.model.facts is not Section.facts else ''} |\n"
        for name, kind in registry.kinds.items()
    )
    text = _filled(text, "filters", f"| filter | gives |\n|---|---|\n{filters}")
    return _filled(text, "facts", f"| kind | facts |\n|---|---|\n{facts}")


def _filled(text: str, mark: str, table: str) -> str:
    """Return the text of a page with ``table`` at its mark."""
    begin, end = f"<!-- begin of {mark}: docs/generate.py writes them -->\n", f"<!-- end of {mark} -->\n"
    return text[: text.index(begin) + len(begin)] + table + text[text.index(end) :]


def checking() -> str:
    """Return the page about checking with the table of rules as the code has them."""
    rows = "".join(
        f"| `{check.rule}` | {check.severity} | {_cell(check.about)} | {_cell(check.source)} |\n"
        for check in (*CHECKS, *OWN_RULES)
    )
    table = f"| rule | severity | finds | reason and source |\n|---|---|---|---|\n{rows}"
    return _filled(CHECKING.read_text(encoding="utf-8"), "rules", table)


def _cell(text: str) -> str:
    """Return a text as it stands in a table of Markdown."""
    return text.replace("*", "\\*").replace("_", "\\_").replace("|", "\\|")


_OWN_FILTERS = {
    "when": "When something was, without the year where the whole summary is about it.",
    "join": "The texts in a row; `join('、')` puts a mark between them.",
}


def _first(described: object) -> str:
    text = " ".join((described.__doc__ or "").replace("``", "`").split("\n\n")[0].split())
    text = text.removeprefix("Return ").partition(": see :meth:")[0].rstrip(".")
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def word_templates() -> str:
    """Return the page about Word templates with the table of styles as the code has it."""
    text = TEMPLATES.read_text(encoding="utf-8")
    rows = "".join(f"| {_role(role)} | {'、'.join(f'`{name}`' for name in role.names)} |\n" for role in ROLES)
    head, tail = text[: text.index(_BEGIN) + len(_BEGIN)], text[text.index(_END) :]
    return f"{head}| for | names |\n|---|---|\n{rows}{tail}"


def _role(role: Role) -> str:
    words = role.member.removesuffix("s" if role.level is not None else "").replace("_", " ")
    level = f" {role.level + 1}" if role.level is not None else ""
    return words + level + (f" ({role.kind} style)" if role.kind != "paragraph" else "")


def page() -> str:
    """Return the page."""
    registry = Registry.load()
    parts = [HEAD, "\n## The record\n\n", *_table(registry.model, skip=("sections",))]
    parts.append("| `sections` | list: section | The sections, in the order in which they appear. |\n")
    seen: set[type[Record]] = set()
    parts += _nested(registry.model, seen, 3, skip=("sections",))
    parts.append(
        "\n## Section kinds\n\nEvery section has its `kind`, and may have a `heading` of its own. A kind may stand"
        " any number of times, in any order.\n"
    )
    for name, kind in registry.kinds.items():
        parts.append(f"\n### `{name}`\n\n{_summary(kind.model)}\n\n")
        parts += _table(kind.model, skip=("kind",))
        parts += _nested(kind.model, seen, 4)
    return "".join(parts)


def _summary(model: type[Record]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]


def _table(model: type[Record], skip: tuple[str, ...]) -> Iterator[str]:
    yield "| field | value | meaning |\n|---|---|---|\n"
    for name, field in model.model_fields.items():
        if name not in skip:
            shown = f"**`{name}`**" if field.is_required() else f"`{name}`"
            yield f"| {shown} | {_value(field)} | {' '.join((field.description or '').split())} |\n"


def _nested(model: type[Record], seen: set[type[Record]], level: int, skip: tuple[str, ...] = ()) -> Iterator[str]:
    for name, field in model.model_fields.items():
        for part in _types(field.annotation):
            if name in skip or not _is_record(part) or part in seen:
                continue
            seen.add(part)
            yield f"\n{'#' * level} {_anchor(part)}\n\n{_summary(part)}\n\n"
            yield from _table(part, skip=())
            yield from _nested(part, seen, level)


def _is_record(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, Record) and not issubclass(part, Quantity | Period | Section)


def _anchor(part: type[Record]) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in part.__name__).strip()


def _value(field: FieldInfo) -> str:
    types = [*_types(field.annotation), *field.metadata]
    shown = _name(types)
    return f"list: {shown}" if tuple in types and shown != "paragraphs" else shown


def _name(types: list[Any]) -> str:
    unit = next((f", in {each.unit}" for each in types if isinstance(each, Unit)), "")
    for kind, name in ((Count, "count"), (Measure, "measure"), (Share, "share")):
        if kind in types:
            return name + (unit if kind is not Share else "")
    if Period in types:
        return "period"
    if datetime.date in types:
        return "day"
    records = [_anchor(each) for each in types if _is_record(each)]
    if len(records) > 1:
        return ", ".join(["paragraph", *records[:-1]]) + f" or {records[-1]}"
    if records:
        return records[0]
    if bool in types:
        return "`true` or `false`"
    words = [f"`{each}`" for each in types if isinstance(each, str)]
    if words:
        return f"one of {', '.join(words)}"
    if int in types:
        return "whole number"
    if any(type(each).__name__ == "_Paragraphs" for each in types):
        return "paragraphs"
    limits = [each.limit for each in types if hasattr(each, "limit")]
    return "paragraph" if limits and max(limits) == PARAGRAPH_LENGTH else "line"


def _types(annotation: Any) -> Iterator[Any]:
    yield getattr(annotation, "__origin__", annotation)
    for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        yield from _types(part)


if __name__ == "__main__":
    main()
