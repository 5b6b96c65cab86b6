"""The possible meanings of labels in forms: facts, by their names in records, workbooks and documents."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from kepu_docs.composing.forms import words
from kepu_docs.composing.forms.names import FormNames
from kepu_docs.composing.known_facts import Known
from kepu_docs.contract.record_tables import RecordColumn, RecordTable, record_tables
from kepu_docs.locale.vocabulary import Vocabulary
from kepu_docs.reading.near_names import COMMUNITY_NAMES, near_columns, near_titles, plain_name, short_titles, the_only
from kepu_docs.reading.simplifying import simplified
from kepu_docs.registry import Registry
from kepu_docs.schema.main_figures import EarlierYear
from kepu_docs.schema.shapes import unit_of

ROOT: Final = ""
"""Represents the record itself among section kinds."""
_SETTINGS: Final = frozenset(
    ("kind", "heading", "order", "wording", "headings", "overview", "narrative", "points", "run_in_headings", "sealed",
     "highlights", "opening", "closing", "attachments", "title", "run_in")
)  # fmt: skip
"""Fields that are settings of the text, or texts that no label asks for."""
_NOT_OF_FORMS: Final = ("earlier", "letterhead", "imprint", "charts")
_SHOWN: Final = ("figure", "number", "text", "period", "day", "yes")
_COMMUNITY: Final = (
    "社区", "基本情况", "社区基本情况", "社区概况", "概况", "基本信息", "社区基本信息", "单位基本情况", "社区情况",
    "单位信息", "社区信息",
)  # fmt: skip
"""Labels above questions about the community itself."""
_NAMES: Final = (
    *COMMUNITY_NAMES, "填表单位", "申报单位", "报送单位", "上报单位", "村居名称", "社区名", "单位",
)  # fmt: skip
_SIGNED_ON: Final = (
    "填表日期", "填报日期", "填报时间", "填表时间", "上报日期", "上报时间", "报送日期", "报送时间", "制表日期",
    "报告日期", "落款时间",
)  # fmt: skip
_PERIOD: Final = (
    "统计时间", "统计时段", "时间范围", "统计期间", "所属时期", "起止时间", "统计期",
)  # fmt: skip
_YEAR: Final = ("年度", "年份", "填报年度", "统计年度", "所属年度", "工作年度", "总结年度", "填报年份")
_STREET: Final = (
    "所属街道",
    "所在街道",
    "街道名称",
    "镇街",
    "所属镇街",
    "街道办",
    "街道乡镇",
    "乡镇街道",
    "镇街名称",
    "所属乡镇",
)
_RESIDENTS: Final = ("常住人口", "常住人口数", "常住居民", "常住居民数")
_FULL_TEXT: Final = (
    "工作总结", "总结", "年度工作总结", "全年工作总结", "科普工作总结", "工作情况", "工作开展情况", "科普工作情况",
    "科普工作开展情况", "主要工作情况", "主要做法", "主要工作", "工作总结正文", "总结正文", "正文", "全文", "具体做法",
    "工作内容", "工作小结", "科普工作小结", "年度工作小结", "工作报告", "主要做法及成效", "主要做法和成效",
    "主要工作及成效",
)  # fmt: skip
"""Labels above or next to the place of the whole text."""
_FULL_TIME: Final = ("专职科普人员", "专职科普人员数", "专职科普工作人员", "专职科普工作人员数")
_PART_TIME: Final = ("兼职科普人员", "兼职科普人员数", "兼职科普工作人员", "兼职科普工作人员数")
_NAMES_OF_ACTIVITIES: Final = ("活动主题", "活动内容", "活动项目", "主题", "活动")
"""Heads that mean the name of an activity if no other head does."""
_of_others = re.compile(r"党员|团员|主讲|授课|讲师|讲课|培训|讲座|检查|整改|隐患")
"""Heads that may belong to a list of something else; then a theme is not the name of an activity."""
_same = re.compile(r"(?:本年度|全年|总|共有?+|现有|实有|累计|发放|印发)++(?=..)")
"""Words before the name of a figure that do not change its meaning."""
_COUNTS_OF_ANYBODY: Final = frozenset(("人数", "人口", "人员", "人次", "次数"))
"""Names that mean nothing without the words before them: 总人数 may count residents or members."""
_limit = re.compile(
    r"(?:不超过|不多于|限|限于)\s{0,2}([0-9０-９]{2,5})\s{0,2}个?字|(?<![0-9０-９])([0-9０-９]{2,5})\s{0,2}个?字(?:以内|之内|以下)"
)
_TEXT_WORDS: Final = re.compile(r"情况|总结|做法|内容|概述|简述|描述|说明|打算|计划|思路|问题|成效|经验")
_neutral = re.compile(
    r"(?:科普|社区|社會|工作|开展|情况|建设|投入|使用|保障|实施|组织|举办|本年度|全年|年度|统计|数据|方面|主要|类|部分|"
    r"及|和|与|的|其|存在|取得|下一步|明细|表|一览|汇总|登记|清单|记录|台账|20[0-9]{2}|年|[（()）、])*"
)
_other_time = re.compile(r"20[0-9]{2}|[去上前]一?年|同期|季度|月|目标")
"""Words that may refer to a time other than that of the summary."""
_number = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)]?[、．.]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[、．.）)](?![0-9])"
    r"|[①-⑳]|第[一二三四五六七八九十]{1,2}(?:部分|项)|[*＊※●■◆★])\s*"
)
_in_brackets = re.compile(r"[（(\[【][^（()）\[\]【】]{0,30}[）)\]】]")
_UNITLESS_LENGTH: Final = 3
"""A label of fewer characters is too short to be clear by itself."""
_LONGEST_COMBINED: Final = 20


@dataclass(frozen=True, slots=True)
class Target:
    """A fact of a record that a blank may be for.

    ``kind`` is the section kind, or ``ROOT`` for the record itself. ``steps`` lead from there to the fact, by English
    names; ``models`` are the models that have it. ``what`` is the type of the fact as in :class:`Known`, ``unit`` the
    unit of a figure. ``is_text`` says that it is the text of a section (``kind``) or of the whole record; ``limit`` is
    the number of characters that its place allows, 0 if the form does not say.
    """

    kind: str
    steps: tuple[str, ...]
    what: str
    unit: str = ""
    filter: str = ""
    is_text: bool = False
    limit: int = 0


@dataclass(frozen=True, slots=True)
class ListTarget:
    """A list of a section whose entries may fill rows: its kind, its field, and the table of its columns."""

    kind: str
    table: RecordTable

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.table.path[1]


@dataclass(slots=True)
class _Names:
    """The facts of one kind, or of the record, by plain names."""

    own: dict[str, list[Target]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    def add(self, name: str, target: Target) -> None:
        if name:
            found = self.own.setdefault(name, [])
            if target not in found:
                found.append(target)


class Labels:
    """Finds the possible meanings of labels, with the section kinds and catalogues of one registry."""

    def __init__(self, registry: Registry, vocabulary: Vocabulary, names: FormNames, frame: Known) -> None:
        self._registry = registry
        self._vocabulary = vocabulary
        self._form_names = names
        self._frame = frame
        self._kinds = [name for name, kind in registry.kinds.items() if not kind.model.rolled_up]
        self._tables = [each for each in record_tables(registry.model) if each.path]
        self.near = lru_cache(5_000)(self._near)
        self.kinds_of = lru_cache(5_000)(self._kinds_of)

    # Names.

    @cached_property
    def lists(self) -> list[ListTarget]:
        """All lists of records in sections."""
        return [ListTarget(each.path[0], each) for each in self._tables if each.is_list and each.path[1] != "photos"]

    @cached_property
    def list_labels(self) -> frozenset[str]:
        """The names of the columns of lists: a label among these may be about a single entry."""
        return frozenset(
            each
            for found in self.lists
            for column in found.table.columns
            for locale in self._vocabulary.locales
            for label in column.labels(self._vocabulary, locale)
            for each in (plain(label),)
        )

    @cached_property
    def kind_names(self) -> Mapping[str, frozenset[str]]:
        """The plain names of each section kind."""
        return {
            kind: frozenset(
                short
                for label in (kind, *self._form_names_of(kind))
                for short in map(plain, short_titles(plain(label)))
            )
            for kind in self._kinds
        }

    def _form_names_of(self, kind: str) -> Iterator[str]:
        yield from self._vocabulary.choice_names(kind)

    @cached_property
    def certain(self) -> Mapping[str, Target]:
        """Facts that common labels of forms always mean, even if other facts share the name: 单位名称, 填表日期."""
        name, street = Target(ROOT, ("community", "name"), "text"), Target(ROOT, ("community", "street"), "text")
        signed_on, period = Target(ROOT, ("signed_on",), "day"), Target(ROOT, ("period",), "period")
        residents = Target(ROOT, ("community", "residents"), "figure", "人")
        year = Target(ROOT, ("period",), "period", filter=words.YEAR)
        meant = (
            (_NAMES, name), (_SIGNED_ON, signed_on), (_PERIOD, period), (_YEAR, year), (_STREET, street),
            (_RESIDENTS, residents),
        )  # fmt: skip
        found = {plain(label): target for labels, target in meant for label in labels}
        for step, labels in (("full_time", _FULL_TIME), ("part_time", _PART_TIME)) if "team" in self._kinds else ():
            found |= {plain(label): Target("team", (step,), "figure", "人") for label in labels}
        return found

    @cached_property
    def _by_kind(self) -> Mapping[str, _Names]:
        return {ROOT: self._root(), **{kind: self._of_kind(kind) for kind in self._kinds}}

    def _root(self) -> _Names:
        found = _Names()
        for column in next(iter(record_tables(self._registry.model))).columns:
            if column.path[0] in _NOT_OF_FORMS or column.field in _SETTINGS or column.choices:
                continue
            target = Target(ROOT, column.path, _what(column), column.unit)
            for name in self._labels(column):
                found.add(name, target)
        for label, fact in self.certain.items():
            if fact.kind == ROOT:
                found.own[label] = [fact]
        return found

    def _labels(self, column: RecordColumn) -> Iterator[str]:
        for locale in self._vocabulary.locales:
            yield from map(plain, column.labels(self._vocabulary, locale))
            yield plain(column.full_label(self._vocabulary, locale))
        if len(column.path) == 1:
            yield from map(plain, self._form_names.heads(column.field))

    def _of_kind(self, kind: str) -> _Names:
        found = _Names()
        table = next((each for each in self._tables if each.path == (kind,)), None)
        holder = (self._frame.names or {}).get(kind, Known())
        known = holder.names or {}
        model = self._registry.kinds[kind].model
        shown = {stated: computed for _, stated, computed in getattr(model, "main_figures", ())}
        nested: dict[str, list[Target]] = {}
        for column in table.columns if table else ():
            if (
                column.field in _SETTINGS
                or column.path[0] in _NOT_OF_FORMS
                or (column.choices and column.cell != "truth")
            ):
                continue
            computed = shown.get(column.field, column.field)
            # The sum that a section computes includes the figure that it states.
            steps = (*column.path[:-1], computed if computed in known else column.field)
            target = Target(kind, steps, _what(column), column.unit)
            if len(column.path) == 1:
                for name in self._labels(column):
                    found.add(name, target)
                continue
            for locale in self._vocabulary.locales:
                holders = list(self._vocabulary.names(column.owners[-2], column.path[-2], locale))
                for label in column.labels(self._vocabulary, locale):
                    nested.setdefault(plain(label), []).append(target)
                    for each in holders:
                        found.add(plain(each + label), target)
        for label, targets in nested.items():
            if label not in found.own and len(set(targets)) == 1 and label not in self.list_labels:
                found.add(label, targets[0])
        for name, fact in known.items():
            if fact.what != "figure" or name in model.model_fields or name == "number":
                continue
            unit = (
                next((column.unit for column in table.columns if shown.get(column.field) == name), "") if table else ""
            )
            target = Target(kind, (name,), "figure", unit or _COMPUTED_UNITS.get(name, ""))
            for label in self._form_names.fact_names({name: fact}, ()):
                found.add(plain(label), target)
        for earlier, stated, computed in getattr(model, "main_figures", ()):
            target = Target(kind, (computed,), "figure", unit_of(model, stated) or unit_of(EarlierYear, earlier))
            for locale in self._vocabulary.locales:
                for label in self._vocabulary.names(EarlierYear, earlier, locale):
                    found.add(plain(label), target)
        found.words = {
            *self.kind_names[kind],
            *(
                each
                for listed in self.lists
                if listed.kind == kind
                for locale in self._vocabulary.locales
                for label in self._vocabulary.names(listed.table.owner, listed.name, locale)
                for each in short_titles(plain(label))
            ),
        }
        return found

    # Kinds.

    def _kinds_of(self, text: str) -> tuple[frozenset[str], bool]:
        """Return the section kinds that a heading or a row label may be about, and whether that is certain."""
        name = plain(text)
        if not name or len(name) > _LONGEST_TITLE:
            return frozenset(), False
        if name in _PLAIN_COMMUNITY:
            return frozenset((ROOT,)), True
        exact = {kind for kind, names in self.kind_names.items() if name in names}
        if exact:
            return frozenset(exact), len(exact) == 1
        near = the_only(
            near_titles(name), lambda each: [kind for kind, names in self.kind_names.items() if each in names]
        )
        if len(near) == 1:
            return frozenset(near), True
        found: dict[str, str] = {}
        for kind in self._kinds:
            recognition = self._registry.kinds[kind].recognition
            rest = _without(recognition.words, name) if recognition and recognition.words else name
            if rest != name:
                found[kind] = rest
        if len(found) == 1:
            (kind, rest), *_ = found.items()
            return frozenset(found), _neutral.fullmatch(rest) is not None
        return frozenset(found), False

    def is_neutral(self, text: str) -> bool:
        """Return whether a label around a blank says nothing about what it belongs to: 明细表, 其中."""
        label = plain(text)
        return _neutral.fullmatch(label) is not None and not _other_time.search(label)

    # Facts.

    def exact(self, label: str, kinds: Iterable[str]) -> list[Target]:
        """Return the facts of some kinds that a plain label names."""
        return list(dict.fromkeys(each for kind in kinds for each in self._by_kind[kind].own.get(label, ())))

    def _near(self, label: str, kind: str) -> tuple[Target, ...]:
        """Return the facts of a kind that the smallest variations of a plain label name."""
        names = self._by_kind[kind]
        return tuple(the_only(near_columns(label, names.words), lambda each: names.own.get(each, ())))

    def combined(self, label: str) -> tuple[list[Target], bool]:
        """Return the facts of a plain label with the kind's name before the fact's (培训场次); whether it is certain.

        It is not certain if there are words before it other than the kind's name.
        """
        found: dict[Target, bool] = {}
        for at in range(len(label) - 1, 0, -1) if len(label) <= _LONGEST_COMBINED else ():
            kinds, is_sure = self.kinds_of(label[:at])
            for kind in kinds - {ROOT}:
                rest = label[at:]
                targets = self.exact(rest, (kind,)) or list(self.near(rest, kind))
                for target in targets:
                    found[target] = found.get(target, False) or (is_sure and len(targets) == 1)
        sure = [target for target, is_sure in found.items() if is_sure]
        return (sure, len(sure) == 1) if sure else (list(found), False)

    def everywhere(self, label: str) -> list[Target]:
        """Return the facts that a plain label names in any kind and in the record itself."""
        return self.exact(label, (ROOT, *self._kinds))

    def near_everywhere(self, label: str) -> list[Target]:
        """Return the facts in any kind that the smallest variations of a plain label name."""
        return list(dict.fromkeys(each for kind in self._kinds for each in self.near(label, kind)))

    def ending(self, label: str, kinds: Set[str]) -> list[Target]:
        """Return the facts that the longest ending of a label names: 全年共发放宣传资料 is about 宣传资料."""
        for at in range(len(label)):
            found = self.exact(label[at:], kinds or (ROOT, *self._kinds))
            if found and len(label) - at > 1:
                return found
        return []

    def whole_text(self, label: str) -> bool:
        """Return whether a plain label means the whole text."""
        return label in _PLAIN_FULL_TEXT or any(label.removeprefix(each) in _PLAIN_FULL_TEXT for each in _BEFORE_TEXT)

    @staticmethod
    def says_text(label: str) -> bool:
        """Return whether a label asks for a text rather than for a figure or a name."""
        return _TEXT_WORDS.search(label) is not None

    # Lists.

    def columns(self, target: ListTarget, heads: Sequence[str]) -> list[RecordColumn | None]:
        """Return the columns of a list that heads name, each head by its alternatives; ``None`` for an unknown head.

        Two heads that name the same column are both unknown.
        """
        table = target.table
        names: dict[str, list[RecordColumn]] = {}
        for column in table.columns:
            for locale in self._vocabulary.locales:
                labels = [plain(column.full_label(self._vocabulary, locale))]
                labels += map(plain, column.labels(self._vocabulary, locale))
                for label in labels:
                    if column not in names.setdefault(label, []):
                        names[label].append(column)
        words_ = self._by_kind[target.kind].words

        def look_up(name: str) -> list[RecordColumn]:
            return names.get(name, [])

        found: list[RecordColumn | None] = []
        for head in heads:
            label = plain(head)
            known = (look_up(label) or the_only(near_columns(label, words_), look_up)) if label else []
            found.append(known[0] if len(known) == 1 else None)
        exact = [column is not None and plain(head) in names for head, column in zip(heads, found, strict=True)]
        for meant in list(filter(None, dict.fromkeys(found))):
            twins = [at for at, other in enumerate(found) if other == meant]
            right = [at for at in twins if exact[at]]
            for at in twins if len(twins) > 1 else ():
                found[at] = meant if right == [at] else None
        self._name_activities(target, heads, found)
        return found

    @staticmethod
    def _name_activities(target: ListTarget, heads: Sequence[str], found: list[RecordColumn | None]) -> None:
        """Use the only head that may mean the name of activities (活动主题) for it, if no head is called so."""
        if target.table.path != ("activities", "activities"):
            return
        name = next((each for each in target.table.columns if each.field == "name" and each.required), None)
        may = [at for at, head in enumerate(heads) if plain(head) in _PLAIN_NAMES_OF_ACTIVITIES]
        others = any(_of_others.search(plain(head)) for head in heads)
        if name is not None and name not in found and len(may) == 1 and not others:
            found[may[0]] = name

    def list_words(self, target: ListTarget) -> frozenset[str]:
        """Return the plain names of a list."""
        return frozenset(
            each
            for locale in self._vocabulary.locales
            for label in self._vocabulary.names(target.table.owner, target.name, locale)
            for each in short_titles(plain(label))
        )

    # Names in placeholders.

    def expression(self, target: Target, locale: str) -> str:
        """Return the expression of a fact for the braces of a placeholder, in a language."""
        if target.is_text:
            full, section, heading, no = (
                self._word(each, locale) for each in (words.FULL_TEXT, words.SECTION, words.HEADING, "false")
            )
            shown = (
                full if target.kind == ROOT else f'{section}("{self.kind_label(target.kind, locale)}", {heading}={no})'
            )
            return f"{shown} | {self._word(words.LIMIT, locale)}({target.limit})" if target.limit else shown
        holder = self._frame if target.kind == ROOT else (self._frame.names or {})[target.kind]
        steps = [] if target.kind == ROOT else [self.kind_label(target.kind, locale)]
        for step in target.steps:
            steps.append(self.fact_label(holder, step, locale))
            holder = (holder.names or {}).get(step, Known())
        shown = ".".join(steps)
        if target.what == "list" and not target.filter:
            # This can be read back: otherwise another word would join the last item of the list.
            return f'{shown} | {self._word("join", locale)}("、")'
        return f"{shown} | {self._word(target.filter, locale)}" if target.filter else shown

    def kind_label(self, kind: str, locale: str) -> str:
        """Return the name of a section kind in placeholders."""
        label = self._vocabulary.choice_label(kind, locale)
        return label if label.isidentifier() and self._form_names.kind(label) == kind else kind

    def fact_label(self, holder: Known, name: str, locale: str) -> str:
        """Return the name of a fact of a holder in placeholders, in a language if it has a name there."""
        labels = [label for model in holder.models if name in model.model_fields
                  for label in self._vocabulary.names(model, name, locale)]  # fmt: skip
        if not labels and self._vocabulary.locales and not locale.startswith("en"):
            labels = [
                label
                for label in self._form_names.fact_names({name: Known()}, ())
                if not label.isascii() and (simplified(label) == label) != (locale == "zh_Hant")
            ]
        return next(
            (each for each in labels if each.isidentifier() and self._form_names.fact(holder, each) == name), name
        )

    def entry(self, target: ListTarget) -> Known:
        """Return the known facts of the entries of a list."""
        holder = (self._frame.names or {})[target.kind]
        found = (holder.names or {})[target.name].entry
        return found if found is not None else Known()

    def word(self, word: str, locale: str) -> str:
        """Return the name of a word of forms in a language."""
        return self._word(word, locale)

    def _word(self, word: str, locale: str) -> str:
        if locale.startswith("en"):
            return word
        label = self._vocabulary.words_in(words_context, word)
        own = [each for each in label if not each.isascii()]
        if locale == "zh_Hant":
            own = [each for each in own if simplified(each) != each] + own
        return own[0] if own else word


words_context: Final = "form"
_COMPUTED_UNITS: Final = {"attendance": "人次", "held": "场"}
_BEFORE_TEXT: Final = ("社区", "年度", "本年度", "科普", "社区科普", "全年")
_LONGEST_TITLE: Final = 40


@lru_cache(200)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except re.error:  # a foreign pattern; importing reports it
        return None


def _without(pattern: str, text: str) -> str:
    """Return a text without the matches of a pattern."""
    shape = _compiled(pattern)
    return shape.sub("", text) if shape else text


def plain(label: str) -> str:
    """Return a label in the form for lookups: simplified hanzi, without number, marks and remarks in brackets."""
    text = label.strip()[:_LONGEST_LABEL]
    found = _number.match(text)
    if found and found.end() < len(text):
        text = text[found.end() :]
    return simplified(plain_name(_in_brackets.sub("", text).rstrip("：:*＊")))


_LONGEST_LABEL: Final = 100
_PLAIN_COMMUNITY: Final = frozenset(map(plain, _COMMUNITY))
_PLAIN_NAMES_OF_ACTIVITIES: Final = frozenset(map(plain, _NAMES_OF_ACTIVITIES))


def without_filling(label: str) -> str:
    """Return a plain label without words that change nothing (户数 of 总户数); nothing if that is uncertain."""
    found = _same.match(label)
    rest = label[found.end() :] if found else ""
    return "" if rest in _COUNTS_OF_ANYBODY else rest


def limit_in(label: str) -> int:
    """Return how many characters a label allows, 800 of 工作总结（不超过800字）; 0 if it does not say."""
    found = _limit.search(label[:_LONGEST_LABEL])
    return int(found[1] or found[2]) if found else 0


_PLAIN_FULL_TEXT: Final = frozenset(map(plain, _FULL_TEXT))


def _what(column: RecordColumn) -> str:
    """Return the type of a column's content, in the words of :class:`Known`."""
    match column.cell:
        case "number" | "share":
            return "figure"
        case "truth":
            return "yes"
        case "day" | "period":
            return column.cell
        case "texts" | "line_texts":
            return "list"
        case _:
            return "text"
