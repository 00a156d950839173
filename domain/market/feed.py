"""The feed of quotes: who may advance it, and how it is advanced.

An installation has one feed: the demonstration's replay, whose leader alone advances it, tick by tick; or the live one,
which whoever has new quotes advances in turn (`domain.market.live_quotes`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.expressions import F, Q

from domain.kernel.errors import Unavailable
from domain.kernel.work import Work
from domain.market import frames
from domain.market.events import SHARD, QuotesTicked
from domain.market.models import Feed
from domain.market.queries import REPLAY
from domain.market.types import FeedPosition, Quote
from domain.storage import statements
from domain.storage.statements import Statement

# Who has not been heard of for so long may be replaced.
LEASE = timedelta(seconds=6)

_REPLACE = """
    ON CONFLICT (instrument_id) DO UPDATE SET price = excluded.price, previous_close = excluded.previous_close, open =
    excluded.open, high = excluded.high, low = excluded.low, volume = excluded.volume, bid = excluded.bid, ask =
    excluded.ask, bid_size = excluded.bid_size, ask_size = excluded.ask_size, session = excluded.session, at =
    excluded.at, received_at = excluded.received_at, source = excluded.source, sequence = excluded.sequence
"""
_PUT = """INSERT INTO quotes (instrument_id, price, previous_close, open, high, low, volume, bid, ask, bid_size,
    ask_size, session, at, received_at, source, sequence)
"""
# PostgreSQL takes a batch as arrays, ten times faster than row by row.
_ARRAYS = """
    SELECT * FROM unnest($1::uuid[], $2::numeric[], $3::numeric[], $4::numeric[], $5::numeric[], $6::numeric[],
    $7::bigint[], $8::numeric[], $9::numeric[], $10::bigint[], $11::bigint[], $12::date[], $13::timestamptz[],
    $14::timestamptz[], $15::varchar[], $16::bigint[])
"""
_PUT_QUOTES = Statement(_PUT + _ARRAYS + _REPLACE, f"{_PUT} VALUES ({', '.join('?' * 16)}) {_REPLACE}")


class LeadershipLost(Unavailable):
    """Another process advances the feed now."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to advance a feed, as long as no one with a later term has it."""

    owner: UUID
    term: int
    feed: str = REPLAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """The market at one second of a session: the whole state, and which quotes are new in it.

    `quotes` are ordered by their instruments' numbers; the first new one has the sequence after the feed's.
    """

    session: date
    second: int
    market_at: datetime
    quotes: Sequence[Quote]
    moved: Sequence[Quote]


async def take_lease(work: Work, owner: UUID, name: str = REPLAY) -> Lease | None:
    """Take the right to advance a feed if nobody has it, or who has it is silent; None if it is another's."""
    free = Q(lease_until=None) | Q(lease_until__lt=work.now) | Q(lease_owner=owner)
    taken = await Feed.filter(free, name=name).update(
        lease_owner=owner, lease_until=work.now + LEASE, term=F("term") + 1
    )
    return Lease(owner, (await Feed.get(name=name)).term, name) if taken else None


async def renew_lease(work: Work, lease: Lease) -> None:
    """Keep the right for a while.  Raises `LeadershipLost`."""
    _expect_leader(await _held(lease).update(lease_until=work.now + LEASE))


async def give_up_lease(work: Work, lease: Lease) -> None:
    """Let another take over at once."""
    await _held(lease).update(lease_until=work.now - LEASE)


async def advance(work: Work, lease: Lease, tick: Tick, position: FeedPosition) -> FeedPosition:
    """Store a tick that follows `position`, and return the position after it.

    Emits one `QuotesTicked` for each shard that moved.  Raises `LeadershipLost`, and then nothing is stored.
    """
    after = FeedPosition(position.epoch, position.sequence + len(tick.moved))
    _expect_leader(
        await _held(lease)
        .filter(epoch=position.epoch, sequence=position.sequence)
        .update(
            sequence=after.sequence,
            session=tick.session,
            second=tick.second,
            market_at=tick.market_at,
            lease_until=work.now + LEASE,
        )
    )
    if tick.moved:
        await put_quotes(tick.moved)
        await frames.remember(work, tick.moved, after)
    for shard, quotes in _moved_shards(tick).items():
        work.emit(
            QuotesTicked(
                epoch=after.epoch, sequence=after.sequence, shard=shard, market_at=tick.market_at, quotes=tuple(quotes)
            )
        )
    return after


async def put_quotes(quotes: Sequence[Quote]) -> None:
    """Store quotes as the latest of their instruments, each of which is there once."""
    rows = [_quote_row(quote) for quote in quotes]
    if statements.is_sqlite():
        await statements.execute_many(_PUT_QUOTES, rows)
    elif rows:
        await statements.fetch(_PUT_QUOTES, *map(list, zip(*rows, strict=True)))


def _held(lease: Lease) -> Any:
    return Feed.filter(name=lease.feed, lease_owner=lease.owner, term=lease.term)


def _expect_leader(rows: int) -> None:
    if rows != 1:
        raise LeadershipLost("expected to lead the feed, but another process does")


def _moved_shards(tick: Tick) -> dict[int, Sequence[Quote]]:
    shards = {start // SHARD: tick.quotes[start : start + SHARD] for start in range(0, len(tick.quotes), SHARD)}
    moved = {quote.instrument_id for quote in tick.moved}
    return {
        number: quotes for number, quotes in shards.items() if any(quote.instrument_id in moved for quote in quotes)
    }


def _quote_row(quote: Quote) -> tuple[Any, ...]:
    return (
        quote.instrument_id,
        quote.price,
        quote.previous_close,
        quote.open,
        quote.high,
        quote.low,
        quote.volume,
        quote.bid,
        quote.ask,
        quote.bid_size,
        quote.ask_size,
        quote.session,
        quote.at,
        quote.received_at,
        quote.source.value,
        quote.sequence,
    )
