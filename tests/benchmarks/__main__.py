"""Run every benchmark and print its figures."""

from tests.benchmarks import additions, batch, formats, languages, rollup, stages, tables, word

if __name__ == "__main__":
    word.main()
    additions.main()
    formats.main()
    languages.main()
    stages.main()
    batch.main()
    tables.main()
    rollup.main()
