"""Composing: each section is rendered with its wording template, then numbered, then framed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cache, cached_property, lru_cache
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path
from traceback import walk_tb
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from jinja2 import TemplateNotFound, TemplateSyntaxError, nodes

from kepu_docs.blocks import (
    REVIEW_NOTE,
    AttachmentNote,
    Block,
    Document,
    Heading,
    Imprint,
    Letterhead,
    SectionSpan,
    Signature,
)
from kepu_docs.composing.budget import DOCUMENT_CHARACTERS, Budget
from kepu_docs.composing.compiled import CompiledTemplates
from kepu_docs.composing.drafts import Draft, Numberer, checked, settle
from kepu_docs.composing.environment import WordingEnvironment
from kepu_docs.composing.guarding import GuardedEnvironment
from kepu_docs.composing.labels import read_labels
from kepu_docs.composing.photos import Album
from kepu_docs.composing.plain_data import own_copy, plain, section_facts, summary_facts
from kepu_docs.composing.problems import UnknownFactError, WordingError, WordingSyntaxError
from kepu_docs.composing.stored_templates import StoredTemplates
from kepu_docs.composing.structure import DEFAULT, NTH, Places, check_structure
from kepu_docs.composing.tags import SINK
from kepu_docs.composing.wordings import CHOOSE, choice_for
from kepu_docs.composing.written_blocks import written_blocks
from kepu_docs.composing.year_changes import changes_since
from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import KepuError, Message, Place, PluginError, TemplateError
from kepu_docs.errors.fields import path_of
from kepu_docs.locale.catalogs import catalog_files, read_catalog
from kepu_docs.locale.chain import canonical, fallback_chain
from kepu_docs.locale.encodings import EncodingError, decode
from kepu_docs.locale.folders import candidates
from kepu_docs.locale.formats import Formats
from kepu_docs.schema import Section, WorkSummary
from kepu_docs.schema.highlights import Highlight, shown
from kepu_docs.schema.levels import noun_of
from kepu_docs.schema.shapes import choice_fields
from kepu_docs.schema.summary import UnknownSection
from kepu_docs.typography.numerals import label

if TYPE_CHECKING:  # what only forms need is imported with the first form
    from kepu_docs.composing.forms.environment import FormEnvironment
    from kepu_docs.composing.forms.program import FormProgram
    from kepu_docs.contract.forms import FilledDocument

_NO_OWNERS: Final[Mapping[str, str]] = MappingProxyType({})
_TITLE = "title.jinja"
OVERVIEW: Final = "overview.jinja"
SECTIONS: Final = "sections/"
TOTALS: Final = "totals/"
HIGHLIGHTS: Final = "highlights/"
HEADINGS: Final = "headings/"
TEXTS: Final = (TOTALS, HIGHLIGHTS, HEADINGS)
"""The folders of texts that a section kind may have: one clause on each line."""
REVIEW: Final = "review_note.jinja"
"""The note that goes with the paper of a rolled-up summary, and is not submitted with it."""
_TEMPLATES_KEPT = 256
_NUMBERS_KEPT = 512
"""The number of headings kept as they are shown; few documents have more."""
LONGEST_TITLE: Final = 1_000
"""The longest document title that a template may make, in characters: five times the limit of a record's title."""
_LONGEST_PROBLEM: Final = 500
"""The longest quotation in an error, in characters."""

_MOST_CLAUSES: Final = 2
"""The most clauses of a heading that is a message."""
_FEWEST_TOTALS: Final = 3
"""The least number of totals in an overview; with fewer it would repeat the only sentences there are."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Part:
    """A section while it is composed: the data of its templates, the facts computed, and possible highlights."""

    section: Section
    kind: SectionKind
    field: str
    seen: dict[str, Any]
    computed: Mapping[str, Any]
    offered: tuple[Highlight, ...]


class Composer:
    """Composes summaries in one locale. It keeps compiled templates, and nothing of any summary."""

    def __init__(
        self,
        kinds: Mapping[str, SectionKind],
        folders: Iterable[Traversable],
        locale: str,
        owners: Mapping[str, str] = _NO_OWNERS,
        *,
        guarded: bool = False,
        compiled: CompiledTemplates | None = None,
    ) -> None:
        """Make a composer for the given section kinds; earlier ``folders`` take precedence over later ones.

        ``owners`` names the plugin of each kind, for messages. With ``guarded``, which is needed for folders of
        untrusted templates, the resources that templates use are limited, and so is the size of a whole document.
        ``compiled`` has the code of templates that an earlier composer has compiled with the same plugins, locale and
        catalogues.
        """
        self._kinds = kinds
        self._owners = owners
        self._folders = tuple(folders)
        self._chain = fallback_chain(locale)
        self.locale = canonical(locale)
        self.formats = Formats(
            locale,
            read_catalog(self._folders, self._chain, "messages.po"),
            lambda: read_catalog(self._folders, self._chain, "keys.po"),
        )
        """The formats of numbers, labels and lists in the language."""
        self._labels = read_labels(self.formats)
        self._label = lru_cache(_NUMBERS_KEPT)(label)
        self._guarded = guarded
        environment = GuardedEnvironment if guarded else WordingEnvironment
        self._environment = environment(self.formats, self._load, cache(self._choices))
        # Own folders call for guarding, and are not trusted to be what they were.
        self._stored = None if guarded else StoredTemplates(self.locale, catalog_files(self._folders, self._chain))
        self._environment.bytecode_cache = compiled if guarded else self._stored
        self._compiled = lru_cache(_TEMPLATES_KEPT)(self._environment.get_template)
        self._has = cache(lambda name: self.template(name) is not None)

    def compose(
        self,
        summary: WorkSummary,
        *,
        photos: Path | None = None,
        embed: bool = True,
        form: "FormProgram | None" = None,
    ) -> Document:
        """Return the document of ``summary``; with a ``form``, a ``FilledDocument``, which has its content too.

        The file names of its photographs are relative to the folder ``photos``; ``embed`` says whether the document
        carries its record.

        Raises ``TemplateError`` when a template is wrong or fails, ``PluginError`` when a plugin's compose function
        fails, ``RecordError`` for a photograph; the place names the section.
        """
        if not self._guarded:
            return self._composed(summary, photos, embed=embed, form=form)
        with Budget(DOCUMENT_CHARACTERS):
            return self._composed(summary, photos, embed=embed, form=form)

    def _composed(
        self, summary: WorkSummary, photos: Path | None, *, embed: bool, form: "FormProgram | None"
    ) -> Document:
        facts = self._facts(summary)
        # A section of an unknown kind stays in the record.
        parts = [
            self._part(section, summary, facts, f"sections[{position}]")
            for position, section in enumerate(summary.sections)
            if not isinstance(section, UnknownSection)
        ]
        if summary.headings == "message":
            self._add_messages(parts)
        if summary.written is None:
            blocks = self._frame("opening.jinja", facts)
            blocks += self._overview(summary, facts, parts)
        else:
            blocks = written_blocks(summary.written, self.formats)
        album = Album(photos, [part.section for part in parts])
        spans: list[SectionSpan] = []
        for part in parts:
            start = len(blocks)
            blocks += self._section(part, album)
            if len(blocks) > start:
                spans.append(SectionSpan(part.section.kind, start, len(blocks)))
        album.check()
        blocks += self._frame("closing.jinja", facts)
        formats = self.formats
        if summary.attachments:
            blocks.append(AttachmentNote(formats.pattern("attachments"), tuple(summary.attachments)))
        signed_on = formats.date(summary.signed_on) if summary.signed_on else ""
        if summary.signed_by or signed_on:
            blocks.append(Signature(summary.signed_by or "", signed_on, summary.sealed))
        numberer = Numberer(self._labels, self._label)
        place = summary.community
        document = Document(
            title=self._title(summary, facts),
            blocks=tuple([numberer.number(block) for block in blocks]),
            locale=self.locale,
            outline=self._labels.outline,
            author=summary.signed_by or summary.community.name,
            subject=formats.pattern("subject"),
            keywords=(summary.community.name, formats.period(facts["period"])),
            addressee=formats.pattern("addressee").format(name=summary.addressee) if summary.addressee else "",
            letterhead=self._letterhead(summary),
            imprint=self._imprint(summary),
            record=record_text(summary) if embed else "",
            sections=tuple(spans),
            names=tuple(name for name in (place.street, place.district, place.city, place.province) if name),
        )
        return document if form is None else _filled(document, form, facts, parts, album)

    @cached_property
    def form_environment(self) -> "FormEnvironment":
        """The environment that forms are run in."""
        from kepu_docs.composing.forms.environment import FormEnvironment

        return FormEnvironment(self.formats)

    def _choices(self, kind: str) -> Mapping[str, frozenset[str]]:
        """Return the fields of a section kind that are choices other than yes or no, with their words."""
        known = self._kinds.get(kind)
        return choice_fields(known.model) if known is not None else {}

    def _letterhead(self, summary: WorkSummary) -> Letterhead | None:
        given = summary.letterhead
        if given is None:
            return None
        return Letterhead(
            issuer=given.issuer,
            number=given.number or "",
            copy=given.copy_number or "",
            secrecy=given.secrecy or "",
            urgency=given.urgency or "",
            signer_lead=self.formats.pattern("signer") if given.signer else "",
            signer=given.signer or "",
        )

    def _imprint(self, summary: WorkSummary) -> Imprint | None:
        given, formats = summary.imprint, self.formats
        if given is None:
            return None
        return Imprint(
            copied_lead=formats.pattern("copied to") if given.copied_to else "",
            copied_to=formats.stop(formats.pattern("comma").join(given.copied_to)),
            printed_by=given.printed_by or "",
            printed_on=formats.pattern("printed on").format(day=formats.date(given.printed_on))
            if given.printed_on
            else "",
        )

    def title(self, summary: WorkSummary) -> str:
        """Return the title of the document of ``summary``. Raises ``TemplateError``."""
        return self._title(summary, self._facts(summary))

    def _title(self, summary: WorkSummary, facts: Mapping[str, Any]) -> str:
        return summary.title or self._run(_TITLE, lambda: self._made_title(facts))

    def _made_title(self, facts: Mapping[str, Any]) -> str:
        title = self._environment.run(self._compiled(_TITLE), facts).strip()
        if len(title) > LONGEST_TITLE:
            file = str(self.template(_TITLE))
            raise TemplateSyntaxError(f"the title has more than {LONGEST_TITLE} characters", 1, _TITLE, file)
        return title

    def review_note(self, summary: WorkSummary, title: str) -> Document | None:
        """Return the note for the paper called ``title`` of a rolled-up summary; ``None`` if there are no doubts.

        It states what the paper does not: who is missing, whose summary is faulty, which figures should be reviewed.
        """
        facts = self._facts(summary)
        found = next((section_facts(each, each.facts(summary)) for each in summary.sections if each.rolled_up), None)
        if found is None or not found.get("doubts"):
            return None
        blocks = self._frame(REVIEW, {**facts, "section": found})
        numberer = Numberer(self._labels, self._label)
        return Document(
            title=self.formats.pattern("review note").format(title=title),
            blocks=tuple([numberer.number(block) for block in blocks]),
            locale=self.locale,
            outline=self._labels.outline,
            author=summary.signed_by or summary.community.name,
            record=REVIEW_NOTE,
        )

    def note_ending(self) -> str:
        """Return the suffix that distinguishes the file name of a note from that of its paper."""
        return self.formats.pattern("review note file")

    def _facts(self, summary: WorkSummary) -> dict[str, Any]:
        """Return the data of every template: the summary without its sections, and the words for its writer.

        ``span`` is the summary's period as it is written in a sentence; ``body`` is the name of the writer as the
        subject of a sentence, ``people`` the people it serves; ``rolled_up`` says whether the summary was added up from
        others, each of which is a ``member``; several are ``members``, and ``reporting`` is their number; ``partial``
        are the figures of the community that only some of them state.
        """
        writer, formats = summary.community, self.formats
        rolled_up, levels = summary.is_rolled_up, summary.member_levels
        made = summary_facts(summary)
        made_of = next(iter(levels)) if len(levels) == 1 else "mixed"
        return {
            **made,
            "span": formats.span(made["period"]),
            "body": formats.whole(writer.level) if rolled_up else formats.body(noun_of(writer.name, writer.level)),
            "people": formats.people(writer.level),
            "rolled_up": rolled_up,
            "member": formats.member(made_of, 1),
            "members": formats.member(made_of, 2),
            "reporting": plain(summary.reporting),
            "partial": summary.partial,
            "message": "",
            CHOOSE: choice_for(summary),
        }

    def _frame(self, name: str, facts: Mapping[str, Any]) -> list[Block]:
        return settle(self._blocks(name, facts, ""))

    def _part(self, section: Section, summary: WorkSummary, facts: Mapping[str, Any], field: str) -> "_Part":
        """Return a section with the data of its templates; a section of passages written as text has no data."""
        kind = self._kinds.get(section.kind)
        if kind is None:
            raise PluginError.at(
                Place(field=field),
                "no installed plugin provides the section kind “{kind}”; “kepu-docs plugins list” "
                "shows the installed plugins",
                path=path_of(field),
                kind=section.kind,
            )
        if section.written is not None:
            return _Part(section, kind, field, {}, {}, ())
        with self._blaming(kind, field):
            computed = section.facts(summary)
            seen = {**facts, "section": section_facts(section, computed)}
            offered = tuple(section.standing_out(summary)) if summary.overview and not summary.highlights else ()
        return _Part(section, kind, field, seen, computed, offered)

    def _section(self, part: "_Part", album: Album) -> list[Block]:
        section, kind, field = part.section, part.kind, part.field
        usual = section.heading or part.seen.get("message") or self.formats.kind(section.kind)
        if section.written is not None:
            blocks = [Heading(1, usual), *written_blocks(section.written, self.formats)]
            return [*blocks, *album.figures(section, usual, field)]
        made = None
        if kind.compose is not None:
            with self._blaming(kind, field):
                made = checked(kind.compose(own_copy(part.seen)))
        if made is None:
            made = list(self._blocks(f"{SECTIONS}{section.kind}.jinja", part.seen, field))
        blocks = settle(made)
        figures = list(album.figures(section, usual, field))
        # A section that has only photographs keeps its heading.
        return [*blocks, *figures] if blocks else settle([*made[:1], *figures])

    @contextmanager
    def _blaming(self, kind: SectionKind, field: str) -> Iterator[None]:
        """Turn any exception in a section kind's own code into an error that names the kind."""
        try:
            yield
        except (Exception, SystemExit) as error:  # a plugin's section kind may raise anything
            if self._guarded and isinstance(error, MemoryError):
                raise  # the memory limit of the process made for this
            raise PluginError.at(
                Place(field=field),
                "the section kind “{kind}” (plugin {plugin}) failed: {error}",
                path=path_of(field),
                kind=kind.name,
                plugin=self._owners.get(kind.name, kind.model.__module__),
                error=repr(error),
            ) from error

    def _add_messages(self, parts: Iterable["_Part"]) -> None:
        """Give each section the message for its heading: the same number of clauses in all headings."""
        # A heading in the writer's own words stays, and does not affect the others.
        asking = [part for part in parts if not part.section.heading]
        found = [
            (part, clauses) for part in asking if (clauses := self._lines(f"{HEADINGS}{part.section.kind}.jinja", part))
        ]
        clauses_each = min((len(clauses) for _, clauses in found), default=0)
        for part, clauses in found:
            part.seen["message"] = self.formats.pattern("comma").join(clauses[: min(clauses_each, _MOST_CLAUSES)])

    def _overview(self, summary: WorkSummary, facts: Mapping[str, Any], parts: Sequence["_Part"]) -> list[Block]:
        """Return the overview: the totals of the period, the highlights, and the changes since an earlier year."""
        if not summary.overview:
            return []
        # If a kind has several sections, no single section has the total.
        number = Counter(part.section.kind for part in parts)
        whole = [part for part in parts if number[part.section.kind] == 1]
        totals = [each for part in whole for each in self._lines(f"{TOTALS}{part.section.kind}.jinja", part)]
        since, changes = changes_since(summary, {id(part.section): part.computed for part in parts})
        compared_with = plain(since)
        if len(totals) < _FEWEST_TOTALS and not (changes or summary.highlights):
            return []
        offered = ((part, each) for part in parts for each in part.offered)
        highlights = list(summary.highlights) or [
            line
            for part, each in shown(offered)
            for line in self._lines(
                f"{HIGHLIGHTS}{part.section.kind}.jinja", part, highlight={**plain(each.facts), "sort": each.sort}
            )
        ]
        seen = {
            **facts,
            "totals": tuple(totals) if len(totals) >= _FEWEST_TOTALS else (),
            "changes": changes,
            "compared_with": compared_with,
            "highlights": tuple(highlights),
        }
        return self._frame(OVERVIEW, seen)

    def _lines(self, name: str, part: "_Part", **more: Any) -> list[str]:
        """Return the lines of a text that a section kind need not have; passages written as text need none."""
        if not part.seen or not self._has(name):
            return []
        text = self._run(name, lambda: self._environment.run(self._compiled(name), part.seen, **more), part.field)
        return [line for each in text.split("\n") if (line := each.strip())]

    def _blocks(self, name: str, facts: Mapping[str, Any], field: str) -> Iterable[Draft]:
        sink = self._environment.sink()
        self._run(name, lambda: self._environment.run(self._compiled(name), facts, **{SINK: sink}), field)
        return sink

    def _run(self, name: str, act: Callable[[], T], field: str = "") -> T:
        """Return the result of a template; turn any exception into an error that names template and line."""
        try:
            if not self._guarded:
                return act()
            with Budget():
                return act()
        except TemplateSyntaxError as error:
            raise TemplateError.at(
                Place(field=field),
                "template {template}, line {line}: {problem}",
                path=path_of(field),
                template=error.filename or name,
                line=error.lineno,
                problem=getattr(error, "problem", error.message),
            ) from error
        except TemplateNotFound as error:
            raise TemplateError.at(
                Place(field=field),
                "there is no template “{name}” for {locale}, nor for its fallbacks: {chain}",
                path=path_of(field),
                name=error.name,
                locale=self.locale,
                chain=", ".join(self._chain[1:]),
            ) from error
        except KepuError:  # an error of a catalogue that is first used here
            raise
        except Exception as error:  # a user's template may raise anything
            if self._guarded and isinstance(error, MemoryError):
                raise
            file, line = _template_place(error, name)
            raise TemplateError.at(
                Place(field=field),
                "template {template}, line {line}: {problem}",
                path=path_of(field),
                template=file,
                line=line,
                problem=_problem(error),
            ) from error

    def _load(self, name: str) -> tuple[str, str | None, None] | None:
        """Return the source of a template and its file name, as Jinja2's ``FunctionLoader`` requires."""
        file = self.template(name)
        if file is None:
            return None
        source = _source(file, name)
        if self._stored is None or not self._stored.has(name, str(file), source):
            self.places(name)
        return source, str(file), None

    def template(self, name: str) -> Traversable | None:
        """Return the file of a template; ``name@1`` is the one that ``name`` replaces."""
        plain, _, place = name.partition(NTH)
        return next(islice(candidates(self._folders, self._chain, plain), int(place or 0), None), None)

    def blocks(self, name: str) -> tuple[str, ...]:
        """Return the names of a template's blocks. Raises ``TemplateError`` for a faulty or missing template."""
        return self._run(name, lambda: tuple(self.places(name)))

    def parsed(self, name: str) -> tuple[nodes.Template, ...]:
        """Return the syntax trees of a template and of those that it extends, in turn.

        Raises ``TemplateSyntaxError`` for a template that is faulty or cannot be compiled, ``TemplateNotFound``.
        """
        with Budget():
            self.places(name)
            self._compiled(name)
        file = self.template(name)
        assert file is not None  # noqa: S101  (it has been read)
        tree = self._environment.parse(_source(file, name), name, str(file))
        if next(tree.find_all(nodes.Extends), None) is None:
            return (tree,)
        return tree, *self.parsed(self._environment.join_path(DEFAULT, name))

    def places(self, name: str) -> Places:
        """Return the blocks of a template. Raises ``TemplateSyntaxError`` for a faulty one."""
        file = self.template(name)
        if file is None:
            raise TemplateNotFound(name)
        source = _source(file, name)
        below = self._environment.join_path(DEFAULT, name)
        extended = None if is_text(name) else lambda: self.places(below)
        return check_structure(self._environment, source, name, str(file), extended)


def _filled(
    document: Document, form: "FormProgram", facts: Mapping[str, Any], parts: Sequence[_Part], album: Album
) -> "FilledDocument":
    """Return a document with the content of a form; if a kind has several sections, its name refers to the first."""
    from kepu_docs.composing.forms.program import Material
    from kepu_docs.contract.forms import FilledDocument

    sections = {
        part.section.kind: part.seen.get("section") or section_facts(part.section, {}) for part in reversed(parts)
    }
    title = {"title": document.title}
    filling = form.fill(Material({**sections, **facts, **title}, document, album.picture))
    same = {each.name: getattr(document, each.name) for each in fields(document)}
    return FilledDocument(**same, filling=filling)


def is_text(name: str) -> bool:
    """Return whether a template is a text without block tags: the title, or the lines that section kinds provide."""
    return name.partition(NTH)[0] == _TITLE or name.startswith(TEXTS)


def record_text(summary: WorkSummary) -> str:
    """Return the record of a summary as documents carry it."""
    return summary.model_dump_json(exclude_unset=True)


def _template_place(error: Exception, name: str) -> tuple[str, int]:
    """Return file and line of the innermost template frame that an error passed through."""
    # Only files and lines: the source lines would be read from a disk that may have changed.
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    return next((place for place in reversed(frames) if place[0].endswith(".jinja")), (name, 0))


def _problem(error: Exception) -> str | Message:
    if isinstance(error, WordingError | UnknownFactError):
        return error.problem
    if isinstance(error, RecursionError):
        return "macros, blocks or lists stand too deep in one another"
    return (str(error) or repr(error))[:_LONGEST_PROBLEM]


def _source(file: Traversable, name: str) -> str:
    """Return the text of a template, with or without a byte order mark. Raises ``WordingSyntaxError``."""
    try:
        return decode(file.read_bytes())
    except EncodingError as error:
        raise WordingSyntaxError(error.problem, error.line, name, str(file)) from None
