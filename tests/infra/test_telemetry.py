"""What the log says of an outage, and of a bug."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog
from redis.exceptions import ConnectionError as RedisIsOut

from domain.infra.settings import Profile, Settings
from domain.infra.telemetry import configure_logging

profiles = pytest.mark.parametrize("profile", [Profile.DEVELOPMENT, Profile.PRODUCTION])
loggers = pytest.mark.parametrize("get_logger", [structlog.get_logger, logging.getLogger])


@contextmanager
def configured(profile: Profile) -> Iterator[None]:
    """Log as a process does.  Not in a fixture: pytest brings handlers of its own for each phase of a test."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    configure_logging(Settings(profile=profile))
    try:
        yield
    finally:
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        structlog.reset_defaults()


def fail(error: Exception) -> None:
    raise error


@profiles
@loggers
def test_an_outage_is_one_line(profile, get_logger, capsys):
    with configured(profile):
        try:
            fail(RedisIsOut("connection refused"))
        except RedisIsOut:
            get_logger("test").exception("the queue is out")

    (line,) = capsys.readouterr().err.splitlines()
    assert "the queue is out" in line
    assert "ConnectionError: connection refused" in line


@profiles
@loggers
def test_a_bug_has_its_traceback(profile, get_logger, capsys):
    with configured(profile):
        try:
            fail(KeyError("missing"))
        except KeyError:
            get_logger("test").exception("the queue is broken")

    said = capsys.readouterr().err
    assert "Traceback (most recent call last)" in said
    assert "in fail" in said
