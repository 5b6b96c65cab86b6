"""Templates and catalogues on disk or in a package: the files to use for a locale."""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable


def installed() -> Traversable:
    """Return the folder of the templates and catalogues that come with kepu-docs."""
    return files("kepu_templates")


def candidates(folders: Iterable[Traversable], locales: Iterable[str], name: str) -> Iterator[Traversable]:
    """Yield the files called ``name`` (with ``/`` between its parts), in order of precedence.

    A nearer locale takes precedence over an earlier folder, so that a folder with a template in only one language does
    not put that language into the documents of others.
    """
    shelves = tuple(folders)
    for locale in locales:
        for folder in shelves:
            file = folder.joinpath(locale, *name.split("/"))
            if file.is_file():
                yield file


def locales(folders: Iterable[Traversable], name: str) -> tuple[str, ...]:
    """Return the locales that have a file called ``name`` in one of ``folders``, in the order of their names."""
    return tuple(
        sorted({member.name for folder in folders for member in folder.iterdir() if member.joinpath(name).is_file()})
    )


def has_words(folders: Iterable[Traversable], locales: Iterable[str]) -> bool:
    """Return whether one of ``folders`` has anything in one of ``locales``."""
    shelves = tuple(folders)
    return any(folder.joinpath(locale).is_dir() for locale in locales for folder in shelves)
