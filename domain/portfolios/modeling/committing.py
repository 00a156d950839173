"""Turns what was tried in a modeling session into transactions of the portfolio that it began with."""

from uuid import UUID

from domain.kernel.errors import IdempotencyKeyReused, InvalidInput, NotFound, Refusal
from domain.kernel.work import Subject, Work
from domain.portfolios import checks
from domain.portfolios.access import Permission, forks, real
from domain.portfolios.commands import check_version
from domain.portfolios.errors import AlreadyReversed
from domain.portfolios.ledger_book import LedgerBook, is_reversed
from domain.portfolios.modeling.commands import locked_session
from domain.portfolios.models import Portfolio, Transaction
from domain.portfolios.types import TransactionKind

# More are no plan, and one transaction of the database would hold up others for too long.
MOST_COMMITTED = 1_000

# What happens to all who hold an instrument: the cash was worked out from the units that were held, and the portfolio
# may have booked the same since.
_FACTS = (
    TransactionKind.SPLIT,
    TransactionKind.SPIN_OFF,
    TransactionKind.MERGER,
    TransactionKind.SYMBOL_CHANGE,
    TransactionKind.DIVIDEND,
    TransactionKind.REINVESTED_DIVIDEND,
    TransactionKind.RETURN_OF_CAPITAL,
)


async def commit_session(
    work: Work, session_id: UUID, *, expected_version: int, idempotency_key: str
) -> tuple[list[Transaction], Portfolio, Portfolio]:
    """Record the trades of a session that stand in the portfolio that it began with, in order, all or none; reverse
    there what it has reversed of what it began with.

    Return them, that portfolio and the fork.  A session is committed once: a second commit answers the first.  Emits
    `PortfolioChanged`.  Raises `NotFound`, `IdempotencyKeyReused`, `VersionConflict`, `InvalidInput`,
    `InsufficientQuantity`.
    """
    checks.check_key(idempotency_key)
    base = await _locked_base(work, session_id)
    fork = await locked_session(work, session_id)
    commit_key = checks.digest(idempotency_key)
    if fork.committed_at is not None:
        return await _committed(fork), base, fork
    if await Portfolio.exists(owner_id=fork.owner_id, fork_of_id=base.id, commit_key=commit_key):
        raise IdempotencyKeyReused("the key was used before with another input", field=("idempotency_key",))
    check_version(base, expected_version)
    tried = await _standing(fork, base)
    recorded = await _transcribed(work, base, fork, tried)
    fork.committed_at, fork.commit_key = work.now, commit_key
    await fork.save(update_fields=["committed_at", "commit_key"])
    after = {"portfolio": base.id, "version": base.version, "transactions": [each.id for each in recorded]}
    await work.record("modeling_session.commit", Subject("Portfolio", fork.id), None, after)
    return recorded, base, fork


async def _locked_base(work: Work, session_id: UUID) -> Portfolio:
    # Before the fork, as who deletes it does: in another order the two would wait for each other.
    fork = await forks(work.actor, Permission.EDIT).get_or_none(id=session_id)
    if fork is None:
        raise NotFound("no such modeling session", field=("session_id",))
    base = await real(work.actor, Permission.EDIT).select_for_update().get_or_none(id=fork.fork_of_id)
    if base is None:
        raise NotFound(
            "expected a session of a portfolio that you may change, got one of another's", field=("session_id",)
        )
    return base


async def _standing(fork: Portfolio, base: Portfolio) -> list[Transaction]:
    """Return what was tried and not reversed, and reversals of what the session began with.  Raises `InvalidInput` for
    what cannot be committed.
    """
    entries = await Transaction.filter(portfolio_id=fork.id).order_by("sequence")
    reversed_ids, own = {each.reverses_id for each in entries}, {each.id for each in entries}
    tried = [each for each in entries if each.id not in reversed_ids and each.reverses_id not in own]
    if not 1 <= len(tried) <= MOST_COMMITTED:
        raise InvalidInput(f"expected 1 to {MOST_COMMITTED} trades that stand, got {len(tried)}", field=("session_id",))
    fact = next((each for each in tried if each.kind in _FACTS), None)
    if fact is not None and base.version != fork.fork_version:
        raise InvalidInput(
            f"expected trades alone, because the portfolio has gone on from version {fork.fork_version} to "
            f"{base.version}, got a {fact.kind}, which it may have booked by now: make a new session",
            field=("session_id",),
        )
    return tried


async def _transcribed(work: Work, base: Portfolio, fork: Portfolio, tried: list[Transaction]) -> list[Transaction]:
    keys = [_key(fork, each.sequence) for each in tried]
    if await Transaction.exists(portfolio_id=base.id, idempotency_key__in=keys):
        raise IdempotencyKeyReused("the portfolio has a transaction under a key of this session", field=("session_id",))
    book = await LedgerBook.open(work, base, tried[-1].trade_date)
    recorded: list[Transaction] = []
    sequences: dict[int, int] = {}
    for key, each in zip(keys, tried, strict=True):
        try:
            if each.reverses_id is None:
                made = await book.transcribe(each, key=key, sequences=sequences)
            else:
                made = await _reversed_for_real(book, each, key)
        except Refusal as refusal:
            message = f"trade {each.sequence} of the session: {refusal.message}"
            raise type(refusal)(message, field=("session_id",)) from None
        sequences[each.sequence] = made.sequence
        recorded.append(made)
    return recorded


async def _reversed_for_real(book: LedgerBook, tried: Transaction, key: str) -> Transaction:
    original = await Transaction.get(id=tried.reverses_id)
    if await is_reversed(book.portfolio, original):
        raise AlreadyReversed(f"transaction {original.sequence} has been reversed since", field=("session_id",))
    return await book.reverse(original, key=key, digest=tried.input_digest, note=tried.note)


async def _committed(fork: Portfolio) -> list[Transaction]:
    keys = [_key(fork, each.sequence) for each in await Transaction.filter(portfolio_id=fork.id)]
    return await Transaction.filter(portfolio_id=fork.fork_of_id, idempotency_key__in=keys).order_by("sequence")


def _key(fork: Portfolio, sequence: int) -> str:
    return f"modeling-session:{fork.id}:{sequence}"
