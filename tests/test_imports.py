import subprocess
import sys


def test_importing_the_library_is_light() -> None:
    code = "import sys, kepu_docs; print([m for m in ('pydantic', 'jinja2', 'docx', 'lxml', 'babel', 'typer') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
