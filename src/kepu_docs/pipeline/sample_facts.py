"""The known facts of a section before there is a record: those of its model, and those it computes from samples."""

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial
from typing import Any, Final

from kepu_docs.composing.known_facts import UNKNOWN, Known, among_others, either, facts, of_model, of_value
from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import Fault, RecordError
from kepu_docs.pipeline.validation import validate
from kepu_docs.registry import Registry
from kepu_docs.schema.samples import Path, Samples

_ALL: Final = 99
_SAMPLES: Final = ((2, 120, _ALL), (2, 120, 1), (0, 0, _ALL), (1, 120, _ALL), (10, 120, _ALL))
"""For each sample: entries of lists, the value of quantities, and the depth to which optional values are filled."""
_LEVELS: Final = ("community", "street", "city")
_MOST_REFUSALS: Final = 20
"""The most fields of a sample that are left out because the model refuses them."""


def section_known(
    registry: Registry, kind: SectionKind, records: Iterable[Mapping[str, Any]] = ()
) -> tuple[Known, bool]:
    """Return the known facts of a section, and whether these are all its facts.

    ``records`` contain one such section each; they add to the samples that are made from the model. If no sample can be
    made or computed, there may be unknown facts.
    """
    names = of_model(kind.model).names or {}
    computed: list[Known] = []
    for record in (*records, *_records(registry, kind)):
        try:
            summary = validate(record, registry.model)
            computed.append(of_value(dict(summary.sections[0].facts(summary))))
        except Exception:  # noqa: S112  (a foreign model may raise anything)
            continue
    if not computed:
        return among_others(names, kind.model), False
    made = either(computed).names or {}
    return facts({**names, **made}, kind.model), True


def highlights_known(registry: Registry, kind: SectionKind) -> Known:
    """Return the known facts of the highlights of a section, from its samples."""
    offered: list[Known] = []
    for record in _records(registry, kind):
        try:
            summary = validate(record, registry.model)
            offered += [of_value(dict(each.facts)) for each in summary.sections[0].standing_out(summary)]
        except Exception:  # noqa: S112  (a foreign model may raise anything)
            continue
    return among_others(either(offered).names or {}) if offered else UNKNOWN


def path_of(fault: Fault) -> Path:
    """Return the path of a fault's field within its section, by names."""
    names = [part.partition("[")[0] for part in fault.place.field.split(".")]
    return tuple(names[1:])


def _records(registry: Registry, kind: SectionKind) -> Iterator[Mapping[str, Any]]:
    for size, number, depth in _SAMPLES:
        samples = Samples(kind.model, _text, size=size, number=number)
        refused: set[Path] = set()
        for _ in range(_MOST_REFUSALS):
            wanted = partial(_is_wanted, refused, depth)
            section = samples.section(kind.name, wanted)
            try:
                validate(_record(section, _LEVELS[0]), registry.model)
            except RecordError as error:
                found = {path for path in map(path_of, error.faults) if path} - refused
                if not found:
                    break
                refused |= found
            except Exception:
                break
            else:
                yield from (_record(section, level) for level in _LEVELS)
                break


def _is_wanted(refused: Set[Path], depth: int, path: Path) -> bool:
    return path not in refused and len(path) <= depth


def _record(section: Mapping[str, Any], level: str) -> dict[str, Any]:
    return {
        "community": {"name": "试验社区", "level": level, "residents": 8600},
        "period": 2025,
        "sections": [section],
    }


def _text(path: Path, nth: int, limit: int) -> str:
    return f"试验{nth + 1}"[:limit]
