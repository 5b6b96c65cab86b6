"""Forms that are workbooks (.xlsx): a plugin of kepu-docs.

Not by openpyxl, which loads a workbook into its own model and saves what that knows: charts and pictures change or are
lost, looks of single characters in a cell, shapes, settings of printers and extensions are dropped without a word, and
no row is ever moved with what names it. Here the XML of the sheets is edited in place: a part that has no placeholder
and names no row that moves stays byte for byte, and so does all in a part that is no placeholder. What stands in the
braces is understood by kepu-docs, as in Word documents.
"""

from collections.abc import Iterable

from kepu_docs.plugin import Renderer, hookimpl
from kepu_excel.renderer import WorkbookRenderer

__all__ = ["WorkbookRenderer", "kepu_renderers"]


@hookimpl
def kepu_renderers() -> Iterable[Renderer]:
    """Offer the format ``xlsx``, which is made of forms."""
    return [WorkbookRenderer()]
