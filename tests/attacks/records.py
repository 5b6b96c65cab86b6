"""Records in YAML, JSON, TOML and JSON Lines: what readers of texts must survive."""

import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from tests.attacks.frame import Attack, Expected
from tests.attacks.material import attack, attack_by, record, without_goods

ALL: Final = ("render", "batch", "check", "load()")
MOST: Final = ("render", "batch", "check")
ONE: Final = ("render",)
LINES: Final = ("batch", "check")
REFUSED: Final = Expected.REFUSED

YAML: Final = "community: {name: 试验社区}\nperiod: 2025\nopening: 开头。\n"
MARKS: Final = "，、；。—-~至（）()·.：:年月日万余近约1“《a 　…％%"


def said(**more: Any) -> str:
    """Return a record as JSON."""
    return json.dumps(record(**more), ensure_ascii=False)


def attacks() -> Iterator[Attack]:
    """Yield all attacks on records."""
    yield from _yaml()
    yield from _json()
    yield from _toml()
    yield from _lines()
    yield from _texts()
    yield from _no_files()


def _yaml() -> Iterator[Attack]:
    laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
    )
    for doors, told, text in (
        (ALL, "aliases by the billion", YAML + laughs),
        (MOST, "100,000 brackets", YAML + "sections: " + "[" * 100_000),
        (ONE, "100,000 braces", YAML + "sections: " + "{a: " * 100_000),
        (ONE, "dashes 5,000 deep", YAML + "sections:\n" + "- " * 5_000 + "x\n"),
        (ONE, "keys 2,000 deep", YAML + "".join(" " * n + "a:\n" for n in range(2_000))),
        (ONE, "an object of Python", YAML + "closing: !!python/object/apply:os.system [touch ../home/evil]\n"),
        (ONE, "a module of Python", YAML + "closing: !!python/module:os\n"),
        (ONE, "a tag of one's own", YAML + "closing: !<tag:evil> x\n"),
        (ONE, "a binary", YAML + "closing: !!binary aGk=\n"),
        (ONE, "a key twice", YAML + "period: 2024\n"),
        (ONE, "a merge", YAML + "<<: {signed_by: 冒名}\n"),
        (ONE, "an alias to itself", YAML + "sections: &a [*a]\n"),
        (ONE, "a key of a list", YAML + "? [a, b]\n: c\n"),
        (ONE, "a key of a megabyte", YAML + "a" * 1_000_000 + ": 1\n"),
        (ONE, "a number of 100,000 digits", YAML.replace("2025", "9" * 100_000)),
        (ONE, "a number in sixties", YAML.replace("2025", "1:" * 50_000 + "1")),
        (ONE, "a number in hexadecimal", YAML.replace("2025", "0x" + "f" * 100_000)),
        (ONE, ".inf and .nan", YAML.replace("2025", ".inf") + "closing: .nan\n"),
        (ONE, "several records in one file", YAML + "---\n" + YAML),
        (ONE, "a zero written as an escape", YAML + 'closing: "a\\0b"\n'),
        (ONE, "half a pair written as an escape", YAML + 'closing: "\\ud800"\n'),
        (ONE, "a directive", "%YAML 9.9\n---\n" + YAML),
        (ONE, "a million comments", YAML + "#\n" * 1_000_000),
        (ONE, "a list of 290,000 entries", YAML + "sections: [" + "1," * 290_000 + "]\n"),
        (ONE, "100,000 unknown keys", YAML + "".join(f"k{n}: 1\n" for n in range(100_000))),
        (ONE, "10,000 anchors", YAML + "sections: [" + ",".join(f"&a{n} 1" for n in range(10_000)) + "]\n"),
        (ONE, "9 MB of blanks", YAML + " " * 9_000_000),
        (ONE, "7 MB of one text", YAML + "closing: " + "甲" * 2_300_000 + "\n"),
        (ONE, "UTF-16", (YAML).encode("utf-16")),
        (ONE, "UTF-32", (YAML).encode("utf-32")),
        (ONE, "noise", os.urandom(5_000)),
        (ALL, "an empty file", ""),
        (ONE, "a text", "hello"),
        (ONE, "null", "null"),
        (ONE, "quotation marks that never end", YAML + 'closing: "' + "a\n" * 100_000),
        (ONE, "a block scalar indented by 9", YAML + "closing: |9\n x\n"),
    ):
        yield from attack(doors, told, "a.yaml", text)


def _json() -> Iterator[Attack]:
    whole = said()
    for doors, told, text in (
        (ALL, "200,000 brackets", '{"community": ' + "[" * 200_000),
        (ONE, "200,000 braces", '{"a":' * 200_000),
        (ONE, "a number of a million digits", whole.replace("2025", "9" * 1_000_000)),
        (ONE, "1e400", whole.replace("2025", "1e400")),
        (ONE, "1e999999999", whole.replace("2025", "1e999999999")),
        (ONE, "-0", whole.replace("2025", "-0")),
        (ONE, "NaN", whole.replace("2025", "NaN")),
        (ONE, "half a pair", whole.replace("开头", "\\ud800")),
        (ONE, "half a pair in a key", whole[:-1] + ', "\\udfff": 1}'),
        (ONE, "a key twice", whole[:-1] + ', "period": 2024}'),
        (ONE, "cut off", whole[:-9]),
        (ONE, "a list of a million", "[" + "1," * 1_000_000 + "1]"),
        (ONE, "zeros", "\0" * 5_000),
        (ONE, "a key of a megabyte", whole[:-1] + ', "' + "k" * 1_000_000 + '": 1}'),
        (ONE, "__class__ as a key", whole[:-1] + ', "__class__": "os", "model_config": {}}'),
        (ONE, "true for a text", whole.replace('"开头。"', "true")),
        (ONE, "a BOM twice", "\ufeff\ufeff" + whole),
        (ONE, "escapes by the thousand", whole.replace("开头", "\\u0041" * 200_000)),
        (ONE, "a file of 9 MB", whole + " " * 9_000_000),
    ):
        yield from attack(doors, told, "a.json", text)


def _toml() -> Iterator[Attack]:
    whole = 'period = 2025\nopening = "开头。"\n[community]\nname = "试验社区"\n'
    for doors, told, text in (
        (MOST, "arrays 100,000 deep", "a = " + "[" * 100_000),
        (ONE, "tables 20,000 deep", "[" + ".".join("a" * 20_000) + "]\nb = 1\n"),
        (ONE, "dotted keys 20,000 deep", ".".join("a" * 20_000) + " = 1\n"),
        (ONE, "inline tables 50,000 deep", "a = " + "{a=" * 50_000),
        (
            ONE,
            "20,000 dotted keys of a hundred steps",
            "".join(f"{'.'.join('a' * 100)}.k{n} = 1\n" for n in range(20_000)),
        ),
        (ONE, "100,000 tables", "".join(f"[t{n}]\n" for n in range(100_000))),
        (ONE, "a number of 100,000 digits", whole.replace("2025", "9" * 100_000)),
        (ONE, "a number in octal", whole.replace("2025", "0o" + "7" * 100_000)),
        (ONE, "a day that is none", whole.replace("2025", "2025-02-31")),
        (ONE, "the year 0", whole.replace("2025", "0000-01-01")),
        (ONE, "inf", whole.replace("2025", "-inf")),
        (ONE, "a table twice", whole + "[community]\n"),
        (ONE, "a text that never ends", whole + 'a = """' + "\\\n" * 100_000),
        (ONE, "noise", os.urandom(3_000)),
        (ONE, "a million blank lines", "\n" * 1_000_000 + whole),
        (ONE, "cut off", whole[:-3]),
    ):
        yield from attack(doors, told, "a.toml", text)


def _lines() -> Iterator[Attack]:
    whole = said() + "\n"
    for doors, told, text in (
        (LINES, "a line of 60 MB", lambda: whole + '{"a": "' + "x" * 60_000_000 + '"}\n'),
        (LINES, "a line that is no record, 5,000 times", "{}\n" * 5_000),
        (("batch",), "a million blank lines", "\n" * 1_000_000 + whole),
        (("batch",), "brackets", whole + "[" * 100_000 + "\n"),
        (("batch",), "numbers", "1\n" * 1_000),
        (("batch",), "zeros", "\0" * 100_000),
        (("batch",), "noise", os.urandom(9_000)),
        (("batch",), "carriage returns", whole.replace("\n", "\r") * 3),
        (("batch",), "U+2028 between records", whole.replace("\n", "\u2028") * 3),
        (("batch",), "a record of 100,000 unknown keys", lambda: json.dumps({f"k{n}": 1 for n in range(100_000)}) + "\n"),
        (("batch",), "one name, 1,000 times", whole * 1_000),
    ):  # fmt: skip
        yield from attack(doors, told, "a.jsonl", text)


def _texts() -> Iterator[Attack]:
    """Records that are legal, or nearly, and large."""
    points = ["要点。"] * 10_000
    for doors, told, data in (
        (ALL, "10,000 points", said(sections=[{"kind": "narrative", "heading": "其他", "points": points}])),
        (ONE, "9,999 points", said(sections=[{"kind": "narrative", "heading": "其他", "points": points[1:]}])),
        (ONE, "10,001 goals", said(sections=[{"kind": "next_year_plan", "goals": [*points, "甲"]}])),
        (
            ONE,
            "20,000 tasks",
            said(sections=[{"kind": "next_year_plan", "tasks": [{"task": f"任务{n}"} for n in range(20_000)]}]),
        ),
        (
            ONE,
            "20,000 sessions",
            said(sections=[{"kind": "training", "sessions": [{"topic": f"主题{n}"} for n in range(20_000)]}]),
        ),
        (
            ONE,
            "20,000 activities in 20,000 categories",
            said(
                sections=[
                    {
                        "kind": "activities",
                        "activities": [{"name": f"活动{n}", "category": f"类{n}"} for n in range(20_000)],
                    }
                ]
            ),
        ),
        (ONE, "101 sections", said(sections=[{"kind": "narrative", "heading": "其他", "paragraphs": ["甲。"]}] * 101)),
        (ONE, "100 sections", said(sections=[{"kind": "narrative", "heading": "其他", "paragraphs": ["甲。"]}] * 100)),
        (
            ONE,
            "50,000 paragraphs",
            said(sections=[{"kind": "narrative", "heading": "其他", "paragraphs": ["甲。"] * 50_000}]),
        ),
        (MOST, "a title of 100,000 characters", said(title="题" * 100_000)),
        (
            ONE,
            "a heading of 100,000 characters",
            said(sections=[{"kind": "narrative", "heading": "题" * 100_000, "paragraphs": ["甲。"]}]),
        ),
        (ONE, "a name of 100,000 characters", said(name="社" * 100_000)),
        (ONE, "a signer of 100,000 characters", said(signed_by="办" * 100_000)),
        (ONE, "20,000 signers", said(signed_by=[f"第{n}办" for n in range(20_000)])),
        (ONE, "20,000 attachments", said(attachments=[f"附件{n}" for n in range(20_000)])),
        (ONE, "a word of 1,000,000 letters", said(text="a" * 1_000_000)),
        (ONE, "1,000,000 spaces", said(text="甲" + " " * 1_000_000 + "乙")),
        (
            ONE,
            "numbers as large as can be",
            said(sections=[{"kind": "training", "sessions_total": 10**18, "attendance_total": 10**300}]),
        ),
        (ONE, "negative numbers", said(sections=[{"kind": "training", "sessions_total": -1}])),
        (ONE, "half a person", said(sections=[{"kind": "training", "attendance_total": 0.5}])),
        (ONE, "the year 10^20", said().replace("2025", "1" + "0" * 20)),
        (ONE, "the year 0", said().replace("2025", "0")),
        (ONE, "the time 2025-Q99", said().replace("2025", '"2025-Q99"')),
        (
            ONE,
            "a table of 60 columns and 3,000 rows",
            said(
                sections=[
                    {
                        "kind": "narrative",
                        "heading": "其他",
                        "written": [{"columns": [f"列{n}" for n in range(60)], "rows": [["甲"] * 60] * 3_000}],
                    }
                ]
            ),
        ),
        (
            ONE,
            "a table of 3,000 columns",
            said(
                sections=[
                    {
                        "kind": "narrative",
                        "heading": "其他",
                        "written": [{"columns": [f"列{n}" for n in range(3_000)], "rows": [["甲"] * 3_000]}],
                    }
                ]
            ),
        ),
        (ONE, "combining marks", said(text="a" + "\u0301" * 200_000)),
        (ONE, "zero-width characters", said(text="甲" + "\u200b\u2060\ufeff" * 50_000)),
        (ONE, "noncharacters", said(text="甲\ufffe\uffff\U0010ffff")),
        (ONE, "markup of XML", said(text="]]><w:p/></w:t>&#x0;<!--", name="</w:t><w:p>")),
        (ONE, "tags of templates", said(text="{{ 7*7 }}{% for x in range(10**9) %}{{ self }}", name="{{x}}")),
        (ONE, "format strings", said(text="{0.__class__}{a!r}{:>999999999}%s%n", name="{}{name}", title="{community}")),
    ):
        yield from attack(doors, told, "a.json", data)  # fmt: skip
    for mark in MARKS:
        yield from attack(("check",), f"60,000 {mark!r} in every text", "a.json", partial(_filled, mark * 60_000))
    for unit in ("1月", "（一）", "一、", "20xx年", "第1", "1.", "1%", "“甲", "《甲", "约1余", "1-", "甲，", "1人次、"):
        text = unit * (60_000 // len(unit))
        yield from attack(("check",), f"{unit} without end in every text", "a.json", partial(_filled, text))
        yield from attack(ONE, f"{unit} without end in every text", "a.json", partial(_filled, text))


def _filled(text: str) -> str:
    return json.dumps(
        {
            "community": {"name": "试验社区"},
            "period": 2025,
            "title": text[:200],
            "opening": text,
            "closing": text,
            "sections": [
                {
                    "kind": "training",
                    "heading": text[:200],
                    "narrative": [text],
                    "sessions": [{"topic": text[:2000], "attendance": text[:2000]}],
                },
                {"kind": "narrative", "heading": "其他", "paragraphs": [text], "points": [text]},
            ],
            "signed_by": text[:2000],
        },
        ensure_ascii=False,
    )


def _no_files() -> Iterator[Attack]:
    for suffix in ("yaml", "json", "toml", "jsonl", "docx"):
        name = f"a.{suffix}"
        doors = LINES if suffix == "jsonl" else ("render", "batch") if suffix != "docx" else ("batch", "check")
        yield from attack_by(doors, "a pipe", name, partial(_pipe, name), REFUSED)
        # What an operator names and nothing can be read from is refused before anything is made.
        yield from without_goods(attack_by(doors[:1], "a folder of that name", name, partial(_folder, name)))
        for target in ("/dev/zero", "none", "../home/canary.txt", name):
            yield from attack_by(doors[:1], f"a link to {target}", name, partial(_link, name, target), REFUSED)
    yield from attack_by(("batch", "check"), "a folder of pipes and links", "d", _odd_folder)


def _folder(name: str, folder: Path) -> None:
    (folder / name).mkdir()


def _pipe(name: str, folder: Path) -> None:
    os.mkfifo(folder / name)


def _link(name: str, target: str, folder: Path) -> None:
    (folder / name).symlink_to(target)


def _odd_folder(folder: Path) -> None:
    inside = folder / "d"
    inside.mkdir()
    os.mkfifo(inside / "a.yaml")
    for at, target in enumerate((".", "/", "/dev/zero", "none", "../../home/canary.txt", "/proc/self/mem")):
        (inside / f"l{at}.yaml").symlink_to(target)
        (inside / f"d{at}").symlink_to(target)
    (inside / "deep").mkdir()
    (inside / "deep" / "up").symlink_to("..")
