"""Files of a newer version are refused with what to do, before anything else is said of them or done to them."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.calling import kepu

import kepu_docs
from kepu_docs.pipeline import default_engine, record_schema

GOOD: dict[str, Any] = {"community": {"name": "试验社区"}, "period": 2025, "opening": "开头。"}


@pytest.mark.parametrize("key", ["format", "格式版本"])
def test_the_format_of_a_record_is_read_and_not_kept(key: str) -> None:
    assert kepu_docs.load({key: 1, **GOOD}) == kepu_docs.load(GOOD)


@pytest.mark.parametrize("key", ["format", "格式版本"])
def test_a_newer_record_has_one_fault(key: str, tmp_path: Path) -> None:
    file = tmp_path / "record.yaml"
    file.write_text(f"unknown: [1]\n{key}: 7\ncommunity: 5\ncommunity: 6\nperiod: never\n", encoding="utf-8")
    with pytest.raises(kepu_docs.RecordError) as error:
        kepu_docs.load(file)
    (fault,) = error.value.faults
    assert (fault.code, fault.path, fault.found) == ("record-newer-format", (key,), "7")
    assert (fault.place.line, fault.place.column) == (2, len(key) + 3)
    assert fault.text("zh_Hans") == "这份记录的格式版本是 7，当前版本的 kepu-docs 最高支持到 1；请升级 kepu-docs"


@pytest.mark.parametrize("value", [0, -1, "1", 1.0, True, None, [1], "2"])
def test_what_is_no_format_is_a_fault_among_the_others(value: object) -> None:
    with pytest.raises(kepu_docs.RecordError) as error:
        kepu_docs.load({**GOOD, "format": value, "signed_on": "soon"})
    assert sorted(fault.code for fault in error.value.faults) == ["record-wrong-day", "record-wrong-format"]
    (fault,) = (fault for fault in error.value.faults if fault.code == "record-wrong-format")
    assert fault.expected == "1"
    assert fault.found


@pytest.mark.deep
def test_the_schema_knows_it() -> None:
    engine = default_engine()
    for locale, keys in (("", {"format"}), ("zh_Hans", {"format", "格式版本"}), ("zh_Hant", {"format", "格式版本"})):
        schema = record_schema(engine.registry, engine.languages.words(locale) if locale else None)
        found = {key: schema["properties"][key]["maximum"] for key in keys}
        assert found == dict.fromkeys(keys, 1)
        assert not keys & set(schema["required"] if not locale else ())


def test_a_batch_leaves_the_folder_of_a_newer_one_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text(json.dumps(GOOD, ensure_ascii=False), encoding="utf-8")
    command = ("batch", "record.json", "-o", "out", "-f", "txt", "-j", "1", "-q")
    assert kepu(*command, folder=tmp_path).returncode == 0
    manifest = tmp_path / "out" / "manifest.jsonl"
    (line,) = manifest.read_text(encoding="utf-8").splitlines()
    newer = json.dumps({**json.loads(line), "format": 2, "more": {}}, ensure_ascii=False)
    # The newer line stands behind one that this version reads.
    manifest.write_text(f"{line}\n{newer}\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    done = kepu(*command, folder=tmp_path)
    assert done.returncode == 1
    assert "manifest.jsonl: this manifest has format 2; this version of kepu-docs reads up to 1" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


@pytest.mark.deep
def test_a_manifest_may_say_the_format_that_is_known(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text(json.dumps(GOOD, ensure_ascii=False), encoding="utf-8")
    command = ("batch", "record.json", "-o", "out", "-f", "txt", "-j", "1", "-q")
    kepu(*command, folder=tmp_path)
    manifest = tmp_path / "out" / "manifest.jsonl"
    line = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps({**line, "format": 1}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert "0 made, 1 unchanged" in kepu(*command, folder=tmp_path).stdout
