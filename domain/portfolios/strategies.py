"""Strategies: names for positions of one portfolio that belong together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.errors import LimitReached, NameTaken, NotFound
from domain.kernel.work import Subject, Work
from domain.portfolios import checks
from domain.portfolios.access import Permission, accessible_ids
from domain.portfolios.commands import locked
from domain.portfolios.models import Portfolio, Strategy, StrategyMember
from domain.portfolios.tags import Place, check_places, home_of, homes_of
from domain.storage.readings import as_uuid

# What the mirror slice of the schema reads, without naming the tables.
StrategyRow: TypeAlias = Strategy

MOST_STRATEGIES = 100
MOST_POSITIONS = 100


@dataclass(frozen=True, slots=True)
class Grouped:
    """A strategy and its positions, held or not."""

    row: Strategy
    places: frozenset[Place]


async def strategies_of(actor: Actor, portfolio_ids: Sequence[UUID]) -> list[list[Grouped]]:
    """Return the strategies of each portfolio by name; a fork has those of what it was forked from.

    Three statements.
    """
    homes = await homes_of(actor, portfolio_ids)
    found: dict[object, list[Grouped]] = {}
    for grouped in await _with_places(await Strategy.filter(portfolio_id__in=set(homes.values()))):
        found.setdefault(grouped.row.portfolio_id, []).append(grouped)
    return [found.get(homes.get(portfolio_id), []) for portfolio_id in portfolio_ids]


async def strategies_by_id(actor: Actor, strategy_ids: Sequence[UUID]) -> list[Grouped | None]:
    """Return the strategies in the order asked for, None where the actor sees none."""
    visible = accessible_ids(actor, Permission.VIEW)
    rows = await Strategy.filter(id__in=set(strategy_ids), portfolio_id__in=visible)
    found = {each.row.id: each for each in await _with_places(rows)}
    return [found.get(strategy_id) for strategy_id in strategy_ids]


async def _with_places(rows: Sequence[Strategy]) -> list[Grouped]:
    places: dict[object, set[Place]] = {row.id: set() for row in rows}
    for member in await StrategyMember.filter(strategy_id__in=list(places)) if rows else ():
        places[member.strategy_id].add((as_uuid(member.account_id), as_uuid(member.instrument_id)))
    return [Grouped(row, frozenset(places[row.id])) for row in sorted(rows, key=lambda row: row.name)]


async def create_strategy(work: Work, portfolio_id: UUID, *, name: str, description: str | None = None) -> Grouped:
    """Create a strategy without positions.  Raises `NotFound`, `InvalidInput`, `NameTaken`, `LimitReached`."""
    portfolio = await locked(work, portfolio_id, NotFound("no such portfolio", field=("portfolio_id",)))
    home = portfolio if portfolio.fork_of_id is None else (await home_of(work, portfolio_id))[1]
    checked = checks.checked_name(name)
    text = checks.checked_text(description, field=("description",))
    names = {known for (known,) in await Strategy.filter(portfolio_id=home.id).values_list("name")}
    if len(names) >= MOST_STRATEGIES:
        raise LimitReached(f"expected at most {MOST_STRATEGIES} strategies of a portfolio")
    _check_name(checked, names)
    row = await Strategy.create(
        tenant_id=home.tenant_id, portfolio_id=home.id, name=checked, description=text, created_at=work.now
    )
    await work.record("strategy.create", Subject("Strategy", row.id), None, {"name": checked})
    return Grouped(row, frozenset())


async def update_strategy(work: Work, strategy_id: UUID, changes: Mapping[str, str | None]) -> Grouped:
    """Change a strategy: `name`, `description` (None for none), whichever are given.

    Raises `NotFound`, `InvalidInput`, `NameTaken`.
    """
    row, home = await _locked_strategy(work, strategy_id)
    before: dict[str, str | None] = {"name": row.name, "description": row.description}
    after = dict(before)
    if "name" in changes:
        others = Strategy.filter(portfolio_id=home.id).exclude(id=row.id)
        after["name"] = name = checks.checked_name(changes["name"] or "")
        _check_name(name, {known for (known,) in await others.values_list("name")})
    if "description" in changes:
        after["description"] = checks.checked_text(changes["description"], field=("description",))
    await Strategy.filter(id=row.id).update(**after)
    await work.record("strategy.update", Subject("Strategy", row.id), before, after)
    return (await _with_places(await Strategy.filter(id=row.id)))[0]


async def delete_strategy(work: Work, strategy_id: UUID) -> Portfolio:
    """Delete a strategy; its positions stay.  Returns its portfolio.  Raises `NotFound`."""
    row, home = await _locked_strategy(work, strategy_id)
    await StrategyMember.filter(strategy_id=row.id).delete()
    await row.delete()
    await work.record("strategy.delete", Subject("Strategy", strategy_id), {"name": row.name}, None)
    return home


async def set_strategy_positions(work: Work, strategy_id: UUID, positions: Sequence[tuple[UUID, Place]]) -> Grouped:
    """Let a strategy have exactly these positions, each by its portfolio and place.  They leave other strategies.

    Raises `NotFound`, `LimitReached`.
    """
    row, home = await _locked_strategy(work, strategy_id)
    places = {place for _, place in positions}
    if len(places) > MOST_POSITIONS:
        raise LimitReached(
            f"expected at most {MOST_POSITIONS} positions of a strategy, got {len(places)}", field=("position_ids",)
        )
    await _check_places(work, home, positions)
    before = (await _with_places([row]))[0].places
    await StrategyMember.filter(strategy_id=row.id).delete()
    # A position is in one strategy at most: its unique key is account and instrument.
    for account_id in {account for account, _ in places}:
        moved = [instrument for account, instrument in places if account == account_id]
        await StrategyMember.filter(account_id=account_id, instrument_id__in=moved).delete()
    await StrategyMember.bulk_create(
        [
            StrategyMember(
                tenant_id=row.tenant_id, strategy_id=row.id, account_id=account_id, instrument_id=instrument_id
            )
            for account_id, instrument_id in sorted(places)
        ]
    )
    await work.record("strategy.positions", Subject("Strategy", row.id), _told(before), _told(places))
    return Grouped(row, frozenset(places))


async def _check_places(work: Work, home: Portfolio, positions: Sequence[tuple[UUID, Place]]) -> None:
    missing = NotFound("no such position in the strategy's portfolio", field=("position_ids",))
    homes = await homes_of(work.actor, [portfolio_id for portfolio_id, _ in positions])
    if any(homes.get(portfolio_id) != home.id for portfolio_id, _ in positions):
        raise missing
    await check_places(home, [place for _, place in positions], missing)


def _told(places: "set[Place] | frozenset[Place]") -> dict[str, Any]:
    return {"positions": sorted(f"{account}:{instrument}" for account, instrument in places)}


async def _locked_strategy(work: Work, strategy_id: UUID) -> tuple[Strategy, Portfolio]:
    # One answer to what does not exist and to what is another's.
    missing = NotFound("no such strategy", field=("strategy_id",))
    row = await Strategy.get_or_none(id=strategy_id)
    if row is None:
        raise missing
    home = await locked(work, as_uuid(row.portfolio_id), missing)
    # It may have gone while the row of its portfolio was waited for.
    fresh = await Strategy.get_or_none(id=strategy_id)
    if fresh is None:
        raise missing
    return fresh, home


def _check_name(name: str, known: set[str]) -> None:
    if name in known:
        raise NameTaken(f"expected a name that no other strategy of the portfolio has, got {name!r}", field=("name",))
