"""The placement of signing body and date at the end of a paper (GB/T 9704-2012, 7.3.5)."""


def signature_indents(
    body: float,
    date: float,
    line: float,
    *,
    sealed: bool,
    sealed_indent: float = 4.0,
    unsealed_indent: float = 2.0,
    date_shift: float = 2.0,
) -> tuple[float, float]:
    """Return how far from the right edge signing body and date end; all in characters, ``line`` is the text's width.

    ``body`` and ``date`` are their widths, 0 if one is missing. With a seal the date keeps its distance from the edge
    and the body is centred above it. Without one the body keeps its distance and the date begins ``date_shift`` to the
    right of it; a date longer than the body keeps the distance instead, and the body moves left. A text that is too
    long for its place gives up the distance.
    """
    if not (body and date):
        body_right = date_right = sealed_indent if sealed else unsealed_indent
    elif sealed:
        date_right = sealed_indent
        body_right = date_right + (date - body) / 2
    elif date > body:
        date_right = unsealed_indent
        body_right = date_right + date + date_shift - body
    else:
        body_right = min(unsealed_indent, line - body)
        date_right = body_right + body - date_shift - date
    return max(min(body_right, line - body), 0.0), max(min(date_right, line - date), 0.0)


def signature_room(
    body: float,
    date: float,
    line: float,
    *,
    sealed: bool,
    sealed_indent: float = 4.0,
    unsealed_indent: float = 2.0,
) -> float:
    """Return the width of a line of the signing body; all in characters, as for :func:`signature_indents`.

    A body that leaves no distance to the edge is broken into several lines, so that it keeps the distance, and the date
    its place below it. With a seal the lines are so narrow that they can be centred above the date.
    """
    room = line - unsealed_indent
    if not sealed or body <= room:
        return room
    if not date:
        return line - sealed_indent
    # Half a character less on each side, because readers measure slightly differently.
    return min(2 * sealed_indent + date - 1, room)
