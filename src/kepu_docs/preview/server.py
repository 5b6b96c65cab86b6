"""The routes of the live page, and the events that report each save to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from kepu_docs.errors import KepuError
from kepu_docs.preview.editor import Editor
from kepu_docs.preview.guard import PAPER_POLICY, Guard
from kepu_docs.preview.page import written_faults, written_page
from kepu_docs.preview.state import State
from kepu_docs.preview.watching import Watcher

_ALIVE: Final = 15.0
"""Seconds after which a stream sends a sign of life."""
_SURVEY_AFTER: Final = 0.5
"""Seconds after a change before the other records are checked: the one that is shown comes first."""
_SURVEY_STEP: Final = 0.02
_SURVEY_SHOWN: Final = 1.0
"""Seconds between two events that report the progress of these checks."""
_MEDIA: Final = {"pages": "image/svg+xml", "web": "text/html; charset=utf-8", "text": "text/plain; charset=utf-8"}
_STATIC: Final = {"preview.js": "text/javascript; charset=utf-8", "preview.css": "text/css; charset=utf-8"}


class Desk:
    """The live page of one state: answers requests, and notifies pages of changes."""

    def __init__(self, state: State, editor: Editor, token: str, port: int) -> None:
        self.state = state
        self._editor = editor
        self._token = token
        self._port = port
        self._news = asyncio.Condition()
        self._surveying = asyncio.Event()
        self.watcher = Watcher(state, self._changed)

    @property
    def app(self) -> ASGIApp:
        """The application."""
        start = f"/{self._token}"
        routes = [
            Route(f"{start}/", self._page),
            Route(f"{start}/events", self._events),
            Route(f"{start}/paper/{{digest}}", self._part),
            Route(f"{start}/download/{{name}}", self._download),
            *(Route(f"{start}/{name}", self._static) for name in _STATIC),
        ]
        app = Starlette(routes=routes, lifespan=self._lifespan)
        app.router.redirect_slashes = False
        return Guard(app, self._token, self._port)

    async def stop(self) -> None:
        """End the streams of events, and the file watcher."""
        self.watcher.stopping.set()
        self._surveying.set()
        async with self._news:
            self._news.notify_all()

    @asynccontextmanager
    async def _lifespan(self, _: object) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(self.watcher.run()), asyncio.create_task(self._survey())]
        self._surveying.set()
        try:
            yield
        finally:
            await self.stop()
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task

    async def _changed(self) -> None:
        self._surveying.set()
        await self._tell()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def _survey(self) -> None:
        """Check all records of the list after each change, a few at a time."""
        while not self.watcher.stopping.is_set():
            await self._surveying.wait()
            self._surveying.clear()
            await asyncio.sleep(_SURVEY_AFTER)
            loop = asyncio.get_running_loop()
            shown, version, more = loop.time(), self.state.version, True
            while more and not self.watcher.stopping.is_set():
                more = await to_thread.run_sync(self.state.survey, _SURVEY_STEP)
                await asyncio.sleep(0.01)
                if self.state.version != version and (not more or loop.time() - shown > _SURVEY_SHOWN):
                    shown, version = loop.time(), self.state.version
                    await self._tell()

    async def _page(self, request: Request) -> Response:
        query = dict(request.query_params)
        if not self.state.is_followed:
            await to_thread.run_sync(self.state.refresh)
        view = await to_thread.run_sync(self.state.view, query)
        return HTMLResponse(await to_thread.run_sync(written_page, view, self._editor))

    async def _events(self, request: Request) -> Response:
        headers = {"cache-control": "no-store"}
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=headers)

    async def _stream(self) -> AsyncIterator[bytes]:
        """Yield the version at once, and after each change."""
        yield b"retry: 1000\n"
        known = ""
        while not self.watcher.stopping.is_set():
            version = self.state.version
            if version != known:
                known = version
                yield f"event: version\ndata: {version}\n\n".encode()
            try:
                async with asyncio.timeout(_ALIVE), self._news:
                    await self._news.wait_for(partial(self._is_news, known))
            except TimeoutError:
                yield b": still here\n\n"

    def _is_news(self, known: str) -> bool:
        return self.state.version != known or self.watcher.stopping.is_set()

    async def _part(self, request: Request) -> Response:
        found = self.state.part(request.path_params["digest"])
        if found is None:
            return _nothing()
        form, content = found
        headers = {"content-security-policy": PAPER_POLICY, "cache-control": "private, max-age=3600, immutable"}
        return Response(content, media_type=_MEDIA[form], headers=headers)

    async def _download(self, request: Request) -> Response:
        query = dict(request.query_params)
        try:
            made = await to_thread.run_sync(self.state.download, query, request.path_params["name"])
        except KepuError as error:
            translate = self.state.translation(query)
            faults = written_faults(error.faults, translate)
            return PlainTextResponse("".join(f"{place} {message}\n".lstrip() for place, message in faults), 409)
        if made is None:
            return _nothing()
        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(made.name, safe='')}",
            "content-security-policy": PAPER_POLICY,
        }
        return Response(made.content, media_type=made.media_type, headers=headers)

    async def _static(self, request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        return Response(files(__package__).joinpath(name).read_bytes(), media_type=_STATIC[name])


def _nothing() -> Response:
    return PlainTextResponse("there is nothing of that name\n", 404)
