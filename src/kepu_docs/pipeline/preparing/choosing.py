"""Decides from its surroundings what each blank of a form is for: one certain fact, one of several, or none."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kepu_docs.composing.forms import words
from kepu_docs.contract.record_tables import RecordColumn
from kepu_docs.pipeline.preparing.blanks import Blank, BlankRows, Box
from kepu_docs.pipeline.preparing.labels import ROOT, Labels, ListTarget, Target, limit_in, plain, without_filling
from kepu_docs.pipeline.preparing.line_blanks import unit_behind
from kepu_docs.reading.near_names import COUNTING, STATES
from kepu_docs.reading.units import is_unit_for, unit_factor, unit_in, without_unit

_MOST_CHOICES: Final = 4
_TOTALS: Final = frozenset(("合计", "合計", "总计", "總計", "共计", "共計", "小计", "小計", "total"))
_BY_UNIT: Final = {"场": "场次", "場": "场次", "场次": "场次", "場次": "场次", "人次": "人次"}
"""What a blank before a unit is for, if the words before it name the section."""
_DAY: Final = frozenset(("日期", "时间", "填表", "填报"))
_YEARS: Final = ("年度", "年社区", "年科普", "年工作", "年全年")
_LEAST_LENGTH: Final = 3
_LONGEST_CLAUSE: Final = 30
_clauses = re.compile(r"[，,；;。、：:]|[_＿﹍ \u3000]{2,}")
_filling = re.compile(
    r"(?:全年|本年度|本年|今年|年内|20[0-9]{2}年|年度?|我社区|本社区|社区|共计|总共|共|累计|总计|合计|开展|举办|组织|"
    r"实施|各类|各项|先后|集中|已|了|参加|参与|参训|到场|吸引|覆盖|受益|惠及|居民|群众|达到|达|约|有|其中|为|参观|服务|培训人员)*"
)
"""Words of a sentence that do not name what is counted."""
_of_some = re.compile("低保|贫困|困难|特困|脱贫|残疾|党员|优抚|失独|空巢|留守|独居|租户|商户")
"""Words in headings whose figures are about some residents rather than the whole community."""
_no_text = re.compile(r"照片|图片|相片|签名|签字|盖章|意见")
"""What a large blank may be for other than a text of the record."""
_asking = re.compile(r"^.{0,12}?是否|[？?]$")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a blank may be for: ``sure`` is the one certain fact; otherwise ``choices`` lists facts, possibly none."""

    sure: Target | None = None
    choices: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsChoice:
    """What blank rows may be for: the list, and the column of each cell; otherwise ``choices`` of lists."""

    sure: ListTarget | None = None
    columns: tuple[RecordColumn | None, ...] = ()
    choices: tuple[ListTarget, ...] = ()
    counting: frozenset[int] = frozenset()
    """The cells that only count the rows."""


NOTHING: Final = Choice()


class Chooser:
    """Decides what blanks are for."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def blank(self, blank: Blank) -> Choice:
        """Return the choice for a blank."""
        if blank.is_day:
            return self._day(blank)
        behind = blank.behind.lstrip("）) \u3000")
        if not blank.labels and behind.startswith(_YEARS) and not blank.before.strip("（( \u3000_"):
            return Choice(Target(ROOT, ("period",), "period", filter=words.YEAR))
        unit = unit_behind(blank.behind)
        found = [self._named(name) for name in blank.names]
        if not any(each.sure for each in found):
            found = list(self._by_labels(blank, unit)) or found
        return self._fitting(_joined(found), blank, unit)

    def box(self, box: Box) -> Choice:
        """Return the choice for a box to tick: a fact that is either true or false."""
        found = _joined([self._labelled(_asked(label), box.groups, "") for label in box.labels])
        targets = [found.sure] if found.sure else list(found.choices)
        fitting = tuple(each for each in targets if each.what == "yes")
        if found.sure is not None and fitting:
            return found
        if len(fitting) == 1 and len(plain(box.labels[0] if box.labels else "")) > _LEAST_LENGTH:
            return Choice(fitting[0])
        return Choice(choices=fitting)

    def rows(self, rows: BlankRows) -> RowsChoice:
        """Return the choice for blank rows."""
        labels = self._labels
        heads = [each[0] if each else "" for each in rows.heads]
        counting = frozenset(
            at for at, head in enumerate(heads) if plain(head) in COUNTING or head.strip().casefold() in COUNTING
        )
        asked = ["" if at in counting or plain(each) in STATES else each for at, each in enumerate(heads)]
        kinds, is_sure = self._context(rows.groups)
        scored: list[tuple[int, int, ListTarget, tuple[RecordColumn | None, ...]]] = []
        for target in labels.lists:
            columns = labels.columns(target, asked)
            named = [column for column in columns if column is not None]
            own = labels.list_words(target)
            says = sum(any(plain(head).startswith(word) for word in own) for head in asked if head)
            says += is_sure and target.kind in kinds
            if kinds and target.kind not in kinds and not any(own & {plain(each)} for each in rows.groups):
                says -= is_sure
            if len(named) > 1 or (len(named) == 1 and says > 0):
                key = any(column is not None and column.required for column in columns)
                scored.append((len(named) + says + key, says, target, tuple(columns)))
        if not scored:
            return RowsChoice(counting=counting)
        scored.sort(key=lambda each: -each[0])
        best = scored[0]
        rivals = [each for each in scored if each[0] >= best[0] and each is not best]
        named_best = sum(column is not None for column in best[3])
        enough = 2 * named_best >= sum(map(bool, asked))
        key = any(column is not None and column.required for column in best[3])
        own = labels.list_words(best[2])
        nearest = rows.groups[0] if rows.groups else ""
        is_clear = not nearest or is_sure or labels.is_neutral(nearest) or plain(nearest) in own
        if not rivals and best[1] > 0 and enough and key and is_clear:
            return RowsChoice(best[2], best[3], counting=counting)
        near = [each[2] for each in scored if each[0] >= best[0] - 1][:_MOST_CHOICES]
        return RowsChoice(choices=tuple(near), counting=counting)

    def total(self, blank: Blank) -> bool:
        """Return whether a blank below rows is for the sum of a column."""
        return blank.below is not None and any(plain(each) in _TOTALS for each in (*blank.labels, *blank.row[:1]))

    # Blanks.

    def _day(self, blank: Blank) -> Choice:
        label = plain(blank.labels[0]) if blank.labels else ""
        found = self._labels.exact(label, (ROOT,)) if label else []
        if len(found) == 1 and found[0].what == "day":
            return Choice(found[0])
        signed = Target(ROOT, ("signed_on",), "day")
        # A day alone on its line, or after the name of the person who fills in the form, is the day of the form.
        rest = blank.before.strip(" \u3000_")
        if label in _DAY or (not rest and not blank.labels):
            return Choice(signed)
        return Choice(choices=(signed,))

    def _named(self, name: str) -> Choice:
        """Return the choice for a content control named by a path of labels (社区.名称) or by a label."""
        parts = [plain(each) for each in name.replace("．", ".").split(".") if each.strip()]
        if len(parts) > 1:
            kinds, is_sure = self._labels.kinds_of(parts[0])
            found = self._labels.exact(parts[-1], kinds)
            if is_sure and len(found) == 1:
                return Choice(found[0])
        return self._labelled(name, (), "")

    def _by_labels(self, blank: Blank, unit: str) -> Iterator[Choice]:
        """Yield the choices for a blank: by the label next to it and by the head above it, each within the other."""
        label = blank.labels[0] if blank.labels else ""
        sentence = self._in_sentence(blank, unit)
        if sentence is not None:
            yield sentence
            return
        beside, head = label or (blank.row[0] if blank.row else ""), blank.heads[0] if blank.heads else ""
        if head and beside:
            # 科普培训 next to it and 场次 above it, or the other way round.
            rest = blank.row if label else blank.row[1:]
            yield self._crossed(head, (beside, *rest, *blank.groups), unit)
            yield self._crossed(beside, (head, *rest, *blank.groups), unit)
            return
        if label:
            yield self._labelled(label, (*blank.row, *blank.groups), unit, blank)
        elif head:
            yield self._labelled(head, (*blank.row, *blank.groups), unit, blank)
        around = (*blank.row, *blank.groups)
        if unit in _BY_UNIT and not label and not head and around:
            yield self._labelled(_BY_UNIT[unit], around, unit)
        elif unit in _BY_UNIT and label and self._labels.kinds_of(label)[1]:
            yield self._labelled(_BY_UNIT[unit], (label,), unit)

    def _crossed(self, text: str, groups: Sequence[str], unit: str) -> Choice:
        """Return what a label means that another one crosses: certain only if that one says what it belongs to."""
        if (
            plain(groups[0]) in _TOTALS
            or plain(text) in _TOTALS
            or self._labels.kinds_of(text)[0] - self._labels.kinds_of(groups[0])[0]
        ):
            return NOTHING
        found = self._labelled(text, groups, unit)
        if found.sure is not None and (found.sure.kind == ROOT or not self._context(groups)[1]):
            return Choice(choices=(found.sure,))
        return found

    def _in_sentence(self, blank: Blank, unit: str) -> Choice | None:
        """Return the choice for a blank in a sentence: 开展科普活动____场，参加____人次."""
        before = blank.before.strip()
        if not unit or not before or before.endswith(("：", ":")):
            return None
        if unit in _BY_UNIT:
            return self._counted(before, blank, unit)
        label = plain(blank.labels[0]) if blank.labels else ""
        if len(label) < 2:
            return None
        direct = self._labelled(label, blank.groups, unit)
        if direct.sure is not None:
            return direct
        kinds, _ = self._context(blank.groups)
        found = [each for each in self._labels.ending(label, kinds) if each.unit == unit]
        if len(found) == 1 and len(self._labels.ending(label, set())) == 1:
            return Choice(found[0])
        return Choice(choices=tuple(dict.fromkeys((*direct.choices, *found))))

    def _counted(self, before: str, blank: Blank, unit: str) -> Choice:
        """Return what is counted in a sentence: that of the section that its clause or the clause before names."""
        found: list[Target] = []
        for clause in reversed([plain(each[-_LONGEST_CLAUSE:]) for each in _clauses.split(before) if each.strip()]):
            if unit_behind(clause) == clause or _filling.fullmatch(clause):
                continue
            for at in range(len(clause)):
                kinds, is_sure = self._labels.kinds_of(clause[at:])
                if is_sure and kinds != {ROOT} and _filling.fullmatch(clause[:at]):
                    found = self._labels.exact(_BY_UNIT[unit], kinds)
                    return Choice(found[0]) if len(found) == 1 else Choice(choices=tuple(found))
            kinds = self._labels.kinds_of(clause)[0]
            if kinds - {ROOT}:
                found = self._labels.exact(_BY_UNIT[unit], kinds)
            return Choice(choices=tuple(found))
        kinds, is_sure = self._context((*blank.row, *blank.groups))
        found = self._labels.exact(_BY_UNIT[unit], kinds)
        return Choice(found[0]) if is_sure and len(found) == 1 else Choice(choices=tuple(found))

    def _context(self, groups: Iterable[str]) -> tuple[frozenset[str], bool]:
        """Return the section kinds that the nearest informative label names, and whether that is certain."""
        is_clear = True
        for group in groups:
            kinds, is_sure = self._labels.kinds_of(group)
            if kinds:
                return kinds, is_sure and is_clear
            # A label that is not understood comes first, so it is not certain what the blank belongs to.
            is_clear = is_clear and self._labels.is_neutral(group)
        return frozenset(), False

    def _labelled(self, text: str, groups: Sequence[str], unit: str, blank: Blank | None = None) -> Choice:
        """Return what a label means within its surroundings."""
        labels = self._labels
        label = plain(text)
        if not label:
            return NOTHING
        kinds, is_sure = self._context(groups)
        certain = labels.certain.get(label)
        if certain is not None:
            is_sure_of = certain.kind == ROOT or self._is_free(blank)
            return Choice(certain) if is_sure_of else Choice(choices=(certain,))
        forms = [label] + ([plain(rest)] if (rest := without_unit(text.strip())) else [])
        forms += [rest for form in forms if (rest := without_filling(form))]
        for form in forms:
            found = labels.exact(form, kinds) or [each for kind in kinds for each in labels.near(form, kind)]
            if len(found) == 1 and is_sure and len(kinds) == 1:
                return Choice(found[0])
            if found and kinds:
                return Choice(choices=tuple(found[:_MOST_CHOICES]))
            combined, sure = labels.combined(form)
            if sure:
                return Choice(combined[0])
            root = labels.exact(form, (ROOT,))
            everywhere = labels.everywhere(form)
            if len(root) == len(everywhere) == 1 and form not in labels.list_labels:
                # 户数 in a row of 低保, or below a heading about it, counts only some households.
                is_of_all = self._is_free(blank) and not any(map(_of_some.search, groups))
                return Choice(root[0]) if is_of_all else Choice(choices=tuple(root))
            text_ = self._text(form, text, blank)
            if text_ is not None:
                return text_
            near_root = labels.near(form, ROOT)
            if len(near_root) == 1 and not everywhere and not combined and not kinds:
                return Choice(near_root[0]) if len(form) > _LEAST_LENGTH else Choice(choices=near_root)
            near = [] if everywhere or kinds else labels.near_everywhere(form)
            is_long = len(form) > _LEAST_LENGTH and form not in labels.list_labels
            if len(near) == 1 and is_long and not combined and self._is_free(blank):
                return Choice(near[0])
            combined += near
            if everywhere or combined:
                both = tuple(dict.fromkeys((*everywhere, *combined)))
                is_only = len(both) == 1 and form not in labels.list_labels and not kinds
                fits = both[0].unit == unit if unit else len(form) >= _LEAST_LENGTH
                if is_only and everywhere and fits and self._is_free(blank):
                    return Choice(both[0])
                return Choice(choices=both[:_MOST_CHOICES])
        return Choice(choices=tuple(labels.ending(label, kinds)[:_MOST_CHOICES]))

    def _is_free(self, blank: Blank | None) -> bool:
        """Return whether no label in its row says that the blank belongs to something unknown."""
        row = blank.row if blank is not None else ()
        return all(self._labels.is_neutral(each) or self._labels.kinds_of(each)[1] for each in row)

    def _text(self, label: str, text: str, blank: Blank | None) -> Choice | None:
        """Return the text that a label asks for: the whole text, or that of a section; ``None`` for neither."""
        if blank is None or not blank.is_whole:
            return None
        if self._labels.whole_text(label):
            return Choice(Target(ROOT, (), "", is_text=True, limit=limit_in(text)))
        if not (self._labels.says_text(text) or (blank.is_large and not _no_text.search(text))):
            return None
        kinds, is_sure = self._labels.kinds_of(text)
        limit = limit_in(text)
        targets = tuple(Target(kind, (), "", is_text=True, limit=limit) for kind in sorted(kinds - {ROOT}))
        if not targets:
            return None
        if is_sure and len(targets) == 1 and blank.is_large:
            return Choice(targets[0])
        return Choice(choices=targets)

    def _fitting(self, choice: Choice, blank: Blank, unit: str) -> Choice:
        """Return a choice without the facts that do not fit the unit next to a blank."""
        units = [each for each in (unit, *map(unit_in, (*blank.labels[:1], *blank.heads[:1]))) if each]
        sure = choice.sure
        if sure is None:
            return Choice(choices=tuple(each for each in choice.choices if _fits(each, units))[:_MOST_CHOICES])
        if not _fits(sure, units):
            return NOTHING
        if (
            sure.what == "figure"
            and sure.unit
            and any(unit_factor(each, sure.unit, in_heading=True) != 1 for each in units)
        ):
            return Choice(choices=(sure,))  # 万元 for a fact in 元
        if sure.what == "period" and blank.behind.startswith("年"):
            return Choice(replace(sure, filter=words.YEAR))
        if sure.is_text and not blank.is_whole:
            return Choice(choices=(sure,))
        return choice


def _asked(label: str) -> str:
    """Return the subject of a question: 列入考核 of 科普工作是否列入考核."""
    return _asking.sub("", label.strip()) or label


def _fits(target: Target, units: Sequence[str]) -> bool:
    """Return whether a fact may be used where the units say what is counted."""
    if target.what == "figure" and target.unit:
        return all(
            is_unit_for(each, target.unit) or unit_factor(each, target.unit, in_heading=True) is not None
            for each in units
        )
    if target.what in ("day", "period"):
        return all(each in ("年", "月", "日") for each in units)
    return not units or target.what == "list"


def _joined(found: Sequence[Choice]) -> Choice:
    """Return the combined meaning of several labels: certain if exactly one certain fact is among them."""
    sure = list(dict.fromkeys(each.sure for each in found if each.sure is not None))
    if len(sure) == 1:
        return Choice(sure[0])
    choices = tuple(dict.fromkeys((*sure, *(target for each in found for target in each.choices))))
    return Choice(choices=choices[:_MOST_CHOICES])
