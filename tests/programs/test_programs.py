"""The programs of docs/examples/programs run, and type checkers report nothing in them."""

import json
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

PROGRAMS = Path(__file__).parents[2] / "docs" / "examples" / "programs"
RECORD = {"community": {"name": "试验社区"}, "period": 2025, "opening": "开头。"}

pytestmark = pytest.mark.deep


def run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_record_built_in_python(tmp_path: Path) -> None:
    printed = run(sys.executable, PROGRAMS / "typed_record.py", folder=tmp_path)
    assert printed.splitlines() == ["[60, 40] 2025-01-01", "docx True", "html True", "md True", "txt True"]


def test_a_plugin_without_installation(tmp_path: Path) -> None:
    printed = run(sys.executable, PROGRAMS / "own_plugin.py", folder=tmp_path)
    assert printed.startswith("试验社区2025年科普工作总结\n")
    assert "全年300人次参加应急演练。" in printed


def test_a_daemonic_worker(tmp_path: Path) -> None:
    lines = [json.dumps({**RECORD, "community": {"name": f"试验{n}社区"}}, ensure_ascii=False) for n in range(60)]
    (tmp_path / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert json.loads(run(sys.executable, PROGRAMS / "worker.py", tmp_path, folder=tmp_path)) == {
        "made": 60,
        "failed": 0,
    }
    assert len(list((tmp_path / "out").rglob("*.docx"))) == 60


def test_data_frames(tmp_path: Path) -> None:
    printed = run(sys.executable, PROGRAMS / "data_frames.py", folder=tmp_path)
    assert [line.split() for line in printed.splitlines()[:4]] == [
        ["record", "community", "status"],
        ["records[0]", "试验社区", "done"],
        ["records[1]", "示例社区", "done"],
        ["records[2]", "样本社区", "failed"],
    ]
    assert "records[2]: 居民人数: expected a number" in printed
    assert printed.endswith("\n2\n")


def test_records_and_documents_in_a_stream(tmp_path: Path) -> None:
    assert run(sys.executable, PROGRAMS / "stream.py", folder=tmp_path).splitlines() == [
        str([f"试验{number}社区-2025.{suffix}" for number in range(3) for suffix in ("docx", "txt")]),
        str([f"示例{number}社区-2025.txt" for number in range(3)]),
        "['试验社区-2025.txt']",
        "cancelled after 32",
        "28 32",
        "60 3",
    ]


def test_a_web_service() -> None:
    sys.path.insert(0, str(PROGRAMS))
    try:
        service = import_module("service")
    finally:
        sys.path.remove(str(PROGRAMS))
    client = import_module("fastapi.testclient").TestClient(service.app)
    record = {**RECORD, "sections": [{"kind": "training", "sessions": [{"topic": "应急救护", "attendance": 60}]}]}
    for address in ("/summaries", "/records"):
        answer = client.post(address, params={"format": "txt"}, json=record)
        assert answer.status_code == 200, answer.text
        assert "60人次" in answer.text
    assert client.post("/summaries", json=record).content.startswith(b"PK")
    assert client.post("/summaries", json={**record, "opening": 7}).status_code == 422
    wrong = client.post("/records", json={**record, "社区": {}, "opening": 7})
    assert wrong.status_code == 422
    (fault,) = [each for each in wrong.json()["faults"] if each["path"] == ["opening"]]
    assert fault["code"]
    assert fault["text"]
    assert "WorkSummary" in client.get("/openapi.json").text


def test_a_notebook(tmp_path: Path) -> None:
    nbclient, nbformat = import_module("nbclient"), import_module("nbformat")
    notebook = nbformat.read(PROGRAMS / "notebook.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [cell.outputs[0].data for cell in notebook.cells if cell.cell_type == "code"]
    assert "试验社区2025年科普工作总结</h1>" in shown[0]["text/html"]
    assert shown[0]["text/markdown"].startswith("# 试验社区2025年科普工作总结")
    assert "'Heading'" in shown[1]["text/plain"]
    assert shown[3]["text/plain"] == "True"


@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_type_checkers_find_nothing(checker: str, tmp_path: Path) -> None:
    """As a stranger runs them: without the settings of this project, and without pydantic's plugin."""
    for program in PROGRAMS.glob("*.py"):
        shutil.copy(program, tmp_path)
    names = sorted(program.name for program in tmp_path.glob("*.py"))
    if checker == "mypy":
        (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = True\n", encoding="utf-8")
        run(sys.executable, "-m", "mypy", "--no-incremental", *names, folder=tmp_path)
    else:
        run(
            sys.executable,
            "-m",
            "basedpyright",
            "--level",
            "error",
            "--pythonpath",
            sys.executable,
            *names,
            folder=tmp_path,
        )


@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_type_checkers_see_what_is_wrong(checker: str, tmp_path: Path) -> None:
    source = (PROGRAMS / "typed_record.py").read_text(encoding="utf-8")
    for name, (right, wrong) in {
        "misspelt": ("times=4", "tims=4"),
        "type": ("attendance=60", "attendance=[60]"),
        "missing": ('Community(name="试验社区", ', "Community("),
        "read": ("-> list[Count]", "-> list[str]"),
    }.items():
        assert right in source
        (tmp_path / f"{name}.py").write_text(source.replace(right, wrong), encoding="utf-8")
        (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = True\n", encoding="utf-8")
        options = ["--no-incremental"] if checker == "mypy" else ["--level", "error", "--pythonpath", sys.executable]
        command = [sys.executable, "-m", checker, *options, f"{name}.py"]
        assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 1, name
