"""How a portfolio is allocated beside how it should be.  Pure, exact.

A position counts for one target: that of its instrument, else of a tag of its (the first by name that has a target),
else of its sector.  What counts for none should not be there: its target is 0.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.money import EXACT, ZERO, quotient, total
from domain.portfolios.targets import DEFAULT_THRESHOLD, TargetWeight
from domain.portfolios.types import Position, TargetKind, Valuation

_ONE = Decimal(1)

# Tags of positions, by account and instrument.
Tags = Mapping[tuple[UUID, UUID], Collection[str]]


@dataclass(frozen=True, slots=True)
class Slice:
    """What counts for one target: `value` in the base currency, `exact` the weight that it is; None where not known.

    `is_targeted` is False for an instrument that counts for no target.
    """

    target: TargetWeight
    positions: tuple[Position, ...]
    value: Decimal | None
    exact: Decimal | None
    is_targeted: bool = True

    @property
    def drift(self) -> Decimal | None:
        """The weight less the target."""
        return None if self.exact is None else EXACT.subtract(self.exact, self.target.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """A portfolio's slices: those of targets by kind and name, then what has none; cash last.  None without targets."""

    valuation: Valuation
    threshold: Decimal
    rebalances_itself: bool
    slices: tuple[Slice, ...]
    needs_rebalancing: bool | None
    absences: tuple[Absence, ...]


def allocate(
    valuation: Valuation,
    targets: Sequence[TargetWeight],
    tags: Tags,
    threshold: Decimal | None,
    *,
    rebalances_itself: bool = False,
) -> Allocation:
    """Return how a valued portfolio is allocated."""
    limit = DEFAULT_THRESHOLD if threshold is None else threshold
    slices = slices_of(valuation, targets, tags) if targets else ()
    drifts = [each.drift for each in slices]
    needs = None
    if slices and None not in drifts:
        needs = any(abs(drift) > limit for drift in drifts if drift is not None)
    return Allocation(
        valuation=valuation,
        threshold=limit,
        rebalances_itself=rebalances_itself,
        slices=slices,
        needs_rebalancing=needs,
        absences=_absences(valuation, targets, needs),
    )


def slices_of(valuation: Valuation, targets: Sequence[TargetWeight], tags: Tags) -> tuple[Slice, ...]:
    """Return what counts for each target, for none, and as cash."""
    counted: dict[tuple[TargetKind, str], list[Position]] = {
        (each.kind, each.name): [] for each in targets if each.kind is not TargetKind.CASH
    }
    targeted = frozenset(counted)
    for position in valuation.positions:
        counted.setdefault(_counts_for(position, targeted, tags), []).append(position)
    weights = {(each.kind, each.name): each.weight for each in targets}
    worth = valuation.total_value
    slices = []
    for key, positions in counted.items():
        values = [each.market_value for each in positions]
        value = None if None in values else total(each for each in values if each is not None)
        target = TargetWeight(*key, weights.get(key, ZERO))
        slices.append(Slice(target, tuple(positions), value, _weight(value, worth), key in targeted))
    rest = EXACT.subtract(_ONE, total(weights[key] for key in targeted))
    cash = valuation.cash_balance
    slices.append(Slice(TargetWeight(TargetKind.CASH, "", rest), (), cash, _weight(cash, worth)))
    return tuple(sorted(slices, key=lambda each: (each.target.kind is TargetKind.CASH, not each.is_targeted)))


def _counts_for(position: Position, targeted: Collection[tuple[TargetKind, str]], tags: Tags) -> tuple[TargetKind, str]:
    own = (TargetKind.INSTRUMENT, position.instrument.symbol)
    if own in targeted:
        return own
    for name in sorted(tags.get((position.account_id, position.instrument.id), ())):
        if (TargetKind.TAG, name) in targeted:
            return TargetKind.TAG, name
    sector = (TargetKind.SECTOR, position.instrument.sector or "")
    return sector if sector in targeted else own


def _weight(value: Decimal | None, worth: Decimal | None) -> Decimal | None:
    return None if value is None or worth is None or worth <= 0 else quotient(value, worth)


def _absences(valuation: Valuation, targets: Sequence[TargetWeight], needs: bool | None) -> tuple[Absence, ...]:
    if needs is not None:
        return ()
    name = "needs_rebalancing"
    if not targets:
        return (Absence(name, AbsenceReason.NOT_APPLICABLE, "the portfolio has no targets", "set targets"),)
    if valuation.total_value is None:
        reason = next(each.reason for each in valuation.absences if each.field == "totalValue")
        return (
            Absence(name, reason, "the portfolio's total value is not known", "see `unavailable` of its valuation"),
        )
    return (Absence(name, AbsenceReason.UNDEFINED, "the portfolio's total value is not positive"),)
