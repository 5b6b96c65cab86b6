"""The rules of the checker for summaries, one module per subject: a plugin of kepu-docs."""

from collections.abc import Iterable

from kepu_docs.plugin import Check, hookimpl

__all__ = ["kepu_checks"]


@hookimpl
def kepu_checks() -> Iterable[Check]:
    """Offer all rules. They are imported here, since most commands check nothing."""
    from kepu_rules.rules import CHECKS

    return CHECKS
