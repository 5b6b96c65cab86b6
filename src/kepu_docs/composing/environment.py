"""The sandboxed Jinja2 environment of one locale."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, Undefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kepu_docs.composing.tags import BlockTags
from kepu_docs.locale.formats import Formats


class WordingEnvironment(ImmutableSandboxedEnvironment):
    """Renders wording templates: block tags, filters of the language, plain data only.

    What a template prints is shown as the language writes it, so ``{{ session.attendance }}`` is ``60人次`` and
    what is not there prints nothing.
    """

    def __init__(self, formats: Formats, load: Callable[[str], tuple[str, str | None, None] | None]) -> None:
        super().__init__(
            loader=FunctionLoader(load),
            extensions=[BlockTags],
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_shown_by(formats),
            auto_reload=False,
        )
        self.formats = formats
        for name in ("lipsum", "cycler", "joiner"):
            del self.globals[name]
        self.globals["kind_label"] = formats.kind
        self.filters.update(
            {
                "number": formats.number,
                "count": _unless_none(formats.count),
                "counted": lambda quantity, *forms: "" if quantity is None else formats.counted(quantity, *forms),
                "date": _unless_none(formats.date),
                "period": _unless_none(formats.period),
                "percent": _unless_none(formats.percent),
                "money": _unless_none(formats.money),
                "join_list": formats.join_list,
                "series": formats.series,
                "told": formats.told,
                "phrase": formats.phrase,
                "sentence": formats.sentence,
                "stop": formats.stop,
                "clause": formats.clause,
                "capital": formats.capital,
                "quote": formats.quote,
                "when": _when,
            }
        )


def _shown_by(formats: Formats) -> Callable[[Any], str]:
    """Return what a template prints of a value; a name that is not known says so itself."""
    return lambda value: str(value) if isinstance(value, Undefined) else formats.show(value)


def _unless_none(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """Let a filter write nothing for what is not there."""
    return lambda value: "" if value is None else write(value)


@pass_context
def _when(context: Context, period: Mapping[str, Any] | None, *, year: bool = False) -> str:
    """Write when something was; without the year, where the whole summary is about it and ``year`` is not asked for."""
    if period is None:
        return ""
    formats: Formats = context.environment.formats  # type: ignore[attr-defined]
    return formats.when(period, within=None if year else context["period"])
