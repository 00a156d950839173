"""Tries the refused rows of an import again, and undoes an import whole."""

from datetime import date
from uuid import UUID

import orjson

from domain.kernel.errors import InvalidInput
from domain.kernel.work import Subject, Work
from domain.portfolios import checks
from domain.portfolios.imports.book import BATCH, ImportBook
from domain.portfolios.imports.checking import check_rows
from domain.portfolios.imports.confirming import locked_import
from domain.portfolios.imports.entry_text import entry_text
from domain.portfolios.imports.known import known_rows
from domain.portfolios.imports.labels import Added, take_labels
from domain.portfolios.imports.models import Import, ImportRow
from domain.portfolios.imports.opening import hold_against, is_snapshot
from domain.portfolios.imports.rows import ParsedRow
from domain.portfolios.imports.stored_rows import parsed_row, problems_text, state_of, told_of
from domain.portfolios.ledgers import ledger
from domain.portfolios.models import Portfolio, Transaction
from domain.portfolios.types import ImportState, RowState, TransactionKind


async def retry_import(work: Work, import_id: UUID, today: date) -> tuple[Import, Portfolio]:
    """Check the refused rows of an import again: what can be recorded now is new, and waits to be confirmed.

    A row that could not be read stays refused.  Raises `NotFound`, `InvalidInput` for one that was undone.
    """
    importing, portfolio = await locked_import(work, import_id)
    if importing.state not in (ImportState.PREVIEWED, ImportState.CONFIRMED):
        raise InvalidInput(f"expected an import that was not undone, got {importing.state}", field=("import_id",))
    refused = await ImportRow.filter(importing_id=importing.id, state=RowState.REFUSED).order_by("line", "part")
    stored = [row for row in refused if row.entry]
    parsed = [parsed_row(row) for row in stored]
    await check_rows(parsed, today)
    told = orjson.loads(importing.mapping or "{}")
    if is_snapshot(importing.format):
        places = {id(row): UUID(told_of(kept)["account_id"]) for row, kept in zip(parsed, stored, strict=True)}
        await hold_against(portfolio, await ledger(portfolio), parsed, lambda row: places[id(row)])
    told["version"] = portfolio.version
    news = await _note(stored, parsed)
    if news and importing.state is ImportState.CONFIRMED:
        # Another confirmation, with another key, records what is new.
        importing.state = ImportState.PREVIEWED
        told["earlier"] = [*told.get("earlier", ()), told.pop("key")]
    importing.mapping = orjson.dumps(told).decode()
    await importing.save(update_fields=["state", "mapping"])
    await work.record("import.retry", Subject("Import", importing.id), None, {"new": news})
    return importing, portfolio


async def _note(stored: list[ImportRow], parsed: list[ParsedRow]) -> int:
    asked: dict[UUID, set[str]] = {}
    places = [UUID(told_of(row)["account_id"]) for row in stored]
    for row, place in zip(stored, places, strict=True):
        asked.setdefault(place, set()).add(row.fingerprint or "")
    known = await known_rows(asked)
    news = 0
    for row, found, place in zip(stored, parsed, places, strict=True):
        earlier = known.get((place, row.fingerprint or ""))
        row.transaction_id = None if earlier is None or found.is_refused else earlier[0]
        row.state = state_of(found, row.transaction_id)
        row.update_from_dict({"problems": problems_text(found.problems)})
        if found.entry is not None:
            # The market may spell its symbol otherwise.
            told = {**told_of(row), "entry": orjson.Fragment(entry_text(found.entry))}
            row.entry = orjson.dumps(told).decode()
        news += row.state is RowState.NEW
    if stored:
        await ImportRow.bulk_update(stored, ["state", "problems", "entry", "transaction_id"], batch_size=100)
    return news


async def undo_import(work: Work, import_id: UUID, *, idempotency_key: str, today: date) -> tuple[Import, Portfolio]:
    """Reverse all that an import has recorded, newest first, all of it or nothing; a second time changes nothing.

    The tags and strategies that it put are taken off.  What was reversed by itself before stays so.  Emits
    `PortfolioChanged`.  Raises `NotFound`, `InvalidInput`, and `InsufficientQuantity` where a later transaction needs
    what the import brought.
    """
    checks.check_key(idempotency_key)
    importing, portfolio = await locked_import(work, import_id)
    if importing.state is ImportState.UNDONE:
        return importing, portfolio
    recorded = await Transaction.filter(import_id=importing.id, portfolio_id=portfolio.id).order_by("-sequence")
    if not recorded:
        raise InvalidInput("expected an import that has recorded something, got none of it", field=("import_id",))
    gone = await _reversed(recorded)
    standing = [each for each in recorded if each.id not in gone and each.kind is not TransactionKind.REVERSAL]
    book = await ImportBook.open(work, portfolio, today)
    if standing:
        await book.reverse_all(
            [(each, f"undo:{importing.id}:{each.sequence}", checks.digest(each.id, None)) for each in standing],
            note=None,
        )
    await book.finish("import.undo", Subject("Import", importing.id), len(standing))
    await take_labels(work, portfolio, Added(**orjson.loads(importing.mapping or "{}").get("added", {})))
    importing.state, importing.undone_at = ImportState.UNDONE, work.now
    await importing.save(update_fields=["state", "undone_at"])
    return importing, portfolio


async def _reversed(transactions: list[Transaction]) -> set[object]:
    found: set[object] = set()
    for start in range(0, len(transactions), BATCH):
        batch = transactions[start : start + BATCH]
        # What was reversed in a modeling session stands here.
        reversals = Transaction.filter(portfolio_id=batch[0].portfolio_id, reverses_id__in=[each.id for each in batch])
        found |= set(await reversals.values_list("reverses_id", flat=True))
    return found
