"""An X-ray of a portfolio: simple rules with thresholds that its owner may set.  Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.market.occ import parse_occ
from domain.market.types import InstrumentKind
from domain.portfolios.exposures import delta_adjusted
from domain.portfolios.types import Position, Valuation

_FUNDS = (InstrumentKind.ETF, InstrumentKind.MUTUAL_FUND)


class RuleCode(StrEnum):
    """What a rule is about."""

    SINGLE_NAME = "SINGLE_NAME"
    SECTOR = "SECTOR"
    CURRENCY = "CURRENCY"
    FEES = "FEES"
    EMERGENCY_CASH = "EMERGENCY_CASH"


class Verdict(StrEnum):
    """Whether a rule holds; UNKNOWN where what it asks for is not known."""

    PASS = "PASS"  # noqa: S105
    FAIL = "FAIL"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """How much is too much, or too little: fractions of the portfolio's total value, fees of a year."""

    single_name: float = 0.10
    sector: float = 0.30
    currency: float = 0.20
    fees: float = 0.01
    emergency_cash: float = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCheck:
    """One rule: what was seen, of what, and whether it holds."""

    code: RuleCode
    verdict: Verdict
    observed: float | None
    threshold: float
    subject: str | None
    message: str


def check_rules(valuation: Valuation, fees: Mapping[str, Decimal], thresholds: Thresholds) -> list[RuleCheck]:
    """Check a portfolio as it is valued; `fees` are those of the last 365 days by currency.

    Options count in the name and in the sector of their underlying, with what moves as they do (delta); funds are no
    single name.  UNKNOWN where a position has no price, or the total value is not positive.
    """
    total = valuation.total_value
    worth = float(total) if total is not None and total > 0 else None
    if worth is None or any(delta_adjusted(each) is None for each in valuation.positions):
        reason = "not all positions can be priced" if worth else "the portfolio has no positive value"
        return [_unknown(code, thresholds, reason) for code in RuleCode]
    return [
        _largest(RuleCode.SINGLE_NAME, _exposures(valuation, _name), worth, thresholds.single_name),
        _largest(RuleCode.SECTOR, _exposures(valuation, lambda each: each.instrument.sector), worth, thresholds.sector),
        _largest(RuleCode.CURRENCY, _currencies(valuation), worth, thresholds.currency),
        _fees(valuation, fees, worth, thresholds.fees),
        _cash(valuation, worth, thresholds.emergency_cash),
    ]


def _exposures(valuation: Valuation, group: Callable[[Position], str | None]) -> dict[str, float]:
    found: defaultdict[str, float] = defaultdict(float)
    for each in valuation.positions:
        name = group(each)
        if name is not None:
            found[name] += delta_adjusted(each) or 0.0
    return found


def _name(position: Position) -> str | None:
    instrument = position.instrument
    if position.contract is None:
        return None if instrument.kind in _FUNDS else instrument.symbol
    plain = parse_occ(instrument.symbol)
    # An index and a fund have no sector, nor have the options on them.
    return None if plain is None or instrument.sector is None else plain.underlying


def _currencies(valuation: Valuation) -> dict[str, float]:
    found: defaultdict[str, float] = defaultdict(float)
    rates = _rates(valuation)
    for each in valuation.positions:
        found[each.instrument.currency] += float(each.market_value or 0)
    for code, amount in valuation.cash:
        found[code] += float(amount) * rates.get(code, 0.0)
    found.pop(valuation.currency, None)
    return found


def _rates(valuation: Valuation) -> dict[str, float]:
    return {valuation.currency: 1.0} | {rate.base: float(rate.rate) for rate in valuation.rates}


def _largest(code: RuleCode, exposures: Mapping[str, float], worth: float, threshold: float) -> RuleCheck:
    what = {RuleCode.SINGLE_NAME: "name", RuleCode.SECTOR: "sector", RuleCode.CURRENCY: "foreign currency"}[code]
    if not exposures:
        return _check(code, 0.0, threshold, None, f"no {what} is held", holds=True)
    subject = max(sorted(exposures), key=lambda name: abs(exposures[name]))
    observed = abs(exposures[subject]) / worth
    message = f"expected at most {threshold:.1%} of the portfolio in one {what}, got {observed:.1%} in {subject}"
    return _check(code, observed, threshold, subject, message, holds=observed <= threshold)


def _fees(valuation: Valuation, fees: Mapping[str, Decimal], worth: float, threshold: float) -> RuleCheck:
    rates = _rates(valuation)
    unknown = sorted(code for code in fees if code not in rates)
    if unknown:
        reason = f"no rate is known for the fees in {', '.join(unknown)}"
        return RuleCheck(
            code=RuleCode.FEES,
            verdict=Verdict.UNKNOWN,
            observed=None,
            threshold=threshold,
            subject=None,
            message=reason,
        )
    observed = sum(float(amount) * rates[code] for code, amount in fees.items()) / worth
    message = f"expected fees of at most {threshold:.2%} of the portfolio in 365 days, got {observed:.2%}"
    return _check(RuleCode.FEES, observed, threshold, None, message, holds=observed <= threshold)


def _cash(valuation: Valuation, worth: float, threshold: float) -> RuleCheck:
    observed = float(valuation.cash_balance or 0) / worth
    message = f"expected cash of at least {threshold:.1%} of the portfolio, got {observed:.1%}"
    return _check(RuleCode.EMERGENCY_CASH, observed, threshold, None, message, holds=observed >= threshold)


def _check(
    code: RuleCode, observed: float, threshold: float, subject: str | None, message: str, *, holds: bool
) -> RuleCheck:
    verdict = Verdict.PASS if holds else Verdict.FAIL
    return RuleCheck(
        code=code, verdict=verdict, observed=observed, threshold=threshold, subject=subject, message=message
    )


def _unknown(code: RuleCode, thresholds: Thresholds, reason: str) -> RuleCheck:
    threshold = getattr(thresholds, code.value.lower())
    return RuleCheck(
        code=code, verdict=Verdict.UNKNOWN, observed=None, threshold=threshold, subject=None, message=reason
    )
