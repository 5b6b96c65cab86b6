"""Fuzzing of the importer: ``make fuzz``, for ten minutes, or ``python -m tests.fuzzing.importing`` with other options.

Options are those of libFuzzer. What it must not find is in :mod:`tests.fuzzing.inputs`; inputs that show a fault are
kept in ``corpus`` and run by ``tests/fuzzing/test_corpus.py``.
"""

import sys

import atheris

with atheris.instrument_imports(include=["kepu_docs.importing"]):
    from tests.fuzzing.inputs import check

if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
