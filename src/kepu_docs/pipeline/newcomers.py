"""Communities without a record of the earlier time that a run compares with: a remark names them."""

from typing import Final

from kepu_docs.errors import N_, Fault, Place

_MOST_NAMES: Final = 5


class Newcomers:
    """The first few names, and the number of such communities."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._count = 0

    def add(self, name: str) -> None:
        """Note a community that has no earlier record."""
        self._count += 1
        if len(self._names) < _MOST_NAMES:
            self._names.append(name)

    def remarks(self) -> tuple[Fault, ...]:
        """Return the remark if any community was noted."""
        if not self._count:
            return ()
        names = ", ".join(self._names) + (", …" if self._count > _MOST_NAMES else "")
        text = N_("without earlier figures for comparison: {count} ({names})")
        return (Fault(Place(), text, (("count", self._count), ("names", names))),)
