"""What is known of instruments beside their prices: what they are, what they were called, and how far data reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.market.queries import instruments_by_id
from domain.market.types import InstrumentRow
from domain.storage import statements
from domain.storage.readings import as_date, as_uuid
from domain.storage.statements import statement

_DETAILS = statement("""
    SELECT id, industry, country, cusip, isin FROM instruments WHERE id = ANY($1::uuid[])
""")
_SYMBOLS = statement("""
    SELECT instrument_id, symbol, since, until, source FROM instrument_symbols WHERE instrument_id = ANY($1::uuid[])
""")
_BARS = statement("""
    SELECT COUNT(*), MIN(session), MAX(session), COUNT(open), COUNT(volume) FROM daily_bars WHERE instrument = $1
""")
_PUBLISHED = statement("""
    SELECT (SELECT COUNT(*) FROM corporate_actions WHERE instrument_id = $1), (SELECT COUNT(*) FROM financial_statements
    WHERE instrument_id = $2), (SELECT COUNT(*) FROM news_mentions WHERE instrument_id = $3)
""")
# Exactly the symbol or a number, then what begins with it, then names that have it at the beginning of a word.
_SEARCH = statement("""
    SELECT id FROM (SELECT id, symbol, CASE WHEN symbol = $1 OR cusip = $2 OR isin = $3 THEN 0 WHEN symbol LIKE $4
    ESCAPE '!' THEN 1 WHEN LOWER(name) LIKE $5 ESCAPE '!' THEN 2 WHEN LOWER(name) LIKE $6 ESCAPE '!' THEN 3 END AS place
    FROM
    instruments WHERE kind <> 'OPTION') found WHERE place IS NOT NULL ORDER BY place, symbol LIMIT $7
""")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Details:
    """What an instrument is, as far as sources say."""

    industry: str | None
    country: str | None
    cusip: str | None
    isin: str | None


@dataclass(frozen=True, slots=True)
class PastSymbol:
    """A symbol that an instrument has had, both days included; None where it is open."""

    symbol: str
    since: date | None
    until: date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How far data of an instrument reach: how many of each kind, and the first and last session."""

    closes: int
    first: date | None
    last: date | None
    opens: int
    volumes: int
    actions: int
    statements: int
    news: int


async def details_by_id(instrument_ids: Sequence[UUID]) -> list[Details | None]:
    """Return what instruments are, in the order asked."""
    rows = await statements.fetch(_DETAILS, list(set(instrument_ids))) if instrument_ids else []
    found = {as_uuid(key): Details(*rest) for key, *rest in rows}
    return [found.get(key) for key in instrument_ids]


async def symbols_by_id(instrument_ids: Sequence[UUID]) -> list[list[PastSymbol]]:
    """Return the symbols that instruments have had, oldest first, in the order asked."""
    rows = await statements.fetch(_SYMBOLS, list(set(instrument_ids))) if instrument_ids else []
    found: dict[UUID, list[PastSymbol]] = {}
    for key, symbol, since, until, source in rows:
        first, last = (None if day is None else as_date(day) for day in (since, until))
        found.setdefault(as_uuid(key), []).append(PastSymbol(symbol, first, last, source))
    # Databases do not agree where what has no day stands: first.
    for symbols in found.values():
        symbols.sort(key=lambda each: (each.since or date.min, each.symbol))
    return [found.get(key, []) for key in instrument_ids]


async def coverage(row: InstrumentRow) -> Coverage:
    """Return how far data of an instrument reach.  Two statements."""
    ((closes, first, last, opens, volumes),) = await statements.fetch(_BARS, row.number)
    ((actions, published, news),) = await statements.fetch(_PUBLISHED, row.id, row.id, row.id)
    return Coverage(
        closes=closes,
        first=None if first is None else as_date(first),
        last=None if last is None else as_date(last),
        opens=opens,
        volumes=volumes,
        actions=actions,
        statements=published,
        news=news,
    )


async def search(text: str, most: int) -> list[InstrumentRow]:
    """Return instruments whose symbol, CUSIP or ISIN this is, or whose symbol or name begins with it, best first.

    The same order on both databases.  Two statements.
    """
    plain = text.strip()[:_LONGEST]
    if not plain or not plain.isprintable():
        return []
    upper, lower = plain.upper(), _escaped(plain.lower())
    asked = (upper, upper, upper, f"{_escaped(upper)}%", f"{lower}%", f"% {lower}%", most)
    keys = [as_uuid(key) for (key,) in await statements.fetch(_SEARCH, *asked)]
    return [row for row in await instruments_by_id(keys) if row is not None]


def _escaped(text: str) -> str:
    return "".join(f"!{character}" if character in "!%_" else character for character in text)
