"""What a summary usually has and a record lacks."""

from collections.abc import Iterator
from typing import Final

from kepu_docs.plugin import N_, Check, FieldText, Finding, Subject
from kepu_rules.searching import Pattern, is_about_one_activity

_A_YEAR: Final = 300
"""In days; summaries of shorter periods have fewer sections."""

_USUAL: Final = (
    (
        N_("a yearly summary usually has a section about who led the work"),
        {"leadership"},
        Pattern("领导|组织|机制|机构|班子|領導|組織|機制|網絡|网络|[Ll]eader"),
    ),
    (
        N_("a yearly summary usually has a section about the activities held"),
        {"activities", "training", "publicity"},
        Pattern("活动|宣传|培训|讲座|活動|宣傳|培訓|講座|[Aa]ctivit|[Tt]raining"),
    ),
    (
        N_("a yearly summary usually has a section about future plans"),
        {"next_year_plan"},
        Pattern("计划|打算|思路|下一步|明年|展望|今后|下年度|計畫|計劃|今後|[Pp]lan|[Nn]ext"),
    ),
)
"""What is usual: the section kinds that have it, and a pattern for headings that mean it in other words."""
_NUMERALS: Final = "一二三四五六七八九十"
_numbered = Pattern(f"[{_NUMERALS}]{{1,2}}、[^。]{{2,40}}$")
_COUNT: Final = r"[\s0-9〇○零一二三四五六七八九十xXｘＸ×*＊_＿?？]"
"""The characters of the numbers in a date, and those used in place of a number that nobody filled in."""
_day = Pattern(rf"{_COUNT}{{2,8}}年{_COUNT}{{1,8}}月(?:{_COUNT}{{1,8}}[日号])?\s*")
_body = Pattern(
    "^[^，。；：、]{2,30}(?:居民委员会|居委会|社区党委|党总支|党支部|办事处|村委会|居民委員會|居委會|里辦公處|辦事處)$"
)
_LONGEST_DAY: Final = 20
_HOLD: Final = "(?:举办|开展|组织|举行|舉辦|開展|組織|舉行)"
_THINGS: Final = "(?:活动|讲座|培训班?|展览|宣传|义诊|演练|竞赛|课|活動|講座|培訓班?|展覽|宣傳|義診|演練|競賽)"
_held = Pattern(
    rf"{_HOLD}了?[^。；，]{{0,16}}{_THINGS}[^。；，]{{0,4}}[0-9一二三四五六七八九十xX×*]{{1,4}}[余多]?(?:场|次|期|场次|場|場次)"
    rf"|{_HOLD}了[^。；，]{{0,16}}{_THINGS}"
    rf"|[0-9]{{1,2}}[月日][^。；]{{0,30}}{_HOLD}[^。；]{{0,24}}{_THINGS}"
)
"""Finds a statement that something was held: how often, or when."""
_outlook = Pattern("今后|下一步|明年|来年|下一年|新的一年|新一年|下年度|今後|[Nn]ext year")
_led = Pattern(
    "领导小组|工作小组|专班|组长|牵头|联席会议|议事日程|分管|領導小組|工作小組|專班|組長|牽頭|聯席會議|議事日程"
)
_BELOW: Final = {"leadership": _led, "activities": _held, "next_year_plan": _outlook}
"""Patterns for texts that report on a kind, by the first of its section kinds in alphabetical order."""


def _sections(subject: Subject) -> Iterator[Finding]:
    summary = subject.summary
    if (summary.period.end - summary.period.start).days < _A_YEAR or not summary.sections:
        return
    if not subject.knows_time or is_about_one_activity(summary.title):
        return
    kinds = {section.kind for section in summary.sections}
    headings = "\n".join([field.text for field in subject.texts if _is_heading(field)])
    for text, having, speaks in _USUAL:
        if kinds & having or speaks.search(headings):
            continue
        # Many report on it below a different heading.
        elsewhere = _BELOW[min(having)].stands_in(subject.whole)
        if not elsewhere and not ("next_year_plan" in having and f"{summary.period.end.year + 1}年" in subject.whole):
            yield Finding(("sections",), text)


def _is_heading(field: FieldText) -> bool:
    """Return whether a text is a heading, or looks like one: 一、组织领导."""
    return field.path[-1] == "heading" or (field.text[0] in _NUMERALS and _numbered.match(field.text) is not None)


def _empty(subject: Subject) -> Iterator[Finding]:
    for place, section in enumerate(subject.summary.sections):
        if section.has_only("kind", "heading"):
            yield Finding(("sections", place), N_("the section is empty"))
    if not subject.summary.sections and not subject.summary.opening and not getattr(subject.summary, "written", None):
        yield Finding(("sections",), N_("the record has neither sections nor an opening"))


def _signature(subject: Subject) -> Iterator[Finding]:
    short = (field.text for field in subject.texts if len(field.text) < _LONGEST_DAY)
    if any("年" in text and _day.fullmatch(text) for text in short):
        # In a document with enclosures the signature is within its text; also if its date is a placeholder.
        return
    last = subject.texts[-1].text if subject.texts else ""
    if subject.summary.signed_by is None and not _body.stands_in(last):
        yield Finding(("signed_by",), N_("the summary has no signature"))
    if subject.summary.signed_on is None:
        yield Finding(("signed_on",), N_("the date of signing is missing"))


CHECKS: Final = (
    Check(
        "missing-section",
        "info",
        N_("Sections that a yearly summary usually has: leadership, activities or training, a plan for the next year."),
        N_(
            "Criteria of 科普示范社区 and published summaries; a section with your own heading is "
            "recognised by its heading."
        ),
        _sections,
    ),
    Check(
        "empty-section",
        "warning",
        N_("A section with a heading and nothing else."),
        N_("An empty section leaves a heading with nothing below it, or nothing at all."),
        _empty,
    ),
    Check(
        "missing-signature",
        "info",
        N_("A summary without the body that signs it, or without the date."),
        N_("GB/T 9704—2012, 7.3.5."),
        _signature,
    ),
)
