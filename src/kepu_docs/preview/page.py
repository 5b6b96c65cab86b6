"""The live page as HTML: everything that comes from records is escaped as text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, StrictUndefined, Template

from kepu_docs.checking.formats.text_report import SEVERITY_NAMES
from kepu_docs.errors import N_, Fault, Message, Place, Translate
from kepu_docs.errors.visible import visible
from kepu_docs.preview.choices import Offers
from kepu_docs.preview.editor import Editor
from kepu_docs.preview.papers import Paper
from kepu_docs.preview.views import Listed, View

_WORDS: Final = {
    "stopped": N_("The preview has stopped; the page no longer follows your saves."),
    "old": N_("This is the last page that could be made; see the current errors."),
    "none": N_("There is no page yet; see the errors."),
    "no_earlier": N_("The earlier records have none that certainly belongs to this community."),
    "page": N_("Page {number}"),
    "faults": N_("Errors"),
    "good": N_("No errors: the page shows what the record says."),
    "gone": N_("This record is no longer in the source."),
    "remarks": N_("Findings"),
    "nothing": N_("The checker found nothing."),
    "notes": N_("Notes"),
    "choices": N_("How it is displayed"),
    "download": N_("Download"),
    "records": N_("Records"),
    "more": N_("There are more; the list stops here."),
}
_CHOICES: Final = {
    "locale": N_("Document"),
    "look": N_("Look"),
    "wording": N_("Wording"),
    "headings": N_("Headings"),
    "beside": N_("Last year"),
    "ui": N_("This page"),
}
_VALUES: Final = {
    ("look", ""): N_("default"),
    ("wording", ""): N_("as in the record"),
    ("wording", "varied"): N_("varied"),
    ("wording", "plain"): N_("plain"),
    ("headings", ""): N_("as in the record"),
    ("headings", "plain"): N_("plain"),
    ("headings", "message"): N_("with a message"),
    ("beside", ""): N_("hidden"),
    ("beside", "1"): N_("shown"),
}
_LANGUAGES: Final = {"zh_Hans": "简体中文", "zh_Hant": "繁體中文", "en": "English"}
_NAMES: Final = {"gongwen": N_("official document"), "briefing": N_("briefing")}


@dataclass(frozen=True, slots=True)
class _ShownRemark:
    severity: str
    place: str
    address: str
    message: str
    words: str
    right: str | None
    rule: str


@cache
def _template() -> Template:
    source = files(__package__).joinpath("page.html").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(source)


def written_page(view: View, editor: Editor) -> str:
    """Return the page."""
    words = {name: view.translate(text) for name, text in _WORDS.items()}
    name = visible(view.name) or "kepu-docs"
    return _template().render(
        view=view,
        words=words,
        lang=view.choices.ui.replace("_", "-"),
        title=name if view.paper is None else f"{name} · {visible(view.paper.title)}",
        name=name,
        address=view.choices.address(view.usual),
        papers=list(_papers(view)),
        is_gone=view.is_gone,
        faults=[
            (str(place), editor.address(place), message)
            for place, message in written_faults(view.faults, view.translate)
        ],
        is_checked=view.remarks is not None,
        remarks=list(_remarks(view, editor)),
        notes=[note.translated(view.translate) for note in view.notes],
        choices=list(_choices(view)),
        downloads=[(name, view.choices.address(view.usual)) for name in view.formats] if view.key else [],
        records=[
            (each, view.choices.address(view.usual, record=each.key), _state(each, view)) for each in view.records
        ],
        more=view.more,
    )


def _papers(view: View) -> Iterator[tuple[str, Paper | None, str, bool]]:
    """Yield each paper with its id, its label, and whether it is out of date; last year's first."""
    if view.choices.beside and view.has_earlier:
        yield "beside", view.beside, view.translate(N_("Last year")), False
    is_old = view.is_old and view.paper is not None
    yield "paper", view.paper, view.translate(N_("This year")), is_old


def written_faults(faults: Iterable[Fault], translate: Translate) -> Iterator[tuple[Place, str]]:
    """Yield for each fault where to correct it, and what is wrong there."""
    for fault in faults:
        yield _place_to_mend(fault), fault.shown or fault.as_message.translated(translate)


def _place_to_mend(fault: Fault) -> Place:
    """Return where a fault is corrected: a fault of composing is in the template and not in the record."""
    values = dict(fault.values)
    template, line = values.get("template"), values.get("line")
    return Place(template, line) if isinstance(template, str) and isinstance(line, int) else fault.place


def _remarks(view: View, editor: Editor) -> Iterator[_ShownRemark]:
    for remark in view.remarks or ():
        yield _ShownRemark(
            remark.severity,
            f"{view.translate(SEVERITY_NAMES[remark.severity])} {remark.place}",
            editor.address(remark.place),
            remark.translated(view.translate),
            visible(remark.words),
            None if remark.right is None else visible(remark.right),
            remark.rule,
        )


def _choices(view: View) -> Iterator[tuple[str, list[tuple[str, str, bool]]]]:
    for name in Offers.names():
        values = getattr(view.offers, name)
        if len(values) < 2 or (name == "beside" and not view.has_earlier):
            continue
        chosen = getattr(view.choices, name)
        label = view.translate(_CHOICES[name])
        yield label, [(_value(name, each, view), _address(view, name, each), each == chosen) for each in values]


def _address(view: View, name: str, value: str) -> str:
    return view.choices.address(view.usual, **{name: value})


def _value(name: str, value: str, view: View) -> str:
    if name in ("locale", "ui"):
        return _LANGUAGES.get(value, value)
    text = _VALUES.get((name, value)) or _NAMES.get(value)
    return view.translate(text) if text else value


def _state(listed: Listed, view: View) -> str:
    """Return the state of a record in the list."""
    if listed.faults is None or (listed.remarks is None and not listed.faults):
        return "…"
    if listed.faults:
        text = N_("1 error") if listed.faults == 1 else N_("{count} errors")
        return "✗ " + Message.of(text, count=listed.faults).translated(view.translate)
    if listed.remarks:
        text = N_("1 finding") if listed.remarks == 1 else N_("{count} findings")
        return "• " + Message.of(text, count=listed.remarks).translated(view.translate)
    return "✓"
