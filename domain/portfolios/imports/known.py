"""Which rows are in an account's ledger already: told by their fingerprints; what was reversed does not count."""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from domain.portfolios.fingerprints import entry_told_by, fingerprint_of
from domain.storage import statements
from domain.storage.readings import as_uuid
from domain.storage.statements import statement

_PAGE: Final = 2_000
# A modeling session books in the accounts of what it was forked from: what was only tried there is not known.
_KNOWN: Final = statement("""
    SELECT t.fingerprint, t.id, t.sequence FROM transactions t
    JOIN accounts a ON a.id = t.account_id AND a.portfolio_id = t.portfolio_id
    LEFT JOIN transactions r ON r.reverses_id = t.id AND r.portfolio_id = t.portfolio_id
    WHERE t.account_id = $1::uuid AND t.fingerprint = ANY($2::text[]) AND r.id IS NULL
""")
# What was recorded by hand is told by its id in a file of our own.
_KNOWN_ENTRIES: Final = statement("""
    SELECT t.id, t.sequence FROM transactions t
    JOIN accounts a ON a.id = t.account_id AND a.portfolio_id = t.portfolio_id
    LEFT JOIN transactions r ON r.reverses_id = t.id AND r.portfolio_id = t.portfolio_id
    WHERE t.account_id = $1::uuid AND t.id = ANY($2::uuid[]) AND r.id IS NULL
""")


async def known_rows(
    fingerprints: Mapping[UUID, Iterable[str]],
) -> dict[tuple[UUID, str], tuple[UUID, int]]:
    """Return the transaction, and its sequence, of each account and fingerprint that was recorded and stands."""
    found: dict[tuple[UUID, str], tuple[UUID, int]] = {}
    for account_id, asked in fingerprints.items():
        told = sorted(asked)
        for start in range(0, len(told), _PAGE):
            for fingerprint, key, sequence in await statements.fetch(_KNOWN, account_id, told[start : start + _PAGE]):
                found[account_id, fingerprint] = as_uuid(key), sequence
        entries = [key for fingerprint in told if (key := entry_told_by(fingerprint)) is not None]
        for start in range(0, len(entries), _PAGE):
            for key, sequence in await statements.fetch(_KNOWN_ENTRIES, account_id, entries[start : start + _PAGE]):
                found[account_id, fingerprint_of(as_uuid(key))] = as_uuid(key), sequence
    return found
