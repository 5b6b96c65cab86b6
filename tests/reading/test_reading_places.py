"""What is read equals what was written, and every place points at its text; broken text raises only that error."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.depth import examples

from kepu_docs.contract.sources import Syntax
from kepu_docs.errors import RecordError
from kepu_docs.reading.records import RecordData, read_text

Path = tuple[str | int, ...]

JSON_TEXT = st.text(st.characters(), max_size=8)
YAML_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def values(text: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | text
    nested = st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4), max_leaves=12
    )
    return st.dictionaries(text, nested, min_size=1, max_size=4)


class Quoting(yaml.SafeDumper):
    """Puts every text in quotes, so that YAML 1.1 and 1.2 agree on it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, value
    if isinstance(value, dict | list):
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from walk(child, (*path, step))


def text_at(text: str, record: RecordData, path: Path, *, key: bool = False) -> str:
    place = record.place(path, key=key)
    assert place.line is not None
    assert place.column is not None
    return "\n".join(text.split("\n")[place.line - 1 :])[place.column - 1 :]


def same(left: Any, right: Any) -> bool:
    """Tell whether two values are equal with their types; 1, 1.0 and True are not."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


@given(values(JSON_TEXT), st.sampled_from([None, 0, 2]))
def test_json_comes_back_and_places_point_at_it(data: dict[str, Any], indent: int | None) -> None:
    text = json.dumps(data, indent=indent)
    record = read_text(text, name="r", syntax="json")
    assert same(record.data, data)
    decoder = json.JSONDecoder()
    for path, value in walk(data):
        assert same(decoder.raw_decode(text_at(text, record, path))[0], value)
        if path and isinstance(path[-1], str):
            assert decoder.raw_decode(text_at(text, record, path, key=True))[0] == path[-1]


@given(values(YAML_TEXT), st.booleans(), st.sampled_from([40, 1_000_000]))
@example({"a": "\x85\u2028\ufeff\x00\x7f"}, False, 40)
def test_yaml_comes_back_and_places_point_at_it(data: dict[str, Any], flow: bool, width: int) -> None:
    text = yaml.dump(data, Dumper=Quoting, allow_unicode=True, default_flow_style=flow, width=width, sort_keys=False)
    record = read_text(text, name="r", syntax="yaml")
    assert same(record.data, data)
    for path, value in walk(data):
        if isinstance(value, str):
            assert text_at(text, record, path).startswith('"')
        elif value is None or isinstance(value, bool | int):
            assert text_at(text, record, path).startswith(json.dumps(value))
        if path and isinstance(path[-1], str):
            assert text_at(text, record, path, key=True).startswith(('"', '? "'))


@given(values(YAML_TEXT))
def test_plain_yaml_keeps_text_as_text(data: dict[str, Any]) -> None:
    """Without forced quotes a dumper leaves some texts bare; they may not become anything but text or numbers."""
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    try:
        found = read_text(text, name="r", syntax="yaml").data
    except RecordError:
        return
    assert [path for path, _ in walk(found)] == [path for path, _ in walk(data)]


RECORDS: list[tuple[Syntax, str]] = [
    ("yaml", "community: {name: 试验社区, n: 1}\nopening: |\n  一段\nsections:\n  - kind: 'x'\n    n: [1.5, \"y\"]\n"),
    ("json", '{"community": {"name": "试验社区", "n": [1, 2.5, true, null]}, "p": "\\u4e00"}'),
    ("toml", "period = 2025\n[community]\nname = \"试验\"\n[[sections]]\nn = [1, {a = 1, b.c = '''x\ny'''}]\n"),
]


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=examples(400))
@given(st.sampled_from(RECORDS), st.data())
def test_broken_text_is_read_or_refused_with_a_place(record: tuple[Syntax, str], data: st.DataObject) -> None:
    syntax, text = record
    bits = st.text("\t\n\r :：-[]{}\"'#&*!|>%@`,.\\=a1试?~_+e\0\ufeff", max_size=3)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        text = text[:start] + data.draw(bits) + text[start + data.draw(st.integers(0, 5)) :]
    try:
        found = read_text(text, name="r", syntax=syntax)
    except RecordError as error:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for fault in error.faults:
            assert fault.message
            assert fault.place.line is not None
            assert 1 <= fault.place.line <= len(lines)
    else:
        for path, _ in walk(found.data):
            assert found.place(path).line is not None


YAML = """\
community:
  name: 试验社区
  code: "000101"
period: 2025
sections:
  - kind: training
    sessions:
      - {topic: 应急救护, attendance: 60}
  -
    kind: narrative
empty:
"""


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), "1:1", "1:1"),
        (("community",), "2:3", "1:1"),
        (("community", "code"), "3:9", "3:3"),
        (("community", "missing"), "2:3", "2:3"),
        (("sections", 0), "6:5", "6:5"),
        (("sections", 0, "sessions", 0, "attendance"), "8:35", "8:23"),
        (("sections", 0, "sessions", 5, "attendance"), "8:7", "8:7"),
        (("sections", 1, "kind"), "10:11", "10:5"),
        (("sections", "x"), "6:3", "6:3"),
        (("empty",), "11:7", "11:1"),
        (("nothing", 0, "x"), "1:1", "1:1"),
    ],
)
def test_places_in_yaml(path: Path, value: str, key: str) -> None:
    record = read_text(YAML, name="r", syntax="yaml")
    assert str(record.place(path)) == f"r:{value}"
    assert str(record.place(path, key=True)) == f"r:{key}"
    assert record.place(path).field == ""


def test_places_after_characters_outside_the_basic_plane() -> None:
    assert read_text("a: {𠮷😀: x, b: 1}", name="r", syntax="yaml").place(("a", "b")).column == 15
    assert read_text('{"𠮷😀": {"b": 1}}', name="r", syntax="json").place(("𠮷😀", "b")).column == 14
