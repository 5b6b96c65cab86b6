"""The PDF standards to which documents may conform."""

from typing import Final

from kepu_docs.plugin import N_, Place, RenderError

USUAL: Final = "a-3a"
NONE: Final = "none"
_ARCHIVE: Final = ("a-2b", "a-2u", "a-2a", "a-3b", "a-3u", USUAL)
_ACCESSIBLE: Final = "ua-1"
KNOWN: Final = (*_ARCHIVE, _ACCESSIBLE, NONE)


def standards(chosen: str) -> tuple[str, ...]:
    """Return the standards that ``chosen`` names: ``a-3a``, ``ua-1``, both with a comma, or ``none``.

    They are returned as Typst names them. An empty string means the default. Raises ``RenderError`` for other names,
    and for two archive standards at once.
    """
    names = tuple(name.strip() for name in (chosen or USUAL).lower().split(","))
    archives = [name for name in names if name in _ARCHIVE]
    if not set(names) <= set(KNOWN) or len(archives) > 1 or (NONE in names and len(names) > 1):
        text = N_(
            "there is no PDF standard “{standard}”; the standards are: {known}, and an archive "
            "standard (a-…) together with ua-1"
        )
        raise RenderError.at(Place(), text, standard=chosen, known=", ".join(KNOWN))
    return tuple(dict.fromkeys(name for name in names if name != NONE))


def holds_files(standards: tuple[str, ...]) -> bool:
    """Return whether documents of these standards may have other files attached: PDF/A-2 forbids it."""
    return not any(name.startswith("a-2") for name in standards)
