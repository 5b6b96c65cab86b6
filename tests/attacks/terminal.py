"""Output: keys, kinds, names and arguments that try to control a terminal, or a CI that reads the log."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from tests.attacks.frame import Attack
from tests.attacks.material import ESCAPES, good, lay, record

REPORTS: Final = ("text", "json", "sarif", "github")


def attacks() -> Iterator[Attack]:
    """Yield all attacks on those who read."""
    for told, text in ESCAPES.items():
        for what, made in _records(text).items():
            for door in ("render", "batch") if what in ("a kind", "a key") else ("render",):
                yield Attack(f"{what} with {told}", door, partial(_record, made, door, ""))
            for report in (
                REPORTS if what in ("a kind", "a key", "a heading", "an unknown key below") else ("text", "github")
            ):
                yield Attack(
                    f"{what} with {told}",
                    f"check -f {report}",
                    partial(_record, made, "check", report),
                    commands=report == "github",
                )
        for suffix in ("yaml", "xlsx", "docx", "none"):
            name = f"a{text}" + (f".{suffix}" if suffix else "")
            for door in ("render", "batch", "check", "import"):
                yield Attack(
                    f"a file .{suffix} named with {told}",
                    door,
                    partial(_named, name, (door, *(() if door == "check" else ("-o", "out")))),
                )
        yield Attack(
            f"a file named with {told}",
            "check -f github",
            partial(_named, f"a{text}.yaml", ("check", "-f", "github")),
            commands=True,
        )
        yield Attack(
            f"a file named with {told}", "check -f sarif", partial(_named, f"a{text}.yaml", ("check", "-f", "sarif"))
        )
        for option, command in (
            ("--format", ("render", "a.json", "-f", text)),
            ("--locale", ("render", "a.json", "--locale", text)),
            ("--look", ("render", "a.json", "--look", text)),
            ("--templates", ("render", "a.json", "--templates", text)),
            ("--reference", ("render", "a.json", "--reference", text)),
            ("-o", ("render", "a.json", "-o", f"a.json/{text}")),
            ("--rule", ("check", "a.json", "--rule", text)),
            ("--fail-on", ("check", "a.json", "--fail-on", text)),
            ("--config", ("check", "a.json", "--config", text)),
            ("--names", ("batch", "good.jsonl", "-o", "out", "--names", text)),
            ("--by", ("rollup", "good.jsonl", "-o", "out", "--by", text)),
            ("--period", ("import", "a.md", "-o", "out", "--period", text)),
            ("--ui-locale", ("--ui-locale", text, "schema")),
            ("--no-plugin", ("--no-plugin", text, "plugins", "list")),
            ("KIND", ("new", text)),
            ("NAME", ("plugins", "new", text)),
            ("templates copy", ("templates", "copy", text)),
            ("a command", (text,)),
            ("an option", (f"--{text}",)),
            ("an address", ("batch", f"evil://{text}", "-o", "out")),
            ("an address of SQLite", ("batch", f"sqlite:///{text}", "-o", "out")),
        ):
            if "\0" not in text:
                yield Attack(
                    f"{option} with {told}",
                    command[0] if command[0] in ("render", "check", "batch") else "arguments",
                    partial(_arguments, command),
                )
        settings = f'[rules]\n{json.dumps("x" + text)} = "off"\n'
        yield Attack(f"settings with {told}", "check", partial(_settings, settings))
        yield Attack(f"a kind with {told}", "check -f github of lines", partial(_lines, text), commands=True)
        yield Attack(f"a place with {told}", "manifest told", partial(_told_by_manifest, text))


def _records(text: str) -> dict[str, str]:
    """Return records that have a text where messages name it."""

    def made(**more: Any) -> str:
        return json.dumps(record(**more), ensure_ascii=True)

    return {
        "a kind": made(sections=[{"kind": text}]),
        "a key": made(**{text: 1}),
        "an unknown key below": made(sections=[{"kind": "training", text: 1}]),
        "a heading": made(sections=[{"kind": "narrative", "heading": text, "paragraphs": ["甲"]}]),
        "a name": made(name=text),
        "a time": made().replace("2025", json.dumps(text)),
        "a count": made(sections=[{"kind": "training", "attendance_total": text}]),
        "a title": made(title=text),
        "a signer": made(signed_by=text),
        "a place in the text": made(text=f"20xx年{text}，，某某{text}"),
        "a day": made(signed_on=text),
        "a code": json.dumps({**record(), "community": {"name": "试验社区", "code": text}}),
        "two keys": made()[:-1] + f", {json.dumps(text)}: 1, {json.dumps(text)}: 2}}",
        "broken JSON": made()[:-1] + ", " + text,
    }


def _record(made: str, door: str, report: str, folder: Path) -> Sequence[str]:
    lay(folder, "a.json", made)
    if door == "batch":
        return ["batch", "a.json", "-o", "out", "-f", "txt", "-q", "-j", "1"]
    return ["check", "a.json", "-f", report] if report else ["render", "a.json", "-o", "out", "-f", "txt"]


def _named(name: str, command: Sequence[str], folder: Path) -> Sequence[str]:
    """Lay a file by a name that a file may have, as far as it may: ``/`` leads into folders."""
    name = name.replace("/", "∕")
    lay(folder, name, "x: [" if name.endswith(("yaml", "jsonl", "none")) else b"PK\3\4x")
    return [*command[:1], name, *command[1:]]


def _arguments(command: Sequence[str], folder: Path) -> Sequence[str]:
    good(folder)
    lay(folder, "a.json", json.dumps(record()))
    lay(folder, "a.md", "# 试验社区2025年科普工作总结\n\n正文。\n")
    return command


def _settings(text: str, folder: Path) -> Sequence[str]:
    lay(folder, "a.json", json.dumps(record()))
    lay(folder, "kepu-docs.toml", text)
    return ["check", "a.json"]


def _lines(text: str, folder: Path) -> Sequence[str]:
    lay(
        folder,
        "a.jsonl",
        json.dumps(record(sections=[{"kind": text}]), ensure_ascii=True) + "\n" + json.dumps(record(name=text)) + "\n",
    )
    return ["check", "a.jsonl", "-f", "github"]


def _told_by_manifest(text: str, folder: Path) -> Sequence[str]:
    from tests.attacks.outputs import BATCH, MANIFEST, made

    lines = made(folder)
    for line in lines:
        line |= {
            "status": "failed",
            "outputs": [],
            "place": text,
            "name": text,
            "errors": [{"place": text, "message": text}],
        }
    lay(folder, MANIFEST, "".join(json.dumps(each) + "\n" for each in lines))
    return BATCH
