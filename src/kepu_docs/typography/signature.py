"""Where signing body and date stand at the end of a paper (GB/T 9704-2012, 7.3.5)."""


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
    """Return how far from the right edge signing body and date end; all is in characters, ``line`` the text's width.

    ``body`` and ``date`` are their widths, 0 where one is not there. With a seal the date keeps its distance from the
    edge and the body is centred above it. Without one the body keeps its distance and the date begins ``date_shift`` to
    the right of it; a date longer than the body keeps the distance instead, and the body moves left. What is too long
    for its place gives up the distance.
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
    """Return how wide a line of the signing body may be; all is in characters, as for :func:`signature_indents`.

    A body that leaves no distance to the edge goes over several lines, so that it keeps the distance, and the date its
    place below it. With a seal these are so narrow that they are centred above the date.
    """
    room = line - unsealed_indent
    if not sealed or body <= room:
        return room
    if not date:
        return line - sealed_indent
    # Half a character less at each side, because readers measure a little differently.
    return min(2 * sealed_indent + date - 1, room)
