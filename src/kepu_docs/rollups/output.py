"""The summaries of bodies as files: records, or documents that carry them."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Final

import yaml

from kepu_docs.composing.snapshots import Snapshot
from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.errors import N_, OutputError, Place
from kepu_docs.locale.chain import DEFAULT_LOCALE
from kepu_docs.output.files import write_files
from kepu_docs.pipeline import Engine, NamesTaken, make_folder
from kepu_docs.pipeline.locations import locations
from kepu_docs.rollups.report import RolledUp

_WIDEST: Final = 1_000_000
_SUFFIXES: Final = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}


@dataclass(frozen=True, slots=True)
class Form:
    """As what the summaries are written. ``formats`` are those in a folder: of documents, ``yaml`` or ``json``."""

    RECORDS: ClassVar[tuple[str, ...]] = ("yaml", "json")

    formats: tuple[str, ...] = ("docx",)
    locale: str = DEFAULT_LOCALE
    options: RenderOptions = field(default_factory=RenderOptions)
    embed: bool = True
    templates: Snapshot | None = None
    convert: bool = False
    """Whether documents show the records' words in Traditional characters; records do not."""


def write_results(
    engine: Engine, results: Sequence[RolledUp], output: Path, form: Form, sources: Sequence[str] = ()
) -> Iterator[Path]:
    """Write the summaries and yield the paths: one to a file, where ``output`` ends as one, else into a folder.

    Raises ``OutputError``, also where a file would take the place of one of the ``sources``; and what composing and
    rendering raise.
    """
    read = [location.path for location in locations(engine, sources)]
    renderers = engine.registry.renderers.values()
    suffixes = {**_SUFFIXES, **{renderer.suffix: renderer.format for renderer in renderers}}
    suffix = output.suffix.lower()
    if suffix in suffixes and not output.is_dir():
        if len(results) != 1:
            text = N_("there are {count} summaries to write; name a folder, not a file")
            raise OutputError.at(Place(str(output)), text, count=len(results))
        _check([output], read)
        write_files([(output, _content(engine, results[0], suffixes[suffix], form))])
        yield output
        return
    make_folder(output)
    names = NamesTaken()
    endings = {format_name: suffix for suffix, format_name in reversed(suffixes.items())}
    for result in results:
        files = [(endings[name], _content(engine, result, name, form)) for name in form.formats]
        longest = max((ending for ending, _ in files), key=len)
        shown = engine.converted(result.summary, form.locale).summary if form.convert else result.summary
        title = engine.composer(form.locale, form.templates).title(shown)
        stem = names.take(title, longest).removesuffix(longest)
        paths = [(output / (stem + ending), data) for ending, data in files]
        _check([path for path, _ in paths], read)
        write_files(paths)
        yield from (path for path, _ in paths)


def _check(paths: Sequence[Path], read: Sequence[str]) -> None:
    """Raise ``OutputError`` for a path that is that of a file which was read, by whatever name."""
    known = set()
    for source in read:
        with suppress(OSError, ValueError):
            status = os.stat(source)
            known.add((status.st_dev, status.st_ino))
    for path in paths:
        with suppress(OSError):
            status = os.stat(path)
            if (status.st_dev, status.st_ino) in known:
                raise OutputError.at(
                    Place(str(path)), "this is one of the sources; give another name, or another folder"
                )


def _content(engine: Engine, result: RolledUp, format_name: str, form: Form) -> bytes:
    if format_name == "json":
        return (json.dumps(result.data, ensure_ascii=False, indent=1) + "\n").encode()
    if format_name == "yaml":
        dumped = yaml.safe_dump(dict(result.data), allow_unicode=True, sort_keys=False, width=_WIDEST)
        return str(dumped).encode()
    document = engine.compose(
        result.summary, form.locale, embed=form.embed, templates=form.templates, convert=form.convert
    )
    return engine.render(document, format_name, form.options)
