"""Databases that strangers hand in."""

import sqlite3
from pathlib import Path

import pytest

from kepu_docs.contract.sources import RecordForm
from kepu_docs.errors import SourceError
from kepu_docs.pipeline import default_engine
from kepu_sources.tables import databases


def test_a_view_that_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's steps are counted: a stranger's view that yields no row for ever is stopped."""
    monkeypatch.setattr(databases, "MOST_STEPS", 2_000_000)
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE VIEW communities AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
            "SELECT x AS code, x AS name FROM n WHERE x < 0"
        )
    connection.close()
    engine = default_engine()
    form = RecordForm(engine.registry.model, engine.languages.vocabulary)
    with pytest.raises(SourceError, match="the database cannot be read: interrupted"):
        list(databases.Databases().records(f"sqlite:///{path}", form))
