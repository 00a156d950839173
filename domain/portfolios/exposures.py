"""How much of the market a portfolio is exposed to.  Pure: made of a valuation.

Amounts are in the base currency.  Options count in gross, net, long and short with their market value; what moves with
their underlyings is in `notional` and `delta_adjusted`.  Expired options are exposed to nothing any more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.money import EXACT, ZERO, product, quotient, to_money
from domain.portfolios.positions import sum_of
from domain.portfolios.types import Position, PriceSource, Valuation


@dataclass(frozen=True, slots=True, kw_only=True)
class SidedExposure:
    """Sums of market values: of long positions, of short ones (negative), less and with their signs.

    None where a position has no price.
    """

    long: Decimal | None
    short: Decimal | None
    gross: Decimal | None
    net: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorExposure:
    """The same of one sector: None is what has none."""

    sector: str | None
    sided: SidedExposure


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposures:
    """What a portfolio is exposed to; `equity` is its total value.

    `notional`: of shares the market value, of options the price of all units that they give a right to, both without
    their signs.  `delta_adjusted`: of shares the market value, of options delta times the same, with their signs: an
    estimate.
    """

    valuation: Valuation
    equity: Decimal | None
    sided: SidedExposure
    notional: Decimal | None
    delta_adjusted: float | None
    sectors: tuple[SectorExposure, ...]
    absences: tuple[Absence, ...]

    def fraction(self, amount: Decimal | float | None) -> float | None:
        """Return an amount as a fraction of equity; None unless equity is positive."""
        if amount is None or self.equity is None or self.equity <= 0:
            return None
        return float(quotient(amount, self.equity)) if isinstance(amount, Decimal) else amount / float(self.equity)


def exposures_of(valuation: Valuation) -> Exposures:
    """Return what the positions of a valuation are exposed to."""
    positions = valuation.positions
    sectors = sorted({each.instrument.sector for each in positions}, key=lambda name: (name is None, name or ""))
    adjusted = [delta_adjusted(each) for each in positions]
    known = [each for each in adjusted if each is not None]
    found = Exposures(
        valuation=valuation,
        equity=valuation.total_value,
        sided=_sided(positions),
        notional=sum_of(map(notional, positions)),
        delta_adjusted=float(sum(known)) if len(known) == len(adjusted) else None,
        sectors=tuple(
            SectorExposure(
                sector=sector, sided=_sided([each for each in positions if each.instrument.sector == sector])
            )
            for sector in sectors
        ),
        absences=(),
    )
    return replace(found, absences=tuple(_absences(found)))


def notional(position: Position) -> Decimal | None:
    """Return what a position controls, without its sign; None where a price or rate is not known."""
    if position.contract is None:
        return None if position.market_value is None else position.market_value.copy_abs()
    controlled = _controlled(position)
    return None if controlled is None else controlled.copy_abs()


def delta_adjusted(position: Position) -> float | None:
    """Return the position in the underlying that moves as this one does; None where that is not known."""
    if position.contract is None:
        return None if position.market_value is None else float(position.market_value)
    controlled = _controlled(position)
    return None if controlled is None or position.delta is None else float(controlled) * position.delta


def _controlled(position: Position) -> Decimal | None:
    if position.price_source is PriceSource.INTRINSIC:
        return ZERO
    if position.contract is None or position.underlying_price is None or position.fx_rate is None:
        return None
    units = product(position.units, position.contract.deliverable)
    return to_money(product(product(units, position.underlying_price), position.fx_rate))


def _sided(positions: Sequence[Position]) -> SidedExposure:
    long = sum_of(each.market_value for each in positions if not each.is_short)
    short = sum_of(each.market_value for each in positions if each.is_short)
    both = None if long is None or short is None else (long, short)
    return SidedExposure(
        long=long,
        short=short,
        gross=None if both is None else EXACT.subtract(*both),
        net=None if both is None else EXACT.add(*both),
    )


def _absences(found: Exposures) -> Iterable[Absence]:
    positions = found.valuation.positions
    unpriced = _symbols(each for each in positions if each.market_value is None)
    for name in ("long", "short", "gross", "net"):
        if getattr(found.sided, name) is None:
            message = f"not all positions can be priced: {unpriced}"
            yield Absence(name, AbsenceReason.NO_PRICE, message, "see `unavailable` of these positions")
    for name, value, measure in (
        ("notional", found.notional, notional),
        ("deltaAdjusted", found.delta_adjusted, delta_adjusted),
    ):
        if value is None:
            symbols = _symbols(each for each in positions if measure(each) is None)
            message = f"no price, or no volatility of the underlying, is known for {symbols}"
            mend = "load a price of these or of their underlyings, and at least 21 daily closes before"
            yield Absence(name, AbsenceReason.NO_PRICE, message, mend)


def _symbols(positions: Iterable[Position]) -> str:
    return ", ".join(sorted({each.instrument.symbol for each in positions}))
