"""Typst's compilers, shared by all typesetters of a process."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kepu_docs.plugin import N_, Place, RenderError
from kepu_pdf.fonts import typst_module


class Compilers:
    """Compilers that no thread uses just now: to make one takes longer than to set a page, and it keeps its fonts."""

    def __init__(self) -> None:
        self._free: list[Any] = []
        self._process = os.getpid()

    def pdf(self, program: Path, inputs: Mapping[str, str], standards: tuple[str, ...], timestamp: int) -> bytes:
        """Return the PDF that ``program`` makes of ``inputs``; it sees nothing but its own folder.

        Raises ``RenderError`` for what Typst refuses, and in a process that was forked from one where Typst had worked:
        its threads are not there, and it would wait for them for ever.
        """
        if os.getpid() != self._process:
            text = N_(
                "this process was forked from one that had made PDF documents, and Typst does not work in such a one; "
                "begin processes by “forkserver” or “spawn”"
            )
            raise RenderError.at(Place(), text)
        typst = typst_module()
        folder = str(program.parent)
        try:
            compiler = self._free.pop()
        except IndexError:
            compiler = typst.Compiler(str(program), root=folder)
        try:
            # A compiler goes on with the program of its last document, where it is not named again.
            made: bytes = compiler.compile(
                input=str(program),
                root=folder,
                format="pdf",
                sys_inputs=dict(inputs),
                pdf_standards=list(standards),
                timestamp=timestamp,
            )
        except typst.TypstError as error:
            text = N_("Typst cannot set this document: {reason}")
            raise RenderError.at(Place(), text, reason=str(error.message)) from None
        finally:
            self._free.append(compiler)
        return made


@cache
def compilers() -> Compilers:
    """Return the compilers of this process, from the first document on."""
    return Compilers()
