"""The demonstration: four users, three portfolios over years of real prices, and what is known of their companies.

What is recorded goes through the commands that users call; prices are the closes of the days.  It is loaded once; what
a later version adds is added at the next start, to an installation that has the rest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from domain.companies.demonstration.loading import load_demonstration as load_companies
from domain.identity import commands as identity
from domain.identity import queries as users
from domain.kernel.actor import SYSTEM, Actor, Role
from domain.kernel.dates import session_close, trade_day
from domain.kernel.money import ZERO
from domain.kernel.ports import Resources
from domain.kernel.work import Work
from domain.market import bars
from domain.market import queries as market
from domain.market.demonstration.loading import load_demonstration as load_market
from domain.onboarding.hedge_fund import hedge_fund_entries
from domain.portfolios import commands as portfolios
from domain.portfolios.entries import CashMovement, Entry, Trade
from domain.portfolios.queries import has_transaction
from domain.portfolios.types import TransactionKind

# Known to everybody: no installation that is not a demonstration has these users.
DEMO_PASSWORD = "demo12345"  # noqa: S105

_FEE = Decimal("4.95")
_UNIT = Decimal(1)


@dataclass(frozen=True, slots=True)
class DemoUser:
    """Somebody who can sign in to the demonstration."""

    email: str
    display_name: str
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a demonstration portfolio came about.

    Twice a year from `first_year` on, `contribution` dollars come in, and equal parts of all cash buy whole units of
    the next `purchases` of `symbols`, in turn.  Each even year a quarter of one position is sold, and `withdrawal`
    dollars are taken out.
    """

    owner: DemoUser
    name: str
    symbols: tuple[str, ...]
    first_year: int
    contribution: Decimal
    purchases: int
    withdrawal: Decimal = ZERO


INDIVIDUAL = DemoUser("demo_individual@foliograph.dev", "Demo Individual")
HIGH_NET_WORTH = DemoUser("demo_hnw@foliograph.dev", "Demo High Net Worth")
HEDGE_FUND = DemoUser("demo_hedgefundstyle@foliograph.dev", "Demo Hedge Fund Style")
ADMINISTRATOR = DemoUser("demo_admin@foliograph.dev", "Demo Administrator", Role.ADMIN)
DEMO_USERS = (INDIVIDUAL, HIGH_NET_WORTH, HEDGE_FUND, ADMINISTRATOR)

_STOCKS = tuple("AAPL AMD BAC BBY CVX GE HD JNJ JPM KO LLY MRK MSFT PEP PFE PG RRC UNH WMT XOM".split())
_FUNDS = tuple("MTUM QUAL SIZE USMV VLUE".split())

HABITS = (
    Habit(
        owner=INDIVIDUAL,
        name="Retirement savings",
        symbols=(*_FUNDS, "AAPL", "MSFT", "JNJ", "PG", "KO", "JPM", "HD", "UNH", "XOM", "WMT", "PEP"),
        first_year=2015,
        contribution=Decimal(9_000),
        purchases=4,
    ),
    Habit(
        owner=HIGH_NET_WORTH,
        name="Family wealth",
        symbols=tuple(symbol for symbol in _STOCKS if symbol not in ("AMD", "BBY", "RRC")),
        first_year=2008,
        contribution=Decimal(150_000),
        purchases=5,
        withdrawal=Decimal(40_000),
    ),
    Habit(
        owner=HEDGE_FUND,
        name="Equity book",
        symbols=(*_STOCKS, "MTUM", "SIZE", "USMV", "VLUE"),
        first_year=2014,
        contribution=Decimal(1_000_000),
        purchases=8,
    ),
)

# The replay begins after this day.
_LAST_DAY = date(2022, 11, 15)
_MONTHS = (2, 8)


async def load_demonstration(resources: Resources) -> None:
    """Add what is missing: prices, companies' figures, users, portfolios and their transactions."""
    async with resources.unit_of_work(SYSTEM) as work:
        await load_market(work)
    await load_companies(resources)
    owners = {user: await _user(resources, user) for user in DEMO_USERS}
    for habit in HABITS:
        await _load_portfolio(resources, habit, owners[habit.owner])


async def _user(resources: Resources, user: DemoUser) -> Actor:
    found = await users.user_by_email(SYSTEM, user.email)
    if found is None:
        password_hash = await resources.passwords.hash(DEMO_PASSWORD)
        newcomer = identity.newcomer()
        if user.role is not None:
            newcomer = replace(newcomer, roles=newcomer.roles | {user.role})
        async with resources.unit_of_work(newcomer) as work:
            found = await identity.register_user(
                work, email=user.email, display_name=user.display_name, password_hash=password_hash
            )
    return Actor(user_id=found.id, tenant_id=found.tenant_id, roles=frozenset({Role.USER}))


async def _load_portfolio(resources: Resources, habit: Habit, owner: Actor) -> None:
    entries = await _entries(habit)
    today = trade_day(await market.market_now(resources.clock))
    async with resources.unit_of_work(owner) as work:
        portfolio = await portfolios.create_portfolio(
            work, name=habit.name, description="Built from real prices.", idempotency_key="demonstration"
        )
        await _record(work, portfolio.id, "demonstration", entries, today)
        # What came with a later version has keys of its own, and is missing where an earlier one was loaded.
        if habit.owner is HEDGE_FUND and not await has_transaction(portfolio.id, "demonstration-hedges-1"):
            hedges = await hedge_fund_entries(work)
            await _record(work, portfolio.id, "demonstration-hedges", hedges, today)


async def _record(work: Work, portfolio_id: UUID, prefix: str, entries: Sequence[Entry], today: date) -> None:
    keys = [f"{prefix}-{number}" for number in range(1, len(entries) + 1)]
    if not await has_transaction(portfolio_id, keys[-1]):
        await portfolios.record_transactions(work, portfolio_id, list(zip(keys, entries, strict=True)), today=today)


async def _entries(habit: Habit) -> list[Trade | CashMovement]:
    """Return what the habit amounts to, on real sessions and at their closes."""
    found = await market.instruments_by_symbol(habit.symbols)
    ids = {symbol: found[symbol].id for symbol in habit.symbols}
    entries: list[Trade | CashMovement] = []
    cash, turn = ZERO, 0
    held: dict[str, Decimal] = dict.fromkeys(habit.symbols, ZERO)
    for day in await _days(habit):
        prices = await _closes(ids, day)
        turn_symbols = [habit.symbols[(turn + step) % len(habit.symbols)] for step in range(habit.purchases)]
        turn += habit.purchases
        for entry in _half_year(habit, day, cash, turn_symbols, prices, held):
            entries.append(entry)
            cash += _cash_change(entry)
    return entries


def _half_year(
    habit: Habit,
    day: date,
    cash: Decimal,
    symbols: Sequence[str],
    prices: dict[str, Decimal],
    held: dict[str, Decimal],
) -> Iterator[Trade | CashMovement]:
    if day.year % 2 == 0 and day.month == _MONTHS[0]:
        largest = max(held, key=lambda symbol: held[symbol] * prices[symbol])
        units = (held[largest] / 4).quantize(_UNIT, rounding=ROUND_DOWN)
        if units > 0:
            sale = Trade(
                kind=TransactionKind.SELL,
                symbol=largest,
                quantity=units,
                price=prices[largest],
                fees=_FEE,
                trade_date=day,
            )
            held[largest] -= units
            cash += _cash_change(sale)
            yield sale
            if habit.withdrawal and cash > habit.withdrawal:
                cash -= habit.withdrawal
                yield CashMovement(kind=TransactionKind.WITHDRAWAL, amount=habit.withdrawal, trade_date=day)
    yield CashMovement(kind=TransactionKind.CONTRIBUTION, amount=habit.contribution, trade_date=day)
    budget = (cash + habit.contribution) / len(symbols)
    for symbol in symbols:
        units = ((budget - _FEE) / prices[symbol]).quantize(_UNIT, rounding=ROUND_DOWN)
        if units > 0:
            held[symbol] += units
            yield Trade(
                kind=TransactionKind.BUY,
                symbol=symbol,
                quantity=units,
                price=prices[symbol],
                fees=_FEE,
                trade_date=day,
            )


def _cash_change(entry: Trade | CashMovement) -> Decimal:
    if isinstance(entry, CashMovement):
        return entry.amount if entry.kind is TransactionKind.CONTRIBUTION else -entry.amount
    direction = 1 if entry.kind is TransactionKind.SELL else -1
    return entry.quantity * entry.price * direction - (entry.fees or ZERO)


async def _days(habit: Habit) -> list[date]:
    """Return the first session in the middle of each of the habit's months."""
    days = []
    for year in range(habit.first_year, _LAST_DAY.year + 1):
        for month in _MONTHS:
            middle = date(year, month, 15)
            days.append((await bars.sessions(middle, middle + timedelta(days=10)))[0])
    return days


async def _closes(ids: dict[str, UUID], day: date) -> dict[str, Decimal]:
    closes = await market.closes_at(list(ids.values()), session_close(day))
    return {symbol: close.price for symbol, close in zip(ids, closes, strict=True) if close is not None}
