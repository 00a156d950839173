"""Records the rows of an import: all of them, or those that can be, in one unit of work."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import orjson

from domain.kernel.actor import Actor
from domain.kernel.errors import IdempotencyKeyReused, InvalidInput, NotFound, Refusal
from domain.kernel.lasting import made_to_stay
from domain.kernel.work import Subject, Work
from domain.market.contracts import ensure_contract
from domain.portfolios import checks
from domain.portfolios.access import Permission
from domain.portfolios.commands import locked
from domain.portfolios.entries import Entry, LotChoice, OptionTrade, Trade, Transfer
from domain.portfolios.imports.access import accessible_imports
from domain.portfolios.imports.book import ImportBook
from domain.portfolios.imports.entry_text import entry_of
from domain.portfolios.imports.errors import RowsRefused
from domain.portfolios.imports.known import known_rows
from domain.portfolios.imports.labels import Added, note_remarks, put_labels
from domain.portfolios.imports.models import Import, ImportRow
from domain.portfolios.imports.opening import hold_against, is_snapshot
from domain.portfolios.imports.rows import Problem
from domain.portfolios.imports.stored_rows import parsed_row, problems_of, problems_text, told_of
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
    # What another import has recorded, and by which transaction.
    known: list[tuple[ImportRow, UUID]] = field(default_factory=list)
    # What the ledger has come to say as well.
    ignored: list[ImportRow] = field(default_factory=list)
    # By the number of a row of the file, the sequence under which it stands in the ledger.
    sequences: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The new rows of an import as they would stand in the ledger of a portfolio at a version."""

    book: ImportBook
    done: _Recording
    version: int
    new: int

    async def is_true(self, importing: Import, portfolio: Portfolio) -> bool:
        """Whether the ledger and the rows are still what they were."""
        if self.version != portfolio.version:
            return False
        return await ImportRow.filter(importing_id=importing.id, state=RowState.NEW).count() == self.new


async def prepare_import(actor: Actor, import_id: UUID, *, today: date, now: datetime) -> Prepared | None:
    """Check, book and fold the new rows of an import outside of a transaction: `confirm_import` then only stores them.

    The contracts that it needs are known: `make_contracts`.  None where there is nothing to prepare.
    """
    importing = await accessible_imports(actor, Permission.EDIT).get_or_none(id=import_id)
    if importing is None or importing.state is not ImportState.PREVIEWED:
        return None
    portfolio = await Portfolio.get(id=importing.portfolio_id)
    version = portfolio.version
    book = await ImportBook.draft(actor, portfolio, today, now)
    is_large = await ImportRow.filter(importing_id=importing.id).count() > _LARGE
    with made_to_stay() if is_large else nullcontext():
        done = await _record(book, importing)
    new = len(done.recorded) + len(done.refused) + len(done.known) + len(done.ignored)
    return Prepared(book, done, version, new)


async def make_contracts(work: Work, symbols: Sequence[str]) -> None:
    """Make the instruments of options that were never traded here; those on unknown underlyings are passed over."""
    for symbol in symbols:
        await ensure_contract(work, symbol)


async def confirm_import(
    work: Work,
    import_id: UUID,
    *,
    idempotency_key: str,
    skip_refused: bool,
    today: date,
    prepared: "Prepared | None" = None,
) -> tuple[Import, Portfolio]:
    """Record the new rows of an import, in order of their dates; a second time answers the first result.

    Positions that it brings have the tags and strategies of their rows.  Where a row is refused, nothing is recorded
    unless `skip_refused`.  What was `prepared` and is still true is only stored.  Emits `PortfolioChanged`.  Raises
    `NotFound`, `IdempotencyKeyReused`, `InvalidInput`, and `RowsRefused`, to be noted by `note_refusals` in another
    unit of work.
    """
    importing, portfolio, is_done = await begin_confirmation(
        work, import_id, idempotency_key=idempotency_key, skip_refused=skip_refused
    )
    if is_done:
        return importing, portfolio
    book = await ImportBook.open(work, portfolio, today)
    if prepared is not None and await prepared.is_true(importing, portfolio):
        book.take(prepared.book)
        done = prepared.done
    else:
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
    if is_snapshot(importing.format) and _mapping(importing).get("version") != book.portfolio.version:
        rows = await _still_opening(book, rows, done)
    lines: set[int] = set()
    for place, row in enumerate(rows):
        if place % _AT_ONCE == 0:
            await asyncio.sleep(0)
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


async def _still_opening(book: ImportBook, rows: Sequence[_Row], done: _Recording) -> list[_Row]:
    """Return the rows of a snapshot that open what the ledger still never had: it has grown since the preview."""
    told = [(row, parsed_row(row.stored)) for row in rows]
    places = {id(parsed): row.account_id for row, parsed in told}
    await hold_against(book.portfolio, book.ledger, [parsed for _, parsed in told], lambda each: places[id(each)])
    done.refused += [(row.stored, parsed.problems[-1]) for row, parsed in told if parsed.is_refused]
    done.ignored += [row.stored for row, parsed in told if parsed.entry is None]
    return [row for row, parsed in told if parsed.entry is not None and not parsed.is_refused]


_CODE: Final = RowsRefused.code
# Rows before others have a turn: what an entry needs is often at hand, and nothing else would run until the last one.
_AT_ONCE: Final = 20
_LARGE: Final = 2_000
# Rows of an import that are written by one call: what is made ready for it holds up the loop.
_WRITTEN: Final = 500


def _column(refusal: Refusal) -> str | None:
    return refusal.field[-1] if len(refusal.field) > 2 else None


async def _rows(importing: Import, done: _Recording) -> tuple[dict[int, int], list[_Row]]:
    """Return the number of each line's row in the file, and the rows to record in order of (trade date, line)."""
    stored = await ImportRow.filter(importing_id=importing.id).order_by("line", "part")
    numbers = {line: number for number, line in enumerate(dict.fromkeys(row.line for row in stored), 1)}
    rows = []
    for place, each in enumerate(stored):
        if place % _AT_ONCE == 0:
            await asyncio.sleep(0)
        if each.state in (RowState.NEW, RowState.KNOWN):
            rows.append(_row(importing, each))
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
            done.known.append((row.stored, found[0]))
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
    rows += [[RowState.KNOWN.value, transaction_id, row.id] for row, transaction_id in done.known]
    rows += [[RowState.IGNORED.value, None, row.id] for row in done.ignored]
    for batch in _batches(rows):
        await statements.execute_many(_RECORDED, batch)
    await _refuse(done.refused)


async def _refuse(refused: Sequence[tuple[ImportRow, Problem]]) -> None:
    for row, problem in refused:
        row.update_from_dict({"state": RowState.REFUSED, "problems": problems_text((*problems_of(row), problem))})
    if refused:
        await ImportRow.bulk_update([row for row, _ in refused], ["state", "problems"], batch_size=200)


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _WRITTEN):
        yield items[start : start + _WRITTEN]
