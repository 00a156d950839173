"""What changes modeling sessions.  Each takes the open unit of work first."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from domain.kernel.errors import IdempotencyKeyReused, InvalidInput, NotFound, Refusal
from domain.kernel.work import Subject, Work
from domain.portfolios import checks
from domain.portfolios.access import Permission, accessible, forks
from domain.portfolios.commands import account_of, check_version, same_input, still_there
from domain.portfolios.editing import delete_portfolio
from domain.portfolios.entries import Entry
from domain.portfolios.ledger_book import LedgerBook
from domain.portfolios.modeling.queries import impacts
from domain.portfolios.modeling.snapshots import text_of
from domain.portfolios.models import ModelSnapshot, Portfolio, Transaction
from domain.portfolios.queries import Asked

_MOST_TRADES = 100


async def create_session(
    work: Work, portfolio_id: UUID, *, name: str, idempotency_key: str, expected_version: int | None = None
) -> Portfolio:
    """Fork a portfolio that the actor sees all of; the same key and input again answers the first fork.

    Raises `NotFound`, `IdempotencyKeyReused`, `VersionConflict`, `InvalidInput`.
    """
    checks.check_key(idempotency_key)
    # Its row is locked, so that it is not deleted meanwhile.
    base = await accessible(work.actor, Permission.VIEW).select_for_update().get_or_none(id=portfolio_id)
    if base is None:
        raise NotFound("no such portfolio", field=("portfolio_id",))
    if base.fork_of_id is not None:
        raise InvalidInput("expected a portfolio, got that of a modeling session", field=("portfolio_id",))
    checked_name = checks.checked_name(name)
    # Keys of forks have nothing to do with those of portfolios.
    key = f"fork:{checks.digest(base.id, idempotency_key)}"
    digest = checks.digest(base.id, checked_name)
    earlier = await Portfolio.get_or_none(owner_id=work.actor.user_id, idempotency_key=key)
    if earlier is not None:
        return still_there(same_input(earlier, digest))
    check_version(base, expected_version)
    fork = await Portfolio.create(
        tenant_id=base.tenant_id,
        owner_id=work.actor.user_id,
        name=checked_name,
        base_currency=base.base_currency,
        version=base.version,
        idempotency_key=key,
        input_digest=digest,
        fork_of_id=base.id,
        fork_version=base.version,
        created_at=work.now,
    )
    after = {"name": checked_name, "fork_of": base.id, "fork_version": base.version}
    await work.record("modeling_session.create", Subject("Portfolio", fork.id), None, after)
    return fork


async def add_trades(
    work: Work,
    session_id: UUID,
    entries: Sequence[Entry],
    *,
    idempotency_key: str,
    today: date,
    account_id: UUID | None = None,
    expected_version: int | None = None,
) -> tuple[list[Transaction], Portfolio]:
    """Record trades in a session, at most 100, all of them or none; the same key and input again answers the first.

    Emits `PortfolioChanged`.  Raises as `record_transaction` does, with the trade's place in the field's path.
    """
    checks.check_key(idempotency_key)
    check_count(len(entries))
    fork = await locked_session(work, session_id)
    digest = checks.digest(list(entries), account_id)
    keys = [f"trades:{checks.digest(idempotency_key)}:{place}" for place in range(len(entries))]
    if earlier := await _recorded(fork, keys, digest):
        return earlier, fork
    check_version(fork, expected_version)
    account = await account_of(fork, account_id)
    book = await LedgerBook.open(work, fork, today)
    recorded = []
    for place, (key, entry) in enumerate(zip(keys, entries, strict=True)):
        try:
            recorded.append(await book.record(entry, account, key=key, digest=digest))
        except Refusal as refusal:
            refusal.field = ("transactions", str(place), *refusal.field[1:])
            raise
    return recorded, fork


def check_count(trades: int) -> None:
    """Let a number of trades pass that are recorded together.  Raises `InvalidInput`."""
    if not 1 <= trades <= _MOST_TRADES:
        raise InvalidInput(f"expected 1 to {_MOST_TRADES} transactions, got {trades}", field=("transactions",))


async def _recorded(fork: Portfolio, keys: Sequence[str], digest: str) -> list[Transaction]:
    earlier = await Transaction.filter(portfolio_id=fork.id, idempotency_key__in=keys).order_by("sequence")
    if any(each.input_digest != digest for each in earlier):
        raise IdempotencyKeyReused("the key was used before with another input", field=("idempotency_key",))
    return earlier


async def save_session(
    work: Work, session_id: UUID, *, name: str, now: datetime, expected_version: int | None = None
) -> tuple[ModelSnapshot, Portfolio]:
    """Store what a session comes to now, which is the market's.

    Raises `NotFound`, `VersionConflict`, `InvalidInput`.
    """
    checked_name = checks.checked_name(name)
    fork = await locked_session(work, session_id)
    check_version(fork, expected_version)
    (found,) = await impacts(work.actor, [Asked(fork.id, None)], now)
    assert found is not None, "a session whose row is locked is seen"
    snapshot = await ModelSnapshot.create(
        tenant_id=fork.tenant_id,
        portfolio_id=fork.id,
        name=checked_name,
        version=fork.version,
        result=text_of(found),
        created_at=work.now,
    )
    after = {"name": checked_name, "version": fork.version}
    await work.record("modeling_session.save", Subject("ModelSnapshot", snapshot.id), None, after)
    return snapshot, fork


async def discard_session(work: Work, session_id: UUID, *, expected_version: int | None = None) -> None:
    """Take a session away; what was committed of it stays.  Raises `NotFound`, `VersionConflict`."""
    fork = await locked_session(work, session_id)
    await delete_portfolio(work, fork.id, expected_version=expected_version)


async def locked_session(work: Work, session_id: UUID) -> Portfolio:
    """Return a fork that the actor may change, with its row locked.  Raises `NotFound`."""
    fork = await forks(work.actor, Permission.EDIT).select_for_update().get_or_none(id=session_id)
    if fork is None:
        raise NotFound("no such modeling session", field=("session_id",))
    return fork
