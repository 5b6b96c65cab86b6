"""What the library logs, on standard error, for who asks for it."""

import logging
from enum import StrEnum

from kepu_docs.errors.visible import seen


class LogLevel(StrEnum):
    """From which level on it is shown."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class _OneLine(logging.Formatter):
    """Writes what may hold anything of a stranger's file so that a terminal shows it and does nothing else."""

    def format(self, record: logging.LogRecord) -> str:
        return seen(super().format(record))


def log_on_standard_error(level: str) -> None:
    """Show what the library logs from a level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("kepu_docs")
    logger.addHandler(handler)
    logger.setLevel(level.upper())
