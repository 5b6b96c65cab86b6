"""Forms that are workbooks (.xlsx): a plugin of kepu-docs.

It does not use openpyxl, which loads a workbook into its own model and saves only what that model knows: charts and
pictures change or are lost; rich text within a cell, shapes, printer settings and extensions are dropped without a
warning; and when a row moves, the references to it are not adjusted. This plugin edits the XML of the sheets in place.
A part without placeholders and without references to rows that move stays byte for byte the same, and so does
everything in a part outside the placeholders. kepu-docs interprets what is between the braces, as in Word documents.
"""

from collections.abc import Iterable

from kepu_docs.plugin import Renderer, hookimpl
from kepu_excel.renderer import WorkbookRenderer

__all__ = ["WorkbookRenderer", "kepu_renderers"]


@hookimpl
def kepu_renderers() -> Iterable[Renderer]:
    """Offer the format ``xlsx``, which needs a form."""
    return [WorkbookRenderer()]
