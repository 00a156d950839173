"""A ledger that an import writes: what one entry at a time would store apart, stored together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from domain.kernel.work import Subject
from domain.portfolios import rules
from domain.portfolios.events import PortfolioChanged
from domain.portfolios.ledger import Ledger
from domain.portfolios.ledger_book import LedgerBook
from domain.portfolios.models import Posting, Transaction
from domain.portfolios.movements import Movement
from domain.portfolios.postings import PostingLine
from domain.portfolios.types import TransactionKind

BATCH: Final = 2_000
# Whose lines tell all of the units that they move, and which, refused, leave a fold as it was: they take units, if
# any, before they do anything else.
_PLAIN: Final = frozenset(
    {
        *(TransactionKind.BUY, TransactionKind.SELL, TransactionKind.SHORT_SALE, TransactionKind.COVER_SHORT),
        *(TransactionKind.OPTION_OPEN, TransactionKind.OPTION_CLOSE, TransactionKind.DIVIDEND),
        *(TransactionKind.REINVESTED_DIVIDEND, TransactionKind.INTEREST, TransactionKind.FEE),
        *(TransactionKind.CONTRIBUTION, TransactionKind.WITHDRAWAL, TransactionKind.CURRENCY_EXCHANGE),
        *(TransactionKind.TRANSFER_IN, TransactionKind.TRANSFER_OUT),
    }
)


@dataclass(slots=True)
class ImportBook(LedgerBook):
    """Keeps what it is told until there are 2,000 entries of it, or until `finish`: then it is stored.

    Its ledger is its own: plain entries at the end are folded in place, where a new ledger for each would copy all the
    lots of what is traded.
    """

    _waiting: list[Transaction] = field(default_factory=list)
    _lines: list[Posting] = field(default_factory=list)

    _own: Ledger | None = None

    async def _grown(self, movement: Movement) -> Ledger:
        movements = self.ledger.movements
        if movement.kind not in _PLAIN or (movements and movements[-1].place > movement.place):
            # Without arguments, super finds no class that has slots.
            return await super(ImportBook, self)._grown(movement)
        if self._own is not self.ledger:
            self._own = self.ledger = Ledger(self.ledger.version, movements.fork(), self.ledger.fold.fork())
        rules.apply(self.ledger.fold, movement)
        self.ledger.movements.append(movement)
        self.ledger.version = movement.sequence
        return self.ledger

    async def _append(self, transaction: Transaction, told: Sequence[PostingLine], grown: Ledger) -> None:
        if grown is self.ledger:
            await self._store(transaction, told)
        else:
            await super(ImportBook, self)._append(transaction, told, grown)

    async def _store(self, transaction: Transaction, lines: Sequence[PostingLine]) -> None:
        self._waiting.append(transaction)
        self._lines += self._postings(transaction, lines)
        self.portfolio.version = transaction.sequence
        if len(self._waiting) >= BATCH:
            await self._flush()

    async def _flush(self) -> None:
        await Transaction.bulk_create(self._waiting)
        await Posting.bulk_create(self._lines, batch_size=BATCH)
        self._waiting, self._lines = [], []

    async def finish(self, action: str, subject: Subject, count: int) -> None:
        """Store what is left, with one audit row for all of it.  Emits `PortfolioChanged`."""
        await self._flush()
        await self.portfolio.save(update_fields=["version"])
        await self.work.record(action, subject, None, {"transactions": count, "sequence": self.portfolio.version})
        if count:
            self.work.emit(PortfolioChanged(portfolio_id=self.portfolio.id, sequence=self.portfolio.version))
