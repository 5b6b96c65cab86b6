"""The renderer of workbooks, which fills forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from kepu_docs.plugin import (
    N_,
    Document,
    Place,
    RenderError,
    RenderOptions,
    is_workbook,
)

if TYPE_CHECKING:
    from kepu_docs.plugin import FormEdits, FormLayout, FormPlan
    from kepu_excel.filler import Filler


@dataclass(frozen=True, eq=False)
class WorkbookRenderer:
    """Fills forms that are workbooks; without a form it renders nothing. Threads may share it."""

    format: ClassVar[str] = "xlsx"
    suffix: ClassVar[str] = ".xlsx"
    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    needs_form: ClassVar[bool] = True

    form: bytes = field(default=b"", kw_only=True, repr=False)
    _filler: Callable[[], Filler] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_filler", lru_cache(1)(self._make_filler))

    def configured(self, options: RenderOptions) -> WorkbookRenderer:
        """Return a renderer that fills the form of ``options``."""
        if options.form and options.reference:
            text = N_("a form has its own page and styles; give either a form or a Word template")
            raise RenderError.at(Place("form"), text)
        return replace(self, form=options.form)

    def takes_form(self, form: bytes) -> bool:
        """Return whether a file is a workbook of any kind."""
        return is_workbook(form)

    def form_plan(self) -> FormPlan | None:
        """Return the plan of the form, read at the first call. Raises ``DocumentError`` if the form is refused."""
        return self._filler().form.plan if self.form else None

    def form_layout(self, data: bytes) -> FormLayout:
        """Return the layout of a workbook. Raises ``DocumentError`` if it is broken or refused."""
        from kepu_excel.blanks import read_layout

        return read_layout(data)

    def edited_form(self, data: bytes, edits: FormEdits) -> bytes:
        """Return a workbook with the edits. Raises ``DocumentError`` if it is broken or refused."""
        from kepu_excel.blanks import edited

        return edited(data, edits)

    def render(self, document: Document) -> bytes:
        """Return the filled workbook. Raises ``RenderError`` without a form, and for content that cells cannot hold."""
        if not self.form:
            text = N_("the format “{format}” needs a form to fill in; give one (--form FORM{suffix})")
            raise RenderError.at(Place("form"), text, format=self.format, suffix=self.suffix)
        from kepu_docs.plugin import FilledDocument

        filler = self._filler()
        if not isinstance(document, FilledDocument) or document.filling.digest != filler.form.plan.digest:
            text = N_("this document was not composed for the form; fill in the form from a summary")
            raise RenderError.at(Place("form"), text)
        return filler.fill(document)

    def _make_filler(self) -> Filler:
        from kepu_excel.filler import Filler
        from kepu_excel.package import read_form

        return Filler(read_form(self.form))
