"""Counts the SQL statements that a piece of code sends, on either database."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_LOGGER = logging.getLogger("tortoise.db_client")


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.statements: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = str(record.args[0]) if isinstance(record.args, tuple) and record.args else record.getMessage()
        if text.split(" ", 1)[0].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
            self.statements.append(text)


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """Collect the statements that are sent within, but for those that begin and end transactions."""
    collector, level, spread = _Collector(), _LOGGER.level, _LOGGER.propagate
    _LOGGER.addHandler(collector)
    _LOGGER.setLevel(logging.DEBUG)
    _LOGGER.propagate = False
    try:
        yield collector.statements
    finally:
        _LOGGER.removeHandler(collector)
        _LOGGER.setLevel(level)
        _LOGGER.propagate = spread
