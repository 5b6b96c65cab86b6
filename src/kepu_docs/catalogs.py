"""Catalogues of several folders as one; a file that cannot be read is named."""

from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable

from kepu_docs.errors import Place, TemplateError
from kepu_docs.locale.catalog import Catalog
from kepu_docs.resources import candidates


def read_catalog(folders: Iterable[Traversable], locales: Iterable[str], name: str) -> Catalog:
    """Return the labels of the files called ``name``; of one label, the file that :func:`candidates` has first counts.

    Raises ``TemplateError`` for a file that is no catalogue.
    """
    place = Place()

    def contents() -> Iterator[bytes]:
        nonlocal place
        for file in candidates(folders, locales, name):
            place = Place(str(file))
            yield file.read_bytes()

    try:
        return Catalog.read(contents())
    except (ValueError, LookupError) as error:
        # Of its text, of its charset, or of its rule of plurals.
        raise TemplateError.at(place, "the catalogue cannot be read: {reason}", reason=str(error)) from error
