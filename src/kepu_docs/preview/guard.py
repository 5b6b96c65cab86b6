"""Access control for the live page: only its own address, requested from its own pages or from none.

The server listens on the loopback address alone, which every program of the machine and every page in its browsers can
reach. So the address has a token that cannot be guessed; ``Host`` must be the server's own, since a foreign host name
may also resolve to this machine; and requests of foreign pages are refused whatever they know.
"""

from collections.abc import Iterable
from secrets import compare_digest
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS: Final = ("127.0.0.1", "localhost")
_METHODS: Final = ("GET", "HEAD")
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAPER_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
"""For a document that is shown: nothing in it runs, and it loads nothing."""
_HEADERS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""For all responses that do not set their own."""


class Guard:
    """Refuses requests that do not come from the page itself, and sets the security headers of responses."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app = app
        self._token = token.encode()
        self._hosts = {f"{host}:{port}" for host in HOSTS} | ({*HOSTS} if port == 80 else set())
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                more = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message["headers"], *(each for each in more if each[0] not in given)]
            await send(message)

        status, reason = self._refusal(scope)
        app = PlainTextResponse(f"{reason}\n", status) if status else self._app
        await app(scope, receive, sent)

    def _refusal(self, scope: Scope) -> tuple[int, str]:
        """Return status and reason of a refusal; 0 for a request that is accepted."""
        headers = list(scope["headers"])
        if _values(headers, b"host") not in [[host] for host in self._hosts]:
            return 403, "wrong host"
        origins = _values(headers, b"origin")
        sites = _values(headers, b"sec-fetch-site")
        if any(origin not in self._origins for origin in origins) or any(
            site not in ("same-origin", "none") for site in sites
        ):
            return 403, "wrong origin"
        if scope["method"] not in _METHODS:
            return 405, "nothing is changed here"
        given = scope["path"].split("/")[1].encode("utf-8", "surrogatepass") if "/" in scope["path"] else b""
        if not compare_digest(given, self._token):
            return 403, "open the address that kepu-docs preview has shown"
        return 0, ""


def _values(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in headers if key == name]
