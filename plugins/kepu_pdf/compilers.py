"""Typst's compilers, shared by all typesetters of a process."""

import os
from collections.abc import Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kepu_docs.plugin import N_, Place, RenderError
from kepu_pdf.fonts import typst_module


class Kind(Enum):
    """The kind of output that Typst makes."""

    PDF = "pdf"
    PAGES = "svg"
    """An image of each page."""


class Job(NamedTuple):
    """A job for a compiler: the kind of output and the input."""

    inputs: Mapping[str, str]
    kind: Kind
    standards: tuple[str, ...]
    """The standards of a PDF."""
    timestamp: int
    """The day of the document, in seconds since 1970."""


class Compilers:
    """A pool of idle compilers: creating one takes longer than setting a page, and each keeps its fonts."""

    def __init__(self) -> None:
        self._free: list[Any] = []
        self._process = os.getpid()

    def run(self, program: Path, job: Job) -> tuple[bytes, ...]:
        """Return the files that ``program`` makes; it can read only its own folder.

        Raises ``RenderError`` for what Typst refuses, and in a process that was forked after Typst had run: the threads
        of Typst do not exist there, and it would wait for them forever.
        """
        if os.getpid() != self._process:
            text = N_(
                "this process was forked from one that has already made PDF documents, and Typst "
                "does not work in it; start processes with “forkserver” or “spawn”"
            )
            raise RenderError.at(Place(), text)
        typst = typst_module()
        folder = str(program.parent)
        try:
            compiler = self._free.pop()
        except IndexError:
            compiler = typst.Compiler(str(program), root=folder)
        try:
            # A compiler keeps the program of its last document unless one is named again.
            made: bytes | list[bytes] = compiler.compile(
                input=str(program),
                root=folder,
                format=job.kind.value,
                sys_inputs=dict(job.inputs),
                pdf_standards=list(job.standards),
                timestamp=job.timestamp,
            )
        except typst.TypstError as error:
            text = N_("Typst cannot set this document: {reason}")
            raise RenderError.at(Place(), text, reason=str(error.message)) from None
        finally:
            self._free.append(compiler)
        # A single page does not come as a list.
        return (made,) if isinstance(made, bytes) else tuple(made)


@cache
def compilers() -> Compilers:
    """Return the compilers of this process, which are created for the first document."""
    return Compilers()
