"""Targets as the API takes and shows them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import strawberry

from domain.portfolios import types as domain
from domain.portfolios.targets import TargetWeight

TargetKind = strawberry.enum(
    domain.TargetKind,
    name="TargetKind",
    description="What a target is a part of. TAG: positions that carry the tag. CASH: money of all currencies.",
)


@strawberry.input(description="How much should be in an instrument, a sector, a tag or cash.")
class TargetInput:
    """A target."""

    kind: TargetKind = strawberry.field(description="What the name names.")  # type: ignore[valid-type]
    name: str | None = strawberry.field(
        description="The instrument's symbol, the sector, or the tag's name; none for cash.", default=None
    )
    weight: Decimal = strawberry.field(description="Fraction of the portfolio's value, from 0 to 1.")


@strawberry.type(description="How much should be in an instrument, a sector, a tag or cash.")
class Target:
    """A target."""

    kind: TargetKind = strawberry.field(description="What the name names.")  # type: ignore[valid-type]
    name: str | None = strawberry.field(description="Symbol, sector or tag; null for cash.")
    weight: Decimal = strawberry.field(description="Fraction of the portfolio's value.")


def weights_of(targets: Iterable[TargetInput]) -> list[TargetWeight]:
    """Return targets as the domain takes them."""
    return [TargetWeight(each.kind, each.name or "", each.weight) for each in targets]


def targets_of(weights: Sequence[TargetWeight]) -> list[Target]:
    """Return targets as the API shows them."""
    return [Target(kind=each.kind, name=each.name or None, weight=each.weight) for each in weights]
