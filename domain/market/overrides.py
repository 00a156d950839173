"""Prices that an administrator sets by hand, in place of what any source says, until they are withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

from tortoise.expressions import Q

from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.money import DIGITS, PRICE_PLACES, fits
from domain.kernel.paging import Page, PageRequest
from domain.kernel.text import forbidden_character
from domain.kernel.work import Subject, Work
from domain.market import closes_by_hand, live_quotes, queries
from domain.market.models import PriceOverride
from domain.market.quote_changes import QuoteChange
from domain.market.types import InstrumentRow, QuoteSource
from domain.storage import statements
from domain.storage.pages import read_page
from domain.storage.readings import as_decimal, as_uuid
from domain.storage.statements import statement

# What the mirror slice of the schema reads, without naming the table.
OverrideRow: TypeAlias = PriceOverride

_LONGEST_REASON = 500

_ACTIVE = statement("SELECT instrument_id, price FROM price_overrides WHERE withdrawn_at IS NULL AND session IS NULL")


async def override_price(
    work: Work, symbol: str, price: Decimal, reason: str, session: date | None = None
) -> OverrideRow:
    """Set the latest price of an instrument, or the close of a past session, until it is withdrawn.

    One that was set before is withdrawn with it.  With the replay, a latest price shows at its next tick.  Raises
    `NotFound` for an unknown symbol, and for a session without a known close; and `InvalidInput`.
    """
    _check(price, reason)
    instrument = await _instrument(symbol)
    # First the bar, which locks it: two who set its close at once come one after the other.
    stood = None if session is None else await closes_by_hand.set_close(work, instrument, session, price)
    earlier = await _withdraw(work, instrument, session)
    if session is None:
        present = (await queries.latest_quotes([instrument.id]))[0]
        stood = None if present is None else present.price
    row = await PriceOverride.create(
        instrument_id=instrument.id,
        session=session,
        price=price,
        replaced=earlier.replaced if earlier else stood,
        reason=reason,
        author_id=work.actor.user_id,
        recorded_at=work.now,
    )
    told = {"symbol": symbol, "price": str(price), "reason": reason, **_told_session(session)}
    await work.record("price.override", Subject("PriceOverride", row.id), None, told)
    if session is None:
        change = QuoteChange(
            instrument=instrument, at=work.now, source=QuoteSource.OVERRIDE, price=price, is_by_hand=True
        )
        await _publish(work, change)
    else:
        await _publish_previous(work, instrument, session)
    return row


async def withdraw_override(work: Work, symbol: str, session: date | None = None) -> OverrideRow:
    """Let sources speak again; until one does, the price is what it was before.

    The close of a session is what sources said of it last, while it was set too.  Raises `NotFound` where none is set.
    """
    instrument = await _instrument(symbol)
    row = await _withdraw(work, instrument, session)
    if row is None:
        what = "a price" if session is None else f"a close on {session}"
        raise NotFound(f"expected {what} of {symbol} that was set by hand, got none", field=("symbol",))
    if session is not None:
        await closes_by_hand.put_back(work, instrument, session)
        await _publish_previous(work, instrument, session)
    elif row.replaced is not None:
        # As old as it was when it was last believed.
        then = row.recorded_at
        change = QuoteChange(
            instrument=instrument,
            at=then,
            source=QuoteSource.PROVIDER,
            price=row.replaced,
            is_by_hand=True,
            received_at=then,
        )
        await _publish(work, change)
    return row


async def closes_set(
    instrument_id: UUID, first: date, last: date, known_at: datetime | None = None
) -> dict[date, OverrideRow]:
    """Return the closes that are set by hand in a range of sessions, or were at a time.  One statement."""
    rows = PriceOverride.filter(instrument_id=instrument_id, session__gte=first, session__lte=last)
    if known_at is None:
        rows = rows.filter(withdrawn_at=None)
    else:
        rows = rows.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=known_at), recorded_at__lte=known_at)
    return {row.session: row for row in await rows.order_by("id") if row.session is not None}


async def active_prices() -> Mapping[UUID, Decimal]:
    """Return the prices that are set by hand now, by instrument."""
    found = {as_uuid(key): as_decimal(price) for key, price in await statements.fetch(_ACTIVE)}
    return {key: price for key, price in found.items() if price is not None}


async def override_page(instrument_id: UUID, request: PageRequest, *, with_total: bool = False) -> Page[OverrideRow]:
    """Return a page of an instrument's overrides, oldest first, withdrawn ones too."""
    return await read_page(PriceOverride.filter(instrument_id=instrument_id), ("id",), request, with_total=with_total)


async def overrides_by_id(keys: Sequence[UUID]) -> list[OverrideRow | None]:
    """Return the overrides in the order asked for."""
    found = {row.id: row for row in await PriceOverride.filter(id__in=set(keys))}
    return [found.get(key) for key in keys]


def _check(price: Decimal, reason: str) -> None:
    if price <= 0 or not fits(price, PRICE_PLACES):
        raise InvalidInput(
            f"expected a price greater than 0 of at most {DIGITS} digits, {PRICE_PLACES} of them decimal places, "
            f"got {str(price)[:60]}",
            field=("price",),
        )
    if not 1 <= len(reason.strip()) <= _LONGEST_REASON or forbidden_character(reason) is not None:
        raise InvalidInput(f"expected 1 to {_LONGEST_REASON} printable characters", field=("reason",))


async def _instrument(symbol: str) -> InstrumentRow:
    found = (await queries.instruments_by_symbol([symbol])).get(symbol)
    if found is None:
        raise NotFound(f"expected the symbol of an instrument, got {symbol[:40]!r}", field=("symbol",))
    return found


async def _withdraw(work: Work, instrument: InstrumentRow, session: date | None) -> PriceOverride | None:
    rows = PriceOverride.filter(instrument_id=instrument.id, session=session, withdrawn_at=None)
    row = await rows.select_for_update().first()
    if row is not None:
        row.withdrawn_at, row.withdrawn_by = work.now, work.actor.user_id
        await row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        told = {"symbol": instrument.symbol, "price": str(row.price), **_told_session(session)}
        await work.record("price.withdraw", Subject("PriceOverride", row.id), told, None)
    return row


def _told_session(session: date | None) -> dict[str, str]:
    return {} if session is None else {"session": session.isoformat()}


async def _publish_previous(work: Work, instrument: InstrumentRow, session: date) -> None:
    """Let the latest quote know the close of a session, if it is the last one before its own."""
    (quote,) = await queries.latest_quotes([instrument.id])
    (close,) = (None,) if quote is None else await queries.previous_closes([instrument.id], quote.session)
    if quote is not None and close is not None and close.session == session:
        change = QuoteChange(
            instrument=instrument, at=quote.at, source=quote.source, previous_close=close.price, is_by_hand=True
        )
        await _publish(work, change)


async def _publish(work: Work, change: QuoteChange) -> None:
    # The replay's leader alone advances the replay: it reads what is set at each tick.
    if await live_quotes.open_live_feed(work):
        await live_quotes.publish(work, [change])
