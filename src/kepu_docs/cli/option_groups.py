"""The options of a command that has many, on its help page under headings."""

from types import MappingProxyType
from typing import Any, Final

from typer.core import TyperCommand

from kepu_docs.errors import N_

_ARGUMENTS: Final = N_("Arguments:")
_OTHERS: Final = N_("Other options:")
_GROUPS: Final = MappingProxyType(
    {
        N_("Input:"): ("form", "against", "expected"),
        N_("Summary:"): ("by", "name", "period"),
        N_("Rules:"): ("rule", "no_rule", "config", "rules"),
        N_("Output:"): ("folder", "output", "formats", "names", "archive", "figures", "note", "report"),
        N_("Wording:"): ("locale", "wording", "headings", "against_table", "convert", "templates"),
        N_("Look:"): ("look", "reference", "toc", "pdf_standard", "no_embed"),
        N_("Running:"): ("fix", "fail_on", "port", "editor", "browser", "jobs", "fresh", "quiet"),
    }
)
"""Headings in their order on the page, each with its options in theirs, by the names of the commands' parameters."""
HEADINGS: Final = (*_GROUPS, _OTHERS)
_PLACES: Final = {name: (heading, at) for heading, names in _GROUPS.items() for at, name in enumerate(names)}


class GroupedCommand(TyperCommand):
    """A command whose help page has its options under headings."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then the options of each group, then those of none."""
        groups: dict[str, list[tuple[int, Any]]] = {heading: [] for heading in (_ARGUMENTS, *_GROUPS, _OTHERS)}
        for param in self.get_params(ctx):
            is_argument = param.param_type_name == "argument"
            heading, at = (_ARGUMENTS, 0) if is_argument else _PLACES.get(param.name or "", (_OTHERS, 0))
            if (record := param.get_help_record(ctx)) is not None:
                groups[heading].append((at, record))
        for heading, records in groups.items():
            if records:
                with formatter.section(heading.removesuffix(":")):
                    formatter.write_dl([record for _, record in sorted(records, key=lambda each: each[0])])
