"""Whatever is recorded, of whatever kind, early or late: after each step every invariant holds, by two bookkeepers."""

import os

import pytest
from tortoise.backends.base.executor import EXECUTOR_CACHE

from domain.market.queries import instruments_by_id
from domain.portfolios.canonical import canonical
from domain.portfolios.examination import examination
from domain.portfolios.ledger import ledger_of
from domain.portfolios.ledgers import ledger, movements_anew
from domain.portfolios.models import Account, Portfolio, Posting, Transaction
from domain.portfolios.types import TransactionKind
from tests.factories.identity import make_person
from tests.factories.portfolios import open_portfolio, value
from tests.factories.walks import Held, Walk, fill_wide_market, open_second_account
from tests.support.ledger import check_ledger, check_valuation
from tests.support.resources import open_test_resources

# Ten times as many when it is asked: the walks that found what was mended were of 40 seeds.
SEEDS = range(1, 1 + int(os.environ.get("WALKS", "4")))
STEPS = 80


@pytest.fixture
def walking(tmp_path, keys_folder, clock):
    """Walk on a database of one engine; return the walker, and the state after each step in bytes."""

    async def run(databases, seed):
        # Tortoise keeps statements by the connection's name, in the spelling of the first engine.
        EXECUTOR_CACHE.clear()
        url = await databases.filled(fill_wide_market)
        async with open_test_resources(url, tmp_path, keys_folder, clock) as resources:
            found = await walk(resources, seed)
        await databases.discard(url)
        return found

    return run


async def walk(resources, seed):
    owner = (await make_person(resources, "owner@example.com")).actor
    portfolio = await open_portfolio(resources, owner)
    second = await open_second_account(portfolio)
    default = await Account.get(portfolio_id=portfolio.id, is_default=True)
    walker, states = Walk(seed, {"Default": default.id, "Second": second.id}), []
    held: Held = {}
    names = {default.id: "Default", second.id: "Second"}
    for _ in range(STEPS):
        before = await stored(portfolio.id)
        did = await walker.step(resources, owner, portfolio.id, held)
        after = await stored(portfolio.id)
        # What was refused has changed nothing.
        assert after[0] == before[0] + did
        assert did or after == before
        books = await check_ledger(portfolio.id)
        check_valuation(await value(owner, portfolio.id), books)
        found = await examination(owner, portfolio.id)
        assert found is not None
        assert [check for check in found.checks if not check.holds] == []
        states.append(await state(portfolio.id, names))
        held = await lots(portfolio.id, names)
    return walker, states


async def stored(portfolio_id):
    return [
        (await Portfolio.get(id=portfolio_id)).version,
        await Transaction.all().count(),
        await Posting.all().count(),
    ]


async def fold_of(portfolio_id, names):
    fold = (await ledger(await Portfolio.get(id=portfolio_id))).fold
    ids = {key.instrument_id for key in fold.inventories}
    # What was paid by something whose purchase was reversed since.
    ids |= {each.instrument_id for each in fold.earned if each.instrument_id is not None}
    ids |= {each.instrument_id for each in fold.flows if each.instrument_id is not None}
    names |= {row.id: row.symbol for row in await instruments_by_id(list(ids)) if row is not None}
    return fold


async def state(portfolio_id, names):
    grown = canonical(await fold_of(portfolio_id, names), names.__getitem__)
    anew = ledger_of(0, await movements_anew(await Portfolio.get(id=portfolio_id))).fold
    assert grown == canonical(anew, names.__getitem__)
    return grown


async def lots(portfolio_id, names):
    fold = await fold_of(portfolio_id, names)
    return {
        (names[key.account_id], names[key.instrument_id], key.is_short): [(lot.key, lot.quantity) for lot in own.lots]
        for key, own in fold.inventories.items()
        if own.lots
    }


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_walk_over_all_kinds_keeps_every_invariant(walking, sqlite_databases, postgres_databases, seed):
    walker, states = await walking(sqlite_databases, seed)
    other, others = await walking(postgres_databases, seed)

    assert others == states
    assert (other.accepted, other.refused) == (walker.accepted, walker.refused)
    accepted = sum(walker.accepted.values())
    print(f"seed {seed}: {accepted} of {STEPS} accepted, {walker.late} late, {walker.accepted}")
    assert STEPS // 3 < accepted < STEPS
    assert walker.late > 0
    assert walker.accepted[TransactionKind.REVERSAL] > 0
