"""The vocabulary of plugin authors: import from here, and from nowhere else in kepu_docs."""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kepu_docs.blocks import (
        RECORD_NAMESPACE,
        Align,
        AttachmentNote,
        Block,
        Chart,
        ChartKind,
        Column,
        Document,
        Figure,
        Heading,
        Imprint,
        Item,
        Letterhead,
        ListBlock,
        ListStyle,
        NumberLevel,
        Numerals,
        PageBreak,
        Paragraph,
        SectionSpan,
        Series,
        Signature,
        Table,
        caption_of,
    )
    from kepu_docs.contract.checks import Check, Finding, Severity, Subject, WrittenHeading
    from kepu_docs.contract.hooks import hookimpl
    from kepu_docs.contract.recognition import NamesFunction, Recognition, Sentence, StatedAmount
    from kepu_docs.contract.record_tables import RecordColumn, RecordTable, record_tables
    from kepu_docs.contract.renderers import (
        Configurable,
        Overridable,
        Override,
        OverrideFunction,
        Renderer,
        RenderOptions,
        SectionPart,
        accepted_text,
    )
    from kepu_docs.contract.rollups import (
        Amount,
        Gathered,
        Mention,
        Part,
        Portion,
        Ratio,
        RollupRule,
        Sample,
        SurveyAnswer,
    )
    from kepu_docs.contract.sections import ComposeFunction, SectionKind
    from kepu_docs.contract.sources import (
        Frame,
        RecordForm,
        Rows,
        Source,
        SourceRecord,
        Syntax,
        Tables,
        TableSource,
    )
    from kepu_docs.errors import (
        N_,
        DocumentError,
        Fault,
        KepuError,
        KepuWarning,
        Message,
        Place,
        RenderError,
        SourceError,
    )
    from kepu_docs.errors.addresses import scrubbed, shown_location
    from kepu_docs.errors.closeness import Closeness
    from kepu_docs.errors.first_faults import first_faults
    from kepu_docs.isolation import Held, Limits, StoppedError, isolated
    from kepu_docs.locale.vocabulary import Vocabulary
    from kepu_docs.reading.archives import look_into, main_part, parse_xml, read_word
    from kepu_docs.reading.communities import named_community
    from kepu_docs.reading.opening import folder_of, opened, unreadable
    from kepu_docs.reading.times import read_day, read_period
    from kepu_docs.schema import (
        ROLLED_UP,
        UNKNOWN,
        Community,
        Count,
        Day,
        FactSection,
        Line,
        Many,
        MaybeCount,
        MaybeMeasure,
        MaybePeriod,
        MaybeShare,
        Measure,
        Name,
        Period,
        Person,
        Photo,
        Prose,
        Record,
        Section,
        Share,
        SomeCount,
        SomeMeasure,
        SomePeriod,
        SomeShare,
        Text,
        Unit,
        WorkSummary,
        in_order,
        total,
    )
    from kepu_docs.schema.amounts import WrittenAmount, amount_pattern, read_amount
    from kepu_docs.schema.highlights import Highlight
    from kepu_docs.schema.main_figures import EarlierYear
    from kepu_docs.schema.written import FieldText, written_texts
    from kepu_docs.typography.breaking import may_break
    from kepu_docs.typography.columns import blank, is_latin, measured, width, widths
    from kepu_docs.typography.graphemes import graphemes
    from kepu_docs.typography.numerals import advance, label, number_of
    from kepu_docs.typography.signature import signature_indents, signature_room
    from kepu_docs.typography.titles import title_lines

__all__ = [
    "N_",
    "RECORD_NAMESPACE",
    "ROLLED_UP",
    "UNKNOWN",
    "Align",
    "Amount",
    "AttachmentNote",
    "Block",
    "Chart",
    "ChartKind",
    "Check",
    "Closeness",
    "Column",
    "Community",
    "ComposeFunction",
    "Configurable",
    "Count",
    "Day",
    "Document",
    "DocumentError",
    "EarlierYear",
    "FactSection",
    "Fault",
    "FieldText",
    "Figure",
    "Finding",
    "Frame",
    "Gathered",
    "Heading",
    "Held",
    "Highlight",
    "Imprint",
    "Item",
    "KepuError",
    "KepuWarning",
    "Letterhead",
    "Limits",
    "Line",
    "ListBlock",
    "ListStyle",
    "Many",
    "MaybeCount",
    "MaybeMeasure",
    "MaybePeriod",
    "MaybeShare",
    "Measure",
    "Mention",
    "Message",
    "Name",
    "NamesFunction",
    "NumberLevel",
    "Numerals",
    "Overridable",
    "Override",
    "OverrideFunction",
    "PageBreak",
    "Paragraph",
    "Part",
    "Period",
    "Person",
    "Photo",
    "Place",
    "Portion",
    "Prose",
    "Ratio",
    "Recognition",
    "Record",
    "RecordColumn",
    "RecordForm",
    "RecordTable",
    "RenderError",
    "RenderOptions",
    "Renderer",
    "RollupRule",
    "Rows",
    "Sample",
    "Section",
    "SectionKind",
    "SectionPart",
    "SectionSpan",
    "Sentence",
    "Series",
    "Severity",
    "Share",
    "Signature",
    "SomeCount",
    "SomeMeasure",
    "SomePeriod",
    "SomeShare",
    "Source",
    "SourceError",
    "SourceRecord",
    "StatedAmount",
    "StoppedError",
    "Subject",
    "SurveyAnswer",
    "Syntax",
    "Table",
    "TableSource",
    "Tables",
    "Text",
    "Unit",
    "Vocabulary",
    "WorkSummary",
    "WrittenAmount",
    "WrittenHeading",
    "accepted_text",
    "advance",
    "amount_pattern",
    "blank",
    "caption_of",
    "first_faults",
    "folder_of",
    "graphemes",
    "hookimpl",
    "in_order",
    "is_latin",
    "isolated",
    "label",
    "look_into",
    "main_part",
    "may_break",
    "measured",
    "named_community",
    "number_of",
    "opened",
    "parse_xml",
    "read_amount",
    "read_day",
    "read_period",
    "read_word",
    "record_tables",
    "scrubbed",
    "shown_location",
    "signature_indents",
    "signature_room",
    "title_lines",
    "total",
    "unreadable",
    "width",
    "widths",
    "written_texts",
]

_HOMES: Final = (
    "kepu_docs.errors",
    "kepu_docs.errors.addresses",
    "kepu_docs.errors.closeness",
    "kepu_docs.errors.first_faults",
    "kepu_docs.isolation",
    "kepu_docs.reading.archives",
    "kepu_docs.reading.opening",
    "kepu_docs.contract.hooks",
    "kepu_docs.typography.graphemes",
    "kepu_docs.typography.columns",
    "kepu_docs.typography.breaking",
    "kepu_docs.typography.numerals",
    "kepu_docs.typography.signature",
    "kepu_docs.typography.titles",
    "kepu_docs.blocks",
    "kepu_docs.contract.renderers",
    "kepu_docs.schema",
    "kepu_docs.reading.communities",
    "kepu_docs.reading.times",
    "kepu_docs.schema.amounts",
    "kepu_docs.schema.highlights",
    "kepu_docs.schema.main_figures",
    "kepu_docs.schema.written",
    "kepu_docs.locale.vocabulary",
    "kepu_docs.contract.checks",
    "kepu_docs.contract.recognition",
    "kepu_docs.contract.sections",
    "kepu_docs.contract.rollups",
    "kepu_docs.contract.sources",
    "kepu_docs.contract.record_tables",
)
"""The modules that the names above come from, the lightest first: a name is looked for in one after the other when it
is first wanted. A child process that reads a workbook wants some errors, and must not import pydantic for them."""


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Return what plugin authors may import, from where it is."""
        if name in __all__:
            for home in _HOMES:
                there = vars(import_module(home))
                if name in there and not isinstance(there[name], ModuleType):
                    return globals().setdefault(name, there[name])
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
