"""Where a link of a page leads on the site: files that are not on it are shown by the repository."""

import posixpath
from collections.abc import Collection
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

BRANCH = "main"


def address(link: str, page: str, *, root: Path, on_site: Collection[str], repository: str) -> str:
    """Return what to write for a link of ``page``, a path in ``docs/``; ``on_site`` are the files of ``docs/`` there.

    A link to a file or folder of ``root`` that the site does not have becomes one to the repository; a folder with a
    ``README.md`` becomes that page. A link to what there is not is left as it is: the strict build finds it.
    """
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return link
    target = posixpath.normpath(posixpath.join("docs", posixpath.dirname(page), unquote(parts.path)))
    inside = target.removeprefix("docs/")
    if inside != target and inside in on_site:
        return link
    there = root / target
    if target.startswith("..") or not there.exists():
        return link
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if inside != target and f"{inside}/README.md" in on_site:
        return f"{parts.path.rstrip('/')}/README.md{fragment}"
    kind = "tree" if there.is_dir() else "blob"
    return f"{repository}/{kind}/{BRANCH}/{quote(target)}{fragment}"
