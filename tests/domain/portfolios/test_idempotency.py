"""One key, one effect; a version that was expected, or nothing."""

import pytest

from domain.kernel.errors import IdempotencyKeyReused, InvalidInput, VersionConflict
from domain.portfolios.models import Portfolio, Transaction
from tests.factories.portfolios import TUESDAY, buy, contribution, open_portfolio, record, sell


async def test_the_same_key_and_input_answers_the_first_result(record_it, portfolio, clock):
    first = await record_it(buy("AAA", "2", "10.50", fees=None), key="one")
    clock.advance(hours=1)

    # Equal numbers are one input, however they are spelled; the version has moved on.
    again = await record_it(buy("AAA", "2.0", "10.5", fees=None), key="one", expected_version=0)

    assert again.id == first.id
    assert again.recorded_at == first.recorded_at
    assert await Transaction.all().count() == 1
    assert (await Portfolio.get(id=portfolio.id)).version == 1


@pytest.mark.parametrize(
    "other",
    [
        buy("AAA", "3", "10"),
        buy("AAA", "2", "11"),
        buy("AAA", "2", "10", fees="1"),
        buy("AAA", "2", "10", TUESDAY),
        buy("BBB", "2", "10"),
        sell("AAA", "2", "10"),
        contribution("20"),
    ],
)
async def test_the_same_key_with_another_input_is_refused(record_it, refused, other):
    await record_it(buy("AAA", "2", "10"), key="one")

    refusal = await refused(IdempotencyKeyReused, other, key="one")

    assert refusal.field == ("idempotency_key",)


async def test_a_refused_input_leaves_its_key_free(record_it, refused):
    await refused(InvalidInput, contribution("0"), key="one")

    assert (await record_it(contribution("1"), key="one")).sequence == 1


async def test_a_key_belongs_to_its_portfolio(small_market, owner, record_it):
    await record_it(contribution("1"), key="one")
    other = await open_portfolio(small_market, owner, "Other")

    assert (await record(small_market, owner, other.id, contribution("2"), key="one")).sequence == 1


@pytest.mark.parametrize("key", ["", "x" * 201, "a\0b", "\ud800", "a\nb"])
async def test_a_key_is_1_to_200_printable_characters(refused, key):
    refusal = await refused(InvalidInput, contribution("1"), key=key)

    assert refusal.field == ("idempotency_key",)


async def test_a_stale_version_is_refused(record_it, refused):
    await record_it(contribution("1"), contribution("2"))

    refusal = await refused(VersionConflict, contribution("3"), expected_version=1)

    assert refusal.field == ("expected_version",)
    assert refusal.message == "expected version 1, the portfolio is at 2"
    assert (await record_it(contribution("3"), expected_version=2)).sequence == 3
