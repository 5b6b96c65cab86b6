"""A user's Word template at ``--reference``: the result is a Word document that opens nothing by itself."""

import io
import re
import zipfile
from functools import cache

from tests.fuzzing.frame import Target
from tests.fuzzing.mutating import archives
from tests.fuzzing.targets.word import documents

import kepu_docs
from kepu_docs.schema import WorkSummary


@cache
def _summary() -> WorkSummary:
    sections = [{"kind": "training", "sessions": [{"topic": "应急救护", "attendance": 60}, {"topic": "识谣"}]}]
    return kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "sections": sections, "signed_by": "甲"})


def check(data: bytes) -> None:
    """Make a document with the template. Raises ``AssertionError`` for one that reaches out."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = kepu_docs.render(_summary(), "docx", reference=data)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if not name.endswith(".rels"):
                continue
            for relation in re.findall(rb"<Relationship\s[^>]*External[^>]*>", archive.read(name)):
                assert b"/hyperlink" in relation, relation


TARGET = Target(check, seeds=documents, mutate=archives)
