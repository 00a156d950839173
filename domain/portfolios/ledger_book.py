"""Writes entries into one portfolio's ledger, inside an open unit of work, keeping the folded ledger at hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self
from uuid import UUID
from weakref import WeakKeyDictionary

from domain.kernel.errors import InvalidInput
from domain.kernel.money import EXACT, ZERO
from domain.kernel.work import Subject, Work
from domain.portfolios.action_twins import booked_twin
from domain.portfolios.booking_parts import Booking, Place
from domain.portfolios.bookings import booking_of
from domain.portfolios.entries import Entry
from domain.portfolios.errors import InsufficientQuantity
from domain.portfolios.events import PortfolioChanged
from domain.portfolios.ledger import Ledger, changed_units
from domain.portfolios.ledgers import grow, ledger, ledger_written_to
from domain.portfolios.models import Account, Portfolio, Posting, Transaction
from domain.portfolios.movements import ONE, Movement, renamed, terms_of, terms_text
from domain.portfolios.postings import PostingLine, cash_change, reversed_lines, told_lines, unit_lines
from domain.portfolios.records import Shortfall
from domain.portfolios.types import Book, FeeKind, TransactionKind, TransactionSource
from domain.storage.readings import as_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """How entries came: by what, from which import, and how sure it was of each."""

    source: TransactionSource = TransactionSource.MANUAL
    import_id: UUID | None = None
    fingerprint: str | None = None
    confidence: float | None = None
    needs_review: bool = False


BY_HAND = Origin()
BY_ACTION = Origin(source=TransactionSource.CORPORATE_ACTION)
# Databases take some thousands of parameters at once.
_PAGE = 1_000

# What an entry that was tried is when it is done.
_TRANSCRIBED = (
    *("kind", "account_id", "input_digest", "trade_date", "settlement_date", "instrument_id", "other_instrument_id"),
    *("quantity", "price", "fees", "amount", "currency", "fx_rate", "note", "source"),
)
# What has happened is never only tried.
_OF_THE_REAL = (TransactionSource.IMPORT, TransactionSource.CORPORATE_ACTION)

# The portfolios that each open unit of work has written to.
_touched: WeakKeyDictionary[Work, set[UUID]] = WeakKeyDictionary()


@dataclass(slots=True)
class LedgerBook:
    """A ledger that is being written: `ledger` is what stands in it now.  Its portfolio's row is locked."""

    work: Work
    portfolio: Portfolio
    today: date
    ledger: Ledger

    @classmethod
    async def open(cls, work: Work, portfolio: Portfolio, today: date) -> Self:
        """Read the ledger of a portfolio whose row is locked.  Raises `InvalidInput` where nothing more is tried."""
        if portfolio.committed_at is not None:
            raise InvalidInput("expected an open modeling session, got one that has been committed")
        is_untouched = portfolio.id not in _touched.get(work, ())
        return cls(work, portfolio, today, await (ledger_written_to if is_untouched else ledger)(portfolio))

    async def record(
        self, entry: Entry, account: Account, *, key: str, digest: str, origin: Origin = BY_HAND
    ) -> Transaction:
        """Append an entry.  Emits `PortfolioChanged`.  Raises what a booking refuses, and `InsufficientQuantity`.

        One that says of a corporate action what is booked already is not added: the booked one is returned.  Raises
        `ActionAlreadyBooked` where it says more.
        """
        if self.portfolio.fork_of_id is not None and origin.source in _OF_THE_REAL:
            raise InvalidInput(f"expected a trade to try in a modeling session, got one of source {origin.source}")
        if origin.source is not TransactionSource.CORPORATE_ACTION:
            booked = await booked_twin(self.ledger, self.portfolio, account, entry)
            if booked is not None:
                return booked
        place = Place(work=self.work, portfolio=self.portfolio, account=account, ledger=self.ledger, today=self.today)
        booking = await booking_of(entry, place)
        transaction = self._entered(entry, account, booking, origin, idempotency_key=key, input_digest=digest)
        movement = self._movement(transaction, booking)
        try:
            grown = await self._grown(movement)
        except Shortfall as shortfall:
            raise _refusal(shortfall, movement.sequence, entry.kind) from None
        await self._append(transaction, booking.lines, grown)
        return transaction

    async def replace(
        self, original: Transaction, entry: Entry, account: Account, *, before: Ledger, key: str, note: str
    ) -> Transaction | None:
        """Undo what the job for corporate actions has booked, and book another entry in its place: both or neither.

        `before` is what the entry finds.  Returns None, and changes nothing, where it would book the same.  Emits
        `PortfolioChanged`.  Raises what a booking refuses, and `InsufficientQuantity`.
        """
        place = Place(work=self.work, portfolio=self.portfolio, account=account, ledger=before, today=self.today)
        booking = await booking_of(entry, place)
        digest = original.input_digest
        transaction = self._entered(
            entry, account, booking, BY_ACTION, idempotency_key=key, input_digest=digest, note=note
        )
        # The reversal comes before it.
        transaction.sequence += 1
        movement = self._movement(transaction, booking)
        if any(replace(movement, sequence=each.sequence) == each for each in self._of(original)):
            return None
        try:
            grown = await grow(self.ledger, movement.sequence, [movement], {original.sequence})
        except Shortfall as shortfall:
            raise _refusal(shortfall, movement.sequence, entry.kind) from None
        undone = reversed_lines((await _lines_of([original]))[0])
        reversal = self._reversal(
            original, idempotency_key=f"{key} reversal", input_digest=digest, note=note, source=BY_ACTION.source
        )
        await self._store(reversal, undone)
        changed = changed_units(self.ledger.fold, grown.fold)
        await self._store(transaction, [*booking.lines, *_completing([*undone, *booking.lines], changed)])
        self.ledger = grown
        return transaction

    def _of(self, original: Transaction) -> Iterator[Movement]:
        day = original.trade_date
        return (each for each in self.ledger.between(day, day) if each.sequence == original.sequence)

    def _entered(self, entry: Entry, account: Account, booking: Booking, origin: Origin, **columns: Any) -> Transaction:
        return self._transaction(
            entry.kind,
            account.id,
            trade_date=entry.trade_date,
            settlement_date=booking.settlement_date,
            instrument_id=booking.instrument_id,
            other_instrument_id=booking.other_id,
            quantity=booking.quantity,
            price=booking.price,
            fees=booking.fees,
            amount=cash_change(booking.lines, booking.currency),
            currency=booking.currency,
            fx_rate=booking.fx_rate,
            details=terms_text(booking.terms),
            source=origin.source,
            import_id=origin.import_id,
            fingerprint=origin.fingerprint,
            confidence=origin.confidence,
            needs_review=origin.needs_review,
            **{"note": booking.note, **columns},
        )

    async def reverse(
        self, original: Transaction, *, key: str, digest: str, note: str | None, origin: Origin = BY_HAND
    ) -> Transaction:
        """Append what undoes an entry.  Emits `PortfolioChanged`.  Raises `InvalidInput`, `InsufficientQuantity`."""
        return (await self.reverse_all([(original, key, digest)], note=note, origin=origin))[0]

    async def reverse_all(
        self, originals: Sequence[tuple[Transaction, str, str]], *, note: str | None, origin: Origin = BY_HAND
    ) -> list[Transaction]:
        """Append what undoes entries, each with its key and digest, all of them or none: what one of them leaves is
        asked after the last.  Emits `PortfolioChanged`.  Raises `InvalidInput`, `InsufficientQuantity`.
        """
        if not all(has_entry(self.portfolio, original) for original, _, _ in originals):
            raise InvalidInput("expected a transaction of this portfolio", field=("transaction_id",))
        version = self.portfolio.version + len(originals)
        try:
            grown = await grow(self.ledger, version, [], {original.sequence for original, _, _ in originals})
        except Shortfall as shortfall:
            raise _refusal(shortfall, 0, TransactionKind.REVERSAL) from None
        undone = [reversed_lines(lines) for lines in await _lines_of([original for original, _, _ in originals])]
        told = [line for lines in undone for line in lines]
        undone[-1] += _completing(told, changed_units(self.ledger.fold, grown.fold))
        reversals = []
        for (original, key, digest), lines in zip(originals, undone, strict=True):
            reversal = self._reversal(
                original, idempotency_key=key, input_digest=digest, note=note, source=origin.source
            )
            await self._store(reversal, lines)
            reversals.append(reversal)
        self.ledger = grown
        return reversals

    def _reversal(self, original: Transaction, **columns: Any) -> Transaction:
        kept = ("trade_date", "settlement_date", "instrument_id", "other_instrument_id", "quantity", "price", "fees")
        return self._transaction(
            TransactionKind.REVERSAL,
            as_uuid(original.account_id),
            **{name: getattr(original, name) for name in (*kept, "currency", "fx_rate")},
            amount=-original.amount,
            reverses_id=original.id,
            **columns,
        )

    async def transcribe(self, tried: Transaction, *, key: str, sequences: Mapping[int, int]) -> Transaction:
        """Append an entry of a fork of this ledger as it was tried there; `sequences` has those of others before it.

        Emits `PortfolioChanged`.  Raises `InsufficientQuantity`.
        """
        terms = renamed(terms_of(tried.details), sequences)
        columns = {name: getattr(tried, name) for name in _TRANSCRIBED}
        transaction = self._transaction(**columns, idempotency_key=key, details=terms_text(terms))
        movement = Movement(
            transaction.kind,
            transaction.trade_date,
            transaction.sequence,
            as_uuid(transaction.account_id),
            _uuid_or_none(transaction.instrument_id),
            _uuid_or_none(transaction.other_instrument_id),
            transaction.quantity,
            transaction.amount,
            transaction.currency,
            ONE if transaction.currency == self.portfolio.base_currency else transaction.fx_rate,
            terms,
        )
        try:
            grown = await self._grown(movement)
        except Shortfall as shortfall:
            raise _refusal(shortfall, movement.sequence, transaction.kind) from None
        postings = await Posting.filter(transaction_id=tried.id).order_by("id")
        await self._append(transaction, told_lines([_line(each) for each in postings]), grown)
        return transaction

    def _transaction(self, kind: TransactionKind, account_id: UUID, **columns: Any) -> Transaction:
        return Transaction(
            tenant_id=self.portfolio.tenant_id,
            portfolio_id=self.portfolio.id,
            account_id=account_id,
            sequence=self.portfolio.version + 1,
            kind=kind,
            recorded_at=self.work.now,
            recorded_by=self.work.actor.user_id,
            **columns,
        )

    def _movement(self, transaction: Transaction, booking: Booking) -> Movement:
        is_own = booking.currency == self.portfolio.base_currency
        return Movement(
            transaction.kind,
            transaction.trade_date,
            transaction.sequence,
            as_uuid(transaction.account_id),
            booking.instrument_id,
            booking.other_id,
            booking.quantity,
            transaction.amount,
            booking.currency,
            ONE if is_own else booking.fx_rate,
            booking.terms,
        )

    async def _grown(self, movement: Movement) -> Ledger:
        return await grow(self.ledger, movement.sequence, [movement], set())

    async def _append(self, transaction: Transaction, told: Sequence[PostingLine], grown: Ledger) -> None:
        await self._store(transaction, [*told, *_completing(told, changed_units(self.ledger.fold, grown.fold))])
        self.ledger = grown

    async def _store(self, transaction: Transaction, lines: Sequence[PostingLine]) -> None:
        await transaction.save(force_create=True)
        await Posting.bulk_create(self._postings(transaction, lines))
        _touched.setdefault(self.work, set()).add(self.portfolio.id)
        self.portfolio.version = transaction.sequence
        await self.portfolio.save(update_fields=["version"])
        subject = Subject("Transaction", transaction.id)
        after = {"sequence": transaction.sequence}
        await self.work.record(f"transaction.{transaction.kind.lower()}", subject, None, after)
        self.work.emit(PortfolioChanged(portfolio_id=self.portfolio.id, sequence=self.portfolio.version))

    def _postings(self, transaction: Transaction, lines: Sequence[PostingLine]) -> list[Posting]:
        return [
            Posting(
                tenant_id=self.portfolio.tenant_id,
                portfolio_id=self.portfolio.id,
                account_id=transaction.account_id,
                transaction_id=transaction.id,
                book=line.book,
                currency=line.currency,
                amount=line.amount,
                instrument_id=line.instrument_id,
                units=line.units,
                fee_kind=line.fee_kind,
            )
            for line in lines
        ]


def has_entry(portfolio: Portfolio, entry: Transaction) -> bool:
    """Whether an entry is in a portfolio's ledger: its own, or of a fork what it began with."""
    if entry.portfolio_id == portfolio.id:
        return True
    return entry.portfolio_id == portfolio.fork_of_id and entry.sequence <= (portfolio.fork_version or 0)


async def is_reversed(portfolio: Portfolio, entry: Transaction) -> bool:
    """Whether an entry of a portfolio's ledger has been reversed in it; of a fork, or before it was made."""
    found = await Transaction.filter(reverses_id=entry.id)
    return any(has_entry(portfolio, reversal) for reversal in found)


def _completing(told: Sequence[PostingLine], changes: Mapping[UUID, Decimal]) -> list[PostingLine]:
    """Return lines of the units that change beside those told: what actions do, then or on a later date."""
    rest = dict(changes)
    for line in told:
        if line.book is Book.HOLDINGS and line.instrument_id is not None:
            assert line.units is not None
            rest[line.instrument_id] = EXACT.subtract(rest.get(line.instrument_id, ZERO), line.units)
    return [line for key, units in rest.items() for line in unit_lines(Book.ACTIONS, units, key)]


async def _lines_of(transactions: Sequence[Transaction]) -> list[list[PostingLine]]:
    """Return the lines of each transaction."""
    found: dict[UUID, list[PostingLine]] = {transaction.id: [] for transaction in transactions}
    keys = list(found)
    for start in range(0, len(keys), _PAGE):
        for posting in await Posting.filter(transaction_id__in=keys[start : start + _PAGE]):
            found[as_uuid(posting.transaction_id)].append(_line(posting))
    return list(found.values())


def _line(posting: Posting) -> PostingLine:
    return PostingLine(
        book=Book(posting.book),
        currency=posting.currency,
        amount=posting.amount,
        instrument_id=posting.instrument_id,
        units=posting.units,
        fee_kind=None if posting.fee_kind is None else FeeKind(posting.fee_kind),
    )


def _refusal(shortfall: Shortfall, sequence: int, kind: TransactionKind) -> InsufficientQuantity:
    """Return why units are missing: to the entry itself, or to one that is in the ledger and would be left without."""
    movement = shortfall.movement
    held = shortfall.held.normalize(EXACT)
    is_own = movement.sequence == sequence
    what = f"lot {shortfall.lot} " if shortfall.lot else ""
    whose = "" if is_own else f", which transaction {movement.sequence} takes"
    asked = "" if movement.quantity is None else f", got {movement.quantity.normalize(EXACT):f}"
    field: tuple[str, ...] = ("transaction_id",)
    if kind is not TransactionKind.REVERSAL:
        field = ("transaction", kind.lower(), "lots" if shortfall.lot and is_own else "quantity")
    return InsufficientQuantity(
        f"expected at most {held:f} units, which are held {what}on {movement.trade_date}{whose}{asked}", field=field
    )


def _uuid_or_none(value: UUID | None) -> UUID | None:
    return None if value is None else as_uuid(value)
