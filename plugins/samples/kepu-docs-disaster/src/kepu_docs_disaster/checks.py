"""Rules for disaster prevention: figures that are impossible or that should be checked."""

from collections.abc import Iterable, Iterator
from typing import Final

from kepu_docs.plugin import N_, Check, Finding, Subject, total
from kepu_docs_disaster.section import DisasterPrevention


def sections(subject: Subject) -> Iterator[tuple[int, DisasterPrevention]]:
    """Yield the sections about disaster prevention, with their positions in the record."""
    for position, section in enumerate(subject.summary.sections):
        if isinstance(section, DisasterPrevention):
            yield position, section


def crowded_drills(subject: Subject) -> Iterable[Finding]:
    """Find drills with more participants than the community has residents."""
    residents = subject.summary.community.residents
    if residents is None or not residents.value:
        return
    for position, section in sections(subject):
        for place, drill in enumerate(section.drills):
            times = max(drill.times.value, 1) if drill.times else 1
            if drill.attendance and drill.attendance.value > residents.value * times:
                yield Finding(
                    ("sections", position, "drills", place, "attendance"),
                    N_("{found} attendances at {times} drills, and the community has {residents} residents"),
                    (("found", drill.attendance.value), ("times", times), ("residents", residents.value)),
                )


def too_many_houses(subject: Subject) -> Iterable[Finding]:
    """Find records in which more houses were reinforced than need it."""
    for position, section in sections(subject):
        given = section.reinforcement
        if given and given.done and given.needed and given.done.value > given.needed.value:
            yield Finding(
                ("sections", position, "reinforcement", "done"),
                N_("{done} houses have been reinforced, but only {needed} need it; those done are among these"),
                (("done", given.done.value), ("needed", given.needed.value)),
            )


def scarce_shelters(subject: Subject) -> Iterable[Finding]:
    """Find shelters that hold fewer people than live in the community, if the capacity of each shelter is known."""
    residents = subject.summary.community.residents
    for position, section in sections(subject):
        capacity = total((shelter.capacity for shelter in section.shelters), "人")
        known = all(shelter.capacity for shelter in section.shelters)
        if residents and capacity and known and capacity.value < residents.value:
            yield Finding(
                ("sections", position, "shelters"),
                N_("the shelters have room for {capacity} of {residents} residents"),
                (("capacity", capacity.value), ("residents", residents.value)),
            )


CHECKS: Final = (
    Check(
        "drill-attendance",
        "warning",
        N_("A drill has no more attendances than the community has residents, each time that it was held."),
        N_("arithmetic: nobody takes part twice in one drill"),
        crowded_drills,
    ),
    Check(
        "reinforced-houses",
        "error",
        N_("There are no more reinforced houses than houses that need it."),
        N_("arithmetic: those that have been reinforced are among those that need it"),
        too_many_houses,
    ),
    Check(
        "shelter-capacity",
        "info",
        N_("The shelters have room for all residents."),
        N_("worth knowing before the next plan is made; shelters of neighbours may serve, too"),
        scarce_shelters,
    ),
)
"""All rules of this plugin."""
