"""Files of brokers, uploaded and read into portfolios."""

import itertools
from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

from domain.files.commands import store_file
from domain.files.queries import FileRow
from domain.kernel.actor import Actor
from domain.kernel.ports import Resources
from domain.portfolios.imports import confirming, mending, previewing
from domain.portfolios.imports.mapping import DateOrder
from domain.portfolios.imports.models import Import, ImportRow
from domain.portfolios.imports.reading import read_file
from domain.portfolios.types import RowState
from tests.factories.portfolios import TODAY

_numbers = itertools.count(1)


async def upload(resources: Resources, owner: Actor, data: str | bytes, name: str = "broker.csv") -> FileRow:
    """Keep a file, as `POST /files` does."""
    plain = data.encode() if isinstance(data, str) else data

    async def chunks() -> AsyncIterator[bytes]:
        yield plain

    sha256, size = await resources.files.keep(chunks(), limit=2**24)
    async with resources.unit_of_work(owner) as work:
        return await store_file(work, name=name, content_type="text/csv", size=size, sha256=sha256)


async def preview(
    resources: Resources,
    owner: Actor,
    portfolio_id: UUID,
    data: str | bytes,
    *,
    format: str | None = None,
    order: DateOrder | None = None,
    account_id: UUID | None = None,
    today: date = TODAY,
) -> Import:
    """Read a file into a portfolio."""
    file = await upload(resources, owner, data)
    document = read_file(await resources.files.read(file.sha256), format, order, today)
    async with resources.unit_of_work(owner) as work:
        return await previewing.preview_import(work, portfolio_id, account_id, file, document, today)


async def confirm(
    resources: Resources,
    owner: Actor,
    import_id: UUID,
    *,
    key: str | None = None,
    skip_refused: bool = False,
    today: date = TODAY,
) -> Import:
    """Record an import."""
    async with resources.unit_of_work(owner) as work:
        confirmed, _ = await confirming.confirm_import(
            work,
            import_id,
            idempotency_key=f"import key {next(_numbers)}" if key is None else key,
            skip_refused=skip_refused,
            today=today,
        )
    return confirmed


async def undo(resources: Resources, owner: Actor, import_id: UUID, today: date = TODAY) -> Import:
    """Take an import back."""
    async with resources.unit_of_work(owner) as work:
        undone, _ = await mending.undo_import(
            work, import_id, idempotency_key=f"import key {next(_numbers)}", today=today
        )
    return undone


async def retry(resources: Resources, owner: Actor, import_id: UUID, today: date = TODAY) -> Import:
    """Check the refused rows again."""
    async with resources.unit_of_work(owner) as work:
        retried, _ = await mending.retry_import(work, import_id, today)
    return retried


async def states(importing: Import) -> list[RowState]:
    """Return the states of an import's rows, in the order of the file."""
    rows = ImportRow.filter(importing_id=importing.id).order_by("line", "part")
    return [RowState(row.state) for row in await rows]
