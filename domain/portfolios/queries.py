"""Reads portfolios, batch first.  Every read goes through `accessible`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from tortoise.expressions import Q

from domain.kernel.actor import Actor
from domain.kernel.dates import session_close, trade_day
from domain.kernel.money import EXACT, ZERO
from domain.kernel.paging import Page, PageRequest
from domain.market import queries as market
from domain.market.instruments import Instruments
from domain.market.rates import rates
from domain.portfolios import valuation
from domain.portfolios.access import Permission, accessible_ids, reached_among, real
from domain.portfolios.ledger import Ledger
from domain.portfolios.ledgers import ledger_known, ledgers, version_known
from domain.portfolios.models import Account, Mark, Portfolio, Posting, Transaction
from domain.portfolios.prices import priced_at
from domain.portfolios.shares import hidden_from
from domain.portfolios.types import Book, TransactionKind, Valuation
from domain.portfolios.valuation import Priced
from domain.portfolios.valuations import value
from domain.portfolios.veil import veiled
from domain.storage.pages import read_page

# What the mirror slice of the schema reads, without naming the tables.
PortfolioRow: TypeAlias = Portfolio
AccountRow: TypeAlias = Account
TransactionRow: TypeAlias = Transaction
PostingRow: TypeAlias = Posting
MarkRow: TypeAlias = Mark


@dataclass(frozen=True, slots=True)
class Asked:
    """A portfolio, the instant of the market it is asked at, and what was recorded by then: None is now."""

    portfolio_id: UUID
    as_of: datetime | None
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which entries of a ledger; what is None is no condition."""

    kinds: tuple[TransactionKind, ...] | None = None
    symbols: tuple[str, ...] | None = None
    account_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    import_id: UUID | None = None
    needs_review: bool | None = None


ALL = Chosen()


@dataclass(frozen=True, slots=True)
class Opened:
    """A portfolio with a ledger of it, as it was known, and the instant that it is valued at: None is now."""

    portfolio: Portfolio
    ledger: Ledger
    as_of: datetime | None
    known_at: datetime | None = None


async def portfolios_by_id(
    actor: Actor, portfolio_ids: Sequence[UUID], permission: Permission = Permission.OUTLINE
) -> list[Portfolio | None]:
    """Return the portfolios in the order asked for, None where the actor has not this permission.

    By default also those whose amounts are hidden from the actor: for what shows these, ask `Permission.VIEW`.
    """
    found = await reached_among(actor, permission, portfolio_ids)
    return [found.get(portfolio_id) for portfolio_id in portfolio_ids]


async def portfolio_page(actor: Actor, owner_id: UUID, request: PageRequest, *, with_total: bool) -> Page[Portfolio]:
    """Return a page of the portfolios of this owner that the actor sees, oldest first, without forks."""
    rows = real(actor, Permission.OUTLINE).filter(owner_id=owner_id)
    return await read_page(rows, ("id",), request, with_total=with_total)


async def transaction_page(
    actor: Actor,
    portfolio_id: UUID,
    request: PageRequest,
    chosen: Chosen = ALL,
    *,
    with_total: bool,
    beginning: tuple[UUID, int] | None = None,
) -> Page[Transaction]:
    """Return a page of a portfolio's transactions in the ledger's order; an empty one for a portfolio that is not
    seen.

    Those of a fork follow those that it begins with: of another portfolio, up to a version.
    """
    own = Q(portfolio_id=portfolio_id)
    if beginning is not None:
        own |= Q(portfolio_id=beginning[0], sequence__lte=beginning[1])
    visible = accessible_ids(actor, Permission.VIEW)
    rows = Transaction.filter(own, portfolio_id__in=visible, **await _conditions(chosen))
    return await read_page(rows, ("trade_date", "sequence"), request, with_total=with_total)


async def _conditions(chosen: Chosen) -> dict[str, Any]:
    found = None if chosen.symbols is None else await market.instruments_by_symbol(chosen.symbols)
    told = {
        "kind__in": chosen.kinds,
        "instrument_id__in": None if found is None else [row.id for row in found.values()],
        "account_id": chosen.account_id,
        "trade_date__gte": chosen.since,
        "trade_date__lte": chosen.until,
        "import_id": chosen.import_id,
        "needs_review": chosen.needs_review,
    }
    return {name: value for name, value in told.items() if value is not None}


async def postings_of(actor: Actor, transaction_ids: Sequence[UUID]) -> list[list[Posting]]:
    """Return the lines of each transaction, none where the actor does not see it."""
    found: dict[object, list[Posting]] = {}
    visible = accessible_ids(actor, Permission.VIEW)
    rows = Posting.filter(transaction_id__in=set(transaction_ids), portfolio_id__in=visible)
    for row in await rows.order_by("id"):
        found.setdefault(row.transaction_id, []).append(row)
    return [found.get(key, []) for key in transaction_ids]


async def fees_paid(actor: Actor, portfolio_ids: Sequence[UUID], since: date, until: date) -> list[dict[str, Decimal]]:
    """Return what was paid in fees by currency, from one trade date to another, both included; nothing where the actor
    does not see it.
    """
    rows = Posting.filter(
        portfolio_id__in=set(portfolio_ids),
        book=Book.FEES,
        transaction__trade_date__gte=since,
        transaction__trade_date__lte=until,
    ).filter(portfolio_id__in=accessible_ids(actor, Permission.VIEW))
    found: dict[UUID, dict[str, Decimal]] = {}
    for portfolio_id, code, amount in await rows.values_list("portfolio_id", "currency", "amount"):
        own = found.setdefault(portfolio_id, {})
        own[code] = EXACT.add(own.get(code, ZERO), amount)
    return [found.get(key, {}) for key in portfolio_ids]


async def mark_page(actor: Actor, portfolio_id: UUID, request: PageRequest, *, with_total: bool) -> Page[Mark]:
    """Return a page of a portfolio's marks, by session."""
    rows = Mark.filter(portfolio_id=portfolio_id, portfolio_id__in=accessible_ids(actor, Permission.VIEW))
    return await read_page(rows, ("session",), request, with_total=with_total)


async def transactions_by_id(actor: Actor, transaction_ids: Sequence[UUID]) -> list[Transaction | None]:
    """Return the transactions in the order asked for, None where the actor sees none."""
    visible = accessible_ids(actor, Permission.VIEW)
    rows = await Transaction.filter(id__in=set(transaction_ids), portfolio_id__in=visible)
    found = {row.id: row for row in rows}
    return [found.get(transaction_id) for transaction_id in transaction_ids]


async def transactions_at(actor: Actor, places: Sequence[tuple[UUID, int]]) -> list[Transaction | None]:
    """Return the transactions of these portfolios and sequences in the order asked for, None where the actor sees none.

    One statement for each portfolio.
    """
    wanted: dict[UUID, set[int]] = {}
    for portfolio_id, sequence in places:
        wanted.setdefault(portfolio_id, set()).add(sequence)
    found: dict[tuple[object, int], Transaction] = {}
    for portfolio_id, sequences in wanted.items():
        rows = Transaction.filter(portfolio_id=portfolio_id, sequence__in=sequences)
        for row in await rows.filter(portfolio_id__in=accessible_ids(actor, Permission.VIEW)):
            found[portfolio_id, row.sequence] = row
    return [found.get(place) for place in places]


async def accounts_of(actor: Actor, portfolio_ids: Sequence[UUID]) -> list[list[Account]]:
    """Return the accounts of each portfolio, the default one first."""
    found: dict[object, list[Account]] = {}
    visible = accessible_ids(actor, Permission.OUTLINE)
    rows = Account.filter(portfolio_id__in=set(portfolio_ids), portfolio__id__in=visible)
    for account in await rows.order_by("-is_default", "id"):
        found.setdefault(account.portfolio_id, []).append(account)
    return [found.get(portfolio_id, []) for portfolio_id in portfolio_ids]


async def accounts_by_id(actor: Actor, account_ids: Sequence[UUID]) -> list[Account | None]:
    """Return the accounts in the order asked for, None where the actor sees none."""
    visible = accessible_ids(actor, Permission.OUTLINE)
    found = {row.id: row for row in await Account.filter(id__in=set(account_ids), portfolio_id__in=visible)}
    return [found.get(account_id) for account_id in account_ids]


async def has_transaction(portfolio_id: UUID, idempotency_key: str) -> bool:
    """Whether a portfolio's ledger has an entry under this key."""
    return await Transaction.filter(portfolio_id=portfolio_id, idempotency_key=idempotency_key).exists()


async def marks_by_id(actor: Actor, mark_ids: Sequence[UUID]) -> list[Mark | None]:
    """Return the marks in the order asked for, None where the actor sees none."""
    visible = accessible_ids(actor, Permission.VIEW)
    found = {row.id: row for row in await Mark.filter(id__in=set(mark_ids), portfolio_id__in=visible)}
    return [found.get(mark_id) for mark_id in mark_ids]


async def valuations(actor: Actor, asked: Sequence[Asked], now: datetime) -> list[Valuation | None]:
    """Value portfolios in the order asked for, None where the actor sees none.  `now` is the market's.

    Statements are one for the portfolios, one more where some are another's, and those of `valuations_of`.
    """
    portfolios = await reached_among(actor, Permission.OUTLINE, {each.portfolio_id for each in asked})
    return await valuations_of(actor, portfolios, asked, now, Instruments())


async def valuations_of(
    actor: Actor, portfolios: Mapping[UUID, Portfolio], asked: Sequence[Asked], now: datetime, instruments: Instruments
) -> list[Valuation | None]:
    """Value those of these portfolios, all of which the actor sees at least in outline, in the order asked for.

    Where amounts are hidden from the actor, none are in it: see `veil`.

    Three statements, however many portfolios are asked at one instant, and one less once their ledgers are known; one
    more where some are another's, and some where there are options, or several currencies.
    """
    hidden = await hidden_from(actor, list(portfolios.values()))
    found = await ledgers_known(portfolios, {(each.portfolio_id, each.known_at) for each in asked})
    seen = [each for each in asked if each.portfolio_id in portfolios]
    opened = [
        Opened(portfolios[each.portfolio_id], found[each.portfolio_id, each.known_at], each.as_of, each.known_at)
        for each in seen
    ]
    answers = {
        each: veiled(worth) if each.portfolio_id in hidden else worth
        for each, worth in zip(seen, await value_ledgers(opened, now, instruments), strict=True)
    }
    return [answers.get(each) for each in asked]


async def value_ledgers(
    opened: Sequence[Opened], now: datetime, instruments: Instruments | None = None
) -> list[Valuation]:
    """Value ledgers that somebody has the right to see, in the order given.  `now` is the market's."""
    answers: dict[int, Valuation] = {}
    for as_of in {each.as_of for each in opened}:
        instant = now if as_of is None else min(as_of, now)
        those = {place: each for place, each in enumerate(opened) if each.as_of == as_of}
        traded = {place: each.ledger.instruments(trade_day(instant)) for place, each in those.items()}
        past = None if as_of is None or is_live(as_of, now) else as_of
        prices = await priced_at({key for keys in traded.values() for key in keys}, past, instruments)
        owned = {place: {key: prices[key] for key in own} for place, own in traded.items()}
        foreign = {
            place: _foreign(each.portfolio, each.ledger.currencies(trade_day(instant)), owned[place].values())
            for place, each in those.items()
        }
        known = await rates([pair for pairs in foreign.values() for pair in pairs], past)
        for place, each in those.items():
            question = valuation.Question(
                portfolio_id=each.portfolio.id,
                version=each.ledger.version,
                base_currency=each.portfolio.base_currency,
                as_of=as_of,
                known_at=each.known_at,
                instant=instant,
                rates={pair[0]: known[pair] for pair in foreign[place] if pair in known},
            )
            answers[place] = value(question, each.ledger, owned[place])
    return [answers[place] for place in range(len(opened))]


async def ledgers_known(
    portfolios: Mapping[UUID, Portfolio], asked: Collection[tuple[UUID, datetime | None]]
) -> dict[tuple[UUID, datetime | None], Ledger]:
    """Return ledgers as they stand, and as they were known: two statements for each of these that is not kept."""
    found: dict[tuple[UUID, datetime | None], Ledger] = {
        (key, None): ledger for key, ledger in (await ledgers(portfolios.values())).items()
    }
    for portfolio_id, known_at in asked:
        if known_at is not None and portfolio_id in portfolios:
            portfolio = portfolios[portfolio_id]
            found[portfolio_id, known_at] = await ledger_known(portfolio, await version_known(portfolio, known_at))
    return found


def _foreign(portfolio: Portfolio, purses: Iterable[str], prices: Iterable[Priced]) -> set[tuple[str, str]]:
    codes = {*purses, *(priced.instrument.currency for priced in prices)}
    return {(code, portfolio.base_currency) for code in codes if code != portfolio.base_currency}


def is_live(as_of: datetime, now: datetime) -> bool:
    """Whether what is asked at an instant is asked at the latest quotes."""
    # At a close the closes are known: by the time that quotes are read, they may be of the next session.
    return as_of > now or (as_of == now and as_of != session_close(trade_day(as_of)))
