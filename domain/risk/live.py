"""What a portfolio risks at the prices of now: a few numbers, cheap enough to tell again with each price."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.dates import trade_day
from domain.market.queries import BENCHMARK
from domain.portfolios.exposures import delta_adjusted
from domain.portfolios.types import Valuation
from domain.quant.measures import measure_all
from domain.risk import questions
from domain.risk.factor_exposures import DEFAULT_WINDOW
from domain.risk.holdings import left_out
from domain.risk.measuring import absence_of
from domain.risk.numbers import known
from domain.risk.reading import held_over, prepare
from domain.risk.reading_types import AskedHoldings, HoldingsData, Prepared
from domain.risk.tail_risk import TailMethod, ValueAtRisk, value_at_risk
from domain.risk.windows import days_before

CONFIDENCE: Final = 0.95
_MEASURES: Final = ("volatility", "beta")
_METHODS: Final = (TailMethod.HISTORICAL, TailMethod.NORMAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRisk:
    """Numbers of the positions held constant over the last 252 sessions, and what moves as the market does.

    `equity` and `exposure`, which is delta-adjusted, are in the base currency; losses are of one session, positive.
    """

    observations: int
    equity: float
    volatility: float | None
    beta: float | None
    historical: ValueAtRisk
    normal: ValueAtRisk
    exposure: float | None
    absences: tuple[Absence, ...]


def live_risk(valuation: Valuation, data: HoldingsData) -> LiveRisk:
    """Return what a valuation of now risks; `data` are compared with the benchmark."""
    series = questions.held(data).series
    measured = {name: known(one) for name, one in measure_all(series.returns, series.compared, names=_MEASURES).items()}
    parts = [delta_adjusted(each) for each in valuation.positions]
    priced = [each for each in parts if each is not None]
    historical, normal = (value_at_risk(series, method, CONFIDENCE, 1) for method in _METHODS)
    absences = [each for each in valuation.absences if each.field == "totalValue"]
    absences += [absence_of(name, series) for name, one in measured.items() if one is None]
    # What a loss has one cause for is told once, of all its numbers.
    for name, loss in (("historical", historical), ("normal", normal)):
        absences += [replace(each, field=name) for each in loss.absences[:1]]
    if len(priced) < len(parts):
        unpriced = sorted(
            {each.instrument.symbol for each, part in zip(valuation.positions, parts, strict=True) if part is None}
        )
        message = f"expected prices of all positions and of what options are on, got none of {', '.join(unpriced)}"
        absences.append(Absence("delta_adjusted_exposure", AbsenceReason.NO_PRICE, message, "load their bars"))
    return LiveRisk(
        observations=data.observations,
        equity=data.holdings.equity,
        volatility=measured["volatility"],
        beta=measured["beta"],
        historical=historical,
        normal=normal,
        exposure=float(sum(priced)) if len(priced) == len(parts) else None,
        absences=(*absences, *left_out(data.holdings)),
    )


class Following:
    """Reads the closes that a portfolio is followed by once, and computes with each price what has changed."""

    def __init__(self) -> None:
        self._prepared: Prepared | None = None
        # What it was read for: another ledger or another day asks for other closes.
        self._of: tuple[int, date] | None = None

    def forget(self) -> None:
        """Read closes again: some have changed."""
        self._of = None

    async def risk(self, valuation: Valuation, now: datetime) -> LiveRisk:
        """Return what a valuation of now risks.  `now` is the market's.

        No statement, but for the first of a day and after each entry of the ledger.
        """
        today = trade_day(now)
        first = days_before(today, DEFAULT_WINDOW)
        asked = AskedHoldings(valuation, first, today, (BENCHMARK,), DEFAULT_WINDOW)
        of = (valuation.version, today)
        if self._prepared is None or self._of != of:
            (self._prepared,) = await prepare([asked], now, _spend)
            self._of = of
        # On the event loop: 63 positions take 1 ms, at most once a second.
        return live_risk(valuation, held_over(asked, self._prepared))


def _spend(sessions: int) -> None:
    """One window for each portfolio that is followed is no cost that adds up in an operation."""
