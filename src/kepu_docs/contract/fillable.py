"""Renderers that fill forms. What they fill in is apart, in :mod:`kepu_docs.contract.forms`: most runs have no form."""

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from kepu_docs.contract.forms import FormPlan


@runtime_checkable
class Fillable(Protocol):
    """A renderer that fills forms; ``configured`` with a form, it renders each ``FilledDocument`` into it."""

    @property
    def needs_form(self) -> bool:
        """Whether the renderer can only render into forms, and nothing without one."""
        ...

    def takes_form(self, form: bytes) -> bool:
        """Return whether a file is of the kind that it fills or refuses; the check is quick."""
        ...

    def form_plan(self) -> "FormPlan | None":
        """Return the plan of the configured form, or ``None`` if there is none. Raises ``DocumentError``."""
        ...


def needs_form(renderer: object) -> bool:
    """Return whether a renderer can render nothing without a form."""
    return isinstance(renderer, Fillable) and renderer.needs_form
