"""What was known before a day: the latest of each company, in one statement."""

from datetime import timedelta

import numpy as np
import pytest

from domain.companies.pipeline.prior import known_before, prior_from
from domain.companies.publishing import withdraw
from domain.companies.types import Record
from domain.kernel.actor import SYSTEM
from tests.factories.publications import MONDAY, make_known
from tests.support.statements import counted_statements


def told(ticker, per, **texts):
    return Record(ticker=ticker, texts={"name": ticker, **texts}, figures={"per": per})


async def test_the_latest_before_a_day_stands_and_what_was_withdrawn_does_not(resources, clock):
    await make_known(resources, [told("A", 1.0, sector="x"), told("B", 2.0)], covered=["per"])
    await make_known(resources, [told("A", 3.0)], as_of=MONDAY + timedelta(days=7), covered=["per"])
    wrong = await make_known(resources, [told("A", 9.0)], as_of=MONDAY + timedelta(days=8), covered=["per"])
    await make_known(resources, [told("A", 5.0)], as_of=MONDAY + timedelta(days=9), covered=["per"])
    async with resources.unit_of_work(SYSTEM) as work:
        await withdraw(work, wrong.id)

    with counted_statements() as made:
        prior = prior_from(await known_before(MONDAY + timedelta(days=9)))

    assert len(made) == 1
    assert prior is not None
    assert prior.rows == {"A": 0, "B": 1}
    assert prior.numbers.keys() == {"per"}
    np.testing.assert_array_equal(prior.numbers["per"], [3.0, 2.0])
    assert prior.texts["sector"] == ["x", ""]


@pytest.mark.usefixtures("resources")
async def test_before_the_first_nothing_was_known():
    assert prior_from(await known_before(MONDAY)) is None
