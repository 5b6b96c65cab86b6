"""Records from anywhere, documents without a disk: in a for loop, an async for loop, and a run that can be stopped."""

import asyncio
import io
import tempfile
import zipfile
from collections.abc import AsyncIterator, Iterator
from typing import Any, TypedDict

import sqlalchemy

import kepu_docs
from kepu_docs import WorkSummary
from kepu_docs.batch import Progress
from kepu_docs.schema import Community


class Named(TypedDict):
    """The data of a community."""

    name: str


class Data(TypedDict):
    """The data of a record."""

    community: Named
    period: int


def summaries() -> Iterator[WorkSummary]:
    """Yield summaries, one after the other."""
    for number in range(3):
        yield WorkSummary(community=Community(name=f"试验{number}社区"), period=2025)


async def arriving() -> AsyncIterator[dict[str, Any]]:
    """Yield data as it arrives."""
    for number in range(3):
        await asyncio.sleep(0)
        yield {"community": {"name": f"示例{number}社区"}, "period": 2025}


def archive() -> bytes:
    """Return an archive of documents, made without a disk."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in kepu_docs.iter_rendered(summaries(), ["docx", "txt"], on_fault="skip"):
            archive.writestr(name, data)
    return buffer.getvalue()


async def names() -> list[str]:
    """Return the names of documents that are made in another thread while this loop continues."""
    return [name async for name, _ in kepu_docs.iter_rendered(arriving(), "txt")]


def from_database() -> list[str]:
    """Return the names of documents made from the rows of a query."""
    engine = sqlalchemy.create_engine("sqlite://")
    select = sqlalchemy.select(sqlalchemy.literal("试验社区").label("name"), sqlalchemy.literal(2025).label("period"))
    return [name for name, _ in kepu_docs.iter_rendered(kepu_docs.rows(select, engine), "txt")]


class CancelledError(Exception):
    """The user cancels the run."""


def cancel(progress: Progress) -> None:
    """End the run."""
    raise CancelledError(f"after {progress.records}")


if __name__ == "__main__":
    print(zipfile.ZipFile(io.BytesIO(archive())).namelist())
    print(asyncio.run(names()))
    print(from_database())
    many: list[Data] = [{"community": {"name": f"试验{number}社区"}, "period": 2025} for number in range(60)]
    with tempfile.TemporaryDirectory() as folder:
        try:
            kepu_docs.render_batch(many, folder, formats=["txt"], jobs=1, progress=cancel)
        except CancelledError as error:
            print("cancelled", error)
        report = kepu_docs.render_batch(many, folder, formats=["txt"], jobs=1)
        print(report.made, report.unchanged)
    print(kepu_docs.check(many).records, kepu_docs.rollup(summaries(), name="试验区").number)
