"""What an override may return: HTML that is whole in itself, and so leaves the page around it as it is."""

from html.parser import HTMLParser
from typing import Any, Final

from kepu_docs.plugin import N_, Place, RenderError, accepted_text

_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
"""Elements that have no end (HTML, 13.1.2)."""
_OPTIONAL: Final = frozenset(
    ("caption", "colgroup", "dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr")
)
"""Elements whose end may be left out (HTML, 13.1.2.4): the next one, or the end of what they stand in, ends them."""


def accepted(returned: Any) -> str:
    """Return what an override returned. Raises ``RenderError`` for what would swallow the page after it, or end it."""
    text = accepted_text(returned).strip("\n")
    found = _Ends()
    found.feed(text)
    found.close()
    if text.rfind("<!--") > text.rfind("-->"):
        found.odd = found.odd or "!--"
    odd = found.odd or (found.open[-1] if found.open else "")
    if odd:
        problem = N_("it returned HTML in which the start and end tags of <{tag}> do not match")
        raise RenderError.at(Place(), problem, tag=odd)
    return text


class _Ends(HTMLParser):
    """Holds the ends of elements against their begins; ``odd`` is the first that does not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.odd = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID | _OPTIONAL:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Elements of SVG and MathML alone may end where they begin: of an element of HTML the sign means nothing.
        if not {"svg", "math"} & {*self.open, tag}:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID | _OPTIONAL:
            return
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.odd = self.odd or tag
