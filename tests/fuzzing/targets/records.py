"""Records in YAML, JSON, TOML and JSON Lines: read, validated, composed, rendered.

The first byte chooses the syntax. A record that loads must render in a format, and be read back from its own JSON
unchanged.
"""

import io
import json
from collections.abc import Iterator
from typing import Final, Literal

from tests.fuzzing.frame import Bytes, Target
from tests.fuzzing.mutating import texts, trees

from kepu_docs.pipeline import default_engine
from kepu_sources.json_records import json_records

SYNTAXES: Final[tuple[Literal["json", "yaml", "toml"], ...]] = ("json", "yaml", "toml")
LINES: Final = 3


def check(data: bytes) -> None:
    """Load a record and make a document of it."""
    if not data:
        return
    which = data[0] % 4
    if which == LINES:
        for _ in json_records(io.BytesIO(data[1:]), "a", "", len(data)):
            pass
        return
    engine = default_engine()
    summary = engine.read(data[1:], SYNTAXES[which], "a")
    if len(data) < 20_000:
        engine.render(engine.compose(summary), "txt")
    again = engine.load(json.loads(summary.model_dump_json(exclude_unset=True)))
    assert again == summary


def seeds() -> Iterator[bytes]:
    """Yield a rich record in each syntax."""
    rich = {
        "community": {"name": "试验社区", "code": "000101", "residents": 8600},
        "period": "2025-Q3",
        "opening": ["开头。"],
        "sections": [
            {
                "kind": "training",
                "sessions": [{"topic": "应急救护", "held_on": "2025-04-12", "attendance": "近60人次"}],
            },
            {
                "kind": "activities",
                "activities": [{"name": "讲座", "category": "读书", "times": 3}],
                "months": [{"month": 3, "times": 2}],
            },
            {"kind": "narrative", "heading": "其他", "paragraphs": ["甲。"], "points": ["乙。"]},
        ],
        "signed_by": "试验社区",
        "signed_on": "2025-12-20",
    }
    text = json.dumps(rich, ensure_ascii=False)
    yield b"\0" + text.encode()
    yield b"\1" + text.encode()
    yield "\1community: {name: 试验社区}\nperiod: 2025\nopening: |\n  开头。\nsections:\n- kind: narrative\n  heading: 其他\n  points: [甲, 乙]\n".encode()
    yield (
        b"\2"
        + 'period = 2025\nopening = "开头。"\n[community]\nname = "试验社区"\n[[sections]]\nkind = "narrative"\nheading = "其他"\nparagraphs = ["甲。"]\n'.encode()
    )
    yield b"\3" + (text + "\n").encode() * 3


_words = texts(
    (":", "- ", "\n", "  ", "{", "}", "[", "]", "&a ", "*a", "<<", "!!", "|", ">", "?", "---", "...", '"', "'", "#", "[[", "]]", "=", "\\u", "\\ud800", "null", "true", ".inf", "0x", "kind", "sections")
)  # fmt: skip


def mutate(data: bytes, longest: int, seed: int, change: Bytes) -> bytes:
    """Change JSON as a tree, and the others word by word."""
    if not data or data[0] % 4 == 0:
        return trees(data, longest, seed, change)
    return data[:1] + _words(data[1:], max(longest - 1, 1), seed, change)


TARGET = Target(check, seeds=seeds, mutate=mutate)
