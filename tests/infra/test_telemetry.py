"""What the log says of an outage, and of a bug."""

import logging
from collections.abc import Iterator

import pytest
import structlog
from redis.exceptions import ConnectionError as RedisIsOut

from domain.infra.settings import Profile, Settings
from domain.infra.telemetry import configure_logging


@pytest.fixture(params=[Profile.DEVELOPMENT, Profile.PRODUCTION])
def configured(request: pytest.FixtureRequest) -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    configure_logging(Settings(profile=request.param))
    yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


@pytest.fixture(params=["structlog", "logging"])
def log(request: pytest.FixtureRequest) -> logging.Logger:
    # A name of its own: what was used before keeps its configuration.
    return structlog.get_logger("outage") if request.param == "structlog" else logging.getLogger("outage")


def test_an_outage_is_one_line(configured, log, capsys):
    try:
        raise RedisIsOut("connection refused")
    except RedisIsOut:
        log.exception("the queue is out")

    (line,) = capsys.readouterr().err.splitlines()
    assert "the queue is out" in line
    assert "ConnectionError: connection refused" in line


def test_a_bug_has_its_traceback(configured, log, capsys):
    try:
        raise KeyError("missing")
    except KeyError:
        log.exception("the queue is broken")

    said = capsys.readouterr().err
    assert "Traceback (most recent call last)" in said
    assert "test_a_bug_has_its_traceback" in said
