"""The demonstration: real prices, three portfolios, and nothing twice."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from domain.audit.models import AuditEntry
from domain.identity.models import User
from domain.kernel.actor import SYSTEM, Actor, Role
from domain.kernel.dates import session_close, trade_day
from domain.market import bars
from domain.market import queries as market
from domain.market.demonstration.loading import load_demonstration as load_market
from domain.market.models import LatestQuote
from domain.onboarding.demonstration import (
    ADMINISTRATOR,
    DEMO_PASSWORD,
    DEMO_USERS,
    HABITS,
    HEDGE_FUND,
    HIGH_NET_WORTH,
    INDIVIDUAL,
    load_demonstration,
)
from domain.onboarding.hedge_fund import TRADED_ON
from domain.portfolios.models import Account, Mark, Portfolio, Posting, Transaction
from domain.portfolios.types import PositionKind, PriceSource, TransactionKind
from tests.factories.portfolios import contribution, record, value
from tests.support.ledger import check_ledger, check_valuation
from tests.support.resources import open_test_resources

TABLES = (User, Portfolio, Account, Transaction, Posting, AuditEntry, Mark)


async def fill_demonstration(url):
    """Load all of the demonstration into a database: for `Databases.filled`, because it takes seconds."""
    with TemporaryDirectory() as folder:
        async with open_test_resources(url, Path(folder), Path(folder)) as resources:
            await load_demonstration(resources)


@pytest.fixture
async def loaded(databases, tmp_path, keys_folder, clock):
    """Every port, over a database with the demonstration, loaded just now."""
    url = await databases.filled(fill_demonstration)
    async with open_test_resources(url, tmp_path, keys_folder, clock) as opened:
        await LatestQuote.all().update(received_at=clock.now())
        yield opened
    await databases.discard(url)


async def counts():
    return [await table.all().count() for table in TABLES]


async def portfolio_of(user):
    owner = await User.get(email=user.email)
    return await Portfolio.get(owner_id=owner.id)


async def test_four_users_can_sign_in(loaded):
    users = {row.email: row for row in await User.all()}

    assert set(users) == {
        "demo_individual@foliograph.dev",
        "demo_hnw@foliograph.dev",
        "demo_hedgefundstyle@foliograph.dev",
        "demo_admin@foliograph.dev",
    }
    for row in users.values():
        assert await loaded.passwords.verify(row.password_hash, DEMO_PASSWORD)
    assert {email: row.roles for email, row in users.items()} == {
        user.email: {Role.USER, Role.ADMIN} if user is ADMINISTRATOR else {Role.USER} for user in DEMO_USERS
    }


@pytest.mark.parametrize(("user", "positions"), [(INDIVIDUAL, 16), (HIGH_NET_WORTH, 17), (HEDGE_FUND, 30)])
async def test_each_portfolio_holds_what_it_should(loaded, user, positions):
    portfolio = await portfolio_of(user)
    now = await market.market_now(loaded.clock)

    found = await value(SYSTEM, portfolio.id, None, now)

    assert len(found.positions) == positions
    assert (found.total_value or 0) > 0
    assert found.cash_balance is not None
    assert found.cash_balance >= 0
    assert (found.unpriced, found.absences) == ((), ())
    assert found.day_change is not None
    check_valuation(found, await check_ledger(portfolio.id))


async def test_it_came_about_over_years_at_the_prices_of_the_days(loaded):
    for habit in HABITS:
        portfolio = await portfolio_of(habit.owner)
        recorded = await Transaction.filter(portfolio_id=portfolio.id).order_by("trade_date", "sequence")
        assert recorded[0].trade_date.year == habit.first_year
        assert recorded[-1].trade_date.year == 2022
        # It was recorded in the order in which it happened, and never with money that was not there.
        assert [each.sequence for each in recorded] == list(range(1, len(recorded) + 1))
        assert {each.kind for each in recorded} >= {
            TransactionKind.BUY,
            TransactionKind.SELL,
            TransactionKind.CONTRIBUTION,
        }
        by_day: dict[date, Decimal] = {}
        for each in recorded:
            by_day[each.trade_date] = by_day.get(each.trade_date, Decimal(0)) + each.amount
        cash = Decimal(0)
        for day in sorted(by_day):
            cash += by_day[day]
            assert cash >= 0, day
        trade = next(each for each in reversed(recorded) if each.kind is TransactionKind.BUY)
        assert trade.instrument_id is not None
        (close,) = await market.closes_at([trade.instrument_id], session_close(trade.trade_date))
        assert close is not None
        assert (close.session, close.price) == (trade.trade_date, trade.price)


async def test_it_has_63_positions_of_every_kind(loaded):
    now = await market.market_now(loaded.clock)
    kinds: Counter[PositionKind] = Counter()
    for habit in HABITS:
        found = await value(SYSTEM, (await portfolio_of(habit.owner)).id, None, now)
        kinds.update(each.kind for each in found.positions)

    assert kinds == {
        PositionKind.LONG: 57,
        PositionKind.SHORT: 1,
        PositionKind.LC: 1,
        PositionKind.LP: 2,
        PositionKind.SC: 1,
        PositionKind.SP: 1,
    }
    assert kinds.total() == 63


async def test_options_were_opened_at_the_model_s_price_of_the_day(loaded):
    portfolio = await portfolio_of(HEDGE_FUND)
    opened = await Transaction.filter(portfolio_id=portfolio.id, kind=TransactionKind.OPTION_OPEN)
    (last,) = await bars.sessions(TRADED_ON, TRADED_ON)

    then = await value(SYSTEM, portfolio.id, session_close(last), session_close(last))

    prices: dict[Any, Any] = {each.instrument.id: each for each in then.positions if each.contract is not None}
    assert len(opened) == len(prices) == 5
    for each in opened:
        position = prices[each.instrument_id]
        assert position.price_source is PriceSource.MODEL
        assert each.price == position.price.quantize(Decimal("0.01")) > 0
        assert each.note == "model price"
        # They outlive the sessions of the replay.
        assert position.contract.expiry > date(2022, 12, 31)


async def test_what_a_later_version_adds_comes_to_an_installation_that_has_the_rest(loaded):
    """As by a version that knew of no hedges: without them, all is as it was loaded by that one."""
    portfolio = await portfolio_of(HEDGE_FUND)
    before = await counts()
    added = await Transaction.filter(portfolio_id=portfolio.id, idempotency_key__startswith="demonstration-hedges-")
    async with loaded.unit_of_work(SYSTEM):
        await Posting.filter(transaction_id__in=[each.id for each in added]).delete()
        await Transaction.filter(id__in=[each.id for each in added]).delete()
        await Portfolio.filter(id=portfolio.id).update(version=portfolio.version - len(added))

    await load_demonstration(loaded)

    audited = TABLES.index(AuditEntry)
    after = await counts()
    assert len(added) == 6
    assert [*after[:audited], *after[audited + 1 :]] == [*before[:audited], *before[audited + 1 :]]
    assert (await Portfolio.get(id=portfolio.id)).version == portfolio.version
    await check_ledger(portfolio.id)


async def test_to_load_it_again_changes_nothing(loaded):
    before = await counts()
    versions = sorted(await Portfolio.all().values_list("id", "version"))

    await load_demonstration(loaded)

    assert await counts() == before
    assert sorted(await Portfolio.all().values_list("id", "version")) == versions


async def test_what_its_users_have_done_since_stays(loaded):
    portfolio = await portfolio_of(INDIVIDUAL)
    owner = await User.get(email=INDIVIDUAL.email)
    mine = await record(
        loaded,
        Actor(user_id=owner.id),
        portfolio.id,
        contribution("123", (await today(loaded))),
        today=await today(loaded),
    )

    await load_demonstration(loaded)

    assert (await Transaction.get(id=mine.id)).amount == Decimal(123)
    assert (await Portfolio.get(id=portfolio.id)).version == mine.sequence
    await check_ledger(portfolio.id)


async def today(resources):
    return trade_day(await market.market_now(resources.clock))


async def test_what_was_cut_short_is_completed(resources, monkeypatch):
    """As by a power cut after the market, or after some of the users and portfolios, were stored."""
    async with resources.unit_of_work(SYSTEM) as work:
        await load_market(work)
    hashes = 0

    class Tired(RuntimeError):
        pass

    class TiredHasher:
        async def hash(self, password):
            nonlocal hashes
            hashes += 1
            if hashes > 2:
                raise Tired
            return await resources.passwords.hash(password)

        async def verify(self, encoded, password):
            return await resources.passwords.verify(encoded, password)

    with pytest.raises(Tired):
        await load_demonstration(replace(resources, passwords=TiredHasher()))
    assert await User.all().count() == 2

    await load_demonstration(resources)

    assert await User.all().count() == 4
    assert (await User.get(email=ADMINISTRATOR.email)).roles == {Role.USER, Role.ADMIN}
    for habit in HABITS:
        await check_ledger((await portfolio_of(habit.owner)).id)
