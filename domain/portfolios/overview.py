"""A portfolio at a glance: what it has realized in a year, how many positions of each kind it has, how fresh it is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.kernel.actor import Actor
from domain.kernel.dates import last_known_close, session_close, trade_day
from domain.kernel.money import EXACT
from domain.market.bars import latest_session
from domain.portfolios.access import Permission, accessible
from domain.portfolios.ledger import Ledger
from domain.portfolios.positions import sum_of
from domain.portfolios.queries import Asked, ledgers_known
from domain.portfolios.types import PositionKind, PriceSource, Valuation


@dataclass(frozen=True, slots=True)
class Realized:
    """What sales of a calendar year have brought beyond what was sold had cost, in the base currency.

    Before losses of wash sales are moved; None where a rate of exchange is not known.
    """

    year: int
    gain: Decimal | None


async def realized_this_year(actor: Actor, asked: Sequence[Asked], now: datetime) -> list[Realized | None]:
    """Return what each portfolio has realized in the year of the instant up to it, None where the actor sees none.

    Two statements, and one less once the ledgers are known.
    """
    ids = {each.portfolio_id for each in asked}
    rows = {row.id: row for row in await accessible(actor, Permission.VIEW).filter(id__in=ids)}
    known = await ledgers_known(rows, {(each.portfolio_id, each.known_at) for each in asked})
    found: list[Realized | None] = []
    for each in asked:
        ledger = known.get((each.portfolio_id, each.known_at))
        day = trade_day(now if each.as_of is None else min(each.as_of, now))
        found.append(None if ledger is None else _realized(ledger, day))
    return found


def _realized(ledger: Ledger, day: date) -> Realized:
    first = date(day.year, 1, 1)
    gains = [
        None
        if each.base_proceeds is None or each.base_cost is None
        else EXACT.subtract(each.base_proceeds, each.base_cost)
        for each in ledger.fold.disposals
        if first <= each.movement.trade_date <= day
    ]
    return Realized(day.year, sum_of(gains))


def counts_by_kind(valuation: Valuation) -> list[tuple[PositionKind, int]]:
    """Return how many positions of each kind there are, in the order of the kinds; kinds without any are left out."""
    counts = Counter(each.kind for each in valuation.positions)
    return [(kind, counts[kind]) for kind in PositionKind if counts[kind]]


async def last_session(instant: datetime) -> date:
    """Return the last session of the market that had closed at an instant, which is not after the market's now."""
    return await latest_session(last_known_close(instant))


def is_stale(valuation: Valuation, session: date) -> bool:
    """Whether a price in a valuation is older than the close of a session; what expired has its price for good."""
    close = session_close(session)
    return any(
        each.price_at is not None and each.price_at < close and each.price_source is not PriceSource.INTRINSIC
        for each in valuation.positions
    )
