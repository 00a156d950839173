"""A ledger that an import writes: what one entry at a time would store apart, stored together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Self
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.events import Event
from domain.kernel.jobs import JobSpec
from domain.kernel.work import Subject
from domain.portfolios import rules
from domain.portfolios.events import PortfolioChanged
from domain.portfolios.ledger import Ledger
from domain.portfolios.ledger_book import LedgerBook
from domain.portfolios.ledgers import ledger
from domain.portfolios.models import Portfolio, Posting, Transaction
from domain.portfolios.movements import Movement
from domain.portfolios.postings import PostingLine
from domain.portfolios.types import TransactionKind
from domain.storage.insertions import insert_rows, row_of, set_column

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


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a book has at hand that is written before its transaction is open: who writes, and no way to."""

    actor: Actor
    now: datetime

    def emit(self, event: Event) -> None:
        raise AssertionError(f"no transaction is open in which {event} could happen")

    async def record(
        self, action: str, subject: Subject, before: Mapping[str, object] | None, after: Mapping[str, object] | None
    ) -> None:
        raise AssertionError(f"no transaction is open for {action} of {subject}, {before} and {after}")

    async def enqueue(self, spec: JobSpec, arguments: Mapping[str, object], *, run_once_key: str | None = None) -> UUID:
        raise AssertionError(f"no transaction is open for {spec}, {arguments}, {run_once_key}")


@dataclass(slots=True)
class ImportBook(LedgerBook):
    """Keeps what it is told until `finish`: then it is stored.

    Its ledger is its own: plain entries at the end are folded in place, where a new ledger for each would copy all the
    lots of what is traded.
    """

    waiting: list[list[Any]] = field(default_factory=list)
    lines: list[list[Any]] = field(default_factory=list)

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

    @classmethod
    async def draft(cls, actor: Actor, portfolio: Portfolio, today: date, now: datetime) -> Self:
        """Read the ledger of a portfolio outside of a transaction: what is told is stored by another book's `take`."""
        return cls(_Draft(actor, now), portfolio, today, await ledger(portfolio))

    def take(self, draft: "ImportBook") -> None:
        """Take what a draft was told over: its portfolio stood at the version at which this one stands.

        All of it is recorded now.
        """
        set_column(Transaction, draft.waiting, "recorded_at", self.work.now)
        self.waiting, self.lines = draft.waiting, draft.lines
        self.ledger, self.portfolio.version = draft.ledger, draft.portfolio.version

    async def _store(self, transaction: Transaction, lines: Sequence[PostingLine]) -> None:
        self.waiting.append(row_of(transaction))
        self.lines += [row_of(line) for line in self._postings(transaction, lines)]
        self.portfolio.version = transaction.sequence

    async def finish(self, action: str, subject: Subject, count: int) -> None:
        """Store what is left, with one audit row for all of it.  Emits `PortfolioChanged`."""
        await insert_rows(Transaction, self.waiting)
        await insert_rows(Posting, self.lines)
        await self.portfolio.save(update_fields=["version"])
        await self.work.record(action, subject, None, {"transactions": count, "sequence": self.portfolio.version})
        if count:
            self.work.emit(PortfolioChanged(portfolio_id=self.portfolio.id, sequence=self.portfolio.version))
