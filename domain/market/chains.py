"""What is quoted for option contracts, on its table: screened, stored once, and read as of an instant by chains."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

import numpy as np

from domain.kernel.dates import trade_day
from domain.kernel.work import Work
from domain.market.contracts import Terms, ensure_contracts
from domain.market.occ import OccSymbol, occ_symbol
from domain.market.providers.observed import ObservedContract, Unread
from domain.market.types import InstrumentRow, OptionRight, OptionStyle, Vector
from domain.storage import statements
from domain.storage.readings import as_date, as_datetime, as_decimal, as_uuid
from domain.storage.statements import Statement, statement

# Units of the underlying that one contract can stand for: more is a mistake.
_MOST_UNITS: Final = 1_000_000
# A provider's clock may be ahead of ours by so much.
_AHEAD: Final = timedelta(minutes=1)
# After every instant, in the words of both databases.
_EVER: Final = datetime.fromisoformat("9999-12-31T00:00:00+00:00")

_PUT = Statement(
    postgres="""INSERT INTO option_quotes (instrument, at, bid, ask, last, volume, open_interest, implied_volatility,
        underlying_price, source, recorded_at) SELECT *, $11::timestamptz FROM unnest($1::int[], $2::timestamptz[],
        $3::float8[], $4::float8[], $5::float8[], $6::bigint[], $7::bigint[], $8::float8[], $9::float8[],
        $10::varchar[]) ON CONFLICT (instrument, at) DO UPDATE SET bid = excluded.bid, ask = excluded.ask, last =
        excluded.last, volume = excluded.volume, open_interest = excluded.open_interest, implied_volatility =
        excluded.implied_volatility, underlying_price = excluded.underlying_price, source = excluded.source, recorded_at
        = excluded.recorded_at WHERE (option_quotes.bid, option_quotes.ask, option_quotes.last, option_quotes.volume,
        option_quotes.open_interest, option_quotes.implied_volatility, option_quotes.underlying_price,
        option_quotes.source) IS DISTINCT FROM (excluded.bid, excluded.ask, excluded.last, excluded.volume,
        excluded.open_interest, excluded.implied_volatility, excluded.underlying_price, excluded.source)""",
    sqlite="""INSERT INTO option_quotes (instrument, at, bid, ask, last, volume, open_interest, implied_volatility,
        underlying_price, source, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (instrument, at) DO
        UPDATE SET bid = excluded.bid, ask = excluded.ask, last = excluded.last, volume = excluded.volume, open_interest
        = excluded.open_interest, implied_volatility = excluded.implied_volatility, underlying_price =
        excluded.underlying_price, source = excluded.source, recorded_at = excluded.recorded_at WHERE (bid, ask, last,
        volume, open_interest, implied_volatility, underlying_price, source) IS NOT (excluded.bid, excluded.ask,
        excluded.last, excluded.volume, excluded.open_interest, excluded.implied_volatility, excluded.underlying_price,
        excluded.source)""",
)
_EXPIRIES = statement("""
    SELECT DISTINCT c.underlying_id, c.expiry FROM option_contracts c JOIN instruments i ON i.id = c.instrument_id
    WHERE EXISTS (SELECT 1 FROM option_quotes q WHERE q.instrument = i.number AND q.at <= $1) AND c.expiry >= $2::date
    AND c.underlying_id = ANY($3::uuid[]) ORDER BY c.expiry
""")
_QUOTES = """
    SELECT c.underlying_id, c.expiry, i.id, i.symbol, c."right", c.style, c.strike, c.multiplier, q.bid, q.ask, q.last,
    q.volume, q.open_interest, q.implied_volatility, q.underlying_price, q.at, q.source FROM option_contracts c
    JOIN instruments i ON i.id = c.instrument_id JOIN option_quotes q ON q.instrument = i.number AND q.at = (SELECT
    MAX(at) FROM option_quotes WHERE instrument = i.number AND at <= $1)
"""
# The columns of a chain that are numbers, as they stand in a row from the strike on.
_NUMBERS: Final = ("strikes", "multipliers", "bid", "ask", "last", "volume", "open_interest", "implied_volatility",
                   "underlying_price")  # fmt: skip
_OF_EXPIRIES = statement(_QUOTES + " WHERE c.underlying_id = ANY($2::uuid[]) AND c.expiry = ANY($3::date[])")
_ALL = statement(_QUOTES + " WHERE c.underlying_id = ANY($2::uuid[]) AND c.expiry >= $3::date")


@dataclass(frozen=True, slots=True)
class ToldQuote:
    """What is quoted for a contract, when, and what the contract is: fit to be stored."""

    terms: Terms
    at: datetime
    quote: ObservedContract


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """The contracts on one underlying of one expiry, with the latest quote of each.

    One entry of each column a contract, in the order of strikes, a call before a put.  Prices are of one unit of the
    underlying, in its currency; implied volatilities are annual fractions, as the source told them.  NaN where
    something was not told.  A quote is as old as its `at` says, and may be older than those beside it.
    """

    underlying_id: UUID
    expiry: date
    instrument_ids: tuple[UUID, ...]
    symbols: tuple[str, ...]
    rights: tuple[OptionRight, ...]
    styles: tuple[OptionStyle, ...]
    exact_strikes: tuple[Decimal, ...]
    strikes: Vector
    multipliers: Vector
    bid: Vector
    ask: Vector
    last: Vector
    volume: Vector
    open_interest: Vector
    implied_volatility: Vector
    underlying_price: Vector
    at: tuple[datetime, ...]
    sources: tuple[str, ...]

    @property
    def mid(self) -> Vector:
        """The middle of bid and ask, NaN where one of them is missing."""
        middle: Vector = (self.bid + self.ask) / 2
        return middle


def screen(
    underlying: InstrumentRow, told: Iterable[ObservedContract | Unread], now: datetime
) -> tuple[list[ToldQuote], list[str]]:
    """Return what of a chain can be stored, each contract once, and why the rest cannot.  Pure.

    Of a contract that is told twice the last counts; what comes without a time is of now.
    """
    kept: dict[OccSymbol, ToldQuote] = {}
    refused: list[str] = []
    for each in told:
        found = each.reason if isinstance(each, Unread) else _screened(underlying, each, now)
        if isinstance(found, ToldQuote):
            kept[found.terms.symbol] = found
        else:
            refused.append(found)
    return list(kept.values()), refused


def _screened(underlying: InstrumentRow, each: ObservedContract, now: datetime) -> ToldQuote | str:
    root = each.root or underlying.symbol.replace(".", "")
    symbol = occ_symbol(root, each.expiry, each.right, each.strike)
    if symbol is None:
        return f"expected a contract that has an OCC symbol, got {root} {each.expiry} {each.right} {each.strike}"
    at = each.at or now
    objection = _objection(symbol, underlying, each, at, now)
    if objection is not None:
        return f"{symbol}: expected {objection}"
    return ToldQuote(Terms(symbol, each.style, each.multiplier), min(at, now), each)


def _objection(
    symbol: OccSymbol, underlying: InstrumentRow, each: ObservedContract, at: datetime, now: datetime
) -> str | None:
    if not symbol.is_on(underlying.symbol):
        return f"a contract on {underlying.symbol}, got one on {symbol.underlying}"
    if each.bid is not None and each.ask is not None and each.bid > each.ask:
        return f"a bid of at most the ask, got {each.bid.normalize():f} and {each.ask.normalize():f}"
    if not 0 < each.multiplier <= _MOST_UNITS:
        return f"a multiplier of 1 to {_MOST_UNITS}, got {each.multiplier}"
    if at > now + _AHEAD:
        return f"a quote of {now:%Y-%m-%d %H:%M} UTC at the latest, got one of {at:%Y-%m-%d %H:%M}"
    if trade_day(at) > each.expiry:
        return f"a quote of {each.expiry} at the latest, got one of {trade_day(at)}"
    return None


async def store_chain(work: Work, underlying: InstrumentRow, source: str, told: Sequence[ToldQuote]) -> None:
    """Store quotes of contracts on one underlying, each contract once; contracts that are not known are made.

    The newer of two quotes of the same instant counts.  One statement on PostgreSQL beside those of `ensure_contracts`.
    """
    if not told:
        return
    rows = await ensure_contracts(work, underlying, [each.terms for each in told])
    # In one order whoever writes: two who store the same chain wait for one another, and not in a circle.
    columns = sorted(
        ((rows[str(each.terms.symbol)].number, each.at, *_figures(each.quote), source[:40]) for each in told),
        key=itemgetter(0),
    )
    if statements.is_sqlite():
        await statements.execute_many(_PUT, [(*row, work.now) for row in columns])
    else:
        await statements.fetch(_PUT, *map(list, zip(*columns, strict=True)), work.now)


def _figures(quote: ObservedContract) -> tuple[Any, ...]:
    prices = (None if price is None else float(price) for price in (quote.bid, quote.ask, quote.last))
    spot = None if quote.underlying_price is None else float(quote.underlying_price)
    return *prices, quote.volume, quote.open_interest, quote.implied_volatility, spot


async def expiries(underlying: UUID, as_of: datetime | None = None) -> tuple[date, ...]:
    """Return the expiries of the contracts on an instrument of which quotes are stored, the nearest first.

    With `as_of`, those that had quotes at this instant and had not passed.
    """
    return (await expiries_of([underlying], as_of))[0]


async def expiries_of(underlyings: Sequence[UUID], as_of: datetime | None = None) -> list[tuple[date, ...]]:
    """Return the same of several instruments, in the order asked.  One statement."""
    rows = await statements.fetch(_EXPIRIES, as_of or _EVER, _first_expiry(as_of), _once(underlyings))
    found: dict[UUID, list[date]] = defaultdict(list)
    for key, expiry in rows:
        found[as_uuid(key)].append(as_date(expiry))
    return [tuple(found.get(key, ())) for key in underlyings]


async def stored_chain(underlying: UUID, expiry: date, as_of: datetime | None = None) -> Chain | None:
    """Return the contracts of one expiry on an instrument, with the latest quotes up to an instant; None without any.

    Without `as_of`, the latest of all.
    """
    return (await chains_of([(underlying, expiry)], as_of))[0]


async def chains_of(keys: Sequence[tuple[UUID, date]], as_of: datetime | None = None) -> list[Chain | None]:
    """Return the same of several underlyings and expiries, in the order asked.  One statement."""
    underlyings, days = _once(key for key, _ in keys), _once(day for _, day in keys)
    rows = await statements.fetch(_OF_EXPIRIES, as_of or _EVER, underlyings, days) if keys else []
    found = {(chain.underlying_id, chain.expiry): chain for chain in _chains(rows)}
    return [found.get(key) for key in keys]


async def stored_chains(underlying: UUID, as_of: datetime | None = None) -> list[Chain]:
    """Return the chains of all expiries on an instrument, the nearest first.  One statement.

    With `as_of`, those of expiries that had not passed, with the latest quotes up to this instant.
    """
    return _chains(await statements.fetch(_ALL, as_of or _EVER, [underlying], _first_expiry(as_of)))


def _first_expiry(as_of: datetime | None) -> date:
    return date.min if as_of is None else trade_day(as_of)


def _once(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _chains(rows: Iterable[Sequence[Any]]) -> list[Chain]:
    # Databases write strikes in their own ways: they are put in order as numbers.
    found: dict[tuple[date, UUID], list[tuple[Any, ...]]] = defaultdict(list)
    for underlying_id, expiry, key, symbol, right, style, strike, *rest in rows:
        exact = as_decimal(strike)
        assert exact is not None
        entry = (exact, OptionRight(right), symbol, as_uuid(key), OptionStyle(style), *rest)
        found[as_date(expiry), as_uuid(underlying_id)].append(entry)
    return [
        _chain(underlying_id, expiry, sorted(entries))
        for (expiry, underlying_id), entries in sorted(found.items(), key=itemgetter(0))
    ]


def _chain(underlying_id: UUID, expiry: date, entries: Sequence[tuple[Any, ...]]) -> Chain:
    strikes, rights, symbols, keys, styles, *figures, at, sources = zip(*entries, strict=True)
    numbers = (np.array(column, dtype=np.float64) for column in (strikes, *figures))
    named = dict(zip(_NUMBERS, numbers, strict=True))
    times = tuple(map(as_datetime, at))
    return Chain(underlying_id, expiry, keys, symbols, rights, styles, strikes, at=times, sources=sources, **named)
