"""Watching of files: each save of something that the page shows takes effect at once."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, Final

from anyio import to_thread
from watchfiles import awatch

from kepu_docs.preview.state import State
from kepu_docs.preview.watched import Marks, Watched

_STEP: Final = 15
"""Milliseconds without a change after which a save counts as complete."""
_DEBOUNCE: Final = 120
"""Milliseconds after which changes are processed even if more keep coming."""
_LOOK: Final = 250
"""Milliseconds between two checks whether there is something else to watch."""


class Watcher:
    """Watches the files of a state, until it is stopped."""

    def __init__(self, state: State, changed: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """``changed`` is called after each processed change."""
        self._state = state
        self._changed = changed
        self._marks: Marks = {}
        self.stopping = asyncio.Event()

    async def run(self) -> None:
        """Process changes until :attr:`stopping` is set."""
        self._marks = await to_thread.run_sync(self._watched().marks)
        while not self.stopping.is_set():
            try:
                await self._follow()
            except (OSError, RuntimeError):  # a folder removed before it could be watched; noticed in the next round
                await asyncio.sleep(_LOOK / 1000)

    def _watched(self) -> Watched:
        return self._state.watched

    async def _follow(self) -> None:
        """Watch the present folders until others must be watched."""
        watched = self._watched()
        folders = await to_thread.run_sync(watched.folders)
        is_first = True
        async for paths in self._changes(folders):
            concerned = {path for path in paths if watched.concerns(path)}
            if is_first or concerned:
                now = await to_thread.run_sync(watched.marks)
                # Changes before the watch began are not reported by it.
                missed = {path for path in {*now, *self._marks} if now.get(path) != self._marks.get(path)}
                concerned |= missed if is_first else set()
                self._marks, is_first = now, False
            if concerned:
                await to_thread.run_sync(self._state.refresh, concerned)
                await self._changed()
                if await to_thread.run_sync(self._watched().folders) != folders:
                    return
            # A folder of that name may be a different one now.
            if self._watched() != watched or not folders.isdisjoint(paths):
                return

    async def _changes(self, folders: frozenset[str]) -> AsyncIterator[set[str]]:
        """Yield the paths that changed in some folders; an empty set, from time to time, if nothing changes."""
        async for changes in awatch(
            *sorted(folders),
            recursive=False,
            step=_STEP,
            debounce=_DEBOUNCE,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            watch_filter=None,
            stop_event=self.stopping,
            ignore_permission_denied=True,
        ):
            yield {path for _, path in changes}
