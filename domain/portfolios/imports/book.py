"""A ledger that an import writes: what one entry at a time would store apart, stored together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from domain.kernel.work import Subject
from domain.portfolios.events import PortfolioChanged
from domain.portfolios.ledger_book import LedgerBook
from domain.portfolios.models import Posting, Transaction
from domain.portfolios.postings import PostingLine

BATCH: Final = 2_000


@dataclass(slots=True)
class ImportBook(LedgerBook):
    """Keeps what it is told until there are 2,000 entries of it, or until `finish`: then it is stored."""

    _waiting: list[Transaction] = field(default_factory=list)
    _lines: list[Posting] = field(default_factory=list)

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
