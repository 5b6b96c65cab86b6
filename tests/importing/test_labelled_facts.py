"""The facts that people marked in invented summaries: precision and recall of the import."""

import pytest
from tests.importing.labelled_facts.__main__ import labelled, main, score


@pytest.mark.deep
@pytest.mark.parametrize(("file", "precision", "recall"), [("tuned.txt", 0.99, 0.97), ("held_out.txt", 0.97, 0.95)])
def test_facts_that_people_marked(file: str, precision: float, recall: float) -> None:
    found = score(labelled(file))
    assert found.precision >= precision, found.wrong
    assert found.recall >= recall, found.missed


@pytest.mark.deep
def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == ["tuned.txt", "held_out.txt"]
