"""Chains of options that were told, on the market's tables."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market import chains, contracts, queries
from domain.market.contracts import Terms
from domain.market.occ import parse_occ
from domain.market.providers.observed import ObservedContract, Unread
from domain.market.types import InstrumentKind, OptionRight, OptionStyle
from domain.storage import statements
from domain.storage.statements import statement
from tests.factories.live_market import row_of

NOW = datetime(2024, 5, 15, 15, 0, tzinfo=UTC)
JUNE, JULY = date(2024, 6, 21), date(2024, 7, 19)
CALL, PUT = OptionRight.CALL, OptionRight.PUT
_ROWS = statement("SELECT COUNT(*), MIN(recorded_at), MAX(recorded_at) FROM option_quotes")
_TERMS = statement('SELECT "right", style, strike, expiry, multiplier FROM option_contracts ORDER BY strike')


def _told(strike: str = "10", right: OptionRight = CALL, expiry: date = JUNE, **more: object) -> ObservedContract:
    contract = ObservedContract(
        underlying="AAA",
        right=right,
        style=OptionStyle.AMERICAN,
        strike=Decimal(strike),
        expiry=expiry,
        bid=Decimal("1.5"),
        ask=Decimal("1.7"),
        last=Decimal("1.55"),
        volume=7,
        open_interest=70,
        implied_volatility=0.25,
        at=NOW,
        underlying_price=Decimal("11.25"),
    )
    return replace(contract, **more)  # type: ignore[arg-type]


async def _store(market: Resources, *told: ObservedContract, source: str = "polygon", symbol: str = "AAA") -> None:
    row = await row_of(symbol)
    kept, refused = chains.screen(row, told, NOW + timedelta(days=1))
    assert refused == []
    async with market.unit_of_work(SYSTEM) as work:
        await chains.store_chain(work, row, source, kept)


async def test_a_chain_is_read_as_it_was_told(live_market: Resources):
    # Nine and ten: strikes are put in order as numbers, not as text.
    await _store(
        live_market,
        _told("10", PUT),
        _told("10"),
        _told("9", bid=None, last=None, volume=None, open_interest=None, implied_volatility=None),
        _told("10", expiry=JULY, underlying_price=None),
    )

    row = await row_of("AAA")
    chain = await chains.stored_chain(row.id, JUNE)
    assert chain is not None
    assert (chain.underlying_id, chain.expiry) == (row.id, JUNE)
    assert chain.symbols == ("AAA240621C00009000", "AAA240621C00010000", "AAA240621P00010000")
    assert chain.rights == (CALL, CALL, PUT)
    assert chain.exact_strikes == (Decimal(9), Decimal(10), Decimal(10))
    assert chain.strikes.tolist() == [9, 10, 10]
    np.testing.assert_equal(chain.bid, [np.nan, 1.5, 1.5])
    np.testing.assert_equal(chain.mid, [np.nan, 1.6, 1.6])
    np.testing.assert_equal(chain.last, [np.nan, 1.55, 1.55])
    np.testing.assert_equal(chain.volume, [np.nan, 7, 7])
    np.testing.assert_equal(chain.open_interest, [np.nan, 70, 70])
    np.testing.assert_equal(chain.implied_volatility, [np.nan, 0.25, 0.25])
    assert chain.ask.tolist() == [1.7, 1.7, 1.7]
    assert chain.underlying_price.tolist() == [11.25] * 3
    assert chain.multipliers.tolist() == [100] * 3
    assert chain.styles == (OptionStyle.AMERICAN,) * 3
    assert (chain.at, chain.sources) == ((NOW,) * 3, ("polygon",) * 3)
    instruments = await queries.instruments_by_id(chain.instrument_ids)
    assert [each.symbol for each in instruments if each is not None] == list(chain.symbols)
    assert {each.kind for each in instruments if each is not None} == {InstrumentKind.OPTION}


async def test_expiries_and_all_chains_the_nearest_first(live_market: Resources):
    await _store(live_market, _told(expiry=JULY), _told(expiry=JUNE))
    first, other = await row_of("AAA"), await row_of("BBB")

    assert await chains.expiries(first.id) == (JUNE, JULY)
    assert [chain.expiry for chain in await chains.stored_chains(first.id)] == [JUNE, JULY]
    assert await chains.expiries_of([other.id, first.id]) == [(), (JUNE, JULY)]
    assert await chains.expiries_of([]) == []
    assert await chains.stored_chains(other.id) == []
    assert await chains.stored_chain(first.id, date(2024, 8, 16)) is None
    # In the order asked, also what is not there.
    found = await chains.chains_of([(other.id, JUNE), (first.id, JULY), (first.id, JUNE)])
    assert [None if chain is None else chain.expiry for chain in found] == [None, JULY, JUNE]
    assert await chains.chains_of([]) == []


async def test_a_chain_as_of_an_instant(live_market: Resources):
    later = NOW + timedelta(minutes=5)
    await _store(live_market, _told("10"), _told("11"))
    await _store(live_market, _told("10", at=later, bid=Decimal("1.6")))
    row = await row_of("AAA")

    async def bids(as_of: datetime | None) -> list[float] | None:
        chain = await chains.stored_chain(row.id, JUNE, as_of)
        return None if chain is None else chain.bid.tolist()

    assert await bids(NOW - timedelta(microseconds=1)) is None
    assert await bids(NOW) == [1.5, 1.5]
    assert await bids(later - timedelta(microseconds=1)) == [1.5, 1.5]
    assert await bids(later) == [1.6, 1.5]
    assert await bids(None) == [1.6, 1.5]
    assert await chains.expiries(row.id, NOW - timedelta(seconds=1)) == ()
    # On the day of the expiry it has not passed.
    assert await chains.expiries(row.id, datetime(2024, 6, 21, 22, 0, tzinfo=UTC)) == (JUNE,)
    assert await chains.expiries(row.id, datetime(2024, 6, 22, 22, 0, tzinfo=UTC)) == ()
    assert await chains.stored_chains(row.id, datetime(2024, 6, 22, 22, 0, tzinfo=UTC)) == []
    assert len(await chains.stored_chains(row.id)) == 1


async def test_storing_again_changes_nothing_and_a_correction_replaces(live_market: Resources):
    await _store(live_market, _told("10"), _told("11"))
    before = [tuple(row) for row in await statements.fetch(_ROWS)]

    await _store(live_market, _told("10"), _told("11"))
    assert [tuple(row) for row in await statements.fetch(_ROWS)] == before, "not even the time of recording"

    await _store(live_market, _told("10", ask=Decimal("1.9")), source="file")
    chain = await chains.stored_chain((await row_of("AAA")).id, JUNE)
    assert chain is not None
    assert (chain.ask.tolist(), chain.sources) == ([1.9, 1.7], ("file", "polygon"))
    assert (await statements.fetch(_ROWS))[0][0] == 2


async def test_contracts_are_made_together_and_once(live_market: Resources):
    row = await row_of("AAA")
    symbols = [f"AAA240621{right}{strike:05}000" for strike in range(1, 1_101) for right in "CP"]
    terms = [Terms(symbol, symbol.style, 10) for symbol in map(parse_occ, symbols) if symbol is not None]
    async with live_market.unit_of_work(SYSTEM) as work:
        first = await contracts.ensure_contracts(work, row, terms[:3])
        made = await contracts.ensure_contracts(work, row, terms)
        single = await contracts.ensure_contract(work, symbols[0])

    assert set(made) == set(symbols)
    assert len({each.number for each in made.values()}) == len(symbols)
    assert all(made[symbol] == each for symbol, each in first.items())
    assert single == made[symbols[0]]
    found = await statements.fetch(_TERMS)
    assert len(found) == len(symbols)
    assert {(style, str(expiry), multiplier) for _, style, _, expiry, multiplier in found} == {
        ("AMERICAN", "2024-06-21", 10)
    }
    known = await contracts.contracts_by_id([made["AAA240621P00007000"].id])
    (contract,) = known.values()
    assert (contract.underlying_id, contract.strike, contract.right) == (row.id, Decimal(7), PUT)


async def test_two_roots_of_an_index_are_two_contracts(live_market: Resources):
    both = [
        _told("5200", underlying="SP500", root=root, style=OptionStyle.EUROPEAN, bid=Decimal(bid), ask=None)
        for root, bid in (("SPX", "10"), ("SPXW", "11"))
    ]
    await _store(live_market, *both, symbol="SP500")

    chain = await chains.stored_chain((await row_of("SP500")).id, JUNE)
    assert chain is not None
    assert chain.symbols == ("SPX240621C05200000", "SPXW240621C05200000")
    assert chain.bid.tolist() == [10, 11]
    assert set(chain.styles) == {OptionStyle.EUROPEAN}


async def test_what_cannot_be_stored_is_told_with_its_reason(live_market: Resources):
    row, classy = await row_of("AAA"), await row_of("BRK.B")
    told: list[ObservedContract | Unread] = [
        _told("10", bid=Decimal("1.50")),
        Unread("row 3 is nonsense"),
        _told("10.0001"),
        _told("11", root="BBB"),
        _told("12", bid=Decimal("2.50"), ask=Decimal(2)),
        _told("13", multiplier=0),
        _told("14", at=NOW + timedelta(minutes=2)),
        _told("15", at=datetime(2024, 6, 22, 15, 0, tzinfo=UTC)),
        _told("16", at=None),
        _told("17", at=NOW + timedelta(seconds=30)),
        _told("10", bid=Decimal("1.60")),
    ]

    kept, refused = chains.screen(row, told, NOW)
    late = chains.screen(row, [told[7]], datetime(2024, 6, 23, tzinfo=UTC))[1]

    assert refused == [
        "row 3 is nonsense",
        "expected a contract that has an OCC symbol, got AAA 2024-06-21 CALL 10.0001",
        "BBB240621C00011000: expected a contract on AAA, got one on BBB",
        "AAA240621C00012000: expected a bid of at most the ask, got 2.5 and 2",
        "AAA240621C00013000: expected a multiplier of 1 to 1000000, got 0",
        "AAA240621C00014000: expected a quote of 2024-05-15 15:00 UTC at the latest, got one of 2024-05-15 15:02",
        "AAA240621C00015000: expected a quote of 2024-05-15 15:00 UTC at the latest, got one of 2024-06-22 15:00",
    ]
    assert late == ["AAA240621C00015000: expected a quote of 2024-06-21 at the latest, got one of 2024-06-22"]
    assert [(each.quote.strike, each.at, each.quote.bid) for each in kept] == [
        (Decimal(10), NOW, Decimal("1.6")), (Decimal(16), NOW, Decimal("1.5")), (Decimal(17), NOW, Decimal("1.5"))
    ], "the last of two; what has no time, or one a little ahead, is of now"  # fmt: skip
    (adjusted,), none = chains.screen(classy, [_told("400", underlying="BRK.B", root="BRKB1")], NOW)
    assert (str(adjusted.terms.symbol), none) == ("BRKB1240621C00400000", [])


@pytest.mark.parametrize("told", [(), (Unread("nothing"),)])
async def test_nothing_is_stored_of_nothing(live_market: Resources, told: tuple[Unread, ...]):
    row = await row_of("AAA")
    kept, _ = chains.screen(row, told, NOW)
    async with live_market.unit_of_work(SYSTEM) as work:
        await chains.store_chain(work, row, "polygon", kept)

    assert (await statements.fetch(_ROWS))[0][0] == 0


async def test_two_who_store_the_same_at_once(live_market: Resources):
    told = [_told(str(strike), right) for strike in range(1, 201) for right in (CALL, PUT)]

    await asyncio.gather(_store(live_market, *told), _store(live_market, *reversed(told), source="file"))

    chain = await chains.stored_chain((await row_of("AAA")).id, JUNE)
    assert chain is not None
    assert len(chain.symbols) == len(set(chain.symbols)) == 400
    assert (await statements.fetch(_ROWS))[0][0] == 400
