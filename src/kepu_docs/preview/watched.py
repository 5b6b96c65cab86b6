"""What the live page watches: files by their paths, and folders with everything in them."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

Marks: TypeAlias = dict[str, tuple[int, int]]
"""When files were last changed, in nanoseconds, and their sizes, by their paths."""

MOST_FOLDERS: Final = 2_000
"""The most nested folders that are watched; a system allows some thousand watches for all programs together."""
_UNSEEN: Final = (".", "~$")
_CACHES: Final = ("__pycache__", "node_modules")


@dataclass(frozen=True, slots=True)
class Watched:
    """Absolute paths: ``files`` may not exist yet; everything in ``trees`` that is not hidden is watched."""

    files: frozenset[str] = frozenset()
    trees: frozenset[str] = frozenset()
    code: frozenset[str] = frozenset()
    """Files and folders of plugins under development."""

    def folders(self) -> frozenset[str]:
        """Return the folders that must be watched, each by itself: existing ones, or their nearest existing parents."""
        found = {_nearest(os.path.dirname(path)) for path in self.files}
        for root in (*self.trees, *self.code):
            # Replacing a whole folder is noticed from its parent.
            found.add(_nearest(os.path.dirname(root)))
            if os.path.isdir(root):
                found.update(_below(root))
        return frozenset(found)

    def concerns(self, path: str) -> bool:
        """Return whether a change of ``path`` affects anything that is watched."""
        if path in self.files or any(each.startswith(path + os.sep) for each in (*self.files, *self.trees, *self.code)):
            return True
        return any(_is_seen_below(path, root) for root in (*self.trees, *self.code))

    def is_code(self, path: str) -> bool:
        """Return whether ``path`` belongs to a plugin."""
        return any(path == root or _is_seen_below(path, root) for root in self.code)

    def marks(self) -> Marks:
        """Return when files were last changed, and their sizes: this reveals changes between two watches."""
        found: Marks = {}
        for path in (*self.files, *(path for folder in self._tree_folders() for path in _files(folder))):
            try:
                status = os.stat(path)
            except (OSError, ValueError):
                continue
            found[path] = (status.st_mtime_ns, status.st_size)
        return found

    def _tree_folders(self) -> Iterator[str]:
        for root in (*self.trees, *self.code):
            yield from _below(root)


def absolute(paths: Iterable[str]) -> frozenset[str]:
    """Return paths as they are watched: the paths themselves, and the targets of links."""
    found: set[str] = set()
    for path in paths:
        try:
            found.update((os.path.abspath(path), os.path.realpath(path)))
        except (OSError, ValueError):  # not a valid path
            continue
    return frozenset(found)


def _is_seen_below(path: str, root: str) -> bool:
    if path != root and not path.startswith(root + os.sep):
        return False
    return not any(part.startswith(_UNSEEN) or part in _CACHES for part in path[len(root) :].split(os.sep))


def _below(root: str) -> Iterator[str]:
    """Yield a folder and its visible subfolders."""
    for number, (folder, folders, _) in enumerate(os.walk(root)):
        folders[:] = sorted(name for name in folders if not name.startswith(_UNSEEN) and name not in _CACHES)
        if number >= MOST_FOLDERS:
            return
        yield folder


def _files(folder: str) -> Iterator[str]:
    try:
        names = os.listdir(folder)
    except OSError:
        return
    yield from (os.path.join(folder, name) for name in names if not name.startswith(_UNSEEN))


def _nearest(folder: str) -> str:
    """Return a folder, or its nearest existing parent."""
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder
