"""Elements of WordprocessingML: their names, and the values in them."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def value_of(element: "_Element", name: str) -> str:
    """Return the value of the child called ``name``; nothing without one."""
    child = element.find(W + name)
    return str(child.get(W + "val") or "") if child is not None else ""
