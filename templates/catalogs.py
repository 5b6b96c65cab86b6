"""Bring the catalogues up to date with the code: ``python templates/catalogs.py``; ``--check`` shows what they lack.

Each locale has ``interface.po`` (messages, help and explanations of fields, in English as in the code) and ``keys.po``
(names of the fields and choices of a record, and of the words of forms). New texts are added without a translation;
unused ones are dropped. A text that has changed keeps its old translation, marked ``fuzzy``, until somebody has checked
it.
"""

import ast
import difflib
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import typer
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po
from pydantic import BaseModel

from kepu_docs.cli.app import app
from kepu_docs.cli.interface import help_texts
from kepu_docs.composing.forms.names import WORD
from kepu_docs.composing.forms.words import WORDS
from kepu_docs.locale.words import explanation
from kepu_docs.registry import Registry
from kepu_docs.schema.explanations import explanation_of
from kepu_docs.schema.shapes import children, choices_of

ROOT = Path(__file__).parents[1]
SOURCES = (
    ROOT / "src" / "kepu_docs",
    *(
        ROOT / "plugins" / name
        for name in (
            "kepu_word",
            "kepu_excel",
            "kepu_markdown",
            "kepu_text",
            "kepu_html",
            "kepu_pdf",
            "kepu_rules",
            "kepu_sources",
        )
    ),
)
LOCALES = ("zh_Hans", "zh_Hant")
FOLDER = ROOT / "templates" / "kepu_templates"

# For each function that takes a text to translate: the index of that argument.
_CALLS = {"N_": 0, "of": 0, "at": 1, "Fault": 1, "refusal": 1}
_CLOSE = 0.8

Key = tuple[str, str]


def main() -> None:
    """Write the catalogues or, with ``--check``, report what they lack and exit with 1."""
    check = "--check" in sys.argv[1:]
    wanted = {"interface.po": interface_texts(), "keys.po": names()}
    problems = [
        problem
        for locale in LOCALES
        for name, keys in wanted.items()
        for problem in update(FOLDER / locale / name, locale, keys, write=not check)
    ]
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    if check and problems:
        sys.exit("catalogues are not complete; run “make catalogs” and translate what is empty or fuzzy")


def interface_texts() -> list[Key]:
    """Return all texts that users see in their own language."""
    texts = {text for folder in SOURCES for file in sorted(folder.rglob("*.py")) for text in marked(file)}
    texts.update(help_texts(typer.main.get_command(app)))
    for model in models():
        texts.add(explanation(model.__doc__))
        texts.update(explanation(explanation_of(model, name)) for name in model.model_fields)
    return [("", text) for text in sorted(texts - {""})]


def names() -> list[Key]:
    """Return the names of all fields and choices of a record, and of the words of forms."""
    keys: set[Key] = {("choice", kind) for kind in Registry.load().kinds}
    keys.update((WORD, word) for word in WORDS)
    for model in models():
        for name in model.model_fields:
            keys.add(("key", name))
            keys.update(("choice", choice) for choice in choices_of(model, name))
    return sorted(keys)


def models() -> Iterator[type[BaseModel]]:
    """Yield each model of a record once."""
    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [Registry.load().model]
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            yield model
            waiting += [child for name in model.model_fields for child in children(model, name)]


def marked(file: Path) -> Iterator[str]:
    """Yield the texts in a module that are marked for translation or passed to a translating function."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = _CALLS.get(function)
        if place is None or len(node.args) <= place:
            continue
        match node.args[place]:
            case ast.Constant(value=str(text)):
                yield text


def update(path: Path, locale: str, keys: Iterable[Key], *, write: bool) -> Iterator[str]:
    """Make a catalogue hold ``keys`` and the names it has for one model only; yield what is not translated."""
    old = {(message.context or "", str(message.id)): message for message in read(path) if message.id}
    new = Catalog(locale=locale)
    wanted = set(keys)
    # A name for one model only (Person.title) is the translator's own.
    wanted |= {(context, key) for context, key in old if context == "key" and "." in key}
    for context, text in sorted(wanted):
        known = old.get((context, text)) or (_resembling(text, old, wanted) if not context else None)
        fuzzy = known is not None and known.id != text
        flags = {"fuzzy"} if fuzzy or (known is not None and known.fuzzy) else set()
        new.add(text, known.string if known else "", context=context or None, flags=flags)
        if known is None or not known.string or flags:
            yield f"{path.relative_to(ROOT)}: {'fuzzy' if flags else 'missing'}: {text}"
    shown = written(new)
    if write:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(shown)
    elif not path.exists() or path.read_bytes() != shown:
        yield f"{path.relative_to(ROOT)}: not up to date"


def _resembling(text: str, old: dict[Key, Message], wanted: set[Key]) -> Message | None:
    gone = {key[1]: message for key, message in old.items() if key not in wanted and not key[0]}
    close = difflib.get_close_matches(text, gone, n=1, cutoff=_CLOSE)
    return gone[close[0]] if close else None


def read(path: Path) -> Catalog:
    """Return a catalogue; an empty one if there is no file."""
    return read_po(BytesIO(path.read_bytes() if path.exists() else b""))


def written(catalog: Catalog) -> bytes:
    """Return a catalogue in the form of its file."""
    stream = BytesIO()
    write_po(stream, catalog, width=0, omit_header=True, sort_output=True)
    header = f'msgid ""\nmsgstr ""\n"Language: {catalog.locale}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return header.encode() + stream.getvalue()


if __name__ == "__main__":
    main()
