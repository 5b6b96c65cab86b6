"""Tables of names from the code: styles of Word templates, filters and facts of wording templates, rules."""

from typing import Final

import chinese_texts

from kepu_docs.checking import OWN_RULES
from kepu_docs.locale.formats import Formats
from kepu_docs.locale.words import Languages
from kepu_docs.registry import Registry
from kepu_docs.schema import Section
from kepu_rules.rules import CHECKS
from kepu_word.look.style_names import ROLES, Role

_OWN_FILTERS: Final = {
    "when": "When something was, without the year if the whole summary is about it.",
    "join": "The texts in a row; `join('、')` puts a mark between them.",
}
_SEVERITIES: Final = {"error": "错误", "warning": "注意", "info": "提示"}
_LEVELS: Final = "一二三四"


def styles(locale: str) -> str:
    """Return the table of the styles that a Word template may have."""
    head, role = ("| for | names |\n", _role) if locale == "en" else ("| 用在 | 名称 |\n", _chinese_role)
    rows = (f"| {role(each)} | {'、'.join(f'`{name}`' for name in each.names)} |\n" for each in ROLES)
    return f"{head}|---|---|\n{''.join(rows)}"


def filters(locale: str) -> str:
    """Return the table of the filters of wording templates."""
    environment = Registry.load().composer("zh_Hans")._environment
    own = sorted(name for name in environment.filters if hasattr(Formats, name) or name in _OWN_FILTERS)
    if locale != "en":
        return "| 过滤器 | 给出 |\n|---|---|\n" + "".join(
            f"| `{name}` | {chinese_texts.FILTERS[name]} |\n" for name in own
        )
    rows = (f"| `{name}` | {_OWN_FILTERS.get(name) or _first(getattr(Formats, name))} |\n" for name in own)
    return f"| filter | gives |\n|---|---|\n{''.join(rows)}"


def facts(locale: str) -> str:
    """Return the table of the facts that section kinds compute from their fields."""
    kinds = Registry.load().kinds
    if locale != "en":
        return "| 栏目类型 | 事实 |\n|---|---|\n" + "".join(
            f"| `{name}` | {chinese_texts.FACTS[name]} |\n" for name in kinds
        )
    rows = (
        f"| `{name}` | {_first(kind.model.facts) if kind.model.facts is not Section.facts else ''} |\n"
        for name, kind in kinds.items()
    )
    return f"| kind | facts |\n|---|---|\n{''.join(rows)}"


def rules(locale: str) -> str:
    """Return the table of the checker's rules."""
    english = locale == "en"
    translate = Languages(Registry.load().folders).translation(locale)
    rows = (
        f"| `{check.rule}` | {check.severity if english else _SEVERITIES[check.severity]} |"
        f" {_cell(translate(check.about))} | {_cell(translate(check.source))} |\n"
        for check in (*CHECKS, *OWN_RULES)
    )
    head = "| rule | severity | finds | reason and source |" if english else "| 规则 | 级别 | 查什么 | 理由和依据 |"
    return f"{head}\n|---|---|---|---|\n{''.join(rows)}"


def _cell(text: str) -> str:
    """Return a text as the content of a cell in a Markdown table."""
    return text.replace("*", "\\*").replace("_", "\\_").replace("|", "\\|")


def _first(described: object) -> str:
    text = " ".join((described.__doc__ or "").replace("``", "`").split("\n\n")[0].split())
    text = text.removeprefix("Return ").partition(": see :meth:")[0].rstrip(".")
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _role(role: Role) -> str:
    words = role.member.removesuffix("s" if role.level is not None else "").replace("_", " ")
    level = f" {role.level + 1}" if role.level is not None else ""
    return words + level + (f" ({role.kind} style)" if role.kind != "paragraph" else "")


def _chinese_role(role: Role) -> str:
    level = _LEVELS[role.level] if role.level is not None else ""
    return chinese_texts.STYLES[role.member].format(level=level) + chinese_texts.STYLE_KINDS[role.kind]
