"""The public API for plugin authors: import from here, and from nowhere else in kepu_docs."""

from typing import TYPE_CHECKING

from kepu_docs.late_names import late_names as _late_names

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
    from kepu_docs.contract.checks import Check, Finding, Severity, Subject, WrittenHeading, WrittenNumber
    from kepu_docs.contract.fillable import Fillable
    from kepu_docs.contract.form_layout import (
        FormBlock,
        FormCell,
        FormEdits,
        FormGrid,
        FormLayout,
        FormLine,
        FormRow,
        MarkedBlank,
        Preparable,
        SetText,
        TypedTag,
    )
    from kepu_docs.contract.forms import (
        FilledBlocks,
        FilledDocument,
        FilledPart,
        FilledPicture,
        FilledValue,
        Filling,
        FormPart,
        FormPlan,
        FormTag,
    )
    from kepu_docs.contract.hooks import hookimpl
    from kepu_docs.contract.recognition import NamesFunction, Recognition, Sentence, StatedAmount
    from kepu_docs.contract.record_tables import RecordColumn, RecordTable, record_tables
    from kepu_docs.contract.renderers import (
        Configurable,
        Overridable,
        Override,
        OverrideFunction,
        Paged,
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
        CellSource,
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
    from kepu_docs.output.source_date import source_date
    from kepu_docs.reading.archives import (
        OfficeParts,
        is_workbook,
        look_into,
        main_part,
        open_workbook,
        parse_xml,
        read_word,
        target_of,
    )
    from kepu_docs.reading.communities import named_community
    from kepu_docs.reading.embedded import carries_record
    from kepu_docs.reading.near_names import (
        COMMUNITY_NAMES,
        COUNTING,
        STATES,
        near_columns,
        near_titles,
        plain_name,
        short_titles,
        the_only,
    )
    from kepu_docs.reading.opening import folder_of, opened, unreadable
    from kepu_docs.reading.placeholders import Placeholder, misspelt, placeholders
    from kepu_docs.reading.times import read_day, read_period
    from kepu_docs.reading.units import (
        Dimension,
        is_unit_for,
        unit_factor,
        unit_in,
        unit_named,
        unit_of_column,
        units_named,
        units_of_all,
        without_unit,
    )
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
    from kepu_docs.typography.column_widths import by_column, column_widths, table_lines
    from kepu_docs.typography.columns import blank, is_latin, measured, width, widths
    from kepu_docs.typography.full_width import HalfWidth, half_width_marks
    from kepu_docs.typography.graphemes import graphemes
    from kepu_docs.typography.languages import contents_heading, language_tag
    from kepu_docs.typography.latin_looks import in_latin
    from kepu_docs.typography.looks import (
        POINTS_A_MILLIMETRE,
        AttachmentLook,
        ChartLook,
        FontLook,
        Justification,
        Look,
        PageLook,
        PunctuationLook,
        SignatureLook,
        TextLook,
        Texts,
        load_look,
        look_names,
        parse_look,
    )
    from kepu_docs.typography.numerals import advance, label, number_of
    from kepu_docs.typography.pictures import fitted, levelled
    from kepu_docs.typography.placement import Placed, PlacedName, placed_names, placed_signature
    from kepu_docs.typography.quarters import quarters, quarters_of
    from kepu_docs.typography.signature import signature_indents, signature_room
    from kepu_docs.typography.titles import title_lines

__all__ = [
    "COMMUNITY_NAMES",
    "COUNTING",
    "N_",
    "POINTS_A_MILLIMETRE",
    "RECORD_NAMESPACE",
    "ROLLED_UP",
    "STATES",
    "UNKNOWN",
    "Align",
    "Amount",
    "AttachmentLook",
    "AttachmentNote",
    "Block",
    "CellSource",
    "Chart",
    "ChartKind",
    "ChartLook",
    "Check",
    "Closeness",
    "Column",
    "Community",
    "ComposeFunction",
    "Configurable",
    "Count",
    "Day",
    "Dimension",
    "Document",
    "DocumentError",
    "EarlierYear",
    "FactSection",
    "Fault",
    "FieldText",
    "Figure",
    "Fillable",
    "FilledBlocks",
    "FilledDocument",
    "FilledPart",
    "FilledPicture",
    "FilledValue",
    "Filling",
    "Finding",
    "FontLook",
    "FormBlock",
    "FormCell",
    "FormEdits",
    "FormGrid",
    "FormLayout",
    "FormLine",
    "FormPart",
    "FormPlan",
    "FormRow",
    "FormTag",
    "Frame",
    "Gathered",
    "HalfWidth",
    "Heading",
    "Held",
    "Highlight",
    "Imprint",
    "Item",
    "Justification",
    "KepuError",
    "KepuWarning",
    "Letterhead",
    "Limits",
    "Line",
    "ListBlock",
    "ListStyle",
    "Look",
    "Many",
    "MarkedBlank",
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
    "OfficeParts",
    "Overridable",
    "Override",
    "OverrideFunction",
    "PageBreak",
    "PageLook",
    "Paged",
    "Paragraph",
    "Part",
    "Period",
    "Person",
    "Photo",
    "Place",
    "Placed",
    "PlacedName",
    "Placeholder",
    "Portion",
    "Preparable",
    "Prose",
    "PunctuationLook",
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
    "SetText",
    "Severity",
    "Share",
    "Signature",
    "SignatureLook",
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
    "TextLook",
    "Texts",
    "TypedTag",
    "Unit",
    "Vocabulary",
    "WorkSummary",
    "WrittenAmount",
    "WrittenHeading",
    "WrittenNumber",
    "accepted_text",
    "advance",
    "amount_pattern",
    "blank",
    "by_column",
    "caption_of",
    "carries_record",
    "column_widths",
    "contents_heading",
    "first_faults",
    "fitted",
    "folder_of",
    "graphemes",
    "half_width_marks",
    "hookimpl",
    "in_latin",
    "in_order",
    "is_latin",
    "is_unit_for",
    "is_workbook",
    "isolated",
    "label",
    "language_tag",
    "levelled",
    "load_look",
    "look_into",
    "look_names",
    "main_part",
    "may_break",
    "measured",
    "misspelt",
    "named_community",
    "near_columns",
    "near_titles",
    "number_of",
    "open_workbook",
    "opened",
    "parse_look",
    "parse_xml",
    "placed_names",
    "placed_signature",
    "placeholders",
    "plain_name",
    "quarters",
    "quarters_of",
    "read_amount",
    "read_day",
    "read_period",
    "read_word",
    "record_tables",
    "scrubbed",
    "short_titles",
    "shown_location",
    "signature_indents",
    "signature_room",
    "source_date",
    "table_lines",
    "target_of",
    "the_only",
    "title_lines",
    "total",
    "unit_factor",
    "unit_in",
    "unit_named",
    "unit_of_column",
    "units_named",
    "units_of_all",
    "unreadable",
    "width",
    "widths",
    "without_unit",
    "written_texts",
]


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:
    # A plugin imports what it uses alone. A child process that reads a workbook needs some errors, and must not import
    # pydantic for them.
    __getattr__ = _late_names(
        globals(),
        {
            "kepu_docs.blocks": (
                "RECORD_NAMESPACE Align AttachmentNote Block Chart ChartKind Column Document Figure Heading Imprint "
                "Item Letterhead ListBlock ListStyle NumberLevel Numerals PageBreak Paragraph SectionSpan Series "
                "Signature Table caption_of"
            ),
            "kepu_docs.contract.checks": "Check Finding Severity Subject WrittenHeading WrittenNumber",
            "kepu_docs.contract.fillable": "Fillable",
            "kepu_docs.contract.form_layout": (
                "FormBlock FormCell FormEdits FormGrid FormLayout FormLine FormRow MarkedBlank Preparable SetText "
                "TypedTag"
            ),
            "kepu_docs.contract.forms": (
                "FilledBlocks FilledDocument FilledPart FilledPicture FilledValue Filling FormPart FormPlan FormTag"
            ),
            "kepu_docs.contract.hooks": "hookimpl",
            "kepu_docs.contract.recognition": "NamesFunction Recognition Sentence StatedAmount",
            "kepu_docs.contract.record_tables": "RecordColumn RecordTable record_tables",
            "kepu_docs.contract.renderers": (
                "Configurable Overridable Override OverrideFunction Paged Renderer RenderOptions SectionPart "
                "accepted_text"
            ),
            "kepu_docs.contract.rollups": "Amount Gathered Mention Part Portion Ratio RollupRule Sample SurveyAnswer",
            "kepu_docs.contract.sections": "ComposeFunction SectionKind",
            "kepu_docs.contract.sources": (
                "CellSource Frame RecordForm Rows Source SourceRecord Syntax Tables TableSource"
            ),
            "kepu_docs.errors": "N_ DocumentError Fault KepuError KepuWarning Message Place RenderError SourceError",
            "kepu_docs.errors.addresses": "scrubbed shown_location",
            "kepu_docs.errors.closeness": "Closeness",
            "kepu_docs.errors.first_faults": "first_faults",
            "kepu_docs.isolation": "Held Limits StoppedError isolated",
            "kepu_docs.locale.vocabulary": "Vocabulary",
            "kepu_docs.output.source_date": "source_date",
            "kepu_docs.reading.archives": (
                "OfficeParts is_workbook look_into main_part open_workbook parse_xml read_word target_of"
            ),
            "kepu_docs.reading.communities": "named_community",
            "kepu_docs.reading.embedded": "carries_record",
            "kepu_docs.reading.near_names": (
                "COMMUNITY_NAMES COUNTING STATES near_columns near_titles plain_name short_titles the_only"
            ),
            "kepu_docs.reading.opening": "folder_of opened unreadable",
            "kepu_docs.reading.placeholders": "Placeholder misspelt placeholders",
            "kepu_docs.reading.times": "read_day read_period",
            "kepu_docs.reading.units": (
                "Dimension is_unit_for unit_factor unit_in unit_named unit_of_column units_named units_of_all "
                "without_unit"
            ),
            "kepu_docs.schema": (
                "ROLLED_UP UNKNOWN Community Count Day FactSection Line Many MaybeCount MaybeMeasure MaybePeriod "
                "MaybeShare Measure Name Period Person Photo Prose Record Section Share SomeCount SomeMeasure "
                "SomePeriod SomeShare Text Unit WorkSummary in_order total"
            ),
            "kepu_docs.schema.amounts": "WrittenAmount amount_pattern read_amount",
            "kepu_docs.schema.highlights": "Highlight",
            "kepu_docs.schema.main_figures": "EarlierYear",
            "kepu_docs.schema.written": "FieldText written_texts",
            "kepu_docs.typography.breaking": "may_break",
            "kepu_docs.typography.column_widths": "by_column column_widths table_lines",
            "kepu_docs.typography.columns": "blank is_latin measured width widths",
            "kepu_docs.typography.full_width": "HalfWidth half_width_marks",
            "kepu_docs.typography.graphemes": "graphemes",
            "kepu_docs.typography.languages": "contents_heading language_tag",
            "kepu_docs.typography.latin_looks": "in_latin",
            "kepu_docs.typography.looks": (
                "POINTS_A_MILLIMETRE AttachmentLook ChartLook FontLook Justification Look PageLook PunctuationLook "
                "SignatureLook TextLook Texts load_look look_names parse_look"
            ),
            "kepu_docs.typography.numerals": "advance label number_of",
            "kepu_docs.typography.pictures": "fitted levelled",
            "kepu_docs.typography.placement": "Placed PlacedName placed_names placed_signature",
            "kepu_docs.typography.quarters": "quarters quarters_of",
            "kepu_docs.typography.signature": "signature_indents signature_room",
            "kepu_docs.typography.titles": "title_lines",
        },
    )
