"""Puts the tags and the strategies that a file names on the positions that it brought, and takes them off again.

What somebody has put there by hand stays as it is.  What cannot be put is remarked on the row: its entry is recorded.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from tortoise.expressions import Subquery

from domain.kernel.errors import Refusal
from domain.kernel.work import Subject, Work
from domain.portfolios import checks
from domain.portfolios.imports.models import ImportRow
from domain.portfolios.imports.rows import Problem
from domain.portfolios.imports.stored_rows import problems_of, problems_text, told_of
from domain.portfolios.models import Portfolio, PositionTag, Strategy, StrategyMember, Tag, Target, Transaction
from domain.portfolios.strategies import MOST_POSITIONS, MOST_STRATEGIES
from domain.portfolios.tags import MOST_TAGS, MOST_TAGS_OF_A_POSITION, TAG_LENGTH, Place
from domain.portfolios.types import TargetKind
from domain.storage.readings import as_uuid

_PAGE: Final = 500


@dataclass(slots=True)
class Added:
    """What an import has added beside the ledger: ids of tags and strategies that it made with their names, and of the
    rows by which positions have them.
    """

    tags: dict[str, str] = field(default_factory=dict)
    strategies: dict[str, str] = field(default_factory=dict)
    tagged: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)

    def with_more(self, other: "Added") -> "Added":
        """Return both together: what could not be recorded at first may be later."""
        return Added(
            {**self.tags, **other.tags},
            {**self.strategies, **other.strategies},
            [*self.tagged, *other.tagged],
            [*self.members, *other.members],
        )

    def told(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class _Labels:
    """What a portfolio has of one sort of labels, and what is added to it."""

    ids: dict[str, UUID]
    made: dict[str, UUID] = field(default_factory=dict)


async def put_labels(
    work: Work, portfolio: Portfolio, recorded: Sequence[tuple[ImportRow, Transaction]]
) -> tuple[Added, list[tuple[ImportRow, Problem]]]:
    """Let positions have the tags and strategies of the rows that were recorded; return what was added, and remarks.

    Tags are of the portfolio's owner: who only may edit it uses those that there are.  A position that is in a
    strategy stays in it.
    """
    asked = list(_asked(recorded))
    if not asked:
        return Added(), []
    remarks: list[tuple[ImportRow, Problem]] = []
    tagging = [(row, told.get("tags", ()), place) for row, told, place in asked]
    tags, tagged = await _tag(work, portfolio, tagging, remarks)
    joining = [(row, told["strategy"], place) for row, told, place in asked if told.get("strategy")]
    strategies, members = await _join(work, portfolio, joining, remarks)
    added = Added(_by_id(tags), _by_id(strategies), tagged, members)
    after = {"tags": sorted(tags), "strategies": sorted(strategies), "tagged": len(tagged), "members": len(members)}
    await work.record("import.label", Subject("Portfolio", portfolio.id), None, after)
    return added, remarks


async def take_labels(work: Work, portfolio: Portfolio, added: Added) -> None:
    """Take off what an import has put, and delete what it made and nothing else uses."""
    for keys in _pages(added.tagged):
        await PositionTag.filter(id__in=keys).delete()
    for keys in _pages(added.members):
        await StrategyMember.filter(id__in=keys).delete()
    used: set[object] = set(await PositionTag.filter(tag_id__in=list(added.tags)).values_list("tag_id", flat=True))
    for tag in await Tag.filter(id__in=list(added.tags)):
        # A name that was changed since is somebody's own.
        homes = Subquery(Portfolio.filter(owner_id=portfolio.owner_id).values("id"))
        is_aimed_at = Target.filter(kind=TargetKind.TAG, name=tag.name, portfolio_id__in=homes)
        if tag.id not in used and tag.name == added.tags[str(tag.id)] and not await is_aimed_at.exists():
            await tag.delete()
            await work.record("tag.delete", Subject("Tag", tag.id), {"name": tag.name}, None)
    used = set(
        await StrategyMember.filter(strategy_id__in=list(added.strategies)).values_list("strategy_id", flat=True)
    )
    for strategy in await Strategy.filter(id__in=list(added.strategies)):
        if strategy.id not in used and strategy.name == added.strategies[str(strategy.id)]:
            await strategy.delete()
            await work.record("strategy.delete", Subject("Strategy", strategy.id), {"name": strategy.name}, None)


async def note_remarks(remarks: Iterable[tuple[ImportRow, Problem]]) -> None:
    """Write remarks into rows, each once."""
    rows: dict[object, ImportRow] = {}
    for row, problem in remarks:
        known = problems_of(row)
        if problem not in known:
            row.update_from_dict({"problems": problems_text((*known, problem))})
            rows[row.id] = row
    if rows:
        await ImportRow.bulk_update(list(rows.values()), ["problems"], batch_size=200)


def _asked(recorded: Sequence[tuple[ImportRow, Transaction]]) -> Iterator[tuple[ImportRow, dict[str, Any], Place]]:
    for row, transaction in recorded:
        # Most rows name nothing: to read all of them again would take as long as the file.
        if transaction.instrument_id is None or ('"tags"' not in row.entry and '"strategy"' not in row.entry):
            continue
        yield row, told_of(row), (as_uuid(transaction.account_id), as_uuid(transaction.instrument_id))


async def _tag(
    work: Work,
    portfolio: Portfolio,
    asked: Sequence[tuple[ImportRow, Sequence[str], Place]],
    remarks: list[tuple[ImportRow, Problem]],
) -> tuple[dict[str, UUID], list[str]]:
    if not any(names for _, names, _ in asked):
        return {}, []
    labels = _Labels({tag.name: as_uuid(tag.id) for tag in await _owned(portfolio)})
    had: dict[Place, set[UUID]] = {}
    for held in await PositionTag.filter(portfolio_id=portfolio.id):
        had.setdefault((as_uuid(held.account_id), as_uuid(held.instrument_id)), set()).add(as_uuid(held.tag_id))
    rows: list[PositionTag] = []
    for row, names, place in asked:
        for name in names:
            own = had.setdefault(place, set())
            try:
                tag_id = await _tag_for(work, portfolio, name, own, labels)
            except _Left as left:
                remarks.append((row, Problem(f"the tag {name!r} was not put: {left}")))
                continue
            if tag_id not in own:
                own.add(tag_id)
                rows.append(_position_tag(portfolio, place, tag_id))
    await PositionTag.bulk_create(rows, batch_size=_PAGE)
    return labels.made, [str(each.id) for each in rows]


class _Left(Exception):
    """A label is not put."""


async def _tag_for(work: Work, portfolio: Portfolio, name: str, own: set[UUID], labels: _Labels) -> UUID:
    checked = _checked(name, TAG_LENGTH)
    if len(own) >= MOST_TAGS_OF_A_POSITION and labels.ids.get(checked) not in own:
        raise _Left(f"expected at most {MOST_TAGS_OF_A_POSITION} tags of a position")
    return labels.ids.get(checked) or await _made_tag(work, portfolio, checked, labels)


async def _owned(portfolio: Portfolio) -> list[Tag]:
    # Who makes tags of one owner stands in a line.
    return await Tag.filter(owner_id=portfolio.owner_id).select_for_update()


async def _made_tag(work: Work, portfolio: Portfolio, name: str, labels: _Labels) -> UUID:
    if portfolio.owner_id != work.actor.user_id:
        raise _Left("expected a tag of the portfolio's owner, who has none of this name")
    if len(labels.ids) >= MOST_TAGS:
        raise _Left(f"expected at most {MOST_TAGS} tags of a user")
    tag = Tag(tenant_id=portfolio.tenant_id, owner_id=portfolio.owner_id, name=name, created_at=work.now)
    # A twin that is being made in parallel is waited for: PostgreSQL would end this transaction with an error.
    await Tag.bulk_create([tag], ignore_conflicts=True)
    stored = await Tag.get(owner_id=portfolio.owner_id, name=tag.name)
    labels.ids[name] = stored.id
    if stored.id == tag.id:
        labels.made[name] = tag.id
    return as_uuid(stored.id)


def _position_tag(portfolio: Portfolio, place: Place, tag_id: UUID) -> PositionTag:
    return PositionTag(
        tenant_id=portfolio.tenant_id,
        portfolio_id=portfolio.id,
        account_id=place[0],
        instrument_id=place[1],
        tag_id=tag_id,
    )


async def _join(
    work: Work,
    portfolio: Portfolio,
    asked: Sequence[tuple[ImportRow, str, Place]],
    remarks: list[tuple[ImportRow, Problem]],
) -> tuple[dict[str, UUID], list[str]]:
    if not asked:
        return {}, []
    labels = _Labels({each.name: as_uuid(each.id) for each in await Strategy.filter(portfolio_id=portfolio.id)})
    of_place: dict[Place, UUID] = {}
    sizes: dict[UUID, int] = {}
    for member in await StrategyMember.filter(strategy_id__in=list(labels.ids.values())):
        of_place[as_uuid(member.account_id), as_uuid(member.instrument_id)] = as_uuid(member.strategy_id)
        sizes[as_uuid(member.strategy_id)] = sizes.get(as_uuid(member.strategy_id), 0) + 1
    rows: list[StrategyMember] = []
    for row, name, place in asked:
        try:
            strategy_id = await _strategy_for(work, portfolio, name, labels, sizes, of_place.get(place))
        except _Left as left:
            remarks.append((row, Problem(f"the position was not put into the strategy {name!r}: {left}")))
            continue
        if place in of_place:
            continue
        of_place[place] = strategy_id
        sizes[strategy_id] = sizes.get(strategy_id, 0) + 1
        rows.append(_member(portfolio, place, strategy_id))
    await StrategyMember.bulk_create(rows, batch_size=_PAGE)
    return labels.made, [str(each.id) for each in rows]


async def _strategy_for(
    work: Work, portfolio: Portfolio, name: str, labels: _Labels, sizes: dict[UUID, int], own: UUID | None
) -> UUID:
    checked = _checked(name)
    found = labels.ids.get(checked)
    if own is not None:
        if own != found:
            raise _Left("the position is in another, and stays there")
        return own
    if found is not None and sizes.get(found, 0) >= MOST_POSITIONS:
        raise _Left(f"expected at most {MOST_POSITIONS} positions of a strategy")
    return found or await _made_strategy(work, portfolio, checked, labels)


async def _made_strategy(work: Work, portfolio: Portfolio, name: str, labels: _Labels) -> UUID:
    if len(labels.ids) >= MOST_STRATEGIES:
        raise _Left(f"expected at most {MOST_STRATEGIES} strategies of a portfolio")
    strategy = Strategy(tenant_id=portfolio.tenant_id, portfolio_id=portfolio.id, name=name, created_at=work.now)
    await strategy.save(force_create=True)
    labels.ids[name] = labels.made[name] = as_uuid(strategy.id)
    return as_uuid(strategy.id)


def _member(portfolio: Portfolio, place: Place, strategy_id: UUID) -> StrategyMember:
    return StrategyMember(
        tenant_id=portfolio.tenant_id, strategy_id=strategy_id, account_id=place[0], instrument_id=place[1]
    )


def _checked(name: str, longest: int = 200) -> str:
    try:
        return checks.checked_name(name, longest=longest)
    except Refusal as refusal:
        raise _Left(refusal.message) from None


def _by_id(made: dict[str, UUID]) -> dict[str, str]:
    return {str(key): name for name, key in made.items()}


def _pages(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _PAGE):
        yield keys[start : start + _PAGE]
