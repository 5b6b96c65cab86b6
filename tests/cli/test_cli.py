"""The command line as its users call it: its output, its exit status."""

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from babel import Locale
from tests.cli.calling import kepu, kepu_process, untimed

from kepu_docs.cli import app, interface
from kepu_docs.cli.interface import user_locale

GOOD = "community: {name: 试验社区}\nperiod: 2025\nopening: 开头。\n"


@pytest.mark.some(4)
@pytest.mark.parametrize(
    ("status", "arguments"),
    [
        (0, ["render", "r.yaml", "-f", "txt", "-o", "out"]),
        (1, ["render", "r.yaml", "missing.yaml", "-f", "txt", "-o", "out"]),
        (0, ["batch", "r.yaml", "-o", "out", "-f", "txt", "-q"]),
        (1, ["check", "r.yaml", "--fail-on", "info"]),
        (2, ["--ui-locale", "zh_Hant", "rendr"]),
        (0, ["rollup", "--help"]),
        (0, ["templates", "list"]),
    ],
    ids=lambda given: given[-1] if isinstance(given, list) else str(given),
)
def test_a_process_says_what_the_other_tests_see(tmp_path: Path, status: int, arguments: list[str]) -> None:
    """The other tests call the function that a process begins with: that has to tell the same."""
    told = []
    for call in (kepu, kepu_process):
        folder = tmp_path / call.__name__
        folder.mkdir()
        (folder / "r.yaml").write_text(GOOD, encoding="utf-8")
        done = call(*arguments, folder=folder)
        told.append(
            (done.returncode, untimed(done.stdout), done.stderr, sorted(path.name for path in folder.rglob("*")))
        )
    assert told[0] == told[1]
    assert told[0][0] == status
    assert told[0][1] + told[0][2]


def test_render_writes_what_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(GOOD, encoding="utf-8")
    done = kepu("render", "r.yaml", "-f", "docx, md,txt,md", "-o", "out/new", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    stem = "试验社区2025年科普工作总结"
    assert done.stdout.splitlines() == [f"out/new/{stem}{suffix}" for suffix in (".docx", ".md", ".txt")]
    assert sorted(path.name for path in (tmp_path / "out/new").iterdir()) == [
        stem + suffix for suffix in (".docx", ".md", ".txt")
    ]


def test_words_are_converted_and_names_told(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(GOOD.replace("试验社区", "云岭社区"), encoding="utf-8")
    done = kepu("render", "r.yaml", "-f", "txt", "--locale", "zh_Hant", "--convert", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "雲嶺社區2025年科普工作總結.txt\n")
    assert done.stderr.splitlines()[0] == (
        "warning: r.yaml: names whose characters have several Traditional forms, to be reviewed: 云岭社区 → 雲嶺社區"
    )
    assert "云岭" not in (tmp_path / "雲嶺社區2025年科普工作總結.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["render", "batch", "rollup"])
def test_words_are_converted_for_traditional_documents_alone(command: str, tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(GOOD, encoding="utf-8")
    done = kepu(command, "r.yaml", "-o", "out", "--locale", "en", "--convert", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "error: the record's words can only be converted for documents in zh_Hant; these are in en\n"
    )
    assert not (tmp_path / "out").exists()


def test_a_bad_record_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("community: {nmae: 甲}\nperiod: 2025-13\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    done = kepu("render", "bad.yaml", "missing.yaml", "empty", "good.yaml", "-f", "txt", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout == "试验社区2025年科普工作总结.txt\n"
    told = done.stderr.splitlines()
    assert told[0].startswith("error: bad.yaml:1:13: community.nmae: there is no field “nmae” here")
    assert told[1].startswith("error: bad.yaml:2:9: period: expected a year")
    assert told[2].startswith("error: missing.yaml: ")
    assert told[3].startswith("error: empty: this folder has no file that ends in one of ")
    assert told[4] == "3 of 4 records failed; 1 done"
    assert "Traceback" not in done.stderr
    assert len(told) == 5


def test_render_takes_whatever_holds_records(tmp_path: Path) -> None:
    records = [GOOD.replace("试验社区", f"试验{name}社区") for name in "甲乙丙丁戊己"]
    lines = "".join(json.dumps(yaml.safe_load(each), ensure_ascii=False) + "\n" for each in records)
    (tmp_path / "two.yaml").write_text("---\n".join(records[:2]), encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text("".join(lines.splitlines(keepends=True)[2:4]), encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "r.yaml").write_text(records[4], encoding="utf-8")
    given = "".join(lines.splitlines(keepends=True)[5:])
    command = ("render", "two.yaml", "lines.jsonl", "folder", "-", "-f", "txt,docx", "-o", "folder")
    made = [f"试验{name}社区2025年科普工作总结{suffix}" for name in "甲乙丙丁戊己" for suffix in (".txt", ".docx")]
    # Its own documents in a folder that it reads are no records.
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "kepu_docs", *command],
            cwd=tmp_path,
            input=given,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert [line.removeprefix("folder/") for line in done.stdout.splitlines()] == made


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["render", "r.yaml", "-f", "odt"], "there is no format “odt”; the formats are: docx, html, md, pdf, txt"),
        (["render", "r.yaml", "-f", ","], "choose a format"),
        (["render", "r.yaml", "--locale", "xx_YY"], "not a locale"),
        (["render"], "Missing argument"),
        (["new", "trainning"], "there is no section kind “trainning”"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_use(tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "r.yaml").write_text(GOOD, encoding="utf-8")
    done = kepu(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(GOOD, encoding="utf-8")
    done = kepu("render", "r.yaml", "-o", "r.yaml", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: r.yaml: ")
    assert "Traceback" not in done.stderr


def test_new_prints_or_writes_a_starter_record(tmp_path: Path) -> None:
    printed = kepu_process("new", "training", folder=tmp_path, LC_ALL="C", PYTHONIOENCODING="")
    assert "kind: training" in printed.stdout
    assert "kind: team" not in printed.stdout
    written = kepu("new", "training", "-o", "new.yaml", folder=tmp_path)
    assert written.stdout == "new.yaml\n"
    assert (tmp_path / "new.yaml").read_text(encoding="utf-8") == printed.stdout
    again = kepu("new", "-o", "new.yaml", folder=tmp_path)
    assert again.returncode == 1
    assert again.stderr.startswith("error: new.yaml: ")
    assert kepu("render", "new.yaml", "-f", "txt", folder=tmp_path).returncode == 0


def test_schema_is_json(tmp_path: Path) -> None:
    assert "training" in str(json.loads(kepu("schema", folder=tmp_path).stdout)["$defs"])


def test_plugins_list_names_each_plugin(tmp_path: Path) -> None:
    lines = kepu("plugins", "list", folder=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in lines][:3] == ["kepu-docs:core", "kepu-docs:excel", "kepu-docs:html"]
    assert "formats: xlsx" in lines[1]
    assert "formats: html" in lines[2]


def test_help_does_not_load_what_it_does_not_need(tmp_path: Path) -> None:
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kepu_docs", "--help"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stderr
    for module in ("pydantic", "jinja2", "docx", "lxml", "babel"):
        assert f" {module}\n" not in loaded


def test_a_fault_of_ours_is_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from kepu_docs.cli import app

    def fail() -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("kepu_docs.pipeline.default_engine", fail)
    monkeypatch.setattr(sys, "argv", ["kepu-docs", "schema"])
    monkeypatch.setattr("warnings.showwarning", None)
    with pytest.raises(SystemExit) as stopped:
        app.main()
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("error: this is a bug in kepu-docs, not your mistake; please report it: ")


def test_templates_are_checked_without_a_record(tmp_path: Path) -> None:
    file = tmp_path / "own" / "zh_Hans" / "sections" / "training.jinja"
    file.parent.mkdir(parents=True)
    file.write_text('{% extends "default" %}\n{% block heading %}学习{% endblock %}\n', encoding="utf-8")
    sound = kepu("templates", "check", "own", folder=tmp_path)
    assert (sound.returncode, sound.stdout, sound.stderr) == (0, "no errors; templates and catalogues checked: 1\n", "")
    file.write_text("{% paragraph %}\n{{ section.hled | phrase('{}场') }}{% endparagraph %}", encoding="utf-8")
    place = "own/zh_Hans/sections/training.jinja:2"
    wrong = kepu("templates", "check", "own", folder=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr == f"error: {place}: there is no fact “hled”; did you mean “held”?\n"
    chinese = kepu("--ui-locale", "zh_Hans", "templates", "check", "own", folder=tmp_path)
    assert (chinese.returncode, chinese.stderr) == (1, f"错误：{place}: 没有“hled”这个事实；是不是“held”？\n")
    absent = kepu("templates", "check", "absent", folder=tmp_path)
    assert (absent.returncode, "this is not a folder of templates" in absent.stderr) == (1, True)


@pytest.mark.deep
def test_a_label_that_nothing_looks_up_is_warned_of_once_in_a_batch(tmp_path: Path) -> None:
    catalog = tmp_path / "own" / "zh_Hans" / "messages.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text('msgctxt "kind"\nmsgid "trainning"\nmsgstr "学习"\n', encoding="utf-8")
    row = '{"community": {"name": "试验社区%d"}, "period": 2025, "opening": "开头。"}\n'
    (tmp_path / "r.jsonl").write_text("".join(row % nth for nth in range(60)), encoding="utf-8")
    options = ("-o", "out", "-f", "txt", "-q", "--templates", "own", "--jobs", "2")
    done = kepu_process("--ui-locale", "zh_Hans", "batch", "r.jsonl", *options, folder=tmp_path)
    assert done.returncode == 0
    assert [line for line in done.stderr.splitlines() if "trainning" in line] == [
        f"注意：{catalog}:2: msgctxt 为“kind”的“trainning”不会被用到；是不是“training”？"
    ]


def test_templates_are_listed_and_copied(tmp_path: Path) -> None:
    listed = kepu("templates", "list", folder=tmp_path)
    assert listed.returncode == 0
    lines = listed.stdout.splitlines()
    assert lines[0].startswith("title.jinja  ")
    assert any(
        line.startswith("sections/training.jinja  ")
        and line.endswith("[heading, overview, lead_rolled_up, lead, lead_2, lead_3, details]")
        for line in lines
    )
    copied = kepu("templates", "copy", "training", "--phrase", "heading", "-o", "own", folder=tmp_path)
    assert copied.stdout == "own/zh_Hans/sections/training.jinja\n"
    file = tmp_path / "own" / "zh_Hans" / "sections" / "training.jinja"
    source = file.read_text("utf-8")
    assert source.startswith('{% extends "default" %}\n{% block heading %}')
    file.write_text(
        source.replace("section.heading or message or kind_label(section.kind)", '"学习"'), encoding="utf-8"
    )
    (tmp_path / "r.yaml").write_text(
        "community: {name: 试验社区}\nperiod: 2025\nsections: [{kind: training, sessions_total: 3}]\n", encoding="utf-8"
    )
    assert kepu("render", "r.yaml", "-f", "txt", "--templates", "own", folder=tmp_path).returncode == 0
    (made,) = tmp_path.glob("*.txt")
    assert "一、学习" in made.read_text("utf-8")
    again = kepu("templates", "copy", "training", "-o", "own", folder=tmp_path)
    assert (again.returncode, "exists already" in again.stderr) == (1, True)
    wrong = kepu("templates", "copy", "trainning", folder=tmp_path)
    assert (wrong.returncode, "there is no template “trainning”" in wrong.stderr) == (2, True)
    block = kepu("templates", "copy", "training", "--phrase", "x", folder=tmp_path)
    assert (
        block.returncode,
        "there is no block “x”; the blocks are: heading, overview, lead_rolled_up, lead, lead_2, lead_3, details"
        in block.stderr,
    ) == (
        2,
        True,
    )


@pytest.mark.parametrize(
    ("environment", "usage", "unknown"),
    [
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "用法：kepu-docs", "错误：没有 'rendr' 这个命令"),
        ({"LC_ALL": "", "LANG": "zh_TW.UTF-8"}, "用法：kepu-docs", "錯誤：沒有 'rendr' 這個命令"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "Usage: kepu-docs", "No such command"),
        ({"LC_ALL": "", "LANG": "fr_FR.UTF-8"}, "Usage: kepu-docs", "No such command"),
    ],
)
def test_the_language_of_the_user(tmp_path: Path, environment: dict[str, str], usage: str, unknown: str) -> None:
    shown = kepu("--help", folder=tmp_path, **environment)
    assert (shown.returncode, shown.stdout.startswith(usage)) == (0, True)
    assert unknown in kepu("rendr", folder=tmp_path, **environment).stderr
    chosen = kepu("--ui-locale", "zh_Hans", "render", "absent.yaml", folder=tmp_path, **environment)
    assert chosen.stderr.splitlines()[0] == "错误：absent.yaml: 没有这个文件"
    assert chosen.stderr.splitlines()[-1] == "1 份记录中 1 份有错，0 份已完成"


@pytest.mark.parametrize(
    ("language", "variables", "locale"),
    [
        (0x0804, {}, "zh_Hans_CN"),
        (0x0404, {}, "zh_Hant_TW"),
        (0x0409, {}, "en_US"),
        (0xFFFF, {}, "en"),
        (0x0804, {"LANG": "en"}, "en"),
    ],
)
def test_the_language_of_windows(
    monkeypatch: pytest.MonkeyPatch, language: int, variables: dict[str, str], locale: str
) -> None:
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: language)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, variables.get(name, ""))
    assert user_locale([]) == locale


@pytest.mark.parametrize("name", interface._CHINESE)
def test_usual_names_of_chinese_are_what_babel_makes_of_them(name: str) -> None:
    assert user_locale(["--ui-locale", name]) == str(Locale.parse(name))


def test_usual_languages_need_no_babel(tmp_path: Path) -> None:
    """Only who has read no catalogue before needs it, to check the catalogue's plurals."""
    code = (
        "import sys; sys.argv[1:] = ['--ui-locale', 'zh_CN.UTF-8', '--help']\nfrom kepu_docs.cli import main\n"
        "try: main()\n"
        "finally: print([each for each in ('babel', 'pydantic', 'jinja2') if each in sys.modules], file=sys.stderr)"
    )
    environment = {**os.environ, "KEPU_DOCS_CACHE": str(tmp_path / "cache")}
    for needed in (["babel"], []):
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", check=True
        )
        assert done.stdout.startswith("用法：")
        assert done.stderr == f"{needed}\n"


@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        (["render", "x.yaml"], ["render"]),
        (["--ui-locale", "zh", "check", "render"], ["check"]),
        (["--no-plugin", "render", "check"], None),
        (["rend"], None),
        (["--help"], None),
        (["plugins", "new"], None),
        ([], None),
    ],
)
def test_only_the_command_that_is_called_is_made(arguments: list[str], made: list[str] | None) -> None:
    needed = app._needed(arguments)
    assert (needed is app.app) == (made is None)
    assert made is None or [each.name for each in needed.registered_commands] == made


def test_help_of_a_command_is_the_same_whether_others_are_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alone = kepu("render", "--help", folder=tmp_path).stdout
    monkeypatch.setattr(app, "_needed", lambda arguments: app.app)
    assert kepu("render", "--help", folder=tmp_path).stdout == alone


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_every_message_is_translated(locale: str) -> None:
    from kepu_docs.pipeline import default_engine

    translate = default_engine().languages.translation(locale)
    for text in (
        "there is no such file",
        "warning: {message}",
        "this field is missing; it is required",
        "Usage: {usage}",
    ):
        assert translate(text) != text


def test_plugins_that_are_left_out(tmp_path: Path) -> None:
    done = kepu("--no-plugin", "kepu-docs:markdown", "plugins", "list", folder=tmp_path)
    assert done.returncode == 0
    assert "kepu-docs:markdown" in done.stdout
    assert "left out on request" in done.stdout
    refused = kepu("--no-plugin", "kepu-docs:markdown", "render", "r.yaml", "-f", "md", folder=tmp_path)
    assert "there is no format “md”; the formats are: docx, html, pdf, txt" in refused.stderr
    unknown = kepu("--no-plugin", "markdwon", "--strict-plugins", "plugins", "list", folder=tmp_path)
    assert unknown.returncode == 1
    assert "there is no plugin “markdwon”" in unknown.stderr
