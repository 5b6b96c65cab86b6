"""A starter record: every field with an example and its explanation, optional fields commented out."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kepu_docs.errors import N_
from kepu_docs.locale.words import Words
from kepu_docs.registry import Registry
from kepu_docs.schema import Period, Quantity
from kepu_docs.schema.explanations import explanation_of
from kepu_docs.schema.record import is_rolled_up
from kepu_docs.schema.shapes import children, choices_of, is_list, types_of
from kepu_docs.starters.examples import examples

_HEAD: Final = (
    N_("The record of a work summary. Fill in what you know, and remove the # in front of each line that you use."),
    N_("Leave the # in front of what you do not know; it leaves no trace in the document."),
    N_("Figures may be written in everyday form: 300, 300余, 近1万, 3,000."),
)

DOTS: Final = "……"
"""The placeholder for a text without an example."""


def starter_record(registry: Registry, kinds: Sequence[str], words: Words) -> str:
    """Return a starter record in YAML with one section of each of the kinds, in the language of ``words``.

    It loads as it is, and also with the comment marks of all its fields removed.
    """
    lines = [f"# {words.translate(text)}" for text in _HEAD]
    lines.append("")
    for name, field in registry.model.model_fields.items():
        if name != "sections":
            lines += _marked(registry.model, name, field, words)
            continue
        lines += ["", f"# {words.about(explanation_of(registry.model, name))}", f"{words.key(registry.model, name)}:"]
        for kind in kinds:
            model = registry.kinds[kind].model
            about = words.about(model.__doc__ or kind)
            fields = _model_lines(model, words, mark=True, skip=("kind",))
            key = f"{words.key(model, 'kind')}: {words.choice(kind)}"
            lines += ["", f"  - {key}  # {about}", *_indented(fields, "    ")]
        lines.append("")
    return "\n".join(lines) + "\n"


def _marked(owner: type[BaseModel], name: str, field: FieldInfo, words: Words) -> Iterable[str]:
    """Return the lines of a field; those of an optional field begin with a comment mark."""
    if field.is_required():
        return _field_lines(owner, name, field, words, mark=True)
    return _indented(_field_lines(owner, name, field, words, mark=False), "# ")


def _model_lines(model: type[BaseModel], words: Words, *, mark: bool, skip: Sequence[str] = ()) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if name not in skip and not is_rolled_up(field):
            yield from (
                _marked(model, name, field, words) if mark else _field_lines(model, name, field, words, mark=False)
            )


def _field_lines(owner: type[BaseModel], name: str, field: FieldInfo, words: Words, *, mark: bool) -> Iterator[str]:
    """Yield the lines of a field; ``mark`` says whether its optional fields are commented out."""
    about, key = words.about(explanation_of(owner, name)), words.key(owner, name)
    models = children(owner, name)
    if len(models) > 1:
        yield f"{key}:  # {about}"
        yield f"  - {DOTS}"
        for form in models:
            yield from _indented(_model_lines(form, words, mark=False), "  - ", rest="    ")
        return
    model = next(iter(models), None)
    if model is None or issubclass(model, Quantity | Period):
        choices = choices_of(owner, name)
        shown = (
            words.choice(choices[0]) if choices else _shown(examples(owner, name), list(types_of(field)).count(tuple))
        )
        yield f"{key}: {shown}  # {about}"
        return
    yield f"{key}:  # {about}"
    if is_list(field):
        yield from _indented(_model_lines(model, words, mark=False), "  - ", rest="    ")
    else:
        yield from _indented(_model_lines(model, words, mark=mark), "  ")


def _shown(words: list[str], lists: int) -> str:
    """Return the example of a field whose texts are in ``lists`` nested lists."""
    if not lists:
        return (words or [DOTS])[0]
    shown = json.dumps(words or [DOTS], ensure_ascii=False)
    return "[" * (lists - 1) + shown + "]" * (lists - 1)


def _indented(lines: Iterable[str], first: str, rest: str | None = None) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield (first if number == 0 or rest is None else rest) + line
