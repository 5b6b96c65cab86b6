"""Run every benchmark and print its figures."""

from tests.benchmarks import formats, word

if __name__ == "__main__":
    word.main()
    formats.main()
