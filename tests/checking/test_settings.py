"""Settings in a TOML file."""

from pathlib import Path

import pytest
from tests.checking.records import YAML, put

import kepu_docs
from kepu_docs.checking import Settings, find_settings

RULES = ("placeholder", "rare-character")


def read(folder: Path, text: str) -> Settings:
    put(folder, s_toml=text)
    return Settings.read(folder / "s.toml", RULES)


def test_all_of_it(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        '[check]\nfail-on = "error"\nneighbours = ["毗邻社区"]\n[check.rules]\nplaceholder = "info"\nrare-character = "off"\n',
    )
    assert (settings.fail_on, settings.neighbours) == ("error", ("毗邻社区",))
    assert settings.severity("placeholder", "error") == "info"
    assert settings.severity("rare-character", "info") is None
    assert settings.severity("total", "error") == "error"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[check]\nfail = "error"\n',
            "s.toml:2:1: there is no setting “fail”; the settings are: fail-on, neighbours, rules",
        ),
        (
            '[check]\nfail-on = "grave"\n',
            "s.toml:2:11: “grave” is not a severity; the severities are: error, warning, info",
        ),
        ('[check]\nneighbours = "甲"\n', "s.toml:2:14: expected a list of names"),
        (
            '[check.rules]\ntypo = "off"\n',
            "s.toml:2:1: there is no rule “typo”; the rules are: placeholder, rare-character",
        ),
        ("[check.rules]\nplaceholder = false\n", "s.toml:2:15: expected one of off, error, warning, info; found False"),
        ("check = 1\n", "s.toml:1:9: expected a table [check]"),
    ],
)
def test_what_is_wrong_is_reported_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(kepu_docs.SettingsError) as caught:
        read(tmp_path, text)
    assert str(caught.value) == f"{tmp_path}/{told}"


def test_options_count_before_the_file(tmp_path: Path) -> None:
    settings = read(tmp_path, '[check.rules]\nplaceholder = "off"\n')
    chosen = settings.chosen(["placeholder"], ["rare-character"])
    assert chosen.severity("placeholder", "error") == "error"
    assert chosen.severity("rare-character", "info") is None
    assert chosen.severity("total", "error") is None


def test_the_nearest_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find_settings(str(tmp_path / "a" / "b" / "r.yaml")) in (None, *Path("/").glob("kepu-docs.toml"))
    (tmp_path / "kepu-docs.toml").write_text("", encoding="utf-8")
    assert find_settings(str(tmp_path / "a" / "b" / "r.yaml")) == tmp_path / "kepu-docs.toml"
    (tmp_path / "a" / "kepu-docs.toml").write_text("", encoding="utf-8")
    assert find_settings(str(tmp_path / "a" / "b")) == tmp_path / "a" / "kepu-docs.toml"


def test_the_library_takes_a_file(tmp_path: Path) -> None:
    put(tmp_path, a_yaml=YAML, s_toml='[check.rules]\ntotal = "info"\nhalf-width = "off"\n')
    report = kepu_docs.check(tmp_path / "a.yaml", config=tmp_path / "s.toml")
    assert {each.severity for each in report.remarks if each.rule == "total"} == {"info"}
    assert "half-width" not in {each.rule for each in report.remarks}
