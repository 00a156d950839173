"""Logs: lines of JSON in production, readable lines elsewhere."""

import logging
import sys
from typing import Any

import structlog

from domain.infra.outages import failure_of
from domain.infra.settings import Settings

_SECRET_WORDS = ("password", "token", "secret", "authorization", "api_key")


def configure_logging(settings: Settings) -> None:
    """Send this process's logs, those of its packages too, to standard error."""
    level = logging.getLevelNamesMapping()[settings.log_level]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _shorten_outages,
        _hide_secrets,
    ]
    renderer: Any = structlog.processors.JSONRenderer()
    if not settings.is_production:
        # The default shows the values of local variables, secrets among them.
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if settings.is_production:
        last.append(structlog.processors.format_exc_info)
    handler = logging.StreamHandler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=[*last, renderer], foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Its own line for each request and each frame would drown everything else.
    for name in ("uvicorn.access", "tortoise", "aiosqlite", "saq", "httpx"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _hide_secrets(_: object, __: str, event: Any) -> Any:
    for name in event:
        if any(word in name.lower() for word in _SECRET_WORDS):
            event[name] = "[hidden]"
    return event


def _shorten_outages(_: object, __: str, event: Any) -> Any:
    # saq, and every loop that outlives an outage, would write a traceback a second until the server is back.
    error = event.get("exc_info")
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException) and failure_of(error) is not None:
        del event["exc_info"]
        event["error"] = f"{type(error).__name__}: {error}"
    return event
