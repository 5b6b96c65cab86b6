"""From paths to the sources that read them."""

from pathlib import Path

from kepu_docs.pipeline import default_engine
from kepu_docs.pipeline.locations import SETTINGS_FILE, locations


def test_settings_that_stand_beside_records_are_none_of_them(tmp_path: Path) -> None:
    below = tmp_path / "2025"
    below.mkdir()
    for name in ("a.toml", SETTINGS_FILE, "2025/b.json", f"2025/{SETTINGS_FILE}"):
        (tmp_path / name).touch()
    wanted = [str(tmp_path / name) for name in ("2025/b.json", "a.toml")]
    for given in (str(tmp_path), str(tmp_path / "**")):
        assert sorted(each.path for each in locations(default_engine(), [given])) == wanted
    named = str(tmp_path / SETTINGS_FILE)
    assert [each.path for each in locations(default_engine(), [named])] == [named]
