"""Entries of the ledger, as the API shows them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import strawberry

from domain.kernel.errors import BadUserInput
from domain.portfolios import queries
from domain.portfolios import types as domain
from domain.portfolios.movements import terms_of
from domain.portfolios.queries import Chosen, PostingRow, TransactionRow
from schema.context import Context, Info
from schema.market.types import Instrument, find_instruments
from schema.portfolios.inputs import Side
from schema.portfolios.loaders import PortfolioLoaders
from schema.shared.cost import sized
from schema.shared.node import Node, global_id, loads_nodes, stored_key

# A column of 32 bits holds it.
_LARGEST_SEQUENCE = 2**31 - 1
_MOST_SYMBOLS = 100

TransactionKind = strawberry.enum(domain.TransactionKind, name="TransactionKind", description="What a transaction did.")
TransactionSource = strawberry.enum(
    domain.TransactionSource, name="TransactionSource", description="How a transaction came into the ledger."
)
Book = strawberry.enum(domain.Book, name="Book", description=domain.Book.__doc__)
FeeKind = strawberry.enum(domain.FeeKind, name="FeeKind", description="What a fee was paid for.")


@strawberry.input(description="Which entries of a ledger; all conditions hold together.")
class TransactionFilter:
    """Conditions."""

    kinds: list[TransactionKind] | None = strawberry.field(  # type: ignore[valid-type]
        description="Of one of these kinds.", default=None
    )
    symbols: list[str] | None = strawberry.field(description="Of one of these instruments: at most 100.", default=None)
    account_id: strawberry.ID | None = strawberry.field(description="In this account.", default=None)
    since: date | None = strawberry.field(description="With a trade date from this one on.", default=None)
    until: date | None = strawberry.field(description="With a trade date up to this one.", default=None)
    import_id: strawberry.ID | None = strawberry.field(description="Recorded by this import.", default=None)
    needs_review: bool | None = strawberry.field(description="That somebody should look at, or not.", default=None)


@strawberry.type(description="One line of a transaction: money of a currency, or units of an instrument.")
class Posting:
    """A line."""

    book: Book = strawberry.field(description="The book that it is made in.")  # type: ignore[valid-type]
    currency: str | None = strawberry.field(description="ISO 4217 code; null for units.")
    amount: Decimal | None = strawberry.field(description="Money; null for units.")
    instrument: Instrument | None = strawberry.field(description="The instrument; null for money.")
    units: Decimal | None = strawberry.field(description="Units; null for money.")
    fee_kind: FeeKind | None = strawberry.field(description="In the book of fees: for what.")  # type: ignore[valid-type]


@strawberry.type(description="Units of a lot that were named at a trade.")
class ChosenLot:
    """A choice."""

    key: str = strawberry.field(description="The lot: the sequence of the transaction that opened it.")
    quantity: Decimal = strawberry.field(description="Units of it.")


@strawberry.type(description="Units that arrived with their history.")
class TransferredLot:
    """A lot from elsewhere."""

    opened_on: date = strawberry.field(description="When they were bought.")
    quantity: Decimal = strawberry.field(description="Units.")
    cost_basis: Decimal = strawberry.field(description="What all of them cost.")


@strawberry.type(description="What a transaction says beside quantity and amount; which of these, depends on its kind.")
class TransactionTerms:
    """Terms."""

    numerator: int | None = strawberry.field(description="New units for `denominator` old ones.")
    denominator: int | None = strawberry.field(description="Old units.")
    cost_fraction: Decimal | None = strawberry.field(description="The part of the cost that a spin-off takes.")
    cash: Decimal | None = strawberry.field(
        description="What was paid in lieu of a fraction; of a reinvested dividend, what was paid."
    )
    new_price: Decimal | None = strawberry.field(description="What a new unit was worth at a merger.")
    units: Decimal | None = strawberry.field(description="Units of the underlying that came (positive) or went.")
    side: Side | None = strawberry.field(description="Which way an option trade went.")  # type: ignore[valid-type]
    bought: Decimal | None = strawberry.field(description="What came for the money that was given.")
    bought_currency: str | None = strawberry.field(description="ISO 4217 code of what came.")
    choices: list[ChosenLot] = strawberry.field(
        description="The lots that were named; at most 1,000.", metadata=sized(1)
    )
    lots: list[TransferredLot] = strawberry.field(
        description="The lots that arrived; at most 1,000.", metadata=sized(1)
    )


@strawberry.type(description="One entry of the ledger: never changed, never deleted.")
class Transaction(Node):
    """A transaction."""

    kind: TransactionKind = strawberry.field(description="What it did.")  # type: ignore[valid-type]
    sequence: int = strawberry.field(description="Its number in the portfolio's ledger, from 1, without gaps.")
    trade_date: date = strawberry.field(description="The day in New York from whose start it counts.")
    settlement_date: date = strawberry.field(description="The day on which money and units change hands.")
    quantity: Decimal | None = strawberry.field(description="Units; null when it is about money alone.")
    price: Decimal | None = strawberry.field(description="Price per unit in `currency`.")
    fees: Decimal | None = strawberry.field(description="What was paid for trading, in `currency`.")
    amount: Decimal = strawberry.field(description="What cash changed by, in `currency`.")
    currency: str = strawberry.field(description="ISO 4217 code of its money.")
    note: str | None = strawberry.field(description="What its author wrote.")
    recorded_at: datetime = strawberry.field(description="When it was recorded, in real time.")
    source: TransactionSource = strawberry.field(description="How it came into the ledger.")  # type: ignore[valid-type]
    confidence: float | None = strawberry.field(
        description="How sure an import was of what it read, from 0 to 1; null for what was not imported."
    )
    needs_review: bool = strawberry.field(description="Whether somebody should look at what an import made of it.")
    fx_rate: Decimal | None = strawberry.field(
        description=(
            "What one unit of `currency` cost in the portfolio's base currency on the trade date; null where they are "
            "the same or no rate was known."
        )
    )
    row: strawberry.Private[TransactionRow]

    @strawberry.field(description="What is said beside quantity and amount; null where nothing is.")
    def terms(self) -> TransactionTerms | None:
        """Show the terms."""
        return terms_shown(self.row.details)

    @strawberry.field(
        description="Its lines: money sums to 0 in each currency, units in each instrument; at most 20 lines.",
        metadata=sized(6),
    )
    async def postings(self, info: Info) -> list[Posting]:
        """Show the double entry."""
        rows = await info.context.loaders(PortfolioLoaders).postings.load(self.row.id)
        keys = [row.instrument_id for row in rows if row.instrument_id is not None]
        found = dict(zip(keys, await find_instruments(info.context, keys), strict=True)) if keys else {}
        return [posting_of(row, found) for row in rows]

    @strawberry.field(description="What came instead, or what was spun off or delivered; null for other kinds.")
    async def other_instrument(self, info: Info) -> Instrument | None:
        """Find the other instrument through the market's loader."""
        key = self.row.other_instrument_id
        return None if key is None else (await find_instruments(info.context, [key]))[0]

    @strawberry.field(description="Id of the account that it is booked in.")
    def account_id(self) -> strawberry.ID:
        """Name the account."""
        return global_id("Account", self.row.account_id)

    @strawberry.field(description="What was traded; null when it is about money alone.")
    async def instrument(self, info: Info) -> Instrument | None:
        """Find the instrument through the market's loader."""
        key = self.row.instrument_id
        return None if key is None else (await find_instruments(info.context, [key]))[0]

    @strawberry.field(description="The transaction that this one cancels; null for all but reversals.")
    async def reverses(self, info: Info) -> "Transaction | None":
        """Find what was reversed."""
        key = self.row.reverses_id
        if not isinstance(key, UUID):
            return None
        row = await info.context.loaders(PortfolioLoaders).transactions.load(key)
        return None if row is None else transaction_of(row)


def sequence_of(text: str) -> int:
    """Return a sequence that a cursor names.  Raises ValueError."""
    number = int(text)
    if not 0 <= number <= _LARGEST_SEQUENCE:
        raise ValueError("no sequence of ours")
    return number


def chosen_by(filter: TransactionFilter | None) -> Chosen:
    """Return the conditions as the domain takes them.  Raises `BadUserInput`."""
    if filter is None:
        return Chosen()
    if filter.symbols is not None and len(filter.symbols) > _MOST_SYMBOLS:
        raise BadUserInput(f"expected at most {_MOST_SYMBOLS} symbols, got {len(filter.symbols)}")
    return Chosen(
        kinds=None if filter.kinds is None else tuple(filter.kinds),
        symbols=None if filter.symbols is None else tuple(filter.symbols),
        account_id=_named("Account", filter.account_id),
        since=filter.since,
        until=filter.until,
        import_id=_named("Import", filter.import_id),
        needs_review=filter.needs_review,
    )


def _named(kind: str, value: strawberry.ID | None) -> UUID | None:
    if value is None:
        return None
    key = stored_key(kind, value)
    if key is None:
        raise BadUserInput(f"expected the id of an {kind.lower()}, got {value[:60]!r}")
    return key


def terms_shown(details: str | None) -> TransactionTerms | None:
    """Return terms as the API shows them."""
    if details is None:
        return None
    terms = terms_of(details)
    return TransactionTerms(
        numerator=terms.numerator,
        denominator=terms.denominator,
        cost_fraction=terms.cost_fraction,
        cash=terms.cash,
        new_price=terms.new_price,
        units=terms.units,
        side=terms.side,
        bought=terms.bought,
        bought_currency=terms.bought_currency,
        choices=[ChosenLot(key=each.lot, quantity=each.quantity) for each in terms.choices],
        lots=[
            TransferredLot(opened_on=each.opened_on, quantity=each.quantity, cost_basis=each.cost_basis)
            for each in terms.lots
        ],
    )


def posting_of(row: PostingRow, instruments: Mapping[UUID, Instrument | None]) -> Posting:
    """Return a line as the API shows it."""
    return Posting(
        book=row.book,
        currency=row.currency,
        amount=row.amount,
        instrument=None if row.instrument_id is None else instruments.get(row.instrument_id),
        units=row.units,
        fee_kind=row.fee_kind,
    )


def transaction_of(row: TransactionRow) -> Transaction:
    """Return a transaction as the API shows it."""
    return Transaction(
        id=global_id("Transaction", row.id),
        kind=row.kind,
        sequence=row.sequence,
        trade_date=row.trade_date,
        settlement_date=row.settlement_date,
        quantity=row.quantity,
        price=row.price,
        fees=row.fees,
        amount=row.amount,
        currency=row.currency,
        note=row.note,
        recorded_at=row.recorded_at,
        source=row.source,
        confidence=row.confidence,
        needs_review=row.needs_review,
        fx_rate=row.fx_rate,
        row=row,
    )


@loads_nodes("Transaction")
async def find_transactions(context: Context, keys: Sequence[UUID]) -> list[Transaction | None]:
    """Return the transactions of these ids, None where the actor sees none."""
    rows = await queries.transactions_by_id(context.actor, keys)
    return [None if row is None else transaction_of(row) for row in rows]
