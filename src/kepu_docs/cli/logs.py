"""The log of the library on standard error, for users who ask for it."""

import logging
from enum import StrEnum

from kepu_docs.errors.visible import seen


class LogLevel(StrEnum):
    """The lowest level that is shown."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class _OneLine(logging.Formatter):
    """Formats messages that may contain untrusted text so that a terminal shows them without side effects."""

    def format(self, record: logging.LogRecord) -> str:
        return seen(super().format(record))


def log_on_standard_error(level: str) -> None:
    """Show log messages of the library from a level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("kepu_docs")
    logger.addHandler(handler)
    logger.setLevel(level.upper())
