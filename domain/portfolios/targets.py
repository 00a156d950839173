"""What a portfolio should be made of: its targets, and how far from them it may drift."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.money import EXACT, total
from domain.kernel.work import Subject, Work
from domain.market import queries as market
from domain.market.types import InstrumentKind
from domain.portfolios import checks
from domain.portfolios.access import Permission, accessible_ids
from domain.portfolios.commands import locked
from domain.portfolios.errors import UnknownInstrument
from domain.portfolios.models import Portfolio, Tag, Target
from domain.portfolios.types import TargetKind

MOST_TARGETS = 100
# Where an owner says nothing: five hundredths of the portfolio's value.
DEFAULT_THRESHOLD = Decimal("0.05")
_ONE = Decimal(1)
_UNHELD = (InstrumentKind.INDEX, InstrumentKind.RATE, InstrumentKind.OPTION)


@dataclass(frozen=True, slots=True, order=True)
class TargetWeight:
    """How much should be in an instrument (its symbol), a sector, a tag or cash: `weight` is a fraction of the value.

    Cash has no name: that of all currencies counts together, and with what the targets leave.
    """

    kind: TargetKind
    name: str
    weight: Decimal


async def set_targets(
    work: Work,
    portfolio_id: UUID,
    targets: Sequence[TargetWeight],
    *,
    drift_threshold: Decimal | None = None,
    rebalances_itself: bool = False,
) -> Portfolio:
    """Replace a portfolio's targets; none at all takes them away.

    Raises `NotFound`, `InvalidInput`, `UnknownInstrument`.
    """
    portfolio = await locked(work, portfolio_id, NotFound("no such portfolio", field=("portfolio_id",)))
    checked = await checked_targets(targets, portfolio.owner_id, ("targets",))
    if drift_threshold is not None:
        checks.checked_fraction(drift_threshold, ("drift_threshold",))
    portfolio.drift_threshold, portfolio.rebalances_itself = drift_threshold, rebalances_itself
    await portfolio.save(update_fields=["drift_threshold", "rebalances_itself"])
    await replace_targets(work, portfolio, checked)
    return portfolio


async def replace_targets(work: Work, portfolio: Portfolio, checked: Sequence[TargetWeight]) -> None:
    """Give a portfolio, whose row is locked, targets that were checked."""
    await Target.filter(portfolio_id=portfolio.id).delete()
    await Target.bulk_create(
        [
            Target(
                tenant_id=portfolio.tenant_id,
                portfolio_id=portfolio.id,
                kind=each.kind,
                name=each.name,
                weight=each.weight,
            )
            for each in checked
        ]
    )
    told = {"targets": [f"{each.kind} {each.name} {each.weight:f}" for each in checked]}
    await work.record("portfolio.set_targets", Subject("Portfolio", portfolio.id), None, told)


async def targets_of(actor: Actor, portfolio_ids: Sequence[UUID]) -> dict[UUID, list[TargetWeight]]:
    """Return the targets of portfolios that the actor sees, in order of kind and name."""
    rows = await Target.filter(
        portfolio_id__in=set(portfolio_ids), portfolio__id__in=accessible_ids(actor, Permission.VIEW)
    )
    found: dict[UUID, list[TargetWeight]] = {key: [] for key in portfolio_ids}
    for row in rows:
        assert isinstance(row.portfolio_id, UUID)
        found[row.portfolio_id].append(TargetWeight(row.kind, row.name, row.weight))
    return {key: sorted(targets) for key, targets in found.items()}


async def checked_targets(targets: Sequence[TargetWeight], owner_id: UUID, field: Sequence[str]) -> list[TargetWeight]:
    """Return targets in normal form, sorted.  Raises `InvalidInput`, `UnknownInstrument`, with the place."""
    if len(targets) > MOST_TARGETS:
        raise InvalidInput(f"expected at most {MOST_TARGETS} targets, got {len(targets)}", field=field)
    checked = [_checked(each, (*field, str(place))) for place, each in enumerate(targets)]
    seen: set[tuple[TargetKind, str]] = set()
    for place, each in enumerate(checked):
        if (each.kind, each.name) in seen:
            raise InvalidInput(
                f"expected each target once, got {each.kind} {each.name} again", field=(*field, str(place), "name")
            )
        seen.add((each.kind, each.name))
    whole = total(each.weight for each in checked)
    if whole > _ONE:
        raise InvalidInput(f"expected weights of at most 1 in all, got {whole.normalize(EXACT):f}", field=field)
    await _check_names(checked, owner_id, field)
    return sorted(checked)


def _checked(target: TargetWeight, field: tuple[str, ...]) -> TargetWeight:
    checks.checked_fraction(target.weight, (*field, "weight"))
    if target.kind is TargetKind.CASH:
        if target.name:
            raise InvalidInput(f"expected no name for cash, got {target.name[:80]!r}", field=(*field, "name"))
        return target
    return replace(target, name=checks.checked_name(target.name, field=(*field, "name"), longest=80))


async def _check_names(targets: Sequence[TargetWeight], owner_id: UUID, field: Sequence[str]) -> None:
    named: dict[TargetKind, list[str]] = {kind: [] for kind in TargetKind}
    for each in targets:
        named[each.kind].append(each.name)
    instruments = await market.instruments_by_symbol(named[TargetKind.INSTRUMENT])
    tags = named[TargetKind.TAG] and await Tag.filter(owner_id=owner_id, name__in=named[TargetKind.TAG])
    known: Mapping[TargetKind, frozenset[str]] = {
        TargetKind.INSTRUMENT: frozenset(symbol for symbol, row in instruments.items() if row.kind not in _UNHELD),
        TargetKind.SECTOR: await market.sectors_among(named[TargetKind.SECTOR]),
        TargetKind.TAG: frozenset(tag.name for tag in tags if isinstance(tag, Tag)),
        TargetKind.CASH: frozenset({""}),
    }
    for place, each in enumerate(targets):
        if each.name in known[each.kind]:
            continue
        path = (*field, str(place), "name")
        if each.kind is TargetKind.INSTRUMENT:
            raise UnknownInstrument(
                f"expected the symbol of an instrument that can be held, got {each.name!r}", field=path
            )
        what = "the sector of an instrument" if each.kind is TargetKind.SECTOR else "the name of a tag of the owner's"
        raise InvalidInput(f"expected {what}, got {each.name!r}", field=path)
