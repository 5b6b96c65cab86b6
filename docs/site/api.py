"""The pages that mkdocstrings fills with what docstrings say: a module each, each name in full on one of them."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import kepu_docs
from kepu_docs import errors, plugin, testing

RETURNED = (
    "kepu_docs.batch.batch.BatchReport",
    "kepu_docs.batch.batch_run.Progress",
    "kepu_docs.batch.rendered.RenderedDocuments",
    "kepu_docs.checking.remarks.CheckReport",
    "kepu_docs.rollups.report.RollupReport",
    "kepu_docs.importing.result.ImportedSummary",
    "kepu_docs.pipeline.traditional.Converted",
)
"""What functions of the library return, or call a function of yours with, under no name of `kepu_docs`."""
ACCEPTED = (
    "kepu_docs.pipeline.objects.Records",
    "kepu_docs.pipeline.engine.UnknownSections",
    "kepu_docs.batch.rendered.OnFault",
    "kepu_docs.rollups.bodies.By",
)
"""Types of their parameters."""

Groups = Iterable[tuple[str, Iterable[str]]]


def pages(subject_of: Callable[[str], str], subjects: Sequence[str]) -> Mapping[str, str]:
    """Return the pages, by their paths; names of `kepu_docs.plugin` are grouped by their subjects."""
    of_errors = [name for name, thing in vars(errors).items() if _is_of(errors, name, thing)]
    taken = {id(getattr(errors, name)) for name in of_errors}
    functions = [name for name in kepu_docs.__all__ if inspect.isfunction(getattr(kepu_docs, name))]
    classes = [
        name
        for name in kepu_docs.__all__
        if inspect.isclass(getattr(kepu_docs, name)) and id(getattr(kepu_docs, name)) not in taken
    ]
    library = _page(
        "Library: `kepu_docs`",
        "What programs call. [The library](../library.md) shows it at work.",
        (
            ("Functions", _of("kepu_docs", functions)),
            ("Classes", _of("kepu_docs", classes)),
            ("What functions return", RETURNED),
            ("Types of parameters", ACCEPTED),
        ),
    )
    library += _elsewhere(kepu_docs, set(kepu_docs.__all__) - {*functions, *classes, "__version__"})
    library += "\n## Version\n\n`kepu_docs.__version__` is the version that is installed, a `str`.\n"
    taken |= {id(getattr(kepu_docs, name)) for name in classes}
    of_plugin = [name for name in plugin.__all__ if id(getattr(plugin, name)) not in taken]
    authors = _page(
        "Plugins: `kepu_docs.plugin`",
        "All that a plugin may import. [Plugins](../plugins/README.md) explain the hooks; "
        "[the list](../plugins/reference.md) has the same names, a line or two each.",
        (
            (
                subject,
                _of("kepu_docs.plugin", sorted((n for n in of_plugin if subject_of(n) == subject), key=str.lower)),
            )
            for subject in subjects
        ),
    ) + _elsewhere(plugin, set(plugin.__all__) - set(of_plugin))
    return {
        "api/library.md": library,
        "api/errors.md": _page(
            "Errors: `kepu_docs.errors`",
            "What functions raise, and what it consists of. [Errors](../errors.md) lists their codes, with cause and cure.",
            (("Errors and warnings", _of("kepu_docs.errors", of_errors)),),
        ),
        "api/plugin.md": authors,
        "api/testing.md": _page(
            "Tests of plugins: `kepu_docs.testing`",
            "What plugins are tested with. [Testing a plugin](../plugins/testing.md) shows it at work.",
            (("Contracts, strategies and tools", _of("kepu_docs.testing", sorted(testing.__all__, key=str.lower))),),
        ),
    }


def _is_of(module: Any, name: str, thing: Any) -> bool:
    return inspect.isclass(thing) and thing.__module__ == module.__name__ and not name.startswith("_")


def _of(module: str, names: Iterable[str]) -> list[str]:
    return [f"{module}.{name}" for name in names]


def _page(title: str, text: str, groups: Groups) -> str:
    return "".join(_parts(title, text, groups))


def _parts(title: str, text: str, groups: Groups) -> Iterator[str]:
    yield f"# {title}\n\n{text}\n"
    for heading, names in groups:
        yield f"\n## {heading}\n"
        for name in names:
            yield f"\n::: {name}\n"


def _elsewhere(module: Any, names: Iterable[str]) -> str:
    """Return the names of a module that another page has in full, with links to there."""
    links = [f"- [`{name}`][{_path(getattr(module, name))}]\n" for name in sorted(names)]
    return f"\n## Also in `{module.__name__}`\n\n" + "".join(links) if links else ""


def _path(thing: Any) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"
