"""Imports, as the API shows them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader

from domain.portfolios import types as domain
from domain.portfolios.imports import mapping, queries
from domain.portfolios.imports.catalogue import FORMATS
from domain.portfolios.imports.queries import ImportRecord, ImportRowRecord
from schema.context import Context, Info
from schema.portfolios.loaders import PortfolioLoaders
from schema.portfolios.transactions import Transaction, TransactionKind, transaction_of
from schema.portfolios.types import Portfolio
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import Node, global_id, loads_nodes, stored_key
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserErrorCode

ImportState = strawberry.enum(
    domain.ImportState,
    name="ImportState",
    description=(
        "How far an import has come. PREVIEWED: nothing of it is recorded yet, or rows are new again after a retry."
    ),
)
ImportRowState = strawberry.enum(
    domain.RowState,
    name="ImportRowState",
    description=(
        "What becomes of a row. NEW: it will be recorded. KNOWN: an earlier import has recorded it. IGNORED: it says "
        "nothing for a ledger. REFUSED: something is wrong with it. RECORDED: it is in the ledger."
    ),
)
ImportDateOrder = strawberry.enum(
    mapping.DateOrder,
    name="ImportDateOrder",
    description="How dates such as 06/04/2020 are read.",
)


class ImportLoaders:
    """How many rows imports have in each state, read once in an operation."""

    def __init__(self, context: Context) -> None:
        self._actor = context.actor
        self.counts: DataLoader[UUID, Mapping[domain.RowState, int]] = DataLoader(load_fn=self._count)

    async def _count(self, import_ids: list[UUID]) -> Sequence[Mapping[domain.RowState, int]]:
        return await queries.counts(self._actor, import_ids)


@strawberry.type(description="What is wrong with a row of a file, or was remarked on it.")
class ImportProblem:
    """One problem."""

    column: str | None = strawberry.field(description="The column's name in the file; null when it is the whole row.")
    message: str = strawberry.field(description="What was expected and what came.")
    code: UserErrorCode | None = strawberry.field(  # type: ignore[valid-type]
        description="The kind of problem; null for a remark that does not keep the row from being recorded."
    )


@strawberry.type(description="How many entries of a file have which state.")
class ImportCounts:
    """The rows of an import, counted."""

    new: int = strawberry.field(description="To be recorded.")
    known: int = strawberry.field(description="Recorded by an earlier import.")
    ignored: int = strawberry.field(description="Of no meaning for a ledger: totals, disclaimers.")
    refused: int = strawberry.field(description="With something wrong.")
    recorded: int = strawberry.field(description="Recorded by this import.")


@strawberry.type(
    description="One entry of a row of a file. A row that makes two, such as a dividend with a fee, has two of these."
)
class ImportRow(Node):
    """A row that was read."""

    line: int = strawberry.field(description="The line in the file at which the row begins, from 1.")
    part: int = strawberry.field(description="The place among the entries of its row, from 0.")
    state: ImportRowState = strawberry.field(description="What becomes of it.")  # type: ignore[valid-type]
    text: str = strawberry.field(description="The cells of the row, separated by commas: at most 2,000 characters.")
    kind: TransactionKind | None = strawberry.field(  # type: ignore[valid-type]
        description="The transaction that it becomes; null where it becomes none."
    )
    symbol: str | None = strawberry.field(description="Symbol of what is traded; of options the OCC symbol.")
    quantity: Decimal | None = strawberry.field(description="Units, or contracts.")
    price: Decimal | None = strawberry.field(description="Price per unit.")
    amount: Decimal | None = strawberry.field(description="Money, where the transaction is about money.")
    currency: str | None = strawberry.field(description="ISO 4217 code, where the file says one.")
    trade_date: date | None = strawberry.field(description="The day on which it counts.")
    confidence: float | None = strawberry.field(description="How sure the reading is, from 0 to 1.")
    needs_review: bool = strawberry.field(description="Whether somebody should look: a remark says why.")
    strategy: str | None = strawberry.field(
        description=(
            "The strategy that the file names: its position joins it when the row is recorded, unless it is in another."
        )
    )
    tags: list[str] = strawberry.field(
        description="The tags that the file names, at most 20: put on its position when the row is recorded."
    )
    problems: list[ImportProblem] = strawberry.field(
        description="What is wrong, and what was remarked; at most 100.", metadata=sized(2)
    )
    row: strawberry.Private[ImportRowRecord]

    @strawberry.field(description="What it was recorded as, by this import or an earlier one.")
    async def transaction(self, info: Info) -> Transaction | None:
        """Find the transaction."""
        key = self.row.transaction_id
        found = None if key is None else await info.context.loaders(PortfolioLoaders).transactions.load(key)
        return None if found is None else transaction_of(found)


@strawberry.type(description="A file that was read into a portfolio: previewed, confirmed, perhaps undone.")
class Import(Node):
    """An import."""

    state: ImportState = strawberry.field(description="How far it has come.")  # type: ignore[valid-type]
    format: str = strawberry.field(description="The format that the file was read as.")
    file_name: str = strawberry.field(description="The name of the file.")
    created_at: datetime = strawberry.field(description="When it was previewed, in real time.")
    confirmed_at: datetime | None = strawberry.field(description="When it was recorded, in real time.")
    undone_at: datetime | None = strawberry.field(description="When it was undone, in real time.")
    row: strawberry.Private[ImportRecord]

    @strawberry.field(description="How many entries of the file have which state.")
    async def counts(self, info: Info) -> ImportCounts:
        """Count the rows."""
        found = await info.context.loaders(ImportLoaders).counts.load(self.row.id)
        return ImportCounts(**{state.lower(): found.get(state, 0) for state in domain.RowState})

    @strawberry.field(description="Its rows in the order of the file; of one state, or of all.")
    async def rows(
        self,
        info: Info,
        state: ImportRowState | None = None,  # type: ignore[valid-type]
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[ImportRow]:
        """Show a page of the rows."""
        request = requested(first, after, last, before, key=(_number, _number))
        page = await queries.row_page(
            info.context.actor, self.row.id, state, request, with_total=selects(info, "totalCount")
        )
        return connection(page, node=row_of, key=lambda row: (row.line, row.part))


@strawberry.type(description="A format of files that can be imported.")
class CsvTemplate:
    """A format, and a file to begin with."""

    format: str = strawberry.field(description="Its name, as `previewImport` takes it.")
    title: str = strawberry.field(description="What it is.")
    columns: list[str] = strawberry.field(description="The columns by which it is known, in lower case; at most 40.")
    file_name: str | None = strawberry.field(description="A name for the template; null where there is none.")
    text: str | None = strawberry.field(
        description="A file of this format with examples, in UTF-8; null for what a broker exports."
    )


@strawberry.type
class ImportsQuery:
    """The queries of imports."""

    @strawberry.field(
        name="import",
        description="An import into a portfolio that the user sees; null for what does not exist or is not theirs.",
        metadata=allowed(Access.USER),
    )
    async def import_(self, info: Info, id: strawberry.ID) -> Import | None:
        """Find one import."""
        key = stored_key("Import", id)
        return None if key is None else (await find_imports(info.context, [key]))[0]

    @strawberry.field(
        description="The formats that can be imported, with templates where there are any; at most 100.",
        metadata={**allowed(Access.USER), **sized(10)},
    )
    def csv_templates(self) -> list[CsvTemplate]:
        """List the formats."""
        return [
            CsvTemplate(
                format=each.name,
                title=each.title,
                columns=[each.columns[column][0] for column in each.required],
                file_name=None if each.template is None else f"{each.name}.csv",
                text=each.template,
            )
            for each in sorted(FORMATS.values(), key=lambda each: each.name)
        ]


@extends(Portfolio)
@strawberry.type
class PortfolioWithImports:
    """What imports add to a portfolio."""

    @strawberry.field(description="The files that were read into it, oldest first.")
    async def imports(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Import]:
        """Show a page of the imports."""
        request = requested(first, after, last, before, key=(UUID,))
        page = await queries.import_page(info.context.actor, root.key, request, with_total=selects(info, "totalCount"))
        return connection(page, node=import_of, key=lambda row: (row.id,))


def _number(text: str) -> int:
    number = int(text)
    if not 0 <= number < 2**31:
        raise ValueError("no line of ours")
    return number


def import_of(row: ImportRecord) -> Import:
    """Return an import as the API shows it."""
    return Import(
        id=global_id("Import", row.id),
        state=row.state,
        format=row.format,
        file_name=row.file_name,
        created_at=row.created_at,
        confirmed_at=row.confirmed_at,
        undone_at=row.undone_at,
        row=row,
    )


def row_of(row: ImportRowRecord) -> ImportRow:
    """Return a row of an import as the API shows it."""
    told = queries.told(row)
    said: Any = told.entry
    return ImportRow(
        id=global_id("ImportRow", row.id),
        line=row.line,
        part=row.part,
        state=row.state,
        text=row.text,
        kind=None if said is None else said.kind,
        symbol=getattr(said, "symbol", None),
        quantity=getattr(said, "quantity", None),
        price=getattr(said, "price", None),
        amount=getattr(said, "amount", None),
        currency=getattr(said, "currency", None),
        trade_date=None if said is None else said.trade_date,
        confidence=told.confidence,
        needs_review=told.needs_review,
        strategy=told.strategy,
        tags=list(told.tags),
        problems=[ImportProblem(column=each.column, message=each.message, code=each.code) for each in told.problems],
        row=row,
    )


@loads_nodes("Import")
async def find_imports(context: Context, keys: Sequence[UUID]) -> list[Import | None]:
    """Return the imports of these ids, None where the actor sees none."""
    rows = await queries.imports_by_id(context.actor, keys)
    return [None if row is None else import_of(row) for row in rows]


@loads_nodes("ImportRow")
async def _find_rows(context: Context, keys: Sequence[UUID]) -> list[ImportRow | None]:
    rows = await queries.rows_by_id(context.actor, keys)
    return [None if row is None else row_of(row) for row in rows]
