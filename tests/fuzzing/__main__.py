"""Fuzzing: ``python -m tests.fuzzing TARGET [--public] [OPTION...]``, with options of libFuzzer. ``make fuzz`` runs all.

What is found lies in ``out/fuzzing/TARGET``; what is worth a test goes to ``tests/fuzzing/corpus/TARGET``.
"""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import atheris
from tests.fuzzing.frame import CORPUS, MEGABYTES, SECONDS, TARGETS, checked

NOT_FUZZED = ("kepu_docs.__main__", "kepu_docs.cli", "kepu_docs.testing")

if __name__ == "__main__":
    name, *options = sys.argv[1:] or [""]
    if name not in TARGETS:
        sys.exit(f"there is no target {name!r}; known are: {', '.join(TARGETS)}")
    public = "--public" in options
    # What is to be covered must be imported here for the first time; much of it waits until it is used.
    with atheris.instrument_imports(include=["kepu_docs", "kepu_word"], enable_loader_override=False):
        from tests.fuzzing.frame import target

        import kepu_docs
        import kepu_word

        for package in (kepu_docs, kepu_word):
            for module in walk_packages(package.__path__, f"{package.__name__}."):
                if not module.name.startswith(NOT_FUZZED):
                    import_module(module.name)
        chosen = target(name)
    check = chosen.public if public else chosen.check
    if check is None:
        sys.exit(f"{name} has no other door; its own is public")

    folder = Path("out", "fuzzing", name)
    for each in ("inputs", "seeds"):
        (folder / each).mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(chosen.seeds()):
        (folder / "seeds" / f"seed-{number:03}").write_bytes(seed)
    (CORPUS / name).mkdir(exist_ok=True)

    def change(data: bytes, longest: int) -> bytes:
        """Let libFuzzer change bytes; it needs some."""
        changed: bytes = atheris.Mutate(data or b" ", max(longest, 1))
        return changed

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        """Change an input as its target knows."""
        assert chosen.mutate
        return chosen.mutate(data, longest, seed, change)

    usual = [
        f"-timeout={SECONDS}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-max_len={chosen.longest}",
        "-len_control=0",
        f"-artifact_prefix={folder}/",
        *(
            []
            if any(not each.startswith("-") for each in options)
            else [str(folder / "inputs"), str(folder / "seeds"), str(CORPUS / name)]
        ),
    ]
    hooks = {"custom_mutator": mutate} if chosen.mutate else {}
    atheris.Setup([sys.argv[0], *usual, *(each for each in options if each != "--public")], checked(check), **hooks)
    atheris.Fuzz()
