"""A starter record: every field with an example and its explanation, what is optional commented out."""

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Final, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kepu_docs.errors import N_
from kepu_docs.pipeline.languages import Words, explanation
from kepu_docs.registry import Registry
from kepu_docs.schema import Count, Measure, Period, Quantity, Share
from kepu_docs.vocabulary import choices_of

_HEAD: Final = (
    N_("A record of a work summary. Fill in what you know, and take the mark # away in front of what you use."),
    N_("What is not known stays behind its mark: it leaves no trace in the document."),
    N_("Figures may be written as people write them: 300, 300余, 近1万, 3,000."),
)

_EXAMPLES: Final[dict[Any, str]] = {
    Count: "300",
    Measure: "120",
    Share: "95",
    Period: "2025-09",
    datetime.date: "2025-12-20",
    int: "2025",
    str: "……",
}

# A description ends with an example after its last colon: 'Its name: 试验社区.'
_example_in_description = re.compile(r": ([^:]+)\.$")


def starter_record(registry: Registry, kinds: Sequence[str], words: Words) -> str:
    """Return a starter record in YAML with one section of each of the kinds, in the language of ``words``.

    It loads as it is, and so it does with the marks of all its fields taken away.
    """
    lines = [f"# {words.translate(text)}" for text in _HEAD]
    lines.append("")
    for name, field in registry.model.model_fields.items():
        if name != "sections":
            lines += _marked(registry.model, name, field, words)
            continue
        lines += ["", f"# {words.about(field.description)}", f"{words.key(registry.model, name)}:"]
        for kind in kinds:
            model = registry.kinds[kind].model
            about = words.about(model.__doc__ or kind)
            fields = _model_lines(model, words, mark=True, skip=("kind",))
            key = f"{words.key(model, 'kind')}: {words.choice(kind)}"
            lines += ["", f"  - {key}  # {about}", *_indented(fields, "    ")]
        lines.append("")
    return "\n".join(lines) + "\n"


def _marked(owner: type[BaseModel], name: str, field: FieldInfo, words: Words) -> Iterable[str]:
    """Return the lines of a field; those of an optional one begin with a comment mark."""
    if field.is_required():
        return _field_lines(owner, name, field, words, mark=True)
    return _indented(_field_lines(owner, name, field, words, mark=False), "# ")


def _model_lines(model: type[BaseModel], words: Words, *, mark: bool, skip: Sequence[str] = ()) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if name not in skip:
            yield from (
                _marked(model, name, field, words) if mark else _field_lines(model, name, field, words, mark=False)
            )


def _field_lines(owner: type[BaseModel], name: str, field: FieldInfo, words: Words, *, mark: bool) -> Iterator[str]:
    """Yield the lines of a field; ``mark`` says whether optional fields in it are commented out."""
    about, key = words.about(field.description), words.key(owner, name)
    types = list(_types(field.annotation))
    is_list = tuple in types
    model = next((each for each in types if isinstance(each, type) and issubclass(each, BaseModel)), None)
    if model is None or issubclass(model, Quantity | Period):
        choices, in_english = choices_of(owner, name), explanation(field.description)
        shown = words.choice(choices[0]) if choices else _example(types, in_english, is_list=is_list)
        yield f"{key}: {shown}  # {about}"
        return
    yield f"{key}:  # {about}"
    lines = list(_model_lines(model, words, mark=mark and not is_list))
    yield from _indented(lines, "  - " if is_list else "  ", rest="    " if is_list else "  ")


def _example(types: list[Any], about: str, *, is_list: bool) -> str:
    """Return an example: the one in the description (the first of several, but for a list), or one of the type."""
    found = _example_in_description.search(about)
    kind = next(each for each in types if each in _EXAMPLES)
    words = found[1].split(", ") if found and kind in (str, int, Period) else [_EXAMPLES[kind]]
    return json.dumps(words, ensure_ascii=False) if is_list else words[0]


def _indented(lines: Iterable[str], first: str, rest: str | None = None) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield (first if number == 0 or rest is None else rest) + line


def _types(annotation: Any) -> Iterator[Any]:
    """Yield the types in an annotation, from the outside inwards."""
    origin = get_origin(annotation)
    yield origin or annotation
    for part in get_args(annotation)[: 1 if origin is Annotated else None]:
        yield from _types(part)
