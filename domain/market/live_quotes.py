"""Quotes that were observed become the latest ones, in the database and for who listens: the live feed's one way in.

Whoever has something new, a socket or an answer that was asked for, says it here.  They take turns at the feed's row:
what one has committed, the next has read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.dates import trade_day
from domain.kernel.errors import Unavailable
from domain.kernel.ids import new_id
from domain.kernel.work import Work
from domain.market import feed, frames, queries
from domain.market.consensus import Consensus
from domain.market.consensus_rows import put_consensus
from domain.market.events import SHARD, QuotesTicked
from domain.market.feed import Lease
from domain.market.models import Feed
from domain.market.queries import LIVE
from domain.market.quote_changes import QuoteChange, changed
from domain.market.types import FeedPosition, Quote
from domain.storage import statements
from domain.storage.readings import as_uuid
from domain.storage.statements import Statement, statement

_TURN = Statement(
    # Tortoise gives the rows of no statement on PostgreSQL that begins with UPDATE.
    postgres="""WITH turn AS (UPDATE feeds SET market_at = $1, session = $2 WHERE name = 'live'
        RETURNING epoch, sequence, lease_owner, term) SELECT * FROM turn""",
    sqlite="""UPDATE feeds SET market_at = ?, session = ? WHERE name = 'live'
        RETURNING epoch, sequence, lease_owner, term""",
)
_ADVANCE = statement("UPDATE feeds SET sequence = $1 WHERE name = 'live'")


async def open_live_feed(work: Work) -> bool:
    """Let there be a live feed, unless the demonstration's replay drives the market; return whether there is one."""
    found = {row.name for row in await Feed.all()}
    if not found:
        # Another process may do the same at the same moment.
        row = Feed(name=LIVE, epoch=new_id(), session=trade_day(work.now), market_at=work.now, data_version=0)
        await Feed.bulk_create([row], ignore_conflicts=True)
        return True
    return LIVE in found


async def publish(work: Work, changes: Sequence[QuoteChange], lease: Lease | None = None) -> list[Quote]:
    """Store what comes of these changes, in their order, and return the quotes that are new, each once.

    Emits one `QuotesTicked` for each shard that moved.  With a lease, raises `LeadershipLost` where it is another's,
    and then nothing is stored.  Raises `Unavailable` where there is no live feed.  Six statements, one more for each
    session that begins.
    """
    position = await _take_turn(work, lease)
    shards = {change.instrument.number // SHARD for change in changes}
    numbers = [number for shard in sorted(shards) for number in range(shard * SHARD, (shard + 1) * SHARD)]
    known = dict(await queries.quotes_by_number(numbers))
    before = dict(known)
    closes = await _closes_before(changes, known)
    for change in changes:
        number = change.instrument.number
        quote = changed(known.get(number), change, closes, work.now)
        if quote is not None:
            known[number] = quote
    moved = [number for number in known if known[number] is not before.get(number)]
    for place, number in enumerate(moved, position.sequence + 1):
        known[number] = replace(known[number], sequence=place)
    if moved:
        await put_consensus(work, _agreed(changes, known))
        await _store(work, FeedPosition(position.epoch, position.sequence + len(moved)), known, moved)
    return [known[number] for number in moved]


async def _take_turn(work: Work, lease: Lease | None) -> FeedPosition:
    """Lock the feed's row until the transaction ends, and return where the feed stands."""
    rows = await statements.fetch(_TURN, work.now, trade_day(work.now))
    if not rows:
        raise Unavailable("expected a live feed, but the demonstration's replay drives the market")
    epoch, sequence, owner, term = rows[0]
    if lease is not None and (owner is None or (as_uuid(owner), term) != (lease.owner, lease.term)):
        raise feed.LeadershipLost("expected to lead the feed, but another process does")
    return FeedPosition(as_uuid(epoch), sequence)


async def _closes_before(changes: Sequence[QuoteChange], known: Mapping[int, Quote]) -> dict[UUID, Decimal]:
    """Read the last closes before the sessions that begin."""
    beginning = [change for change in changes if change.begins_session(known.get(change.instrument.number))]
    found: dict[UUID, Decimal] = {}
    for session in {change.session for change in beginning}:
        ids = [change.instrument.id for change in beginning if change.session == session]
        closes = await queries.previous_closes(ids, session)
        found |= {close.instrument_id: close.price for close in closes if close is not None}
    return found


async def _store(work: Work, after: FeedPosition, known: Mapping[int, Quote], moved: Collection[int]) -> None:
    quotes = [known[number] for number in moved]
    await feed.put_quotes(quotes)
    await frames.remember(work, quotes, after)
    await statements.fetch(_ADVANCE, after.sequence)
    for shard in sorted({number // SHARD for number in moved}):
        # An event holds the whole shard: it stands for all that came before it.
        work.emit(
            QuotesTicked(
                epoch=after.epoch,
                sequence=after.sequence,
                shard=shard,
                market_at=_newest(quotes),
                quotes=tuple(quote for number, quote in sorted(known.items()) if number // SHARD == shard),
            )
        )


def _agreed(changes: Sequence[QuoteChange], known: Mapping[int, Quote]) -> dict[UUID, Consensus]:
    """Return how the quotes that are stored now were found, by instrument."""
    return {
        change.instrument.id: change.consensus
        for change in changes
        if change.consensus is not None
        and (quote := known.get(change.instrument.number)) is not None
        and (quote.source, quote.at, quote.price) == (change.source, change.at, change.price)
    }


def _newest(quotes: Sequence[Quote]) -> datetime:
    return max(quote.at for quote in quotes)
