"""Reads what explanations are made of: ledgers, and where prices come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.kernel.actor import Actor
from domain.kernel.dates import trade_day
from domain.kernel.ports import Compute
from domain.market.history import BarSource, sources_of
from domain.market.types import InstrumentRow
from domain.portfolios.access import Permission, accessible
from domain.portfolios.explanation import Explanation, explain
from domain.portfolios.ledgers import ledger_known
from domain.portfolios.performance import Performance
from domain.portfolios.types import Valuation


@dataclass(frozen=True, slots=True)
class PricesUsed:
    """Closes of one source that the values of a performance rest on."""

    instrument: InstrumentRow
    source: BarSource


async def explain_valuation(actor: Actor, valuation: Valuation, now: datetime, compute: Compute) -> Explanation | None:
    """Explain a valuation; None where the actor does not see the portfolio any more.  `now` is the market's.

    One statement, and one more where its ledger is not kept.
    """
    portfolio = await accessible(actor, Permission.VIEW).filter(id=valuation.portfolio_id).first()
    if portfolio is None:
        return None
    ledger = await ledger_known(portfolio, valuation.version)
    instant = now if valuation.as_of is None else min(valuation.as_of, now)
    return await compute.run(explain, valuation, ledger, trade_day(instant))


async def prices_used(performance: Performance) -> list[PricesUsed]:
    """Return where the closes of what was held come from, by symbol and source.  One statement."""
    history = performance.history
    rows = sorted(history.market.instruments.values(), key=lambda row: row.symbol)
    first = date.fromordinal(int(history.sessions[performance.opening]))
    last = date.fromordinal(int(history.sessions[performance.closing]))
    found: Sequence[Sequence[BarSource]] = await sources_of(rows, first, last)
    return [PricesUsed(row, source) for row, sources in zip(rows, found, strict=True) for source in sources]
