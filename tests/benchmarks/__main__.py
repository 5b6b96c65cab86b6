"""Run every benchmark and print its figures."""

from tests.benchmarks import word

if __name__ == "__main__":
    word.main()
