"""The renderer of Word documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from kepu_docs.plugin import (
    N_,
    Document,
    OverrideFunction,
    Place,
    RenderError,
    RenderOptions,
    is_workbook,
    load_look,
    look_names,
)

if TYPE_CHECKING:
    from kepu_docs.plugin import FormEdits, FormLayout, FormPlan
    from kepu_word.form.filler import Filler
    from kepu_word.writer import Writer

_LOCALES_KEPT: Final = 8


@dataclass(frozen=True, eq=False)
class WordRenderer:
    """Renders documents in one look, with the page and styles of a Word document, ``reference``, or into a ``form``.

    With ``toc`` there is a table of contents below the title. ``overrides`` render the sections of some kinds.

    What depends only on the locale is made for its first document and kept; nothing of a document is kept. Threads may
    share a renderer.
    """

    format: ClassVar[str] = "docx"
    suffix: ClassVar[str] = ".docx"
    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    needs_form: ClassVar[bool] = False

    look: str = "gongwen"
    toc: bool = field(default=False, kw_only=True)
    reference: bytes = field(default=b"", kw_only=True, repr=False)
    form: bytes = field(default=b"", kw_only=True, repr=False)
    overrides: Mapping[str, OverrideFunction] = field(default_factory=lambda: MappingProxyType({}), kw_only=True)
    _writer: Callable[[str], Writer] = field(init=False, repr=False)
    _filler: Callable[[], Filler] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_writer", lru_cache(_LOCALES_KEPT)(self._make_writer))
        object.__setattr__(self, "_filler", lru_cache(1)(self._make_filler))

    def configured(self, options: RenderOptions) -> WordRenderer:
        """Return a renderer with ``options``. Raises ``RenderError`` for a look that does not exist."""
        if options.look and options.look not in look_names():
            text = N_("there is no look “{look}”; the looks are: {known}")
            raise RenderError.at(Place(), text, look=options.look, known=", ".join(look_names()))
        if options.form and options.reference:
            text = N_("a form has its own page and styles; give either a form or a Word template")
            raise RenderError.at(Place("form"), text)
        return replace(
            self, look=options.look or self.look, toc=options.toc, reference=options.reference, form=options.form
        )

    def takes_form(self, form: bytes) -> bool:
        """Return whether a file may be a Word document; known other kinds are not."""
        return not is_workbook(form)

    def form_plan(self) -> FormPlan | None:
        """Return the plan of the form, read at the first call. Raises ``DocumentError`` if the form is refused."""
        return self._filler().form.plan if self.form else None

    def form_layout(self, data: bytes) -> FormLayout:
        """Return the layout of a Word document. Raises ``DocumentError`` if it is broken or refused."""
        from kepu_word.form.layout import read_layout

        return read_layout(data)

    def edited_form(self, data: bytes, edits: FormEdits) -> bytes:
        """Return a Word document with the edits. Raises ``DocumentError`` if it is broken or refused."""
        from kepu_word.form.editing import edited

        return edited(data, edits)

    def overridden(self, overrides: Mapping[str, OverrideFunction]) -> WordRenderer:
        """Return a renderer that calls these functions for the sections of these kinds."""
        return replace(self, overrides=overrides)

    def render(self, document: Document) -> bytes:
        """Return the .docx of ``document``. Raises ``RenderError`` for content that Word cannot hold."""
        if self.form:
            from kepu_docs.plugin import FilledDocument

            filler = self._filler()
            if not isinstance(document, FilledDocument) or document.filling.digest != filler.form.plan.digest:
                text = N_("this document was not composed for the form; fill in the form from a summary")
                raise RenderError.at(Place("form"), text)
            return filler.fill(document)
        return self._writer(document.locale).write(document)

    def _make_filler(self) -> Filler:
        from kepu_word.form.filler import Filler
        from kepu_word.form.package import read_form

        return Filler(read_form(self.form, load_look(self.look)))

    def _make_writer(self, locale: str) -> Writer:
        # lxml takes time to import: only programs that render Word wait for it.
        from kepu_word.pack import make_pack
        from kepu_word.writer import Writer

        if self.reference:
            from kepu_word.template import reference

            look = load_look(self.look)
            return Writer(reference.read_pack(self.reference, look, toc=self.toc), self.overrides)
        return Writer(make_pack(load_look(self.look), locale, toc=self.toc), self.overrides)
