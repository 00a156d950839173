"""What was seen of companies over time: bounded, and as it was known."""

from datetime import timedelta

import pytest

from domain.companies import metric_history
from domain.companies.metric_history import Asked, Observation, observations
from domain.companies.models import Company
from domain.companies.publishing import withdraw
from domain.companies.types import Origin, Record
from domain.kernel.actor import SYSTEM
from domain.kernel.errors import BadUserInput
from domain.market.types import DataQuality
from tests.factories.publications import FUTURE, MONDAY, NEXT, make_known

WEEKS = [MONDAY + timedelta(weeks=week) for week in range(4)]


async def asked(ticker="AAPL", code="per", known_at=FUTURE, first=MONDAY, last=WEEKS[-1]):
    return Asked((await Company.get(ticker=ticker)).id, code, first, last, known_at)


@pytest.fixture
async def weeks(resources, clock):
    """A price/earnings ratio of four weeks."""
    for number, week in enumerate(WEEKS):
        clock.advance(seconds=1)
        await make_known(resources, [Record(ticker="AAPL", figures={"per": 30.0 + number})], as_of=week)


@pytest.mark.usefixtures("weeks")
async def test_each_is_as_it_was_known(resources, clock):
    then = clock.now()
    clock.advance(seconds=1)
    wrong = await make_known(resources, [Record(ticker="AAPL", figures={"per": 1.0})], as_of=NEXT)
    between = clock.now()
    clock.advance(seconds=1)
    async with resources.unit_of_work(SYSTEM) as work:
        await withdraw(work, wrong.id)

    found = await observations(
        resources.compute,
        [await asked(), await asked(known_at=then), await asked(known_at=between), await asked(last=NEXT)],
    )

    assert [[each.value for each in history] for history in found] == [
        [30.0, 31.0, 32.0, 33.0],
        [30.0, 31.0, 32.0, 33.0],
        [30.0, 1.0, 32.0, 33.0],
        [30.0, 31.0],
    ]


@pytest.mark.usefixtures("weeks")
async def test_what_was_refused_was_not_seen_and_what_was_mended_says_so(resources, clock):
    clock.advance(seconds=1)
    mended = Origin(source="another", grade=DataQuality.FAIR, note="a fraction")
    record = Record(
        ticker="AAPL",
        figures={"per": 34.0},
        origins={"per": mended, "roe": Origin(note="expected -100 to 200, got 900")},
    )
    await make_known(resources, [record], as_of=NEXT)

    found, none = await observations(resources.compute, [await asked(first=NEXT, last=NEXT), await asked(code="roe")])

    assert found == [Observation(NEXT, 34.0, "another", DataQuality.FAIR)]
    assert none == []


@pytest.mark.usefixtures("weeks")
async def test_more_than_can_be_read_at_once_is_refused(resources, monkeypatch):
    monkeypatch.setattr(metric_history, "MOST_SNAPSHOTS", 3)

    with pytest.raises(BadUserInput, match="at most 3 snapshots"):
        await observations(resources.compute, [await asked()])

    assert len((await observations(resources.compute, [await asked(last=WEEKS[2])]))[0]) == 3
