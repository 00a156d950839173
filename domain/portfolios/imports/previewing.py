"""Keeps what was read of a file, and says of each row what will become of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import orjson

from domain.files.queries import FileRow
from domain.kernel.errors import NotFound, RefusalCode
from domain.kernel.work import Subject, Work
from domain.portfolios.access import Permission, real
from domain.portfolios.commands import account_of
from domain.portfolios.imports.book import BATCH
from domain.portfolios.imports.checking import check_rows
from domain.portfolios.imports.known import known_rows
from domain.portfolios.imports.mapping import Shape
from domain.portfolios.imports.models import Import
from domain.portfolios.imports.opening import hold_against, is_snapshot
from domain.portfolios.imports.reading import Document, mark
from domain.portfolios.imports.rows import ParsedRow, Problem
from domain.portfolios.imports.stored_rows import INSERT, stored_row
from domain.portfolios.ledgers import ledger
from domain.portfolios.models import Account, Portfolio
from domain.portfolios.types import ImportState
from domain.storage import statements
from domain.storage.readings import as_uuid


async def preview_import(
    work: Work, portfolio_id: UUID, account_id: UUID | None, file: FileRow, document: Document, today: date
) -> Import:
    """Keep the rows of a file that was read, each with what it becomes in an account of the portfolio.

    Without an account, rows that name one of the portfolio's go there, and the others to its default one.  Nothing is
    recorded.  Raises `NotFound`.
    """
    portfolio = await real(work.actor, Permission.EDIT).get_or_none(id=portfolio_id)
    if portfolio is None:
        raise NotFound("no such portfolio", field=("portfolio_id",))
    account = await account_of(portfolio, account_id)
    named = {} if account_id is not None else await _accounts_by_name(portfolio)
    places = {id(row): _place(row, account, named) for row in document.rows}
    # Rows of several names may go to one account, and are twins there.
    mark(document.rows, lambda row: places[id(row)])
    await check_rows(document.rows, today)
    known = await _known(document.rows, places)
    if is_snapshot(document.format.name):
        new = [row for row in document.rows if (places[id(row)], row.fingerprint or "") not in known]
        await hold_against(portfolio, await ledger(portfolio), new, lambda row: places[id(row)])
    importing = await Import.create(
        tenant_id=work.actor.tenant_id,
        portfolio_id=portfolio.id,
        account_id=account.id,
        file_id=file.id,
        file_name=file.name,
        format=document.format.name,
        mapping=orjson.dumps(_mapping(document, portfolio)).decode(),
        state=ImportState.PREVIEWED,
        created_by=work.actor.user_id,
        created_at=work.now,
    )
    await _store(importing, document.rows, places, known)
    after = {"file": str(file.id), "rows": len(document.rows)}
    await work.record("import.preview", Subject("Import", importing.id), None, after)
    return importing


def _mapping(document: Document, portfolio: Portfolio) -> dict[str, object]:
    return {
        "date_order": document.date_order,
        "newest_first": _is_reversed(document),
        "version": portfolio.version,
    }


async def _known(rows: Sequence[ParsedRow], places: Mapping[int, UUID]) -> Mapping[tuple[UUID, str], tuple[UUID, int]]:
    asked: dict[UUID, set[str]] = defaultdict(set)
    for row in rows:
        if row.fingerprint is not None:
            asked[places[id(row)]].add(row.fingerprint)
    return await known_rows(asked)


async def _store(
    importing: Import,
    rows: Sequence[ParsedRow],
    places: Mapping[int, UUID],
    known: Mapping[tuple[UUID, str], tuple[UUID, int]],
) -> None:
    for start in range(0, len(rows), BATCH):
        stored = []
        for row in rows[start : start + BATCH]:
            place = places[id(row)]
            found = known.get((place, row.fingerprint)) if row.fingerprint is not None else None
            stored.append(stored_row(importing, row, place, None if found is None else found[0]))
        await statements.execute_many(INSERT, stored)


async def _accounts_by_name(portfolio: Portfolio) -> dict[str, UUID]:
    accounts = await Account.filter(portfolio_id=portfolio.fork_of_id or portfolio.id).order_by("-id")
    return {account.name.casefold(): as_uuid(account.id) for account in accounts}


def _place(row: ParsedRow, account: Account, named: Mapping[str, UUID]) -> UUID:
    if row.account is None or not named:
        return as_uuid(account.id)
    found = named.get(row.account.casefold())
    if found is None:
        message = (
            f"expected an account of this portfolio, got {row.account[:40]!r}: add it, or choose one account for all"
        )
        row.problems = (*row.problems, Problem(message, "account", RefusalCode.NOT_FOUND))
        return as_uuid(account.id)
    return found


def _is_reversed(document: Document) -> bool:
    """Whether the newest row stands first: within a day, the last line then happened first.

    Our own export is in the order of recording, whatever the dates.
    """
    if document.format.shape is Shape.LEDGER:
        return False
    days = [row.entry.trade_date for row in document.rows if row.entry is not None]
    return len(days) > 1 and days[0] > days[-1]
