"""Untrusted databases."""

import gc
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


def test_a_table_that_is_given_up_is_closed_first(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Who gets the error of a table sees no second one, of SQLAlchemy, about what was open."""
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE communities (code, name, period)")
        connection.execute("CREATE TABLE training_sessions (topic)")
        connection.executemany("INSERT INTO training_sessions VALUES (?)", [("应急救护",)] * 2000)
    connection.close()
    engine = default_engine()
    form = RecordForm(engine.registry.model, engine.languages.vocabulary)
    with pytest.raises(SourceError, match="the table has no column “code"):
        list(databases.Databases().records(f"sqlite:///{path}", form))
    gc.collect()
    assert caplog.messages == []
