"""The command ``check`` as its users call it."""

import json
from pathlib import Path

import pytest
from tests.checking.records import CLEAN, YAML, put
from tests.cli.calling import kepu

WARNED = CLEAN.replace("居民普遍欢迎。", "居民约300人左右。")
NOTED = CLEAN.replace("signed_on: 2025-12-20\n", "")


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        (CLEAN, [], 0),
        (YAML, [], 1),
        (WARNED, [], 1),
        (WARNED, ["--fail-on", "error"], 0),
        (NOTED, [], 0),
        (NOTED, ["--fail-on", "info"], 1),
        (YAML, ["--rule", "placeholder"], 0),
        (WARNED, ["--no-rule", "redundant-approximation"], 0),
        ("community: {}\n", [], 1),
    ],
)
def test_exit_status(tmp_path: Path, text: str, options: list[str], status: int) -> None:
    put(tmp_path, a_yaml=text)
    done = kepu("check", "a.yaml", *options, folder=tmp_path)
    assert (done.returncode, done.stderr) == (status, "")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["a.yaml", "--rule", "typo"], "there is no rule “typo”; the rules are: placeholder, markup, replaced-word"),
        (["a.yaml", "--no-rule", "typo"], "there is no rule “typo”"),
        (["a.yaml", "--format", "xml"], "there is no format “xml”; the formats are: text, json, sarif, github"),
        (["a.yaml", "--fail-on", "grave"], "“grave” is not a severity; the severities are: error, warning, info"),
        (["a.yaml", "--config", "none.toml"], "none.toml: there is no such file"),
        (["missing.yaml"], "missing.yaml: there is no such file"),
        (["a.pdf"], "there is no such file"),
        ([], "there is nothing to check"),
    ],
)
def test_wrong_use(tmp_path: Path, options: list[str], told: str) -> None:
    put(tmp_path, a_yaml=CLEAN)
    done = kepu("check", *options, folder=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_are_found_beside_the_record(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    put(tmp_path / "in", a_yaml=WARNED)
    put(tmp_path, **{"kepu-docs_toml": '[check.rules]\nredundant-approximation = "off"\n'})
    assert kepu("check", "in/a.yaml", folder=tmp_path).returncode == 0
    put(tmp_path, other_toml='[check]\nfail-on = "error"\n')
    assert kepu("check", "in/a.yaml", "--config", "other.toml", folder=tmp_path).returncode == 0
    put(tmp_path, other_toml='[check]\nfail = "error"\n')
    done = kepu("check", "in/a.yaml", "--config", "other.toml", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: other.toml:2:1: there is no setting “fail”")


def test_mending_says_what_it_did(tmp_path: Path) -> None:
    put(tmp_path, a_yaml=CLEAN.replace("居民普遍欢迎。", "居民;普遍欢迎。"))
    assert kepu("check", "a.yaml", folder=tmp_path).returncode == 1
    done = kepu("check", "a.yaml", "--fix", folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "a.yaml:4:56: sections[0].paragraphs[0]: fixed: half-width punctuation next to Chinese characters: “;” → “；” [half-width]",
        "fixed in 1 file: 1",
        "1 record, nothing found",
    ]
    assert kepu("check", "a.yaml", folder=tmp_path).stdout == "1 record, nothing found\n"


def test_formats(tmp_path: Path) -> None:
    put(tmp_path, a_yaml=YAML)
    assert json.loads(kepu("check", "a.yaml", "--format", "json", folder=tmp_path).stdout)["counts"]["error"] == 10
    log = json.loads(kepu("check", "a.yaml", "-f", "sarif", folder=tmp_path).stdout)
    assert log["version"] == "2.1.0"
    assert kepu("check", "a.yaml", "-f", "github", folder=tmp_path).stdout.startswith(
        "::error file=a.yaml,line=3,col=12"
    )


def test_the_list_of_rules(tmp_path: Path) -> None:
    done = kepu("check", "--rules", "--no-rule", "total", folder=tmp_path)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "placeholder  error"
    assert "total  off" in lines
    assert "unused-exception  note" in lines
    chinese = kepu("--ui-locale", "zh_CN", "check", "--rules", folder=tmp_path).stdout.splitlines()
    assert len(chinese) == len(lines)
    assert chinese[0] == "placeholder  错误"


def test_messages_in_chinese(tmp_path: Path) -> None:
    put(tmp_path, a_yaml=WARNED)
    done = kepu("--ui-locale", "zh_CN", "check", "a.yaml", folder=tmp_path)
    assert done.stdout.endswith(
        "表示概数的词重复，用一个就够了: “约300人左右” [redundant-approximation]\n1份记录：1处需注意\n"
    )


def test_against(tmp_path: Path) -> None:
    long = "社区组织居民参观科技场馆，邀请专家讲解航天知识，全年接待居民300人次，居民反映良好，希望多办这样的活动。"
    put(tmp_path, a_yaml=CLEAN.replace("居民普遍欢迎。", long), b_yaml=CLEAN.replace("居民普遍欢迎。", long))
    done = kepu("check", "a.yaml", "--against", "b.yaml", folder=tmp_path)
    assert done.returncode == 1
    assert "[reused-text]" in done.stdout
