"""Output folders: damaged manifests, files that kepu-docs did not write, links, names, and how a command ends."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from tests.attacks.frame import CANARY, Attack, Check, Expected, Run
from tests.attacks.material import GOOD, good, lay, record

EITHER, REFUSED, READ = Expected.EITHER, Expected.REFUSED, Expected.READ
BATCH: Final = ("batch", "good.jsonl", "-o", "out", "-f", "txt", "-q", "-j", "1")
NOT_OURS: Final = "not of kepu-docs\n" * 200
MANIFEST: Final = "out/manifest.jsonl"


def keeps(name: str, text: str = NOT_OURS) -> Check:
    """Return the check that a file is as it was laid."""

    def check(run: Run) -> str | None:
        path = run.folder / "work" / name
        if not path.is_file() or path.is_symlink():
            return f"{name} is gone"
        return None if path.read_bytes() == text.encode() else f"{name} is not as it was"

    return check


def made(folder: Path) -> list[dict[str, Any]]:
    """Run a batch into ``out``, and return the lines of its manifest."""
    import kepu_docs

    good(folder)
    kepu_docs.render_batch(folder / "good.jsonl", folder / "out", formats=["txt"], jobs=1)
    return [json.loads(line) for line in (folder / MANIFEST).read_text(encoding="utf-8").splitlines()]


def spoiled(change: Callable[[list[dict[str, Any]]], object], remove: bool, folder: Path) -> Sequence[str]:
    """Make documents, change their manifest, remove them or not, and return how the batch goes on."""
    lines = made(folder)
    changed = change(lines)
    told = changed if isinstance(changed, list) else lines
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in told)
    lay(folder, MANIFEST, changed if isinstance(changed, bytes) else text)
    if remove:
        for path in (folder / "out").glob("*.txt"):
            path.unlink()
    return [*BATCH, "--zip"]


def attacks() -> Iterator[Attack]:
    """Yield all attacks on folders."""
    yield from _manifests()
    yield from _not_ours()
    yield from _links()
    yield from _names()
    yield from _ends()


def _set(where: str, value: Any, lines: list[dict[str, Any]]) -> None:
    first, *rest = where.split(".")
    if rest:
        lines[0][first][0][rest[0]] = value
    else:
        lines[0][first] = value


def _manifests() -> Iterator[Attack]:
    """Manifests that somebody has changed."""
    odds: tuple[Any, ...] = (None, 1, [], {}, True, 10**400, [[[]]], "\x1b[2J\u202e\n::error::x")
    for where in ("stem", "outputs.path"):
        for value in (
            "../../home/evil", "../home/evil.txt", "/tmp/evil", "..", ".", "", "a/../../b", "..\\evil", "C:\\evil", "a\0b", "x" * 5_000,
            "con", "~/evil", "\x1b[2J", "\u202e", "d/e/f/g", ".kepu-docs-lock", "manifest.jsonl", "\ud800",
        ):  # fmt: skip
            for remove in (False, True) if value.startswith("../") else (True,):
                told = f"{where} = {value[:24]!a}{', the documents gone' if remove else ''}"
                yield Attack(told, "manifest", partial(spoiled, partial(_set, where, value), remove), good=GOOD)
    for where in (
        "source",
        "name",
        "place",
        "status",
        "community",
        "record",
        "made_with",
        "stem",
        "outputs",
        "outputs.path",
        "outputs.size",
        "outputs.sha256",
        "outputs.format",
    ):
        for odd in odds:
            yield Attack(
                f"{where} = {str(odd)[:20]!a}",
                "manifest",
                partial(spoiled, partial(_set, where, odd), False),
                good=GOOD,
            )
    changes: tuple[tuple[str, Callable[[list[dict[str, Any]]], object]], ...] = (
        ("brackets", lambda lines: b"[" * 200_000 + b"\n"),
        ("no end of line", lambda lines: json.dumps(lines[0]).encode()),
        ("a line of 60 MB", lambda lines: json.dumps(lines[0] | {"x": "y" * 60_000_000}).encode() + b"\n"),
        ("a million lines", lambda lines: (json.dumps(lines[0]).encode() + b"\n") * 20_000),
        ("zeros", lambda lines: b"\0" * 100_000),
        ("noise and lines", lambda lines: os.urandom(5_000) + b"\n" + json.dumps(lines[0]).encode() + b"\n"),
        ("the lines twice", lambda lines: [*lines, *lines]),
        ("the lines turned round", lambda lines: lines[::-1]),
        ("one document for both", lambda lines: [lines[0], lines[1] | {"outputs": lines[0]["outputs"]}]),
        ("a document of another's", lambda lines: [lines[0] | {"outputs": [*lines[0]["outputs"], *lines[1]["outputs"]]}, lines[1]]),
        ("100,000 outputs", lambda lines: [lines[0] | {"outputs": lines[0]["outputs"] * 100_000}, lines[1]]),
        ("another version", lambda lines: [each | {"made_with": {"version": "9" * 9_000}} for each in lines]),
        ("photographs anywhere", lambda lines: [each | {"photos": [["../../home/canary.txt", 1, 1], ["/dev/zero", 1, 1]]} for each in lines]),
        ("UTF-16", lambda lines: json.dumps(lines[0]).encode("utf-16")),
        ("a BOM", lambda lines: b"\xef\xbb\xbf" + json.dumps(lines[0]).encode() + b"\n"),
        ("nothing", lambda lines: b""),
        ("blank lines", lambda lines: b"\n" * 100_000),
    )  # fmt: skip
    for told, change in changes:
        yield Attack(told, "manifest", partial(spoiled, change, False))
        if told in ("zeros", "UTF-16", "brackets"):
            yield Attack(f"{told}, --fresh", "manifest", partial(_fresh, change))


def _fresh(change: Callable[[list[dict[str, Any]]], object], folder: Path) -> Sequence[str]:
    return [*spoiled(change, False, folder), "--fresh"]


def _not_ours() -> Iterator[Attack]:
    """Files of somebody else that stand where ours would."""
    last = NOT_OURS + "no end of line"
    texts = (
        ("text", NOT_OURS),
        ("text without an end of line", last),
        ("JSON", '{"a": 1}\n'),
        # One that begins as a line of ours does may be what a killed run left, and is taken for that.
        ("half JSON", '{"name": "x"'),
        ("lines of JSON", '{"a": 1}\n' * 900),
        ("nothing", ""),
    )
    for told, text in texts:
        if text:
            yield Attack(
                f"manifest.jsonl of {told}",
                "out",
                partial(_beside, "out/manifest.jsonl", text, ()),
                REFUSED,
                checks=(keeps("out/manifest.jsonl", text),),
            )
        for name, more in (("out/report.xlsx", ()), ("out.zip", ("--zip",))):
            # An empty file is nobody's work: it may be replaced.
            expected, checks = (REFUSED, (keeps(name, text),)) if text else (EITHER, ())
            yield Attack(f"{name} of {told}", "out", partial(_beside, name, text, more), expected, checks=checks)
    yield Attack(
        "report.csv of text",
        "out",
        partial(_beside, "out/report.csv", NOT_OURS, ()),
        EITHER,
        checks=(keeps("out/report.csv"),),
    )
    for name in (
        "out/甲0社区-2025.txt",
        "out/.kepu-docs-placing",
        "out/.kepu-docs-waiting",
        "out/.kepu-docs-other.tmp",
        "out/notes.txt",
    ):
        yield Attack(
            f"{name} of text",
            "out",
            partial(_beside, name, NOT_OURS, ()),
            EITHER,
            checks=(keeps(name),) if ".kepu" not in name else (),
        )
    for name, command in (
        ("r.docx", ("render", "a.json", "-o", "r.docx")),
        ("out", ("batch", "good.jsonl", "-o", "out", "-f", "txt", "-q")),
        ("out", ("import", "a.md", "-o", "out")),
        ("out/a.yaml", ("import", "a.md", "-o", "out")),
        ("new.yaml", ("new", "-o", "new.yaml")),
        ("w.xlsx", ("workbook", "w.xlsx")),
        ("r.yaml", ("rollup", "good.jsonl", "--name", "试验区", "-o", "r.yaml")),
        ("f.xlsx", ("rollup", "good.jsonl", "--name", "试验区", "-o", "out.yaml", "--figures", "f.xlsx")),
        ("t/zh_Hans/sections/training.jinja", ("templates", "copy", "training", "-o", "t")),
        ("kepu-docs-drills", ("plugins", "new", "drills")),
    ):
        if name in ("r.yaml", "f.xlsx"):
            continue  # a user's own command may replace what it names
        yield Attack(
            f"{name} there already", command[0], partial(_there, name, command), REFUSED, checks=(keeps(name),)
        )


def _beside(name: str, text: str, more: Sequence[str], folder: Path) -> Sequence[str]:
    good(folder)
    lay(folder, name, text)
    return [*BATCH, *more]


def _there(name: str, command: Sequence[str], folder: Path) -> Sequence[str]:
    good(folder)
    lay(folder, "a.json", json.dumps(record()))
    lay(folder, "a.md", "# 试验社区2025年科普工作总结\n\n正文。\n")
    lay(folder, name, NOT_OURS)
    return command


def _links() -> Iterator[Attack]:
    """Links that lead a write elsewhere."""
    canary = "../../home/canary.txt"
    for name, target in (
        ("out/.kepu-docs-manifest.tmp", canary), ("out/manifest.jsonl", canary), ("out/report.xlsx", canary), ("out/.kepu-docs-lock", canary),
        ("out/.kepu-docs-placing", canary), ("out/.kepu-docs-waiting", "../../home"), ("out/甲0社区-2025.txt", canary), ("out/report.csv", canary),
        (".kepu-docs-out.tmp", "../home/canary.txt"), ("out.zip", "../home/canary.txt"), ("out", "../home"), ("out", "out"), ("out", "/dev/null"), ("out", "none/none"),
        ("out/.kepu-docs-report.tmp", canary), ("out/.kepu-docs-report.xlsx.tmp", canary), ("out/.kepu-docs-lock", "/dev/full"), ("out/manifest.jsonl", "/dev/full"),
        ("out/manifest.jsonl", "/dev/zero"), ("out/manifest.jsonl", "manifest.jsonl"), ("out/report.xlsx", "/dev/null"),
    ):  # fmt: skip
        for more in ((), ("--zip",)) if "out.zip" in name or ".kepu-docs-out" in name else ((),):
            # A folder that the user names may be a link of the user's own; a file below it is none.
            yield Attack(
                f"{name} a link to {target}",
                "out" + "".join(f" {each}" for each in more),
                partial(_linked, name, target, more),
                checks=(_canaries,),
                writes=("work/out", "work/elsewhere", "work/.kepu-docs-out.tmp"),
            )
    for name in (
        "out",
        "out/manifest.jsonl",
        "out/report.xlsx",
        "out/.kepu-docs-lock",
        "out/.kepu-docs-placing",
        "out/.kepu-docs-waiting",
        "out.zip",
        "out/甲0社区-2025.txt",
    ):
        yield Attack(f"{name} a pipe", "out", partial(_piped, name))
        if name != "out":
            yield Attack(f"{name} a folder", "out", partial(_foldered, name))
    for at, target in (("a.yaml", "../../home/evil.txt"), ("good.yaml", "../../home/evil.txt")):
        yield Attack(f"out/{at} a link", "import", partial(_import_link, at, target), checks=(_canaries,))
    yield Attack("the document's own folder a link", "import", _import_beside, checks=(_canaries,))
    yield Attack("a document a link to a canary", "render", _render_link)


def _canaries(run: Run) -> str | None:
    text = (run.folder / "home" / "canary.txt").read_text(encoding="utf-8")
    return None if text == CANARY else "the canary is changed"


def _linked(name: str, target: str, more: Sequence[str], folder: Path) -> Sequence[str]:
    good(folder)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if target == "../home" and name == "out":
        target = "elsewhere"
        (folder / "elsewhere").mkdir()
    path.symlink_to(target)
    return [*BATCH, *more]


def _piped(name: str, folder: Path) -> Sequence[str]:
    good(folder)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(folder / name)
    return [*BATCH, "--zip"]


def _foldered(name: str, folder: Path) -> Sequence[str]:
    good(folder)
    (folder / name / "inside").mkdir(parents=True)
    return [*BATCH, "--zip"]


def _import_link(name: str, target: str, folder: Path) -> Sequence[str]:
    (folder / "out").mkdir()
    (folder / "out" / name).symlink_to(target)
    lay(folder, name.replace(".yaml", ".md"), "# 试验社区2025年科普工作总结\n\n正文。\n")
    return ["import", name.replace(".yaml", ".md"), "-o", "out"]


def _import_beside(folder: Path) -> Sequence[str]:
    lay(folder, "out/a.md", "# 试验社区2025年科普工作总结\n\n正文。\n")
    (folder / "out" / "a.yaml").symlink_to("../../home/canary.txt")
    return ["import", "out/a.md"]


def _render_link(folder: Path) -> Sequence[str]:
    # A link in one's own folder is one's own: what it leads to is replaced, and that is documented. It stays inside.
    lay(folder, "a.json", json.dumps(record()))
    (folder / "out").mkdir()
    (folder / "out" / "试验社区2025年科普工作总结.txt").symlink_to("elsewhere.txt")
    return ["render", "a.json", "-o", "out", "-f", "txt"]


def _names() -> Iterator[Attack]:
    """Names that records give their documents."""
    names = (
        "../../home/evil",
        "..",
        ".",
        "/etc/evil",
        "C:\\evil",
        "a/b",
        "a\\b",
        "CON",
        "nul.txt",
        "社区.",
        " 社区 ",
        ".隐藏",
        "~$x",
        "-rf",
        "=1+1",
        "社区" * 200,
        "a:b",
        "a|b",
        "<a>",
        '"',
        "?*",
        "\u202egnp",
        "\u200b",
        "é",
        "e\u0301",
        "$HOME",
        "`id`",
        "%PATH%",
        ";id",
        "\u2028",
        "manifest",
        "report",
        ".kepu-docs-lock",
        "人" * 86,
    )
    for name in names:
        yield Attack(f"a community named {name[:20]!a}", "render", partial(_called, name, "render"))
        yield Attack(f"a community named {name[:20]!a}", "batch", partial(_called, name, "batch"), good=GOOD)
    for pattern in (
        "../{code}",
        "/{code}",
        "{code}/../{code}",
        "{code",
        "{code!r}",
        "{code:>999999999}",
        "{0}",
        "{code.__class__}",
        "{title}" * 500,
        "a\0b",
        "\x1b[2J{code}",
        "..",
        "",
        "{code}\n{code}",
        "~/{code}",
        "C:{code}",
    ):
        yield (
            Attack(f"--names {pattern[:30]!a}", "batch", partial(_pattern, pattern))
            if "\0" not in pattern
            else Attack("--names with a zero", "batch", partial(_pattern, "a%00b"))
        )


def _called(name: str, what: str, folder: Path) -> Sequence[str]:
    lay(
        folder,
        "a.json",
        json.dumps(
            record(name, title=name) | {"community": {"name": name, "code": name, "street": name, "district": name}}
        ),
    )
    if what == "render":
        return ["render", "a.json", "-o", "out", "-f", "txt"]
    return [
        "batch",
        "a.json",
        good(folder),
        "-o",
        "out",
        "-f",
        "txt",
        "-q",
        "-j",
        "1",
        "--names",
        "{district}/{street}/{code}-{title}",
        "--zip",
    ]


def _pattern(pattern: str, folder: Path) -> Sequence[str]:
    return ["batch", good(folder), "-o", "out", "-f", "txt", "-q", "-j", "1", "--names", pattern]


def _ends() -> Iterator[Attack]:
    """Standard output that nobody reads, and standard input that nobody writes."""
    commands: tuple[tuple[str, ...], ...] = (
        ("render", "a.json", "-o", "out", "-f", "txt"), ("batch", "good.jsonl", "-o", "out", "-f", "txt", "-q"), ("check", "a.json"), ("check", "a.json", "-f", "json"),
        ("schema",), ("new",), ("--help",), ("plugins", "list"), ("templates", "list"), ("import", "a.md", "-o", "out"), ("rollup", "good.jsonl", "--name", "试验区", "-o", "r.yaml"),
        ("check", "--rules"), ("nothing",), ("render", "none.json"),
    )  # fmt: skip
    for command in commands:
        for stdout in ("full", "closed"):
            # Nobody asked for r.yaml to be looked at here, and it is not in ``out``.
            if "r.yaml" not in command:
                yield Attack(
                    f"{' '.join(command)}, standard output {stdout}",
                    "ends",
                    partial(_ending, command),
                    stdout=stdout,
                    fresh=True,
                )
    for data, told in (
        (b"", "nothing"),
        (b"\0" * 100_000, "zeros"),
        (b"{" * 100_000, "braces"),
        (b"\xff\xfe" * 900, "noise"),
        (b"\n" * 100_000, "blank lines"),
    ):
        yield Attack(
            f"standard input of {told}",
            "ends",
            partial(_ending, ("batch", "-", "-o", "out", "-f", "txt", "-q")),
            stdin=data,
        )
        yield Attack(f"standard input of {told}, check", "ends", partial(_ending, ("check", "-")), stdin=data)


def _ending(command: Sequence[str], folder: Path) -> Sequence[str]:
    good(folder)
    lay(folder, "a.json", json.dumps(record()))
    lay(folder, "a.md", "# 试验社区2025年科普工作总结\n\n正文。\n")
    return command
