"""Scenarios, and what they would make of a portfolio, as the API shows it."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

import strawberry

from domain.kernel.errors import BadUserInput
from domain.risk import questions
from domain.risk import scenarios as library
from domain.risk import stress_tests as domain
from domain.risk.factor_exposures import DEFAULT_WINDOW
from domain.risk.scenarios import SCENARIOS, Scenario, ScenarioKind, SectorShock, Shock
from schema.calculations.types import CalculationRun, run_of
from schema.context import Info
from schema.portfolios.types import Portfolio
from schema.risk.factors import over_sessions
from schema.risk.loaders import RiskLoaders, answered, whose
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id
from schema.shared.permissions import Access, allowed

StressScenarioKind = strawberry.enum(
    ScenarioKind,
    name="StressScenarioKind",
    description="Whether a scenario has happened, is thought up, or was asked for.",
)
_MOST_SHOCKS = 50


@strawberry.type(description="What a factor returns at once; of all but the market, beyond the market.")
class FactorShock:
    """A shock."""

    factor: str = strawberry.field(description="Code of the factor.")
    change: float = strawberry.field(description="Return, as a fraction.")


@strawberry.type(description="What a sector returns at once, market and all.")
class SectorChange:
    """A shock of a sector."""

    sector: str = strawberry.field(description="GICS sector.")
    change: float = strawberry.field(description="Return, as a fraction.")


@strawberry.type(description="What happens at once, in a stress test.")
class StressScenario:
    """A scenario."""

    id: strawberry.ID = strawberry.field(description="Names the scenario.")
    code: str = strawberry.field(description="How `stressTest` names it.")
    name: str = strawberry.field(description="What people call it.")
    kind: StressScenarioKind = strawberry.field(  # type: ignore[valid-type]
        description="Whether it has happened, is thought up, or was asked for."
    )
    description: str = strawberry.field(description="What it is about.")
    source: str = strawberry.field(description="Where its numbers come from.")
    start: date | None = strawberry.field(name="from", description="Day of the close that it begins with, if it was.")
    end: date | None = strawberry.field(name="to", description="Day of the close that it ends with.")
    shocks: list[FactorShock] = strawberry.field(description="Shocks of factors; at most 50.", metadata=sized(3))
    sector_shocks: list[SectorChange] = strawberry.field(
        description="Shocks of sectors, which move all positions in them; at most 50.", metadata=sized(7)
    )
    volatility_change: float = strawberry.field(
        description="Added to every volatility that options are priced at: 0.2 is 20 points."
    )


@strawberry.type(description="What a scenario makes of one position.")
class StressedPosition:
    """A position under stress."""

    symbol: str = strawberry.field(description="The position; the code of a currency for cash in it.")
    profit_and_loss: float | None = strawberry.field(description="In the portfolio's base currency.")
    shock: float | None = strawberry.field(
        description="Return of its price at once, at least -1; of an option, of its underlying's."
    )


@strawberry.type(description="The same as `positions`, column by column: one entry of each list a position.")
class StressedPositionColumns:
    """Positions under stress."""

    symbols: list[str] = strawberry.field(
        description="Positions; the codes of currencies for cash in them; at most 1,000."
    )
    profit_and_loss: list[float | None] = strawberry.field(description="In the base currency; at most 1,000.")
    shocks: list[float | None] = strawberry.field(
        description="Returns of prices at once, at least -1; of options, of their underlyings'; at most 1,000."
    )


@strawberry.type(
    description=(
        "What a scenario makes of a portfolio at its positions and prices of `asOf`. A position whose sector it "
        "knows moves as that sector does; any other by its betas, over 252 sessions, on the factors that the scenario "
        "moves. Options are priced anew in full. No price falls below 0, so nothing held loses more than it is worth."
    )
)
class StressTest:
    """A stress test."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, the scenario and `asOf` as asked.")
    scenario: StressScenario = strawberry.field(description="What happens.")
    profit_and_loss: float | None = strawberry.field(description="Of all positions, in the base currency.")
    fraction: float | None = strawberry.field(description="The same as a fraction of the portfolio's worth.")
    observations: int = strawberry.field(description="Sessions that betas were estimated over.")
    positions: list[StressedPosition] = strawberry.field(
        description="One for each position; at most 1,000.", metadata=sized(60)
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Positions and shocks that are left out, and why; at most 1,000.", metadata=sized(5)
    )
    run: CalculationRun = strawberry.field(description="The calculation: engine, duration, digest of its data.")

    @strawberry.field(description="The same as `positions`, column by column: for many scenarios in one document.")
    def position_columns(self, info: Info) -> StressedPositionColumns:
        """Show the columns."""
        # Scalars cost nothing at the gate.
        info.context.spend_sessions(len(self.positions))
        return StressedPositionColumns(
            symbols=[each.symbol for each in self.positions],
            profit_and_loss=[each.profit_and_loss for each in self.positions],
            shocks=[each.shock for each in self.positions],
        )


@strawberry.type(description="What one factor alone would have to return.")
class ReverseShock:
    """A shock that was sought."""

    factor: str = strawberry.field(description="Code of the factor.")
    change: float | None = strawberry.field(description="Return, as a fraction; null where none loses so much.")


@strawberry.type(description="What it would take for a portfolio to lose a part of its worth.")
class ReverseStress:
    """A reverse stress test."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio, the loss and `asOf` as asked.")
    loss: float = strawberry.field(description="The part of its worth.")
    shocks: list[ReverseShock] = strawberry.field(
        description="One for each active factor that has prices: options count by their delta; at most 20.",
        metadata=sized(7),
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="What is left out, and why; at most 1,000.", metadata=sized(5)
    )
    run: CalculationRun = strawberry.field(description="The calculation: engine, duration, digest of its data.")


@strawberry.input(description="A shock of a factor.")
class FactorShockInput:
    """A shock."""

    factor: str = strawberry.field(description="Code of an active factor.")
    change: float = strawberry.field(description="Return, as a fraction: from -1 to 10.")


@strawberry.input(description="A shock of a sector.")
class SectorShockInput:
    """A shock."""

    sector: str = strawberry.field(description="GICS sector.")
    change: float = strawberry.field(description="Return, as a fraction: from -1 to 10.")


@strawberry.input(description="A scenario of one's own.")
class CustomScenarioInput:
    """What is to happen."""

    name: str = strawberry.field(default="Custom", description="What to call it: at most 100 characters.")
    shocks: list[FactorShockInput] = strawberry.field(
        default_factory=list, description="Shocks of factors; at most 50."
    )
    sector_shocks: list[SectorShockInput] = strawberry.field(
        default_factory=list, description="Shocks of sectors; at most 50."
    )
    volatility_change: float = strawberry.field(
        default=0.0, description="Added to every volatility that options are priced at: from -1 to 5."
    )


@extends(Portfolio)
@strawberry.type
class PortfolioWithStressTests:
    """What scenarios add to a portfolio."""

    @strawberry.field(description="What a scenario of the library would make of it, at its positions at `asOf`.")
    async def stress_test(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        scenario: Annotated[str, strawberry.argument(description="Code of the scenario: see `stressScenarios`.")],
        as_of: datetime | None = None,
    ) -> StressTest | None:
        """Stress the portfolio."""
        return await _one(info, root, _known(scenario), as_of)

    @strawberry.field(
        description="What each scenario of the library, or each of some, would make of it; at most 50.",
        metadata=sized(20, by="scenarios"),
    )
    async def stress_tests(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        scenarios: list[str] | None = None,
        as_of: datetime | None = None,
    ) -> list[StressTest]:
        """Stress the portfolio by many."""
        chosen = list(SCENARIOS.values()) if scenarios is None else [_known(code) for code in scenarios]
        if len(chosen) > _MOST_SHOCKS:
            raise BadUserInput(f"expected at most {_MOST_SHOCKS} scenarios, got {len(chosen)}")
        return await _tested(info, root, chosen, as_of)

    @strawberry.field(description="What a scenario of one's own would make of it.")
    async def custom_stress_test(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        scenario: CustomScenarioInput,
        as_of: datetime | None = None,
    ) -> StressTest | None:
        """Stress the portfolio."""
        return await _one(info, root, _own(scenario), as_of)

    @strawberry.field(
        description=(
            "What each factor alone would have to return for it to lose a part of its worth: `customStressTest` of "
            "that one shock loses as much, but for what options lose more or less than by their delta."
        )
    )
    async def reverse_stress(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        loss: Annotated[float, strawberry.argument(description="Part of its worth: above 0 and below 1.")],
        as_of: datetime | None = None,
    ) -> ReverseStress | None:
        """Seek the shocks."""
        if not 0 < loss < 1:
            raise BadUserInput(f"expected a loss above 0 and below 1, got {loss}")
        rows = [row for row in await info.context.loaders(RiskLoaders).factors.load(None) if row.is_active]
        data = await over_sessions(info, root, rows, DEFAULT_WINDOW, as_of)
        if data is None:
            return None
        answer = await answered(info, questions.reverse_stress(whose(info, root), data, rows, loss))
        return ReverseStress(
            id=global_id("ReverseStress", root.key, loss, *_told(as_of)),
            loss=loss,
            shocks=[ReverseShock(factor=each.factor, change=each.change) for each in answer.result.shocks],
            unavailable=unavailable_of(answer.result.absences),
            run=run_of(answer.run),
        )


def _known(code: str) -> Scenario:
    found = SCENARIOS.get(code)
    if found is None:
        raise BadUserInput(f"expected one of {', '.join(sorted(SCENARIOS))}, got {code[:60]!r}")
    return found


def _told(as_of: datetime | None) -> list[str]:
    return [] if as_of is None else [as_of.isoformat()]


async def _one(info: Info, portfolio: Portfolio, scenario: Scenario, as_of: datetime | None) -> StressTest | None:
    return next(iter(await _tested(info, portfolio, [scenario], as_of)), None)


async def _tested(
    info: Info, portfolio: Portfolio, scenarios: Sequence[Scenario], as_of: datetime | None
) -> list[StressTest]:
    """Return what scenarios make of a portfolio; none where the actor does not see it."""
    active = [row for row in await info.context.loaders(RiskLoaders).factors.load(None) if row.is_active]
    # The same window serves all scenarios of an operation: read once.
    data = await over_sessions(info, portfolio, active, DEFAULT_WINDOW, as_of)
    if data is None:
        return []
    asked = [questions.stress(whose(info, portfolio), data, active, each) for each in scenarios]
    answers = await asyncio.gather(*(answered(info, each) for each in asked))
    return [
        _stress_test(
            global_id("StressTest", portfolio.key, _name(scenario), *_told(as_of)),
            scenario,
            answer.result,
            run_of(answer.run),
        )
        for scenario, answer in zip(scenarios, answers, strict=True)
    ]


def _name(scenario: Scenario) -> str:
    return scenario.code if scenario.kind is not ScenarioKind.CUSTOM else repr(scenario)


def _stress_test(key: strawberry.ID, scenario: Scenario, found: domain.StressTest, run: CalculationRun) -> StressTest:
    return StressTest(
        id=key,
        scenario=scenario_of(scenario),
        profit_and_loss=found.profit_and_loss,
        fraction=found.fraction,
        observations=found.observations,
        positions=[
            StressedPosition(symbol=each.symbol, profit_and_loss=each.profit_and_loss, shock=each.shock)
            for each in found.positions
        ],
        unavailable=unavailable_of(found.absences),
        run=run,
    )


def _own(given: CustomScenarioInput) -> Scenario:
    if len(given.name) > 100:
        raise BadUserInput(f"expected a name of at most 100 characters, got {len(given.name)}")
    if max(len(given.shocks), len(given.sector_shocks)) > _MOST_SHOCKS:
        raise BadUserInput(f"expected at most {_MOST_SHOCKS} shocks of each kind, got more")
    changes: Sequence[FactorShockInput | SectorShockInput] = [*given.shocks, *given.sector_shocks]
    for each in changes:
        if not -1 <= each.change <= 10:
            raise BadUserInput(f"expected a change from -1 to 10, got {each.change}")
    for names in ([each.factor for each in given.shocks], [each.sector for each in given.sector_shocks]):
        if len(set(names)) < len(names):
            raise BadUserInput("expected each factor and each sector once, got one twice")
    if not -1 <= given.volatility_change <= 5:
        raise BadUserInput(f"expected volatilityChange from -1 to 5, got {given.volatility_change}")
    return Scenario(
        code="CUSTOM",
        name=given.name,
        kind=ScenarioKind.CUSTOM,
        description="A scenario of one's own.",
        source="Asked for",
        shocks=tuple(Shock(each.factor, each.change) for each in given.shocks),
        sectors=tuple(SectorShock(each.sector, each.change) for each in given.sector_shocks),
        volatility_change=given.volatility_change,
    )


def scenario_of(row: Scenario) -> StressScenario:
    """Return a scenario as the API shows it."""
    return StressScenario(
        id=global_id("StressScenario", _name(row)),
        code=row.code,
        name=row.name,
        kind=row.kind,
        description=row.description,
        source=row.source,
        start=row.first,
        end=row.last,
        shocks=[FactorShock(factor=each.factor, change=each.change) for each in row.shocks],
        sector_shocks=[SectorChange(sector=each.sector, change=each.change) for each in row.sectors],
        volatility_change=row.volatility_change,
    )


@strawberry.type
class StressQuery:
    """The queries of scenarios."""

    @strawberry.field(
        description="The library of scenarios: what has happened, oldest first, then what is thought up; at most 50.",
        metadata={**allowed(Access.ANYBODY), **sized(20)},
    )
    def stress_scenarios(
        self,
        kind: StressScenarioKind | None = None,  # type: ignore[valid-type]
    ) -> list[StressScenario]:
        """Show the library."""
        wanted: object = kind
        return [scenario_of(each) for each in library.SCENARIOS.values() if wanted in (None, each.kind)]
