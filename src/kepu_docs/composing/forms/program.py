"""A form prepared to run: each of its parts is a template of numbers and tags, one on each line.

So the line of an error identifies a tag. The output of a part is split again into the numbers of the fixed parts and
the values between them. Both are marked with control characters, which no value contains.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from traceback import walk_tb
from typing import Any, Final

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from kepu_docs.blocks import (
    AttachmentNote,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Signature,
    Table,
)
from kepu_docs.composing.budget import Budget, ExhaustedError
from kepu_docs.composing.environment import called
from kepu_docs.composing.forms import words
from kepu_docs.composing.forms.environment import EXACT, SET, FormEnvironment, SetValue, exactly
from kepu_docs.composing.forms.names import FormNames
from kepu_docs.composing.forms.walk import FormWalk
from kepu_docs.composing.known_facts import Known
from kepu_docs.composing.pictures import Picture
from kepu_docs.composing.problems import UnknownFactError, WordingError
from kepu_docs.composing.structure import TOO_DEEP, first_problem
from kepu_docs.contract.forms import (
    FilledBlocks,
    FilledPart,
    FilledPicture,
    FilledValue,
    Filling,
    FormPart,
    FormPlan,
    FormTag,
)
from kepu_docs.errors import N_, Fault, Message, Place, TemplateError
from kepu_docs.errors.first_faults import first_faults

MOST_TAGS: Final = 1_000
"""The most tags of a form. A form with a place for each figure of a record has some hundreds."""
LONGEST_TAG: Final = 2_000
"""In characters."""
STATEMENTS: Final = ("for", "endfor", "if", "elif", "else", "endif", "set")
"""The statements that are allowed in tags."""
_LONGEST_PROBLEM: Final = 500
_MARK: Final = "\0"
_NUMBER: Final = "c"
_VALUE: Final = "t"
# The text that completes a tag, so that it can be parsed by itself.
_ENDS: Final = {
    "for": ("{%% %s %%}{%% endfor %%}"),
    "if": ("{%% %s %%}{%% endif %%}"),
    "elif": ("{%% if true %%}{%% %s %%}{%% endif %%}"),
    "else": ("{%% if true %%}{%% %s %%}{%% endif %%}"),
    "set": ("{%% %s %%}"),
}
# Replaces a tag that cannot be parsed, so that the others are checked all the same.
_IN_PLACE: Final = {"for": "for _ in []", "if": "if false", "elif": "elif false", "else": "else", "set": "set _ = 0"}
_met = re.compile(r"(?:got|unexpected(?: char)?) '([^']{1,50})'")
"""What Jinja2 says that it found instead of what it expected."""
_day = re.compile(r"\d{4}-\d\d-\d\d")
_OF_FLOATS: Final = frozenset(".e")
_size = re.compile(r"\s*(\d{1,4}(?:\.\d{1,3})?)\s*(cm|mm|厘米|毫米|公分|釐米|毫米)\s*")
_MILLIMETRES: Final = {"mm": 1.0, "毫米": 1.0}
MOST_MILLIMETRES: Final = 1_000.0


@dataclass(frozen=True, slots=True)
class Material:
    """The content to fill a form with: facts by name, the sections' blocks by kind, and the photographs.

    ``facts`` include those of the sections, by their kind. ``picture`` returns a photograph by its file name, ``None``
    for one that the record does not have.
    """

    facts: Mapping[str, Any]
    document: Document
    picture: Callable[[str], Picture | None]

    @property
    def text(self) -> tuple[Block, ...]:
        """All blocks except the signature, for which a form has its own places."""
        return tuple(block for block in self.document.blocks if not isinstance(block, Signature))

    def section(self, kind: str) -> tuple[Block, ...]:
        """Return the blocks of all sections of a kind."""
        document = self.document
        return tuple(
            block
            for span in document.sections
            if span.kind == kind
            for block in document.blocks[span.start : span.stop]
        )


@dataclass(frozen=True, slots=True)
class FormUse:
    """What a form uses: facts of the record and section kinds by name, and whether it uses the whole text.

    ``shown`` are all facts that it shows, each with the model of its parent.
    """

    facts: frozenset[str]
    shown: frozenset[tuple[type, str]]
    sections: frozenset[str]
    whole: bool


class FormProgram:
    """A form that can be filled with any number of records; nothing of them is kept."""

    def __init__(
        self,
        plan: FormPlan,
        environment: FormEnvironment,
        frame: Known,
        names: FormNames,
    ) -> None:
        """Compile ``plan``; ``frame`` describes the facts of a record and its section kinds.

        Raises ``TemplateError`` with all faults of the form.
        """
        self.plan = plan
        # Sections that a record does not have are empty.
        self._usual = dict.fromkeys(frame.names or ())
        self._environment = environment
        reader = _Reader(environment, frame, names)
        trees = [reader.part(part) for part in plan.parts]
        faults = [*plan.faults, *reader.faults]
        if sum(isinstance(piece, FormTag) for part in plan.parts for piece in part) > MOST_TAGS:
            faults.append(Fault(Place(), N_("a form may have at most {limit} placeholders"), (("limit", MOST_TAGS),)))
        if faults:
            raise TemplateError(first_faults(faults))
        self.use = FormUse(frozenset(reader.used), frozenset(reader.shown), frozenset(reader.sections), reader.whole)
        self._templates = [self._compiled(tree, number) for number, tree in enumerate(trees)]

    def _compiled(self, tree: nodes.Template, number: int) -> Template:
        environment = self._environment
        name = f"form {number}"
        with Budget():
            code = environment.compile(tree, name, name)
        return environment.template_class.from_code(environment, code, environment.make_globals(None))

    def fill(self, material: Material) -> Filling:
        """Return the content of the form for one record. Raises ``TemplateError`` that names the tag that failed."""
        values: list[FilledBlocks | FilledPicture] = []
        facts = {
            **self._usual,
            **material.facts,
            **words.CONSTANTS,
            words.ROW_NUMBER: None,
            words.FULL_TEXT: _kept(values, material.text),
            words.SECTION: lambda kind, **options: _section(values, material, kind, **options),
            words.PHOTO: lambda photo=None, **options: _photo(values, material, photo, **options),
        }
        parts = tuple(
            self._filled(part, template, facts, values)
            for part, template in zip(self.plan.parts, self._templates, strict=True)
        )
        return Filling(self.plan.digest, parts)

    def _filled(
        self, part: FormPart, template: Template, facts: dict[str, Any], values: list[FilledBlocks | FilledPicture]
    ) -> FilledPart:
        try:
            with Budget():
                printed = template.render(facts)
        except Exception as error:  # a user's form may raise anything
            raise _failed(error, part) from error
        return tuple(_pieces(printed, part, values))


class _Reader:
    """Parses the parts of a form, and collects all faults."""

    def __init__(self, environment: FormEnvironment, frame: Known, names: FormNames) -> None:
        self._environment = environment
        self._frame = frame
        self._names = names
        self.faults: list[Fault] = []
        self.used: set[str] = set()
        self.shown: set[tuple[type, str]] = set()
        self.sections: set[str] = set()
        self.whole = False

    def part(self, part: FormPart) -> nodes.Template:
        """Return the template of a part, with the names of facts in it."""
        lines = [self._line(place, piece) for place, piece in enumerate(part)]
        source = "\n".join(lines)
        try:
            tree = Parser(self._environment, source, "form", "form").parse()
        except (TemplateSyntaxError, RecursionError) as error:
            self._report(part, getattr(error, "lineno", 1), _unreadable(error))
            return nodes.Template([], lineno=1)
        found = first_problem(tree, texts=False)
        if found is not None:
            self._report(part, found[1], found[0])
            return nodes.Template([], lineno=1)
        walk = FormWalk(
            self._frame,
            self._names,
            self._environment.filters,
            self._environment.tests,
            lambda line, problem: self._report(part, line, problem),
        )
        walk.template(tree)
        self.used |= walk.used
        self.shown |= walk.shown
        self.sections |= walk.sections
        self.whole |= any(node.name == words.FULL_TEXT for node in tree.find_all(nodes.Name))
        for name in tree.find_all(nodes.Name):
            tag = _tag_at(part, name.lineno)
            if tag is not None and tag.kind == "value":
                refusal = tag.no_pictures if name.name == words.PHOTO else tag.no_blocks
                if name.name in (words.FULL_TEXT, words.SECTION, words.PHOTO) and refusal is not None:
                    self._report(part, name.lineno, refusal)
        for output in tree.find_all(nodes.Output):
            for place, child in enumerate(output.nodes):
                tag = _tag_at(part, child.lineno)
                if tag is not None and tag.typed and not isinstance(child, nodes.TemplateData):
                    output.nodes[place] = called(exactly, child, line=child.lineno)
        for path, (most, line) in walk.indexes.items():
            check = called(_held, _facts_at(path, line), nodes.Const(most), line=line)
            tree.body.insert(0, nodes.ExprStmt(check, lineno=line))
        tree.set_environment(self._environment)
        return tree

    def _line(self, place: int, piece: int | FormTag) -> str:
        if isinstance(piece, int):
            return f"{_MARK}{_NUMBER}{piece}{_MARK}"
        word = piece.source.split(None, 1)[0] if piece.source.strip() else ""
        is_value = piece.kind == "value"
        problem = self._problem(piece, word, is_value)
        if problem is not None:
            self.faults.append(_fault(piece, problem))
        if is_value:
            shown = "none" if problem is not None else piece.source
            return f"{_MARK}{_VALUE}{place}{_MARK}{{{{ {shown} }}}}{_MARK}"
        if problem is not None:
            return f"{{% {_IN_PLACE[word]} %}}" if word in _IN_PLACE else ""
        return f"{{% {piece.source} %}}"

    def _problem(self, tag: FormTag, word: str, is_value: bool) -> Message | None:
        """Return the fault of a single tag, if it has one."""
        source = tag.source
        if len(source) > LONGEST_TAG:
            return Message.of(N_("a placeholder may have at most {limit} characters"), limit=LONGEST_TAG)
        if is_value:
            whole = f"{{{{ {source} }}}}"
        elif word in _ENDS:
            whole = _ENDS[word] % source
        elif word in STATEMENTS:
            return None
        else:
            return Message.of(
                N_("“{word}” is not a tag of forms; the tags are: {known}"), word=word, known=_shown_tags()
            )
        try:
            tree = Parser(self._environment, whole, "form", "form").parse()
        except (TemplateSyntaxError, RecursionError) as error:
            return _unreadable(error)
        found = first_problem(tree)
        return found[0] if found is not None else None

    def _report(self, part: FormPart, line: int, problem: Message) -> None:
        self.faults.append(_fault(_tag_at(part, line), problem))


def _facts_at(path: str, line: int) -> nodes.Expr:
    """Return the expression of a path of names."""
    root, *steps = path.split(".")
    found: nodes.Expr = nodes.Name(root, "load", lineno=line)
    for step in steps:
        found = nodes.Getattr(found, step, "load", lineno=line)
    return found


def _shown_tags() -> str:
    return ", ".join(STATEMENTS)


def _tag_at(part: FormPart, line: int) -> FormTag | None:
    piece = part[line - 1] if 0 < line <= len(part) else None
    return piece if isinstance(piece, FormTag) else None


def _fault(tag: FormTag | None, problem: Message) -> Fault:
    if tag is None:
        return Fault(Place(), problem.text, problem.values)
    return Fault(Place(), N_("the form, {where}: {problem}"), (("where", tag.where), ("problem", problem)))


def _unreadable(error: Exception) -> Message:
    if isinstance(error, RecursionError):
        return TOO_DEEP
    reason = (str(getattr(error, "message", "")) or str(error))[:_LONGEST_PROBLEM]
    found = _met.search(reason)
    if found is None:
        return Message.of(N_("this cannot be read: {reason}"), reason=reason)
    if found[1].startswith("end of "):
        return Message(N_("this is not complete: something is missing at its end"))
    return Message.of(N_("this cannot be understood from “{found}” on"), found=found[1])


def _failed(error: Exception, part: FormPart) -> TemplateError:
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename.startswith("form ")]
    if isinstance(error, WordingError | UnknownFactError):
        problem = error.problem
    elif isinstance(error, RecursionError):
        problem = TOO_DEEP
    elif isinstance(error, ExhaustedError):
        problem = Message.of(N_("it uses too many resources: {reason}"), reason=str(error))
    else:
        problem = Message.of(
            N_("this cannot be calculated: {reason}"), reason=(str(error) or repr(error))[:_LONGEST_PROBLEM]
        )
    return TemplateError([_fault(_tag_at(part, lines[-1]) if lines else None, problem)])


def _pieces(
    printed: str, part: FormPart, values: list[FilledBlocks | FilledPicture]
) -> Iterator[int | str | FilledBlocks | FilledPicture | FilledValue]:
    """Yield the output of a part, split into pieces."""
    found = iter(printed.split(_MARK))
    for each in found:
        if each.startswith(_NUMBER):
            yield int(each[1:])
        elif each.startswith(_VALUE):
            tag = int(each[1:])
            value = next(found)
            if value.startswith(SET):
                yield _set(values[int(value[1:])], tag, part)
            else:
                yield _exact(value) if value.startswith(EXACT) else value


def _exact(printed: str) -> FilledValue:
    """Return the number or day for a place that holds an exact value."""
    _, number, unit, text = printed.split(EXACT)
    if _day.fullmatch(number):
        return FilledValue(text, datetime.date.fromisoformat(number), unit)
    return FilledValue(text, float(number) if set(number) & _OF_FLOATS else int(number), unit)


def _set(value: FilledBlocks | FilledPicture, place: int, part: FormPart) -> FilledBlocks | FilledPicture:
    tag = part[place]
    assert isinstance(tag, FormTag)  # noqa: S101  (the mark has its place)
    refusal = tag.no_pictures if isinstance(value, FilledPicture) else tag.no_blocks
    if refusal is not None:
        raise TemplateError([_fault(tag, refusal)])
    if isinstance(value, FilledPicture):
        return FilledPicture(place, value.figure, value.width, value.height)
    return FilledBlocks(place, value.blocks)


def _kept(values: list[FilledBlocks | FilledPicture], blocks: tuple[Block, ...]) -> SetValue:
    values.append(FilledBlocks(0, blocks))
    return SetValue(len(values) - 1, sum(map(_length, blocks)))


def _section(
    values: list[FilledBlocks | FilledPicture], material: Material, kind: str, *, heading: bool = True
) -> SetValue:
    blocks = material.section(kind)
    if not heading and blocks and isinstance(blocks[0], Heading) and blocks[0].level == 1:
        first = blocks[0]
        blocks = (*((Paragraph(first.body),) if first.body else ()), *blocks[1:])
    return _kept(values, blocks)


def _photo(
    values: list[FilledBlocks | FilledPicture],
    material: Material,
    photo: Any,
    *,
    width: Any = None,
    height: Any = None,
) -> SetValue | None:
    """Return a photograph of the record, from an entry of its ``photos`` or a file name; nothing for nothing."""
    if photo is None:
        return None
    file = photo.get("file") if type(photo) is dict else photo
    if type(file) is not str:
        raise WordingError(
            Message(N_("a photograph is an entry among the photographs of a section, or the name of its file"))
        )
    picture = material.picture(file)
    if picture is None:
        raise WordingError(Message.of(N_("the record has no photograph “{file}”"), file=file[:100]))
    alt = (photo.get("alt") or photo.get("caption") or "") if type(photo) is dict else ""
    figure = Figure(*picture, alt=alt or material.document.title)
    values.append(FilledPicture(0, figure, _millimetres(width), _millimetres(height)))
    return SetValue(len(values) - 1, 1)


def _millimetres(size: Any) -> float:
    if size is None:
        return 0.0
    found = _size.fullmatch(size) if type(size) is str else None
    value = float(found[1]) * _MILLIMETRES.get(found[2], 10.0) if found else 0.0
    if not 0 < value <= MOST_MILLIMETRES:
        raise WordingError(
            Message.of(N_("“{size}” is not a size such as {example}"), size=str(size)[:50], example="6cm")
        )
    return value


def _length(block: Block) -> int:
    """Return how many characters of text a block shows."""
    match block:
        case Heading():
            return len(block.number) + len(block.text) + len(block.body)
        case Paragraph():
            return len(block.text)
        case ListBlock():
            return sum(len(item.number) + len(item.lead) + len(item.text) for item in block.items)
        case Table():
            heads = sum(len(column.title) for column in block.columns)
            return heads + sum(map(len, (cell for row in block.rows for cell in row))) + len(block.caption)
        case Chart():
            return _length(block.table)
        case Figure():
            return len(block.caption)
        case AttachmentNote():
            return len(block.lead) + sum(map(len, block.names))
        case _:
            return 0


def _held(entries: Any, most: int) -> str:
    """Print nothing for a list that fits into the form. Raises ``WordingError`` for a longer one."""
    if isinstance(entries, list | tuple) and len(entries) > most:
        text = N_("there are {found} entries, {surplus} more than the form's {limit} rows")
        raise WordingError(Message.of(text, found=len(entries), surplus=len(entries) - most, limit=most))
    return ""
