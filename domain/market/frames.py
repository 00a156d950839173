"""The frames of the feed: the quotes of each step, kept for a while so that a subscriber who was away can catch up."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import orjson
from tortoise.expressions import Q

from domain.kernel.work import Work
from domain.market.models import Feed, FeedFrame, Instrument
from domain.market.types import DataQuality, FeedPosition, Quote, QuoteSource
from domain.storage import statements
from domain.storage.readings import as_date, as_datetime, as_decimal
from domain.storage.statements import statement

# What the window holds: so long, and so many quotes, some 30 MB.
WINDOW: Final = timedelta(minutes=10)
WINDOW_QUOTES: Final = 150_000
# A subscriber who missed more than this reads the state again sooner; nor is more looked through for one.
MAXIMUM_RESUMED: Final = 2_000
_MAXIMUM_SCANNED: Final = 50_000

# How a frame is written; one that was written otherwise is none.
_FORM: Final = 2

_FRAMES_AFTER = statement("""
    SELECT first_sequence, payload, received_at FROM feed_frames WHERE last_sequence > $1 AND epoch = $2 ORDER BY
    last_sequence
""")


async def remember(work: Work, moved: Sequence[Quote], after: FeedPosition) -> None:
    """Keep the quotes of a step that ends at `after`: at least one, in the order of their sequences."""
    await FeedFrame.create(
        last_sequence=after.sequence,
        epoch=after.epoch,
        first_sequence=after.sequence - len(moved) + 1,
        payload=orjson.dumps({"form": _FORM, "quotes": [_packed(quote) for quote in moved]}).decode(),
        received_at=work.now,
    )
    too_many = Q(last_sequence__lte=after.sequence - WINDOW_QUOTES)
    await FeedFrame.filter(Q(received_at__lt=work.now - WINDOW) | too_many).delete()


async def resume_quotes(
    epoch: UUID, sequence: int, instrument_ids: Collection[UUID] | None = None
) -> list[Quote] | None:
    """Return every quote after this place in the feed, in order, of these instruments or all.

    None when they cannot all be had: the epoch is over, the feed has not come so far, the window has moved on, or
    there are more than 2,000 of them, or too many of others in between.
    """
    feed = await Feed.get_or_none(epoch=epoch)
    if feed is None or not 0 <= sequence <= feed.sequence or feed.sequence - sequence > _MAXIMUM_SCANNED:
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


def _packed(quote: Quote) -> tuple[Any, ...]:
    prices = (quote.price, quote.previous_close, quote.open, quote.high, quote.low, quote.bid, quote.ask)
    return (
        quote.instrument_id,
        [None if price is None else str(price) for price in prices],
        [quote.volume, quote.bid_size, quote.ask_size],
        quote.session,
        quote.at,
        quote.source,
        quote.grade,
        quote.reasons,
    )


def _unpack(frames: Sequence[Any], sequence: int, instruments: dict[str, Instrument]) -> list[Quote] | None:
    found: list[Quote] = []
    for first_sequence, payload, received_at in frames:
        frame = orjson.loads(payload)
        if frame.get("form") != _FORM:
            return None
        received = as_datetime(received_at)
        for place, packed in enumerate(frame["quotes"], first_sequence):
            if place > sequence and packed[0] in instruments:
                found.append(_unpacked(instruments[packed[0]], packed, place, received))
        if len(found) > MAXIMUM_RESUMED:
            return None
    return found


def _unpacked(instrument: Instrument, packed: Sequence[Any], place: int, received_at: datetime) -> Quote:
    _, prices, counts, session, at, source, grade, reasons = packed
    price, previous_close, open_, high, low, bid, ask = map(as_decimal, prices)
    assert isinstance(price, Decimal)
    volume, bid_size, ask_size = counts
    return Quote(
        instrument_id=instrument.id,
        symbol=instrument.symbol,
        name=instrument.name,
        price=price,
        previous_close=previous_close,
        open=open_,
        high=high,
        low=low,
        volume=volume,
        session=as_date(session),
        at=as_datetime(at),
        received_at=received_at,
        source=QuoteSource(source),
        sequence=place,
        bid=bid,
        ask=ask,
        bid_size=bid_size,
        ask_size=ask_size,
        grade=None if grade is None else DataQuality(grade),
        reasons=tuple(reasons),
    )
