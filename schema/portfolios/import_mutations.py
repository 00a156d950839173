"""Reading files into portfolios."""

from datetime import date
from uuid import UUID

import strawberry

from domain.files.queries import FileRow, files_by_id
from domain.kernel.dates import trade_day
from domain.kernel.errors import InvalidInput, NotFound
from domain.market.calendar import load_settlement_days
from domain.market.queries import market_now
from domain.portfolios.imports import confirming, mending, previewing, queries
from domain.portfolios.imports.errors import RowsRefused
from domain.portfolios.imports.reading import Document, read_file
from domain.portfolios.jobs import CONFIRM_IMPORT
from schema.context import Info
from schema.jobs.types import Job, find_jobs
from schema.portfolios.imports import Import, ImportDateOrder, import_of
from schema.portfolios.types import Portfolio, portfolio_of
from schema.shared.node import stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals, user_error

_PROBLEMS = strawberry.field(description="What the user can mend; empty when it was done.", default_factory=list)
# What is recorded well within the time that a request may take.
_AT_ONCE = 2_000
_KEY = "Chosen by the client, 1 to 200 characters: the same key and input again answers the first result."
_IMPORT = "The import as it is now."
_PORTFOLIO = "The portfolio as it is now."


@strawberry.input(description="A file to read into a portfolio.")
class PreviewImportInput:
    """Where, and what."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio.")
    account_id: strawberry.ID | None = strawberry.field(
        description=(
            "The account that all rows go to; by default the portfolio's default one, or the one that a row of our own "
            "format names."
        ),
        default=None,
    )
    file_id: strawberry.ID = strawberry.field(description="The file, as `POST /files` has answered.")
    format: str | None = strawberry.field(
        description="One of `csvTemplates`; by default what the file's header shows.", default=None
    )
    date_order: ImportDateOrder | None = strawberry.field(  # type: ignore[valid-type]
        description="How its dates are read; by default as each column shows.", default=None
    )


@strawberry.input(description="An import to record.")
class ConfirmImportInput:
    """Which, and whether without the rows that cannot be recorded."""

    import_id: strawberry.ID = strawberry.field(description="The import.")
    idempotency_key: str = strawberry.field(description=_KEY)
    skip_refused: bool = strawberry.field(
        description="Record the others where rows are refused; by default nothing is recorded then.", default=False
    )


@strawberry.input(description="An import whose refused rows are to be checked again.")
class RetryImportInput:
    """Which."""

    import_id: strawberry.ID = strawberry.field(description="The import.")


@strawberry.input(description="An import to take back.")
class UndoImportInput:
    """Which."""

    import_id: strawberry.ID = strawberry.field(description="The import.")
    idempotency_key: str = strawberry.field(description=_KEY)


@strawberry.type(description="What was read of the file, or why it could not be.")
class PreviewImportPayload:
    """The answer of `previewImport`."""

    import_: Import | None = strawberry.field(name="import", description=_IMPORT, default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The import with its portfolio; with rows that were refused, what they were refused for.")
class ConfirmImportPayload:
    """The answer of `confirmImport`."""

    import_: Import | None = strawberry.field(name="import", description=_IMPORT, default=None)
    portfolio: Portfolio | None = strawberry.field(description=_PORTFOLIO, default=None)
    job: Job | None = strawberry.field(
        description="The job that records it, where it has more than 2,000 new rows; null where it is done.",
        default=None,
    )
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The import as it is after the check.")
class RetryImportPayload:
    """The answer of `retryImport`."""

    import_: Import | None = strawberry.field(name="import", description=_IMPORT, default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The import with its portfolio, or why nothing was undone.")
class UndoImportPayload:
    """The answer of `undoImport`."""

    import_: Import | None = strawberry.field(name="import", description=_IMPORT, default=None)
    portfolio: Portfolio | None = strawberry.field(description=_PORTFOLIO, default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type
class ImportsMutation:
    """The mutations of imports."""

    @strawberry.mutation(
        description=(
            "Read an uploaded file and say of each row what it becomes. Nothing is recorded: `confirmImport` does. "
            "A file that was read before has only known rows."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(PreviewImportPayload)
    async def preview_import(self, info: Info, input: PreviewImportInput) -> PreviewImportPayload:
        """Read it in a thread, and keep it in a unit of work."""
        portfolio_id = _key("Portfolio", input.portfolio_id, "portfolio_id")
        account_id = None if input.account_id is None else _key("Account", input.account_id, "account_id")
        file = await _file(info, input.file_id)
        today = await _today(info)
        document = await _read(info, file, input, today)
        async with info.context.unit_of_work() as work:
            row = await previewing.preview_import(work, portfolio_id, account_id, file, document, today)
        return PreviewImportPayload(import_=import_of(row))

    @strawberry.mutation(
        description=(
            "Record the new rows of an import, in order of their dates: all, or with `skipRefused` those that can be. "
            "Their positions have the tags and strategies that the file names, made where missing, within the limits. "
            "More than 2,000 are recorded by a job: what the ledger then refuses is in the rows."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(ConfirmImportPayload)
    async def confirm_import(self, info: Info, input: ConfirmImportInput) -> ConfirmImportPayload:
        """Record it in a unit of work; where rows are refused, that is undone, and noted in another."""
        import_id = _key("Import", input.import_id, "import_id")
        today = await _today(info)
        needs = await queries.needs_of(info.context.actor, import_id)
        if needs.new > _AT_ONCE:
            return await _enqueue(info, import_id, input)
        for day in needs.days:
            await load_settlement_days(day, today)
        if needs.contracts:
            async with info.context.unit_of_work() as work:
                await confirming.make_contracts(work, needs.contracts)
        now = info.context.resources.clock.now()
        prepared = await confirming.prepare_import(info.context.actor, import_id, today=today, now=now)
        try:
            async with info.context.unit_of_work() as work:
                row, portfolio = await confirming.confirm_import(
                    work,
                    import_id,
                    idempotency_key=input.idempotency_key,
                    skip_refused=input.skip_refused,
                    today=today,
                    prepared=prepared,
                )
        except RowsRefused as refused:
            async with info.context.unit_of_work() as work:
                row = await confirming.note_refusals(work, import_id, refused.rows)
            return ConfirmImportPayload(import_=import_of(row), user_errors=[user_error(refused)])
        return ConfirmImportPayload(import_=import_of(row), portfolio=portfolio_of(portfolio))

    @strawberry.mutation(
        description=(
            "Check the refused rows of an import again, after what they lacked was added: those that can be recorded "
            "now are new, and wait for `confirmImport`."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(RetryImportPayload)
    async def retry_import(self, info: Info, input: RetryImportInput) -> RetryImportPayload:
        """Check them in a unit of work."""
        import_id = _key("Import", input.import_id, "import_id")
        today = await _today(info)
        async with info.context.unit_of_work() as work:
            row, _ = await mending.retry_import(work, import_id, today)
        return RetryImportPayload(import_=import_of(row))

    @strawberry.mutation(
        description=(
            "Reverse all that an import has recorded, or nothing: not where later transactions need it. The tags and "
            "strategies that it put are taken off. The file can be imported again."
        ),
        metadata=allowed(Access.USER),
    )
    @answers_refusals(UndoImportPayload)
    async def undo_import(self, info: Info, input: UndoImportInput) -> UndoImportPayload:
        """Reverse it in a unit of work."""
        import_id = _key("Import", input.import_id, "import_id")
        today = await _today(info)
        async with info.context.unit_of_work() as work:
            row, portfolio = await mending.undo_import(
                work, import_id, idempotency_key=input.idempotency_key, today=today
            )
        return UndoImportPayload(import_=import_of(row), portfolio=portfolio_of(portfolio))


async def _enqueue(info: Info, import_id: UUID, input: ConfirmImportInput) -> ConfirmImportPayload:
    """Check what can be checked now, and have a job record the rows."""
    actor = info.context.actor
    arguments = {
        "import_id": import_id,
        "user_id": actor.user_id,
        "tenant_id": actor.tenant_id,
        "idempotency_key": input.idempotency_key,
        "skip_refused": input.skip_refused,
    }
    async with info.context.unit_of_work() as work:
        row, portfolio, is_done = await confirming.begin_confirmation(
            work, import_id, idempotency_key=input.idempotency_key, skip_refused=input.skip_refused
        )
        job_id = None
        if not is_done:
            job_id = await work.enqueue(CONFIRM_IMPORT, arguments, run_once_key=f"confirm_import:{import_id}")
    job = None if job_id is None else (await find_jobs(info.context, [job_id]))[0]
    return ConfirmImportPayload(import_=import_of(row), portfolio=portfolio_of(portfolio), job=job)


async def _file(info: Info, file_id: str) -> FileRow:
    key = _key("File", file_id, "file_id")
    (found,) = await files_by_id(info.context.actor, [key])
    if found is None:
        raise NotFound("no such file", field=("file_id",))
    return found


async def _read(info: Info, file: FileRow, input: PreviewImportInput, today: date) -> Document:
    resources = info.context.resources
    try:
        data = await resources.files.read(file.sha256)
    except KeyError:
        raise InvalidInput(
            "expected the bytes of the file, which are gone: upload it again", field=("file_id",)
        ) from None
    return await resources.compute.run(read_file, data, input.format, input.date_order, today)


async def _today(info: Info) -> date:
    return trade_day(await market_now(info.context.resources.clock))


def _key(kind: str, value: str, field: str) -> UUID:
    key = stored_key(kind, value)
    if key is None:
        raise NotFound(f"no such {kind.lower()}", field=(field,))
    return key
