"""What is done for quotes of options by itself: which chains are asked for anew, and which quotes go."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from domain.kernel.dates import session_close
from domain.kernel.work import Work
from domain.storage import statements
from domain.storage.statements import Statement, statement

# For so many days every quote is kept, for so many more the last of each day of UTC.
_ALL_DAYS: Final = timedelta(days=7)
KEPT_DAYS: Final = timedelta(days=400)
# Underlyings whose chains are asked for, at most, and contracts that are looked through by one unit of work.
_UNDERLYINGS: Final = 500
_CONTRACTS: Final = 500
# What was quoted so shortly before the close is of the close: sources tell quotes minutes late.
_LATE: Final = timedelta(hours=1)

_DUE = statement("""
    SELECT u.symbol FROM instruments u WHERE
    EXISTS (SELECT 1 FROM option_contracts c WHERE c.underlying_id = u.id AND c.expiry >= $1::date)
    AND NOT EXISTS (SELECT 1 FROM option_contracts c JOIN instruments i ON i.id = c.instrument_id JOIN option_quotes q
    ON q.instrument = i.number AND q.at >= $2 WHERE c.underlying_id = u.id) ORDER BY u.symbol LIMIT $3
""")
_NEXT = statement("SELECT number FROM instruments WHERE kind = 'OPTION' AND number > $1 ORDER BY number LIMIT $2")
_SUPERFLUOUS = Statement(
    postgres="""SELECT q.instrument, q.at FROM option_quotes q WHERE q.instrument = ANY($1::int[]) AND q.at < $2 AND
        (q.at < $3 OR EXISTS (SELECT 1 FROM option_quotes n WHERE n.instrument = q.instrument AND n.at > q.at AND
        (n.at AT TIME ZONE 'UTC')::date = (q.at AT TIME ZONE 'UTC')::date))""",
    sqlite="""SELECT q.instrument, q.at FROM option_quotes q WHERE q.instrument IN (SELECT value FROM json_each(?1))
        AND q.at < ?2 AND (q.at < ?3 OR EXISTS (SELECT 1 FROM option_quotes n WHERE n.instrument = q.instrument AND
        n.at > q.at AND substr(n.at, 1, 10) = substr(q.at, 1, 10)))""",
)
_DELETE = Statement(
    postgres="DELETE FROM option_quotes WHERE instrument = $1 AND at = $2",
    sqlite="DELETE FROM option_quotes WHERE instrument = ? AND at = ?",
)


async def due_chains(last_session: date) -> Sequence[str]:
    """Return the symbols of underlyings whose options are not quoted as of the close of a session, at most 500.

    They are those on which contracts are known that have not expired: because a portfolio has held one, or because
    somebody has asked for the chain.
    """
    rows = await statements.fetch(_DUE, last_session, session_close(last_session) - _LATE, _UNDERLYINGS)
    return [symbol for (symbol,) in rows]


async def prune_quotes(work: Work, after: int) -> tuple[int, int | None]:
    """Delete the superfluous quotes of some contracts, those with the next higher numbers than one.

    Of quotes older than a week the last of each day stays, and of those older than 400 days none.  Return how many
    went, and the number to go on after: None when all contracts have been looked through.
    """
    numbers = [number for (number,) in await statements.fetch(_NEXT, after, _CONTRACTS)]
    if not numbers:
        return 0, None
    found = await statements.fetch(_SUPERFLUOUS, numbers, work.now - _ALL_DAYS, work.now - KEPT_DAYS)
    if found:
        await statements.execute_many(_DELETE, [tuple(row) for row in found])
    return len(found), numbers[-1]
