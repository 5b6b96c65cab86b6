"""Installed wording runs without counting; a user's own folder, and what it extends, is counted."""

from pathlib import Path

import pytest

import kepu_docs
from kepu_docs.composing import budget
from kepu_docs.composing.composer import Composer
from kepu_docs.composing.snapshots import Snapshot, read_folder
from kepu_docs.errors import TemplateError
from kepu_docs.registry import Registry

REGISTRY = Registry.load()
SUMMARY = kepu_docs.load(
    {
        "community": {"name": "试验社区"},
        "period": 2025,
        "sections": [{"kind": "training", "sessions": [{"topic": "防火"}, {"topic": "急救"}]}],
    }
)
OWN = Snapshot("/own", {})
NAME = "zh_Hans/sections/training.jinja"


def test_installed_wording_has_no_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    def counted(*_: object) -> None:
        raise AssertionError("this is counted")

    monkeypatch.setattr(budget.Budget, "__enter__", counted)
    assert REGISTRY.composer("zh_Hans").compose(SUMMARY).blocks
    with pytest.raises(AssertionError, match="this is counted"):
        REGISTRY.composer("zh_Hans", OWN).compose(SUMMARY)


def test_code_without_counting_is_not_used_where_it_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    # The code of installed wording is in the cache of the user after this.
    plain = REGISTRY.composer("zh_Hans").compose(SUMMARY)
    assert REGISTRY.composer("zh_Hans", OWN).compose(SUMMARY) == plain
    monkeypatch.setattr(budget, "STEPS", 0)
    assert REGISTRY.composer("zh_Hans").compose(SUMMARY) == plain
    with pytest.raises(TemplateError, match="more than 0 steps"):
        REGISTRY.composer("zh_Hans", OWN).compose(SUMMARY)


def test_what_an_own_template_extends_is_counted(tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    (installed / NAME).parent.mkdir(parents=True)
    loops = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
    (installed / NAME).write_text(f"{{% block details %}}{loops}{{% endblock %}}", encoding="utf-8")
    own = Snapshot("/own", {NAME: b'{% extends "default" %}'})
    folders = (own, read_folder(installed), *REGISTRY.folders)
    with pytest.raises(TemplateError, match="steps; does a loop never end"):
        Composer(REGISTRY.kinds, folders, "zh_Hans", guarded=True).compose(SUMMARY)


def test_installed_wording_keeps_its_meaning(tmp_path: Path) -> None:
    """What is written without a guard shows what the guarded code shows."""
    source = """
{% macro named(name, mark="！") %}{{ name ~ mark }}{% endmacro %}
{% set calls = {"it": named} %}
{% set seen = "外" %}
{% paragraph %}{{ 1 ~ "%" ~ "%s" ~ none ~ ["一", 2] ~ section.kind }}{% endparagraph %}
{% paragraph %}{{ named("甲") }}{{ named(mark="？", name="乙") }}{{ named(*["丙"]) }}{{ kind_label("team") }}{% endparagraph %}
{% paragraph %}{{ (["丁"] + ["戊"]) | join_list }}{{ 2 * 3 }}{{ none }}{{ true }}{{ section.held }}{{ none | stop }}{% endparagraph %}
{% for each in ["己"] %}{% set seen = each %}{% paragraph %}{{ seen }}{{ loop.index }}{% endparagraph %}{% endfor %}
{% block details %}{% paragraph %}

  {{ seen }}
  ，{{ undefined_name | default("无") }}{{ [section.sessions[0].topic] | series }}
{% endparagraph %}{% endblock %}
"""
    (tmp_path / NAME).parent.mkdir(parents=True)
    (tmp_path / NAME).write_text(source, encoding="utf-8")
    folders = (read_folder(tmp_path), *REGISTRY.folders)
    plain = Composer(REGISTRY.kinds, folders, "zh_Hans").compose(SUMMARY).blocks
    assert plain == Composer(REGISTRY.kinds, folders, "zh_Hans", guarded=True).compose(SUMMARY).blocks
    assert [getattr(block, "text", "") for block in plain[1:6]] == [
        "1%%sNone['一', 2]training",
        "甲！乙？丙！队伍建设",
        "丁和戊62场",
        "己1",
        "外，无防火",
    ]
