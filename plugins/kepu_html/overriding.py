"""What an override may return: HTML that is complete in itself and so cannot change the page around it."""

from html.parser import HTMLParser
from typing import Any, Final

from kepu_docs.plugin import N_, Place, RenderError, accepted_text

_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
"""Elements that have no end tag (HTML, 13.1.2)."""
_OPTIONAL: Final = frozenset(
    ("caption", "colgroup", "dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr")
)
"""Elements whose end tag may be omitted (HTML, 13.1.2.4): the next one, or the end of their parent, ends them."""


def accepted(returned: Any) -> str:
    """Return what an override returned. Raises ``RenderError`` if it would swallow the rest of the page, or end it."""
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
    """Matches end tags with start tags; ``odd`` is the first that does not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.odd = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID | _OPTIONAL:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Only elements of SVG and MathML may close themselves; in HTML elements the slash means nothing.
        if not {"svg", "math"} & {*self.open, tag}:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID | _OPTIONAL:
            return
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.odd = self.odd or tag
