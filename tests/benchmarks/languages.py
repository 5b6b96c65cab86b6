"""The cost of languages: composing in each, compared with composing with fixed labels, figures and dates."""

import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kepu_docs.composing.composer import Composer
from kepu_docs.pipeline import Engine
from kepu_docs.registry import Registry

LOCALES = ("zh_Hans", "zh_Hant", "en")
TURNS = 40
RECORD = Path(__file__).parents[1] / "examples" / "rich.yaml"
FIXED = ("number", "count", "date", "period", "percent", "money", "when", "kind", "field", "unit", "show")


def main() -> None:
    """Print how many times as long composing takes in each language."""
    engine = Engine(Registry.load())
    summary = engine.load(RECORD)
    print(f"Composing one record with every section kind, {TURNS} turns")
    for locale in LOCALES:
        works: dict[str, Callable[[], object]] = {
            "told": partial(engine.registry.composer(locale).compose, summary),
            "fixed": partial(fixed(engine.registry.composer(locale)).compose, summary),
        }
        for work in works.values():
            work()
        ratios = []
        for _ in range(TURNS):
            spent = {name: seconds(works[name]) for name in random.sample(list(works), len(works))}
            ratios.append(spent["told"] / spent["fixed"])
        print(f"  {locale:8} {statistics.median(ratios):.2f} x composing with fixed strings (aim: at most 1.5)")


def fixed(composer: Composer) -> Composer:
    """Return ``composer`` with constants for all that a language writes; no template of it is compiled yet."""
    formats, environment = composer.formats, composer._environment
    for name in FIXED:
        setattr(formats, name, constant)
    for name in set(FIXED) & set(environment.filters):
        environment.filters[name] = constant
    environment.globals["kind_label"] = constant
    environment.finalize = lambda value: value if isinstance(value, str) else "12"
    return composer


def constant(*_: object, **__: object) -> str:
    """Return what stands for any figure or label."""
    return "12"


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
