"""Run every benchmark and print its figures."""

from tests.benchmarks import (
    additions,
    batch,
    checking,
    formats,
    forms,
    importing,
    languages,
    pdf,
    rollup,
    stages,
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
