"""The feed of quotes: who may advance it, how it is advanced, and what it remembers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from tortoise.expressions import F, Q

from domain.kernel.errors import Unavailable
from domain.kernel.work import Work
from domain.market.events import SHARD, QuotesTicked
from domain.market.models import Feed, FeedFrame, Instrument
from domain.market.types import FeedPosition, Quote, QuoteSource
from domain.storage import statements
from domain.storage.readings import as_date, as_datetime, as_decimal
from domain.storage.statements import statement

REPLAY = "replay"

# Who has not been heard of for so long may be replaced.
LEASE = timedelta(seconds=6)

# What the replay window holds.
WINDOW = timedelta(minutes=10)
WINDOW_FRAMES = 5_000
# A subscriber who missed more than this reads the state again sooner.
MAXIMUM_RESUMED = 2_000

_PUT_QUOTE = statement("""
    INSERT INTO quotes (instrument_id, price, previous_close, open, high, low, volume, session, at, received_at,
    source, sequence) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (instrument_id) DO
    UPDATE SET price = excluded.price, previous_close = excluded.previous_close, open = excluded.open, high =
    excluded.high, low = excluded.low, volume = excluded.volume, session = excluded.session, at = excluded.at,
    received_at = excluded.received_at, source = excluded.source, sequence = excluded.sequence
""")
_FRAMES_AFTER = statement("""
    SELECT first_sequence, payload, received_at FROM feed_frames WHERE last_sequence > $1 AND epoch = $2 ORDER BY
    last_sequence
""")


class LeadershipLost(Unavailable):
    """Another process advances the feed now."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to advance the feed, as long as no one with a later term has it."""

    owner: UUID
    term: int


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


async def take_lease(work: Work, owner: UUID) -> Lease | None:
    """Take the right to advance the feed if nobody has it, or who has it is silent; None if it is another's."""
    free = Q(lease_until=None) | Q(lease_until__lt=work.now) | Q(lease_owner=owner)
    taken = await Feed.filter(free, name=REPLAY).update(
        lease_owner=owner, lease_until=work.now + LEASE, term=F("term") + 1
    )
    return Lease(owner, (await Feed.get(name=REPLAY)).term) if taken else None


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
        await _remember(work, tick, after)
    for shard, quotes in _moved_shards(tick).items():
        work.emit(
            QuotesTicked(
                epoch=after.epoch, sequence=after.sequence, shard=shard, market_at=tick.market_at, quotes=tuple(quotes)
            )
        )
    return after


async def put_quotes(quotes: Sequence[Quote]) -> None:
    """Store quotes as the latest of their instruments."""
    await statements.execute_many(_PUT_QUOTE, [_quote_row(quote) for quote in quotes])


async def resume_quotes(
    epoch: UUID, sequence: int, instrument_ids: Collection[UUID] | None = None
) -> list[Quote] | None:
    """Return every quote after this place in the feed, in order, of these instruments or all.

    None when they cannot all be had: the epoch is over, the feed has not come so far, the window has moved on, or
    there are more than 2,000 of them.
    """
    feed = await Feed.get_or_none(name=REPLAY)
    if feed is None or feed.epoch != epoch or not 0 <= sequence <= feed.sequence:
        return None
    if sequence == feed.sequence:
        return []
    frames = await statements.fetch(_FRAMES_AFTER, sequence, epoch)
    if not frames or frames[0][0] > sequence + 1:
        return None
    instruments = await (
        Instrument.filter(id__in=list(instrument_ids)) if instrument_ids is not None else Instrument.all()
    )
    return _unpack(frames, sequence, {str(instrument.id): instrument for instrument in instruments})


def _held(lease: Lease) -> Any:
    return Feed.filter(name=REPLAY, lease_owner=lease.owner, term=lease.term)


def _expect_leader(rows: int) -> None:
    if rows != 1:
        raise LeadershipLost("expected to lead the feed, but another process does")


def _moved_shards(tick: Tick) -> dict[int, Sequence[Quote]]:
    shards = {start // SHARD: tick.quotes[start : start + SHARD] for start in range(0, len(tick.quotes), SHARD)}
    moved = {quote.instrument_id for quote in tick.moved}
    return {
        number: quotes for number, quotes in shards.items() if any(quote.instrument_id in moved for quote in quotes)
    }


async def _remember(work: Work, tick: Tick, after: FeedPosition) -> None:
    payload = {
        "session": tick.session,
        "at": tick.market_at,
        "source": tick.moved[0].source,
        "quotes": [
            (
                quote.instrument_id,
                *map(_text, (quote.price, quote.previous_close, quote.open, quote.high, quote.low)),
                quote.volume,
            )
            for quote in tick.moved
        ],
    }
    await FeedFrame.create(
        last_sequence=after.sequence,
        epoch=after.epoch,
        first_sequence=after.sequence - len(tick.moved) + 1,
        payload=orjson.dumps(payload).decode(),
        received_at=work.now,
    )
    # A frame holds at least one quote, so that so many frames back lies at least so many positions back.
    too_many = Q(last_sequence__lte=after.sequence - WINDOW_FRAMES * len(tick.quotes))
    await FeedFrame.filter(Q(received_at__lt=work.now - WINDOW) | too_many).delete()


def _unpack(frames: Sequence[Any], sequence: int, instruments: dict[str, Instrument]) -> list[Quote] | None:
    found: list[Quote] = []
    for first_sequence, payload, received_at in frames:
        frame = orjson.loads(payload)
        shared = {
            "session": as_date(frame["session"]),
            "at": as_datetime(frame["at"]),
            "received_at": as_datetime(received_at),
            "source": QuoteSource(frame["source"]),
        }
        for place, (key, *prices, volume) in enumerate(frame["quotes"], first_sequence):
            if place > sequence and key in instruments:
                found.append(_unpacked(instruments[key], prices, volume, place, shared))
        if len(found) > MAXIMUM_RESUMED:
            return None
    return found


def _unpacked(
    instrument: Instrument, prices: list[str | None], volume: int | None, place: int, shared: dict[str, Any]
) -> Quote:
    price, previous, open_, high, low = map(as_decimal, prices)
    assert price is not None
    return Quote(
        instrument_id=instrument.id,
        symbol=instrument.symbol,
        name=instrument.name,
        price=price,
        previous_close=previous,
        open=open_,
        high=high,
        low=low,
        volume=volume,
        sequence=place,
        **shared,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _quote_row(quote: Quote) -> tuple[Any, ...]:
    return (
        quote.instrument_id,
        quote.price,
        quote.previous_close,
        quote.open,
        quote.high,
        quote.low,
        quote.volume,
        quote.session,
        quote.at,
        quote.received_at,
        quote.source.value,
        quote.sequence,
    )
