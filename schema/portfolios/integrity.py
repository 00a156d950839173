"""Whether a portfolio's ledger is in order, as the API shows it."""

import strawberry

from domain.portfolios.examination import Examination, examination
from domain.portfolios.integrity import DESCRIPTIONS, Check, Invariant
from schema.context import Info
from schema.portfolios.types import Portfolio
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

LedgerInvariant = strawberry.enum(
    Invariant, name="LedgerInvariant", description="What always holds in a ledger; `IntegrityCheck` describes each."
)


@strawberry.type(description="An invariant of the ledger, and whether it holds.")
class IntegrityCheck:
    """A verdict."""

    name: LedgerInvariant = strawberry.field(description="Which one.")  # type: ignore[valid-type]
    description: str = strawberry.field(description="What must hold.")
    holds: bool = strawberry.field(description="Whether it does.")
    seen: str = strawberry.field(description="What was found: numbers, or how many faults and the first of them.")
    expected: str = strawberry.field(description="What should have been found.")


@strawberry.type(description="The invariants of a portfolio's ledger, checked on every row of it when asked.")
class PortfolioIntegrity:
    """The verdicts."""

    id: strawberry.ID = strawberry.field(description="Of this portfolio at this version.")
    version: int = strawberry.field(description="The version of the ledger that was checked.")
    holds: bool = strawberry.field(description="Whether every invariant holds.")
    transactions: int = strawberry.field(description="How many transactions were read.")
    postings: int = strawberry.field(description="How many postings were read.")
    checks: list[IntegrityCheck] = strawberry.field(
        description="Each invariant with its verdict, at most 20.", metadata=sized(len(Invariant))
    )


@extends(Portfolio)
@strawberry.type
class PortfolioWithIntegrity:
    """What this adds to a portfolio."""

    @strawberry.field(
        description=(
            "The invariants of its ledger with their verdicts: every row is read and replayed from nothing. Takes "
            "seconds where there are 100,000 transactions."
        )
    )
    async def integrity(self, info: Info, root: strawberry.Parent[Portfolio]) -> PortfolioIntegrity | None:
        """Examine the ledger."""
        found = await examination(info.context.actor, root.key)
        return None if found is None else _shown(found)


def _shown(found: Examination) -> PortfolioIntegrity:
    return PortfolioIntegrity(
        id=global_id("PortfolioIntegrity", found.portfolio_id, found.version),
        version=found.version,
        holds=found.holds,
        transactions=found.transactions,
        postings=found.postings,
        checks=[_check(each) for each in found.checks],
    )


def _check(check: Check) -> IntegrityCheck:
    return IntegrityCheck(
        name=check.invariant,
        description=DESCRIPTIONS[check.invariant],
        holds=check.holds,
        seen=check.seen,
        expected=check.expected,
    )
