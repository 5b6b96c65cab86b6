"""A record with markup in every field: it is text on the page, and nothing else."""

from typing import Any

import pytest
from tests.kepu_html.pages import PAPER, elements, parsed, parsed_fragment, texts

from kepu_docs.pipeline import Engine
from kepu_docs.pipeline.engine import default_engine
from kepu_docs.schema.samples import Samples, everything
from kepu_docs.testing import missing
from kepu_html import HtmlRenderer

MARKUP = '</p></main></title></style></svg>--><script>alert(1)</script><img src=x onerror="alert(1)"> \' &lt; ]]>'


def hostile(engine: Engine) -> list[dict[str, Any]]:
    """Return a section of each kind whose texts begin with markup, as far as the kind takes it."""

    def text(path: tuple[str, ...], nth: int, limit: int) -> str:
        return f"{nth}{MARKUP}" if limit > len(MARKUP) + 4 else "<b>&amp;"[:limit]

    sections = []
    for name, kind in engine.registry.kinds.items():
        section = Samples(kind.model, text).section(name, everything)
        section.pop("photos", None)
        sections.append(section)
    return sections


@pytest.mark.parametrize("look", ["gongwen", "wechat"])
def test_markup_in_every_field_is_text(look: str) -> None:
    engine = default_engine()
    record = {
        "community": {"name": "试验社区<script>", "street": "<b>街道", "district": "<i>区"},
        "period": 2025,
        "opening": [MARKUP, "<!--"],
        "sections": accepted(engine, hostile(engine)),
        "closing": MARKUP,
        "attachments": [MARKUP],
        "signed_by": "<script>居民委员会",
        "addressee": f"{MARKUP}",
        "title": f"总结{MARKUP}",
    }
    document = engine.compose(engine.load(record))
    data = HtmlRenderer(look, toc=True).render(document)
    root = parsed(data) if look == "gongwen" else parsed_fragment(data)
    ours = HtmlRenderer(look, toc=True).render(PAPER)
    expected = parsed(ours) if look == "gongwen" else parsed_fragment(ours)
    assert {tag for tag, _ in elements(root)} <= {tag for tag, _ in elements(expected)}
    assert names(root) <= names(expected)
    assert data.count(b"&lt;script&gt;") > 20
    assert missing(texts(root), document) == ""


def names(root: Any) -> set[tuple[str, str]]:
    """Return which attributes there are of which elements."""
    return {(tag, key) for tag, given in elements(root) for key in given}


def accepted(engine: Engine, sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sections that the record may have; most kinds take any text."""
    from kepu_docs.errors import RecordError

    taken = []
    for section in sections:
        try:
            engine.load({"community": {"name": "试验社区"}, "period": 2025, "sections": [section]})
        except RecordError:
            continue
        taken.append(section)
    assert len(taken) >= 8
    return taken
