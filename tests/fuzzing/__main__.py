"""Fuzzing: ``python -m tests.fuzzing TARGET [--public] [OPTION...]``, with libFuzzer's options. ``make fuzz`` runs all.

Findings are in ``out/fuzzing/TARGET``; those worth a test go to ``tests/fuzzing/corpus/TARGET``.
"""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import atheris
from tests.fuzzing.frame import CORPUS, MEGABYTES, SECONDS, TARGETS, checked

if __name__ == "__main__":
    name, *options = sys.argv[1:] or [""]
    if name not in TARGETS:
        sys.exit(f"there is no target {name!r}; known are: {', '.join(TARGETS)}")
    public = "--public" in options
    # What is to be watched must be imported here for the first time; much of it would wait until it is used.
    with atheris.instrument_imports(include=list(TARGETS[name]), enable_loader_override=False):
        for each in TARGETS[name]:
            path = getattr(import_module(each), "__path__", ())
            for module in walk_packages(path, f"{each}."):
                import_module(module.name)
        from tests.fuzzing.frame import target

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
