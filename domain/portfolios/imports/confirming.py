"""Records the rows of an import: all of them, or those that can be, in one unit of work."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

import orjson

from domain.kernel.errors import IdempotencyKeyReused, InvalidInput, NotFound, Refusal
from domain.kernel.work import Subject, Work
from domain.portfolios import checks
from domain.portfolios.access import Permission
from domain.portfolios.commands import locked
from domain.portfolios.entries import Entry, LotChoice, OptionTrade, Trade, Transfer
from domain.portfolios.imports.access import accessible_imports
from domain.portfolios.imports.book import BATCH, ImportBook
from domain.portfolios.imports.entry_text import entry_of
from domain.portfolios.imports.errors import RowsRefused
from domain.portfolios.imports.known import known_rows
from domain.portfolios.imports.labels import Added, note_remarks, put_labels
from domain.portfolios.imports.models import Import, ImportRow
from domain.portfolios.imports.rows import Problem
from domain.portfolios.imports.stored_rows import problems_of, problems_text, told_of
from domain.portfolios.ledger_book import Origin
from domain.portfolios.models import Account, Portfolio, Transaction
from domain.portfolios.types import ImportState, RowState, TransactionSource
from domain.storage import statements
from domain.storage.readings import as_uuid
from domain.storage.statements import statement

_RECORDED: Final = statement("UPDATE import_rows SET state = $1, transaction_id = $2::uuid WHERE id = $3::uuid")
# The numbers of transactions in the name of a lot, but not of the place among the lots of a transfer.
_NUMBERS: Final = re.compile(r"(?<![-\d])\d+", re.ASCII)


@dataclass(slots=True)
class _Row:
    """A row that is about to be recorded."""

    stored: ImportRow
    account_id: UUID
    entry: Entry
    origin: Origin


@dataclass(slots=True)
class _Recording:
    """What has become of the rows so far."""

    recorded: list[tuple[ImportRow, Transaction]] = field(default_factory=list)
    refused: list[tuple[ImportRow, Problem]] = field(default_factory=list)
    # By the number of a row of the file, the sequence under which it stands in the ledger.
    sequences: dict[int, int] = field(default_factory=dict)


async def confirm_import(
    work: Work, import_id: UUID, *, idempotency_key: str, skip_refused: bool, today: date
) -> tuple[Import, Portfolio]:
    """Record the new rows of an import, in order of their dates; a second time answers the first result.

    Positions that it brings have the tags and strategies of their rows.  Where a row is refused, nothing is recorded
    unless `skip_refused`.  Emits `PortfolioChanged`.  Raises `NotFound`,
    `IdempotencyKeyReused`, `InvalidInput`, and `RowsRefused`, to be noted by `note_refusals` in another unit of work.
    """
    importing, portfolio, is_done = await begin_confirmation(
        work, import_id, idempotency_key=idempotency_key, skip_refused=skip_refused
    )
    if is_done:
        return importing, portfolio
    book = await ImportBook.open(work, portfolio, today)
    done = await _record(book, importing)
    if done.refused and not skip_refused:
        raise RowsRefused(len(done.refused), [(row.id, problem) for row, problem in done.refused])
    await book.finish("import.confirm", Subject("Import", importing.id), len(done.recorded))
    await _keep(done)
    importing.state, importing.confirmed_at = ImportState.CONFIRMED, work.now
    added, remarks = await put_labels(work, portfolio, done.recorded)
    await note_remarks(remarks)
    told = _mapping(importing)
    used = {"key": checks.digest(idempotency_key), "said": checks.digest(import_id, skip_refused)}
    both = Added(**told.get("added", {})).with_more(added)
    importing.mapping = orjson.dumps({**told, **used, "added": both.told()}).decode()
    await importing.save(update_fields=["state", "confirmed_at", "mapping"])
    return importing, portfolio


async def begin_confirmation(
    work: Work, import_id: UUID, *, idempotency_key: str, skip_refused: bool
) -> tuple[Import, Portfolio, bool]:
    """Return an import that may be confirmed with this key, its portfolio, and whether that was done before.

    Raises as `confirm_import` does, but for what the ledger refuses.
    """
    checks.check_key(idempotency_key)
    importing, portfolio = await locked_import(work, import_id)
    key = checks.digest(idempotency_key)
    await _check_key(importing, key, checks.digest(import_id, skip_refused))
    if importing.state is ImportState.CONFIRMED or key in _mapping(importing).get("earlier", ()):
        return importing, portfolio, True
    if importing.state is not ImportState.PREVIEWED:
        raise InvalidInput(
            f"expected an import that is previewed, got one that is {importing.state}", field=("import_id",)
        )
    refused = await ImportRow.filter(importing_id=importing.id, state=RowState.REFUSED).count()
    if refused and not skip_refused:
        raise RowsRefused(refused)
    return importing, portfolio, False


async def locked_import(work: Work, import_id: UUID) -> tuple[Import, Portfolio]:
    """Return an import that the actor may change, and its portfolio, whose row is locked.  Raises `NotFound`."""
    missing = NotFound("no such import", field=("import_id",))
    found = await accessible_imports(work.actor, Permission.EDIT).get_or_none(id=import_id)
    if found is None:
        raise missing
    portfolio = await locked(work, as_uuid(found.portfolio_id), missing)
    # It may have been confirmed while the row was waited for.
    return await Import.get(id=import_id), portfolio


async def note_refusals(work: Work, import_id: UUID, refused: Sequence[tuple[UUID, Problem]]) -> Import:
    """Write into rows why the ledger refused them.  Raises `NotFound`."""
    importing, _ = await locked_import(work, import_id)
    problems = dict(refused)
    for keys in _batches(list(problems)):
        rows = await ImportRow.filter(importing_id=importing.id, id__in=keys, state=RowState.NEW)
        await _refuse([(row, problems[row.id]) for row in rows])
    return importing


async def _check_key(importing: Import, key: str, said: str) -> None:
    known = _mapping(importing)
    if known.get("key") == key and known.get("said") != said:
        raise IdempotencyKeyReused("the key was used before with another input", field=("idempotency_key",))
    others = Import.filter(portfolio_id=importing.portfolio_id, mapping__contains=f'"key":"{key}"')
    if await others.exclude(id=importing.id).exists():
        raise IdempotencyKeyReused("the key was used before for another import", field=("idempotency_key",))


def _mapping(importing: Import) -> dict[str, Any]:
    told: dict[str, Any] = orjson.loads(importing.mapping) if importing.mapping else {}
    return told


async def _record(book: ImportBook, importing: Import) -> _Recording:
    accounts = {
        as_uuid(account.id): account
        for account in await Account.filter(portfolio_id=book.portfolio.fork_of_id or book.portfolio.id)
    }
    done = _Recording()
    numbers, rows = await _rows(importing, done)
    lines: set[int] = set()
    for row in rows:
        line = row.stored.line
        if line in lines:
            problem = Problem("expected all entries of the line to be recorded, got one that cannot be", None, _CODE)
            done.refused.append((row.stored, problem))
            continue
        entry = _renamed(row.entry, done.sequences)
        try:
            transaction = await book.record(
                entry,
                accounts[row.account_id],
                key=f"import:{importing.id}:{line}:{row.stored.part}",
                digest=checks.digest(row.entry, row.account_id),
                origin=row.origin,
            )
        except Refusal as refusal:
            done.refused.append((row.stored, Problem(refusal.message, _column(refusal), refusal.code)))
            lines.add(line)
            continue
        done.recorded.append((row.stored, transaction))
        done.sequences[numbers[line]] = transaction.sequence
    return done


_CODE: Final = RowsRefused.code


def _column(refusal: Refusal) -> str | None:
    return refusal.field[-1] if len(refusal.field) > 2 else None


async def _rows(importing: Import, done: _Recording) -> tuple[dict[int, int], list[_Row]]:
    """Return the number of each line's row in the file, and the rows to record in order of (trade date, line)."""
    stored = await ImportRow.filter(importing_id=importing.id).order_by("line", "part")
    numbers = {line: number for number, line in enumerate(dict.fromkeys(row.line for row in stored), 1)}
    rows = [_row(importing, row) for row in stored if row.state in (RowState.NEW, RowState.KNOWN)]
    asked: dict[UUID, set[str]] = {}
    for row in rows:
        asked.setdefault(row.account_id, set()).add(row.origin.fingerprint or "")
    # What another import has recorded since this one was previewed.
    known = await known_rows(asked)
    new = []
    for row in rows:
        found = known.get((row.account_id, row.origin.fingerprint or ""))
        if found is None:
            new.append(row)
            continue
        done.sequences[numbers[row.stored.line]] = found[1]
        if row.stored.state is RowState.NEW:
            row.stored.state, row.stored.transaction_id = RowState.KNOWN, found[0]
            await row.stored.save(update_fields=["state", "transaction_id"])
    way = -1 if _mapping(importing).get("newest_first") else 1
    new.sort(key=lambda row: (row.entry.trade_date, way * row.stored.line, row.stored.part))
    return numbers, new


def _row(importing: Import, stored: ImportRow) -> _Row:
    told = told_of(stored)
    origin = Origin(
        source=TransactionSource.IMPORT,
        import_id=importing.id,
        fingerprint=stored.fingerprint,
        confidence=told.get("confidence", 0.0),
        needs_review=told.get("needs_review", False),
    )
    return _Row(stored, UUID(told["account_id"]), entry_of(told["entry"]), origin)


def _renamed(entry: Entry, sequences: dict[int, int]) -> Entry:
    """Return an entry whose lots are named as in this ledger: in a file they are by the numbers of its rows."""

    def name(lot: str) -> str:
        return _NUMBERS.sub(lambda number: str(sequences.get(int(number[0]), number[0])), lot)

    if isinstance(entry, Trade | OptionTrade):
        return replace(entry, lots=tuple(LotChoice(name(each.lot), each.quantity) for each in entry.lots))
    if isinstance(entry, Transfer):
        return replace(entry, choices=tuple(LotChoice(name(each.lot), each.quantity) for each in entry.choices))
    return entry


async def _keep(done: _Recording) -> None:
    rows = [[RowState.RECORDED.value, transaction.id, row.id] for row, transaction in done.recorded]
    for batch in _batches(rows):
        await statements.execute_many(_RECORDED, batch)
    await _refuse(done.refused)


async def _refuse(refused: Sequence[tuple[ImportRow, Problem]]) -> None:
    for row, problem in refused:
        row.update_from_dict({"state": RowState.REFUSED, "problems": problems_text((*problems_of(row), problem))})
    if refused:
        await ImportRow.bulk_update([row for row, _ in refused], ["state", "problems"], batch_size=200)


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
