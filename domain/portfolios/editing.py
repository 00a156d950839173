"""Changes what a portfolio is called, and deletes it."""

from dataclasses import dataclass
from uuid import UUID

from tortoise.expressions import Q

from domain.kernel.errors import NotFound
from domain.kernel.work import Subject, Work
from domain.portfolios import checks
from domain.portfolios.commands import check_version, locked
from domain.portfolios.events import PortfolioChanged
from domain.portfolios.models import Portfolio


@dataclass(frozen=True, slots=True)
class Told:
    """A text that was given, none among them: what was not told at all stays as it is."""

    text: str | None


async def update_portfolio(
    work: Work,
    portfolio_id: UUID,
    *,
    name: Told | None = None,
    description: Told | None = None,
    expected_version: int | None = None,
) -> Portfolio:
    """Give a portfolio another name, another description, or both.  Its ledger and its version stay as they are.

    Raises `NotFound`, `VersionConflict`, `InvalidInput`.
    """
    portfolio = await locked(work, portfolio_id, NotFound("no such portfolio", field=("portfolio_id",)))
    check_version(portfolio, expected_version)
    told: dict[str, str | None] = {}
    if name is not None:
        told["name"] = checks.checked_name(name.text or "")
    if description is not None:
        told["description"] = checks.checked_text(description.text, field=("description",))
    before = {field: getattr(portfolio, field) for field in told}
    changed = {field: text for field, text in told.items() if text != before[field]}
    if changed:
        await portfolio.update_from_dict(changed).save(update_fields=list(changed))
        subject = Subject("Portfolio", portfolio.id)
        await work.record("portfolio.update", subject, {field: before[field] for field in changed}, changed)
    return portfolio


async def delete_portfolio(work: Work, portfolio_id: UUID, *, expected_version: int | None) -> Portfolio:
    """Take a portfolio away from everybody, and what was forked from it.  Its ledger stays stored.

    Only its owner may.  Emits `PortfolioChanged` for each.  Raises `NotFound`, `VersionConflict`.
    """
    missing = NotFound("no such portfolio", field=("portfolio_id",))
    portfolio = await locked(work, portfolio_id, missing)
    if portfolio.owner_id != work.actor.user_id:
        raise missing
    check_version(portfolio, expected_version)
    gone = await Portfolio.filter(Q(id=portfolio.id) | Q(fork_of_id=portfolio.id), deleted_at=None).order_by("id")
    await Portfolio.filter(id__in=[each.id for each in gone]).update(deleted_at=work.now)
    for each in gone:
        await work.record("portfolio.delete", Subject("Portfolio", each.id), {"name": each.name}, None)
        work.emit(PortfolioChanged(portfolio_id=each.id, sequence=each.version))
    return portfolio
