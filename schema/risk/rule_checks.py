"""The X-ray of a portfolio, as the API shows it."""

from datetime import datetime, timedelta

import strawberry

from domain.kernel.dates import trade_day
from domain.kernel.errors import BadUserInput
from domain.portfolios.queries import fees_paid
from domain.risk import rule_checks as domain
from schema.context import Info
from schema.portfolios.types import Portfolio, asked_with, valued
from schema.risk.loaders import present
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

_YEAR = timedelta(days=365)

RiskRule = strawberry.enum(
    domain.RuleCode,
    name="RiskRule",
    description=(
        "What is checked. SINGLE_NAME: the largest exposure to one company, options by their delta; funds and indices "
        "are none. SECTOR: the largest to one sector. CURRENCY: the largest to one foreign currency, cash included. "
        "FEES: fees of the last 365 days. EMERGENCY_CASH: cash."
    ),
)
RuleVerdict = strawberry.enum(
    domain.Verdict,
    name="RuleVerdict",
    description="Whether a rule holds; UNKNOWN where what it asks for is not known.",
)


@strawberry.input(description="Thresholds of the rules, as fractions of the portfolio's total value.")
class RiskRuleThresholds:
    """How much is too much, or too little."""

    single_name: float = strawberry.field(default=0.10, description="At most in one company.")
    sector: float = strawberry.field(default=0.30, description="At most in one sector.")
    currency: float = strawberry.field(default=0.20, description="At most in one foreign currency.")
    fees: float = strawberry.field(default=0.01, description="At most in fees of 365 days.")
    emergency_cash: float = strawberry.field(default=0.05, description="At least in cash.")


@strawberry.type(description="What one rule has found.")
class RiskRuleCheck:
    """A check."""

    rule: RiskRule = strawberry.field(description="The rule.")  # type: ignore[valid-type]
    verdict: RuleVerdict = strawberry.field(description="Whether it holds.")  # type: ignore[valid-type]
    observed: float | None = strawberry.field(description="What was seen, as a fraction of the total value.")
    threshold: float = strawberry.field(description="What it was held against.")
    subject: str | None = strawberry.field(description="The symbol, sector or currency that is largest.")
    message: str = strawberry.field(description="What was expected and what came.")


@strawberry.type(description="Rules that a portfolio is checked by.")
class RiskChecks:
    """An X-ray."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, the thresholds and `asOf` as asked.")
    checks: list[RiskRuleCheck] = strawberry.field(description="One for each rule: at most 5.", metadata=sized(5))


@extends(Portfolio)
@strawberry.type
class PortfolioWithRiskChecks:
    """What the X-ray adds to a portfolio."""

    @strawberry.field(description="Simple rules about concentration, currency, fees and cash, at the prices of `asOf`.")
    async def risk_checks(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        thresholds: RiskRuleThresholds | None = None,
        as_of: datetime | None = None,
    ) -> RiskChecks | None:
        """Check the portfolio."""
        limits = _checked(thresholds or RiskRuleThresholds())
        valuation = await valued(root, info, as_of, None)
        if valuation is None or valuation.is_veiled:
            return None
        now = await present(info)
        last = trade_day(now if as_of is None else min(as_of, now))
        (fees,) = await fees_paid(info.context.actor, [root.key], last - _YEAR, last)
        found = domain.check_rules(valuation, fees, limits)
        given = (limits.single_name, limits.sector, limits.currency, limits.fees, limits.emergency_cash)
        return RiskChecks(
            id=global_id("RiskChecks", root.key, *given, *asked_with(as_of, None)),
            checks=[
                RiskRuleCheck(
                    rule=each.code,
                    verdict=each.verdict,
                    observed=each.observed,
                    threshold=each.threshold,
                    subject=each.subject,
                    message=each.message,
                )
                for each in found
            ],
        )


def _checked(given: RiskRuleThresholds) -> domain.Thresholds:
    values = {name: getattr(given, name) for name in domain.Thresholds.__slots__}
    for name, value in values.items():
        if not 0 <= value <= 1:
            raise BadUserInput(f"expected {name} from 0 to 1, got {value}")
    return domain.Thresholds(**values)
