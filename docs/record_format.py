"""The tables of docs/record-format.md and docs/zh/record-format.md, made from the models of records."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, get_args

import chinese_texts
from pydantic.fields import FieldInfo

from kepu_docs.locale.catalogs import read_catalog
from kepu_docs.locale.chain import parents
from kepu_docs.locale.words import Languages, Words
from kepu_docs.registry import Registry
from kepu_docs.schema import Count, Measure, Period, Quantity, Record, Section, Share, Unit
from kepu_docs.schema.explanations import explanation_of
from kepu_docs.schema.summary import FactSection
from kepu_docs.schema.text import LINE_LENGTH, LIST_LENGTH, PARAGRAPH_LENGTH


@dataclass(frozen=True)
class Page:
    """The texts of a page in its language; the English page has no ``words``: its texts are those of the code."""

    head: str
    names: dict[str, str]
    """The names of values and records; English names are kept unless others are given."""
    texts: dict[str, str]
    lists: str
    choices: str
    between: str
    or_: str
    unit: str
    record: str
    sections: str
    words: Words | None = None

    def name(self, name: str) -> str:
        """Return the name of a value or a record."""
        return name if self.words is None else self.names[name]

    def about(self, text: str | None) -> str:
        """Return an explanation."""
        return " ".join((text or "").split()) if self.words is None else self.words.about(text)

    def field(self, model: type[Record], name: str, *, needed: bool) -> str:
        """Return the cells that name a field: its key, on the Chinese page with the English one beside it."""
        keys = [f"`{key}`" for key in ([self.words.key(model, name)] if self.words else []) + [name]]
        return " | ".join(f"**{key}**" if needed else key for key in keys)

    def choice(self, choice: str) -> str:
        """Return a choice, on the Chinese page followed by the English one."""
        shown = self.words.choice(choice) if self.words else choice
        return f"`{choice}`" if shown == choice else f"`{shown}`（`{choice}`）"

    def link(self, kind: str) -> str:
        """Return a link to the part of the page about a section kind."""
        return f"[{self.heading(kind)}](#{self.words.choice(kind)}-{kind})" if self.words else f"[`{kind}`](#{kind})"

    def heading(self, kind: str) -> str:
        """Return the heading of a section kind."""
        return f"{self.words.choice(kind)} `{kind}`" if self.words else f"`{kind}`"


_ENGLISH: Final = Page(
    head="| field | value | meaning |\n|---|---|---|\n",
    names={},
    texts={
        "sections": "The sections, in the order in which they are shown.",
        "format": "| `format` | 1 | The version of the record format; it may be left out: [what is stable](stability.md) |\n",
        "section": "section",
        "common": "Fields of every section",
        "about the common": "All kinds have these fields, except that the kind `narrative`, which is for everything that"
        " no other kind covers, has no `narrative` and no `order`. `kepu-docs rollup` writes sections of the kind `rollup`.",
        "table of kinds": "| kind | its heading in Chinese | in English |\n|---|---|---|\n",
        "kinds": "Each section gives its `kind` and may give a `heading` of its own. You may use a kind more than once,"
        " and put sections in any order.",
    },
    lists="list: {}",
    choices="one of {}",
    between=", ",
    or_=" or ",
    unit=", in {}",
    record="The record",
    sections="Section kinds",
)


def _chinese(words: Words) -> Page:
    return Page(
        head="| 字段 | 英文键名 | 值 | 含义 |\n|---|---|---|---|\n",
        names=dict(chinese_texts.RECORDS),
        texts={
            "sections": "各个栏目，按写的先后排列。",
            "format": "| `格式版本` | `format` | 1 | 记录格式的版本，可以不写：见[哪些是稳定的](stability.md) |\n",
            "section": "栏目",
            "common": "各类栏目共有的字段",
            "about the common": "各类栏目都有这些字段；只有“其他工作”（`narrative`，写其他栏目都不合适的内容）没有 `正文` 和 `排列`。"
            "“汇总情况”（`rollup`）由 `kepu-docs rollup` 写出，不用填写。",
            "table of kinds": "| 类型 | 总结里的标题 | 英文总结里的标题 |\n|---|---|---|\n",
            "kinds": "每个栏目都要写 `类型`（`kind`）；想另起标题，就写 `栏目标题`（`heading`）。"
            "栏目的先后、多少随意，同一类型可以出现多次。",
        },
        lists="列表：{}",
        choices="选一个：{}",
        between="、",
        or_="或",
        unit="，单位：{}",
        record="整份记录",
        sections="栏目类型",
        words=words,
    )


def fields(locale: str) -> str:
    """Return the part of the page with all fields, in the language of ``locale``."""
    registry = Registry.load()
    page = _ENGLISH if locale == "en" else _chinese(Languages(registry.folders).words(locale))
    parts = [f"## {page.record}\n\n", *_table(page, registry.model, skip=("sections",))]
    sections = page.field(registry.model, "sections", needed=False)
    parts.append(f"| {sections} | {page.lists.format(page.texts['section'])} | {page.texts['sections']} |\n")
    parts.append(page.texts["format"])
    seen: set[type[Record]] = set()
    parts += _nested(page, registry.model, seen, 3, skip=("sections",))
    parts.append(f"\n## {page.sections}\n\n{page.texts['kinds']}\n\n{page.texts['table of kinds']}")
    chinese, english = (read_catalog(registry.folders, parents(each), "messages.po") for each in ("zh_Hans", "en"))
    headings = {name: (chinese.label("kind", name), english.label("kind", name)) for name in registry.kinds}
    parts += (f"| {page.link(name)} | {' | '.join(shown)} |\n" for name, shown in headings.items())
    parts.append(f"\n### {page.texts['common']}\n\n{page.texts['about the common']}\n\n")
    parts += _table(page, FactSection, skip=("kind",))
    parts += _nested(page, FactSection, seen, 4)
    for name, kind in registry.kinds.items():
        parts.append(f"\n### {page.heading(name)}\n\n")
        parts += _table(page, kind.model, skip=("kind", *_common(kind.model)))
        parts += _nested(page, kind.model, seen, 4)
    return "".join(parts)


def values(locale: str) -> str:
    """Return the table of the kinds of values, with the limits from the code."""
    rows = _VALUES if locale == "en" else chinese_texts.VALUES
    head = "| value | what you may write |\n" if locale == "en" else "| 值 | 怎样写 |\n"
    limits = {"line": f"{LINE_LENGTH:,}", "paragraph": f"{PARAGRAPH_LENGTH:,}", "entries": f"{LIST_LENGTH:,}"}
    lines = (f"| {name} | {_limited(about, limits)} |\n" for name, about in rows.items())
    return f"{head}|---|---|\n{''.join(lines)}"


_VALUES: Final = {
    "line": "One line of text, at most LINE characters (60 for names). White space at the ends is dropped; otherwise"
    " the text appears in every format exactly as written",
    "paragraph": "One line of text, at most PARAGRAPH characters",
    "paragraphs": "A list of paragraphs, or one text in which each line is a paragraph",
    "count": "A whole number (`300`), a text (`300余`, `300+`, `近1万`, `约500人`, `3,000`, `不少于6场`, `500人次以上`),"
    " or `{value: 300, approx: over, unit: 人次}`. `approx` is `exactly`, `over` (余), `nearly` (近), `about` (约) or"
    " `at_least` (以上). A number written in 万 or 亿 is shown in it. Records that were added up also have `exact_to`:"
    " the precision of the coarsest part of the sum (100 for hundreds)",
    "measure": "Like a count, with up to four decimals",
    "share": "A percentage up to 100: `95`, `95.5%`, `95%以上`",
    "day": "`2025-12-20`, from 1950 to 2100",
    "period": "`2025`, `2025-H1`, `2025-Q3`, `2025-09`, `2025-09-20`, or `{start: 2025-01-01, end: 2025-06-30}`",
    "list: …": "At most ENTRIES entries",
}


def _limited(text: str, limits: dict[str, str]) -> str:
    for name, limit in limits.items():
        text = text.replace(name.upper(), limit)
    return text


def _common(model: type[Record]) -> list[str]:
    """Return the fields that a section kind has as all others have them."""
    return [
        name
        for name in FactSection.model_fields
        if name in model.model_fields and explanation_of(model, name) == explanation_of(FactSection, name)
    ]


def _summary(page: Page, model: type[Record]) -> str:
    return page.about((model.__doc__ or "").strip().splitlines()[0])


def _table(page: Page, model: type[Record], skip: tuple[str, ...]) -> Iterator[str]:
    yield page.head
    for name, field in model.model_fields.items():
        if name not in skip:
            shown = page.field(model, name, needed=field.is_required())
            yield f"| {shown} | {_value(page, field)} | {page.about(explanation_of(model, name))} |\n"


def _nested(
    page: Page, model: type[Record], seen: set[type[Record]], level: int, skip: tuple[str, ...] = ()
) -> Iterator[str]:
    for name, field in model.model_fields.items():
        for part in _types(field.annotation):
            if name in skip or not _is_record(part) or part in seen:
                continue
            seen.add(part)
            yield f"\n{'#' * level} {page.name(_anchor(part))}\n\n{_summary(page, part)}\n\n"
            yield from _table(page, part, skip=())
            yield from _nested(page, part, seen, level)


def _is_record(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, Record) and not issubclass(part, Quantity | Period | Section)


def _anchor(part: type[Record]) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in part.__name__).strip()


def _value(page: Page, field: FieldInfo) -> str:
    types = [*_types(field.annotation), *field.metadata]
    shown = _shown(page, types)
    return page.lists.format(shown) if tuple in types and shown != page.name("paragraphs") else shown


def _shown(page: Page, types: list[Any]) -> str:
    """Return the name of a value of these types."""
    unit = next((page.unit.format(each.unit) for each in types if isinstance(each, Unit)), "")
    for kind, name in ((Count, "count"), (Measure, "measure"), (Share, "share")):
        if kind in types:
            return page.name(name) + (unit if kind is not Share else "")
    if Period in types:
        return page.name("period")
    if datetime.date in types:
        return page.name("day")
    records = [page.name(_anchor(each)) for each in types if _is_record(each)]
    if len(records) > 1:
        return page.between.join([page.name("paragraph"), *records[:-1]]) + page.or_ + records[-1]
    if records:
        return records[0]
    if bool in types:
        return (page.between if page.words else page.or_).join(map(page.choice, ("true", "false")))
    words = [page.choice(each) for each in types if isinstance(each, str)]
    if words:
        return page.choices.format(page.between.join(words))
    if int in types:
        return page.name("whole number")
    if any(type(each).__name__ == "_Paragraphs" for each in types):
        return page.name("paragraphs")
    limits = [each.limit for each in types if hasattr(each, "limit")]
    return page.name("paragraph" if limits and max(limits) == PARAGRAPH_LENGTH else "line")


def _types(annotation: Any) -> Iterator[Any]:
    yield getattr(annotation, "__origin__", annotation)
    for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        yield from _types(part)
