"""The size at which pictures are shown, alone and side by side; all lengths have the same unit."""

from collections.abc import Sequence


def fitted(width: float, height: float, room_width: float, room_height: float) -> tuple[float, float]:
    """Return the size of a picture of ``width`` and ``height``: that size, or smaller if there is no room."""
    scale = min(1.0, room_width / width, room_height / height)
    return width * scale, height * scale


def levelled(sizes: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the sizes of the pictures of a row, all with the height of the lowest one.

    If another picture would lose more than a third of its height, as beside a panorama or an icon, each keeps its own.
    """
    height = min(high for _, high in sizes)
    if 3 * height < 2 * max(high for _, high in sizes):
        return list(sizes)
    return [(wide * height / high, height) for wide, high in sizes]
