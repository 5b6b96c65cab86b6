"""What a user may choose about checking: in a TOML file, and by the options of a command.

[check]
fail-on = "error"
neighbours = ["毗邻社区"]

[check.rules]
rare-character = "off"
names-in-row = "warning"
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

from kepu_docs.checking.remarks import SEVERITIES
from kepu_docs.contract.checks import Severity
from kepu_docs.errors import N_, SettingsError
from kepu_docs.pipeline.locations import SETTINGS_FILE
from kepu_docs.reading.records import RecordData, read_record

OFF: Final = "off"
_TABLE: Final = "check"
_KEYS: Final = ("fail-on", "neighbours", "rules")


@dataclass(frozen=True, slots=True)
class Settings:
    """Which rules are on, and how severe they are."""

    severities: Mapping[str, Severity | None] = field(default_factory=lambda: MappingProxyType({}))
    """Severities of rules that differ from their defaults; ``None`` for rules that are off."""
    only: frozenset[str] | None = None
    """The rules that are on, if not all are."""
    neighbours: tuple[str, ...] = ()
    """Names of other communities that records may mention."""
    fail_on: Severity = "warning"
    """The least severity of a remark with which a run fails."""

    @classmethod
    def read(cls, path: Path, rules: Iterable[str]) -> Self:
        """Return the settings of a TOML file, whose rules must be among ``rules``.

        Raises ``RecordError`` if the file cannot be read, ``SettingsError`` for unknown settings.
        """
        return cls._from(read_record(path), tuple(rules))

    @classmethod
    def _from(cls, data: RecordData, rules: tuple[str, ...]) -> Self:
        table = data.data.get(_TABLE, {})
        if not isinstance(table, dict):
            raise SettingsError.at(data.place((_TABLE,)), N_("expected a table [check]"))
        for key in table:
            if key not in _KEYS:
                text = N_("there is no setting “{key}”; the settings are: {known}")
                raise SettingsError.at(data.place((_TABLE, key), key=True), text, key=key, known=", ".join(_KEYS))
        fail_on = table.get("fail-on", "warning")
        if fail_on not in SEVERITIES:
            text = N_("“{value}” is not a severity; the severities are: {known}")
            place = data.place((_TABLE, "fail-on"))
            raise SettingsError.at(place, text, value=fail_on, known=", ".join(SEVERITIES))
        neighbours = table.get("neighbours", [])
        if not isinstance(neighbours, list) or not all(isinstance(name, str) for name in neighbours):
            raise SettingsError.at(data.place((_TABLE, "neighbours")), N_("expected a list of names"))
        return cls(_severities(data, table.get("rules", {}), rules), None, tuple(neighbours), fail_on)

    def chosen(self, on: Iterable[str], off: Iterable[str]) -> Self:
        """Return these settings with only the rules ``on``, if any are given, and without the rules ``off``."""
        only = frozenset(on) or self.only
        severities = {**self.severities, **dict.fromkeys(off, None)}
        # A rule that is asked for is on, whatever a file says.
        severities = {rule: severity for rule, severity in severities.items() if severity or rule not in set(on)}
        return replace(self, severities=MappingProxyType(severities), only=only)

    def severity(self, rule: str, usual: Severity) -> Severity | None:
        """Return the severity of a rule's findings; ``None`` for a rule that is off."""
        if self.only is not None and rule not in self.only:
            return None
        return self.severities.get(rule, usual)


def _severities(data: RecordData, table: Any, rules: tuple[str, ...]) -> Mapping[str, Severity | None]:
    path = (_TABLE, "rules")
    if not isinstance(table, dict):
        raise SettingsError.at(data.place(path), N_("expected a table [check.rules]"))
    found: dict[str, Severity | None] = {}
    for rule, value in table.items():
        if rule not in rules:
            text = N_("there is no rule “{rule}”; the rules are: {known}")
            raise SettingsError.at(data.place((*path, rule), key=True), text, rule=rule, known=", ".join(rules))
        if value not in (OFF, *SEVERITIES):
            text = N_("expected one of {known}; found {found}")
            place = data.place((*path, rule))
            raise SettingsError.at(place, text, known=", ".join((OFF, *SEVERITIES)), found=str(value)[:40])
        found[rule] = None if value == OFF else value
    return MappingProxyType(found)


def find_settings(path: str) -> Path | None:
    """Return the ``kepu-docs.toml`` next to ``path`` or in the nearest folder above; ``None`` if there is none."""
    start = Path(path).absolute()
    for folder in (start, *start.parents):
        file = folder / SETTINGS_FILE
        if file.is_file():
            return file
    return None
