"""The live page, requested in this process, without a server and without waiting for saves."""

import asyncio
import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Final

import httpx2

from kepu_docs.pipeline import default_engine
from kepu_docs.preview.choices import Choices
from kepu_docs.preview.editor import Editor
from kepu_docs.preview.server import Desk
from kepu_docs.preview.state import State, Subject

EXAMPLES: Final = Path(__file__).parents[2] / "docs" / "examples"
TOKEN: Final = "a-token"
PORT: Final = 8765
HOST: Final = f"127.0.0.1:{PORT}"
RECORD: Final = """\
community: {name: 试验社区, residents: 8600}
period: 2025
sections:
  - kind: training
    sessions:
      - {topic: 应急救护, held_on: 2025-04-12, attendance: 60}
"""


def state_of(*source: Path, usual: Choices | None = None, **subject: object) -> State:
    """Return the state of a live page; ``subject`` is what else a ``Subject`` has."""
    given = Subject(tuple(map(str, source)), **subject)  # type: ignore[arg-type]
    return State(default_engine(), given, usual or Choices())


@dataclass
class Page:
    """A page as it was answered."""

    status: int
    text: str
    headers: dict[str, str]
    content: bytes = field(repr=False)

    def section(self, name: str) -> str:
        """Return the text of a section without its markup."""
        found = re.search(rf'<(\w+) id="{name}".*?</\1>', self.text, re.DOTALL)
        assert found, f"no {name} in {self.text}"
        return " ".join(unescape(re.sub("<[^>]*>", " ", found[0])).split())

    def links(self, text: str) -> list[str]:
        """Return the addresses of the links with some text."""
        return [
            unescape(address)
            for address, shown in re.findall(r'<a[^>]*href="([^"]*)"[^>]*>([^<]*)', self.text)
            if shown == text
        ]


def ask(state: State, path: str = "", method: str = "GET", *, token: str = TOKEN, **headers: str) -> Page:
    """Return the answer to a request; ``headers`` count before those that a browser would send."""

    async def asked() -> httpx2.Response:
        desk = Desk(state, Editor("vscode://file/{path}:{line}:{column}"), TOKEN, PORT)
        transport = httpx2.ASGITransport(desk.app)
        async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, f"/{token}/{path}", headers={"host": HOST, **sent})

    answer = asyncio.run(asked())
    return Page(answer.status_code, answer.text, dict(answer.headers), answer.content)
