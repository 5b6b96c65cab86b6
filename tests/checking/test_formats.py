"""The formats of a report: golden files, and what programs that read them rely on."""

import json
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest
from tests.checking.records import CHINESE, YAML, put

from kepu_docs.checking import Checker, CheckReport, Remark, Settings
from kepu_docs.checking.check_run import check
from kepu_docs.checking.formats import FORMATS
from kepu_docs.checking.formats.github import github
from kepu_docs.checking.formats.text_report import MOST_ALIKE
from kepu_docs.errors import Fault, Message, Place
from kepu_docs.pipeline import default_engine
from kepu_docs.testing import golden

GOLDEN: Final = Path(__file__).with_name("golden")
RULES: Final = Checker(default_engine(), Settings()).rules


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CheckReport:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, a_yaml=YAML, b_yaml=CHINESE, c_yaml="community: {nmae: 甲}\nperiod: 2025\n")
    return check(default_engine(), ["a.yaml", "b.yaml", "c.yaml"], Settings())


def unversioned(text: str) -> str:
    from importlib.metadata import version

    return text.replace(f'"version": "{version("kepu-docs")}"', '"version": "VERSION"')


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
@pytest.mark.parametrize("name", FORMATS)
def test_golden(report: CheckReport, name: str, locale: str) -> None:
    translate = default_engine().languages.translation(locale) if locale != "en" else str
    shown = unversioned(FORMATS[name](report, RULES, translate))
    if name == "sarif" and locale != "zh_Hans":
        return  # long, and no different
    golden(GOLDEN / f"report.{locale}.{name}.txt", shown)


# What SARIF 2.1.0 (OASIS, 3.13 to 3.30) asks of the properties that are written here.
SARIF: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "rules": {"type": "array", "uniqueItems": True, "items": {"required": ["id"]}}
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"type": "object", "required": ["text"]},
                                "properties": {"type": "object"},
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "required": ["artifactLocation"],
                                                "properties": {
                                                    "artifactLocation": {
                                                        "properties": {
                                                            "uri": {"type": "string", "format": "uri-reference"}
                                                        }
                                                    },
                                                    "region": {
                                                        "type": "object",
                                                        "required": ["startLine"],
                                                        "properties": {
                                                            "startLine": {"type": "integer", "minimum": 1},
                                                            "startColumn": {"type": "integer", "minimum": 1},
                                                            "endColumn": {"type": "integer", "minimum": 1},
                                                        },
                                                    },
                                                },
                                            },
                                            "logicalLocations": {
                                                "type": "array",
                                                "items": {"required": ["fullyQualifiedName"]},
                                            },
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_sarif(report: CheckReport) -> None:
    log = json.loads(FORMATS["sarif"](report, RULES, str))
    jsonschema.validate(log, SARIF, format_checker=jsonschema.FormatChecker())
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(report.remarks)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] in ("a.yaml", "b.yaml", "c.yaml")


def remark(**fields: Any) -> Remark:
    return Remark("total", "error", **{"place": Place("a.yaml", 3, 7, "x"), "message": Message("no"), **fields})


def shown(name: str, *remarks: Remark, **more: Any) -> str:
    return FORMATS[name](CheckReport(remarks, 1, **more), RULES, str)


def test_names_of_files_in_sarif() -> None:
    odd = remark(place=Place("科普 总结#1.yaml", 1, 1), file="科普 总结#1.yaml")
    (result,) = json.loads(shown("sarif", odd))["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "%E7%A7%91%E6%99%AE%20%E6%80%BB%E7%BB%93%231.yaml"
    whole = remark(file="/a b/c.yaml")
    (result,) = json.loads(shown("sarif", whole))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "file:///a%20b/c.yaml"


def test_github_escapes_what_it_must() -> None:
    odd = remark(place=Place("a,b:c%.yaml", 1, 2), message=Message("50%\r\nof: a, b"), words="甲乙", right="丙")
    assert github(CheckReport((odd,), 1), RULES, str) == (
        "::error file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=total,endColumn=4::50%25%0D%0Aof: a, b: “甲乙” → “丙”\n"
    )


def test_a_cell_is_named() -> None:
    cell = remark(place=Place("w.xlsx", cell="社区!C2", field="opening[0]"))
    assert "社区!C2" in shown("text", cell)
    assert json.loads(shown("json", cell))["remarks"][0]["cell"] == "社区!C2"
    assert shown("github", cell) == "::error file=w.xlsx,title=total::社区!C2, opening[0]: no\n"
    (result,) = json.loads(shown("sarif", cell))["runs"][0]["results"]
    assert result["locations"][0]["logicalLocations"][0] == {"fullyQualifiedName": "社区!C2"}


def test_many_of_one_rule_are_reported_together() -> None:
    lines = shown("text", *[remark()] * (MOST_ALIKE + 3)).splitlines()
    assert len(lines) == MOST_ALIKE + 2
    assert lines[-2] == "a.yaml: and 3 more of the rule total"
    assert len(shown("text", *[remark()] * (MOST_ALIKE + 1)).splitlines()) == MOST_ALIKE + 2


def test_what_was_mended() -> None:
    mended = remark(fixed=True, words="，，", right="，")
    text = shown("text", mended, written=(Path("a.yaml"),), unmended=(Fault(Place("w.xlsx"), "not mended"),))
    assert text.splitlines() == [
        "a.yaml:3:7: x: fixed: no: “，，” → “，” [total]",
        "w.xlsx: not mended",
        "fixed in 1 file: 1",
        "1 record, nothing found",
    ]
    assert shown("github", mended) == ""
    assert json.loads(shown("sarif", mended))["runs"][0]["results"] == []
    assert json.loads(shown("json", mended))["remarks"][0]["mended"] is True


def test_quotation_marks_are_shown_in_others() -> None:
    assert "「“」 → 「”」" in shown("text", remark(words="“", right="”"))
