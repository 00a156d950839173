"""What one operation reads of the ledgers that are folded for tax."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from strawberry.dataloader import DataLoader

from domain.kernel.dates import trade_day
from domain.kernel.errors import CostLimit
from domain.portfolios import queries
from domain.portfolios.queries import TransactionRow
from domain.portfolios.tax_folds import TaxBooks, place_of, tax_books, tax_fold
from domain.portfolios.types import LotMethod
from domain.portfolios.wash_sales import TaxFold
from schema.context import Context

# Each folds the ledgers of an owner anew where it is not known yet.
_MOST_FOLDS = 24


@dataclass(frozen=True, slots=True)
class Question:
    """Of which portfolio the lots are asked for, and how."""

    portfolio_id: UUID
    method: LotMethod
    as_of: datetime | None = None
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """The books, and what they have come to."""

    books: TaxBooks
    fold: TaxFold


class TaxLoaders:
    """Books, folds and the transactions that lots come from, each read once in an operation."""

    def __init__(self, context: Context) -> None:
        self._actor = context.actor
        self._places: set[object] = set()
        self.books: DataLoader[tuple[UUID, datetime | None], TaxBooks | None] = DataLoader(load_fn=self._read)
        self.folds: DataLoader[Question, Folded | None] = DataLoader(load_fn=self._fold)
        self.transactions: DataLoader[tuple[UUID, int], TransactionRow | None] = DataLoader(load_fn=self._find)

    async def _read(self, keys: list[tuple[UUID, datetime | None]]) -> Sequence[TaxBooks | None]:
        found: dict[tuple[UUID, datetime | None], TaxBooks | None] = {}
        for known_at in {known_at for _, known_at in keys}:
            ids = [portfolio_id for portfolio_id, known in keys if known == known_at]
            books = await tax_books(self._actor, ids, known_at)
            found.update(zip(((each, known_at) for each in ids), books, strict=True))
        return [found[key] for key in keys]

    async def _fold(self, questions: list[Question]) -> Sequence[Folded | None]:
        books = await self.books.load_many([(each.portfolio_id, each.known_at) for each in questions])
        found: list[Folded | None] = []
        for question, own in zip(questions, books, strict=True):
            if own is None:
                found.append(None)
                continue
            until = None if question.as_of is None else trade_day(question.as_of)
            self._places.add(place_of(own, question.method, until))
            if len(self._places) > _MOST_FOLDS:
                raise CostLimit(
                    f"expected at most {_MOST_FOLDS} methods and instants of lots in one operation, got more"
                )
            found.append(Folded(own, await tax_fold(own, question.method, until)))
        return found

    async def _find(self, places: list[tuple[UUID, int]]) -> Sequence[TransactionRow | None]:
        return await queries.transactions_at(self._actor, places)
