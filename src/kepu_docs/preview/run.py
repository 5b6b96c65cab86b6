"""Running the live page until somebody stops it."""

import asyncio
import logging
import secrets
import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType

import uvicorn

from kepu_docs.errors import N_, Place, SettingsError
from kepu_docs.preview.editor import Editor
from kepu_docs.preview.guard import HOSTS
from kepu_docs.preview.server import Desk
from kepu_docs.preview.state import State

_MOST_CONNECTIONS = 100
_ENDING_SECONDS = 2


class _Server(uvicorn.Server):
    """A server that ends its streams when it is stopped, and for which Ctrl-C is not a failure."""

    def __init__(self, config: uvicorn.Config, desk: Desk, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._desk = desk
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and report it."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams first, or they would be waited for; a page still being made is not waited for."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await self._desk.stop()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Treat a signal as a request to stop; it is not raised again."""
        self.should_exit = True


def listen(port: int) -> socket.socket:
    """Return a socket on the loopback address; port 0 is any that is free. Raises ``SettingsError``."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # where it would let another program take the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOSTS[0], port))
    except OSError as error:
        listening.close()
        text = N_("port {port} cannot be used: {reason}")
        raise SettingsError.at(Place(), text, port=port, reason=error.strerror or str(error)) from None
    return listening


def run(state: State, editor: Editor, listening: socket.socket, ready: Callable[[str], None]) -> None:
    """Serve the page of a state until somebody stops it; ``ready`` is called with its address when it can be opened."""
    sys.dont_write_bytecode = True  # two saves within one second look the same to Python's compiled files
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    asyncio.run(_serve(state, editor, listening, token, lambda: ready(f"http://{HOSTS[0]}:{port}/{token}/")))


async def _serve(state: State, editor: Editor, listening: socket.socket, token: str, ready: Callable[[], None]) -> None:
    desk = Desk(state, editor, token, listening.getsockname()[1])
    config = uvicorn.Config(
        desk.app,
        log_config=None,
        log_level=logging.ERROR,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws="none",
        http="h11",
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_ENDING_SECONDS,
    )
    server = _Server(config, desk, ready)
    if hasattr(signal, "SIGHUP"):
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, server.handle_exit, signal.SIGHUP, None)
    await server.serve(sockets=[listening])
