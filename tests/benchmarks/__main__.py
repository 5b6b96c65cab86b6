"""Run every benchmark and print its figures, and at the end the table of the aims."""

from tests.benchmarks import (
    additions,
    aims,
    batch,
    checking,
    formats,
    forms,
    importing,
    languages,
    pdf,
    rollup,
    stages,
    start,
    tables,
    word,
)

if __name__ == "__main__":
    word.main()
    additions.main()
    forms.main()
    formats.main()
    languages.main()
    pdf.main()
    importing.main()
    stages.main()
    batch.main()
    tables.main()
    checking.main()
    rollup.main()
    start.main()
    aims.main()
