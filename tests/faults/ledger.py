"""The invariants of the ledger, checked in Python on rows read as they are stored."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import asyncpg

# In the order of the fields of `Ledger`.
QUERIES = (
    "SELECT id, version FROM portfolios",
    "SELECT id, portfolio_id, sequence, idempotency_key, kind, quantity, instrument_id FROM transactions",
    "SELECT portfolio_id, transaction_id, book, currency, amount, instrument_id, units FROM postings",
    "SELECT subject_id FROM audit_entries WHERE action LIKE 'transaction.%'",
)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Ledger:
    """All rows of a database that matter to money."""

    portfolios: Iterable[Row]
    transactions: Iterable[Row]
    postings: Iterable[Row]
    audited: Iterable[Row]

    def check(self) -> None:
        """Raise AssertionError where an invariant does not hold."""
        self._check_sequences()
        self._check_balances()
        self._check_holdings()
        audited = Counter(str(row["subject_id"]) for row in self.audited)
        assert audited == Counter(str(row["id"]) for row in self.transactions), "one audit row for each transaction"

    def keys_of(self, portfolio_id: str) -> dict[str, str]:
        """Return the id of the transaction under each key of a portfolio.  A key used twice fails."""
        own = [row for row in self.transactions if str(row["portfolio_id"]) == portfolio_id]
        found = {row["idempotency_key"]: str(row["id"]) for row in own}
        assert len(found) == len(own), "expected one transaction for each key"
        return found

    def _check_sequences(self) -> None:
        sequences: dict[str, list[int]] = defaultdict(list)
        for row in self.transactions:
            sequences[str(row["portfolio_id"])].append(row["sequence"])
        for row in self.portfolios:
            found = sorted(sequences[str(row["id"])])
            assert found == list(range(1, row["version"] + 1)), f"portfolio {row['id']}: no gap, no repeat"

    def _check_balances(self) -> None:
        sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for row in self.postings:
            if row["amount"] is not None:
                sums[str(row["transaction_id"]), row["currency"]] += _number(row["amount"])
            if row["units"] is not None:
                sums[str(row["transaction_id"]), str(row["instrument_id"])] += _number(row["units"])
        assert {transaction for transaction, _ in sums} == {str(row["id"]) for row in self.transactions}
        assert set(sums.values()) == {Decimal(0)}, "what a transaction posts sums to exactly 0"

    def _check_holdings(self) -> None:
        held: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        owed: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        posted: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for row in self.transactions:
            place = str(row["portfolio_id"]), str(row["instrument_id"])
            if row["kind"] in _HOLDS:
                held[place] += _HOLDS[row["kind"]] * _number(row["quantity"])
            elif row["kind"] in _OWES:
                owed[place] += _OWES[row["kind"]] * _number(row["quantity"])
        for row in self.postings:
            if row["book"] == "HOLDINGS":
                posted[str(row["portfolio_id"]), str(row["instrument_id"])] += _number(row["units"])
        assert min(held.values(), default=Decimal(0)) >= 0, "no more is sold than is held"
        assert min(owed.values(), default=Decimal(0)) >= 0, "no more is given back than is owed"
        actions = {"SPLIT", "SPIN_OFF", "MERGER", "SYMBOL_CHANGE", "OPTION_OPEN", "REVERSAL"}
        if not actions & {row["kind"] for row in self.transactions}:
            places = held.keys() | owed.keys() | posted.keys()
            assert {place: held[place] - owed[place] for place in places} == {place: posted[place] for place in places}


# What adds to what is held, and what takes from it; the same for what is owed.
_HOLDS = {"BUY": 1, "REINVESTED_DIVIDEND": 1, "TRANSFER_IN": 1, "SELL": -1, "TRANSFER_OUT": -1}
_OWES = {"SHORT_SALE": 1, "COVER_SHORT": -1}


def _number(value: object) -> Decimal:
    number = Decimal(str(value))
    assert number.is_finite()
    return number


async def read_postgres(url: str) -> Ledger:
    """Return the ledger of a database, as it stands at one moment."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read"):
            return Ledger(*[await connection.fetch(query) for query in QUERIES])
    finally:
        await connection.close()


def read_sqlite(connection: sqlite3.Connection) -> Ledger:
    """Return the ledger of an open file."""
    connection.row_factory = sqlite3.Row
    return Ledger(*(connection.execute(query).fetchall() for query in QUERIES))
