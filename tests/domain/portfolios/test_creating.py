"""Creating portfolios."""

import asyncio

import pytest

from domain.audit.models import AuditEntry
from domain.kernel.errors import IdempotencyKeyReused, InvalidInput
from domain.portfolios.errors import UnknownCurrency
from domain.portfolios.models import Account, Portfolio
from domain.portfolios.types import AccountKind
from tests.factories.portfolios import open_portfolio


async def test_a_portfolio_has_a_default_account(small_market, owner, clock):
    made = await open_portfolio(small_market, owner, " Cafe\u0301 ", description="für später", base_currency="EUR")

    stored = await Portfolio.get()
    assert (stored.id, stored.name, stored.description, stored.base_currency) == (made.id, "Café", "für später", "EUR")
    assert (stored.owner_id, stored.version, stored.created_at) == (owner.user_id, 0, clock.now())
    account = await Account.get()
    assert (account.portfolio_id, account.kind, account.is_default) == (made.id, AccountKind.TAXABLE, True)
    assert (await AuditEntry.get(subject_id=made.id)).action == "portfolio.create"


@pytest.mark.parametrize(
    ("change", "expected", "field"),
    [
        ({"name": ""}, InvalidInput, "name"),
        ({"name": "   "}, InvalidInput, "name"),
        ({"name": "x" * 201}, InvalidInput, "name"),
        ({"name": "a\nb"}, InvalidInput, "name"),
        ({"name": "a\u2028b"}, InvalidInput, "name"),
        ({"name": "a\0b"}, InvalidInput, "name"),
        ({"name": "a\u202eb"}, InvalidInput, "name"),
        ({"name": "a\ud800"}, InvalidInput, "name"),
        ({"description": "x" * 2001}, InvalidInput, "description"),
        ({"base_currency": "usd"}, UnknownCurrency, "base_currency"),
        ({"base_currency": ""}, UnknownCurrency, "base_currency"),
        ({"base_currency": "USDX" * 100}, UnknownCurrency, "base_currency"),
        ({"idempotency_key": ""}, InvalidInput, "idempotency_key"),
        ({"idempotency_key": "x" * 201}, InvalidInput, "idempotency_key"),
    ],
)
async def test_what_is_no_portfolio_is_not_made(small_market, owner, change, expected, field):
    with pytest.raises(expected) as raised:
        await open_portfolio(small_market, owner, **{"name": "Savings", **change})

    assert raised.value.field == (field,)
    assert len(raised.value.message) < 200
    assert await Portfolio.all().count() == 0
    assert await Account.all().count() == 0
    assert await AuditEntry.filter(subject_kind="Portfolio").count() == 0


async def test_the_same_key_and_input_answers_the_first(small_market, owner):
    first = await open_portfolio(small_market, owner, idempotency_key="one")
    again = await open_portfolio(small_market, owner, idempotency_key="one")

    assert again.id == first.id
    assert [await model.all().count() for model in (Portfolio, Account)] == [1, 1]


@pytest.mark.parametrize("change", [{"name": "Other"}, {"description": "x"}, {"base_currency": "EUR"}])
async def test_the_same_key_with_another_input_is_refused(small_market, owner, change):
    await open_portfolio(small_market, owner, idempotency_key="one")

    with pytest.raises(IdempotencyKeyReused):
        await open_portfolio(small_market, owner, **{"name": "Savings", **change}, idempotency_key="one")

    assert await Portfolio.all().count() == 1


async def test_a_key_is_its_owner_s(small_market, owner, stranger):
    first = await open_portfolio(small_market, owner, idempotency_key="one")
    other = await open_portfolio(small_market, stranger, idempotency_key="one")

    assert first.id != other.id


async def test_without_a_key_there_may_be_twins(small_market, owner):
    await open_portfolio(small_market, owner)
    await open_portfolio(small_market, owner)

    assert await Portfolio.all().count() == 2


async def test_a_key_sent_twenty_times_at_once_makes_one(small_market, owner):
    made = await asyncio.gather(
        *[open_portfolio(small_market, owner, idempotency_key=f"key {number % 4}") for number in range(20)]
    )

    assert len({portfolio.id for portfolio in made}) == 4
    assert [await model.all().count() for model in (Portfolio, Account)] == [4, 4]
    assert await AuditEntry.filter(action="portfolio.create").count() == 4
