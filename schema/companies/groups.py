"""The numbers of a company in groups: one field for each entry of the catalogue."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import strawberry

from domain.companies.absences import absences
from domain.companies.catalogue import METRICS, Group
from domain.companies.types import Snapshot
from schema.companies.catalogue import CompanyMetric, described, metric_of
from schema.companies.loaders import CompanyLoaders
from schema.context import Context
from schema.market.quotes import DataQuality
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.node import global_id


@strawberry.type(description="Where one number of a company comes from.")
class CompanyFigure:
    """A number with its origin."""

    metric: CompanyMetric = strawberry.field(description="Which number it is.")
    value: float = strawberry.field(description="The number, in the unit of the catalogue.")
    source: str = strawberry.field(description="Who says so.")
    grade: DataQuality = strawberry.field(description="How far it can be relied on.")  # type: ignore[valid-type]
    as_of: date = strawberry.field(
        description="The day it was seen on: earlier than that of its group where it was carried over."
    )
    note: str | None = strawberry.field(description="What was done to it; null where nothing was.")


@strawberry.type
class NumberGroup:
    """What all groups have beside their numbers."""

    id: strawberry.ID = strawberry.field(description="Names the company, the group, and the arguments as given.")
    as_of: date | None = strawberry.field(
        description="The day that the numbers are as of; null where nothing was known of the company."
    )
    # A snapshot that is read already, or else the id of one, None where there is none.
    held: strawberry.Private[Snapshot | None]
    snapshot_id: strawberry.Private[UUID | None]
    context: strawberry.Private[Context]

    @strawberry.field(description="Which numbers of this group are null, and why: at most 20.", metadata=sized(5))
    async def unavailable(self) -> list[Unavailable]:
        """Say what is missing."""
        return unavailable_of(absences(await self._snapshot(), CODES[type(self)]))

    @strawberry.field(
        description="Where the numbers of this group come from, those that are null apart: at most 20.",
        metadata=sized(8),
    )
    async def figures(self) -> list[CompanyFigure]:
        """Say where they come from."""
        snapshot = await self._snapshot()
        if snapshot is None:
            return []
        return [_figure(snapshot, code) for code in CODES[type(self)] if code in snapshot.figures]

    async def _snapshot(self) -> Snapshot | None:
        if self.held is not None or self.snapshot_id is None:
            return self.held
        return await self.context.loaders(CompanyLoaders).snapshots.load(self.snapshot_id)


def _figure(snapshot: Snapshot, code: str) -> CompanyFigure:
    origin = snapshot.origin_of(code)
    assert origin.source is not None
    assert origin.as_of is not None
    return CompanyFigure(
        metric=metric_of(code),
        value=snapshot.figures[code],
        source=origin.source,
        grade=origin.grade,
        as_of=origin.as_of,
        note=origin.note,
    )


def _group(name: str, group: Group, description: str) -> Any:
    fields = [field for field in METRICS if field.group is group]
    body: dict[str, Any] = {"__doc__": description, "__module__": __name__}
    body["__annotations__"] = {field.code: float | None for field in fields}
    body |= {field.code: strawberry.field(name=field.code, description=described(field)) for field in fields}
    return strawberry.type(type(name, (NumberGroup,), body), description=description)


CompanyValuation: Any = _group("CompanyValuation", Group.VALUATION, "What a company costs for what it has and earns.")
CompanyProfitability: Any = _group("CompanyProfitability", Group.PROFITABILITY, "What a company earns.")
CompanyFinancialHealth: Any = _group(
    "CompanyFinancialHealth", Group.HEALTH, "How a company is financed, and how fast it turns its assets over."
)
CompanyPerformance: Any = _group("CompanyPerformance", Group.PERFORMANCE, "How the shares of a company have done.")
CompanyFundamental: Any = _group("CompanyFundamental", Group.FUNDAMENTAL, "How large a company is.")

_GROUPS: Final[Mapping[Any, Group]] = {
    CompanyValuation: Group.VALUATION,
    CompanyProfitability: Group.PROFITABILITY,
    CompanyFinancialHealth: Group.HEALTH,
    CompanyPerformance: Group.PERFORMANCE,
    CompanyFundamental: Group.FUNDAMENTAL,
}
# The codes of the numbers of each group, in their order.
CODES: Final[Mapping[Any, Sequence[str]]] = {
    kind: tuple(field.code for field in METRICS if field.group is group) for kind, group in _GROUPS.items()
}


def asked_with(as_of: date | None, known_at: datetime | None) -> list[str]:
    """Return the arguments as they were given, for the id of what is read with them."""
    told = ["" if as_of is None else as_of.isoformat()]
    return told if known_at is None else [*told, known_at.isoformat()]


def group_as_of(kind: Any, context: Context, company_id: UUID, snapshot: Snapshot | None, given: Sequence[str]) -> Any:
    """Return a group as it was: `given` are the arguments that asked for it."""
    figures: Mapping[str, float] = {} if snapshot is None else snapshot.figures
    return kind(
        id=global_id(kind.__name__, company_id, *given),
        as_of=None if snapshot is None else snapshot.as_of,
        held=snapshot,
        snapshot_id=None,
        context=context,
        **{code: figures.get(code) for code in CODES[kind]},
    )
