"""What an observation makes of a quote."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel.ids import new_id
from domain.market.consensus import Observation, consensus
from domain.market.quote_changes import Figures, QuoteChange, Sides, changed
from domain.market.types import DataQuality, InstrumentKind, InstrumentRow, Quote, QuoteSource

ROW = InstrumentRow(new_id(), 7, "AAA", "A Inc.", InstrumentKind.STOCK, "XNYS", "USD", None, date(2020, 1, 2), "test")
# 10:00 in New York, a Wednesday.
AT = datetime(2024, 5, 15, 14, 0, tzinfo=UTC)
SOON = timedelta(seconds=1)
CLOSES: dict[UUID, Decimal] = {ROW.id: Decimal(11)}


def _feed(price: str, at: datetime = AT, **more: object) -> QuoteChange:
    """Return what a feed says: one trade of 100 units."""
    only = Decimal(price)
    part = Figures(open=only, high=only, low=only, volume=100)
    return QuoteChange(instrument=ROW, at=at, source=QuoteSource.FEED, price=only, part=part, **more)  # type: ignore[arg-type]


def _told(price: str, at: datetime = AT, **more: object) -> QuoteChange:
    return QuoteChange(instrument=ROW, at=at, source=QuoteSource.PROVIDER, price=Decimal(price), **more)  # type: ignore[arg-type]


def _after(*changes: QuoteChange, stored: Quote | None = None) -> Quote:
    for change in changes:
        stored = changed(stored, change, CLOSES, change.at) or stored
    assert stored is not None
    return stored


def _figures(quote: Quote) -> tuple[object, ...]:
    return quote.open, quote.high, quote.low, quote.volume


def test_a_session_that_was_followed_from_its_open_is_summed_up():
    quote = _after(
        _feed("12", follows_session=True),
        _feed("13", AT + SOON, follows_session=True),
        _feed("9", AT + 2 * SOON, follows_session=True),
    )

    assert (quote.price, quote.previous_close, quote.session) == (Decimal(9), Decimal(11), date(2024, 5, 15))
    assert _figures(quote) == (Decimal(12), Decimal(13), Decimal(9), 300)


def test_of_a_session_that_was_joined_late_only_the_price_is_known():
    assert _figures(_after(_feed("12"), _feed("13", AT + SOON))) == (None, None, None, None)


def test_what_a_provider_knows_of_the_session_is_carried_on_by_the_feed():
    whole = Figures(open=Decimal(10), high=Decimal(14), low=Decimal(10), volume=5_000)

    quote = _after(_told("12", whole=whole), _feed("15", AT + SOON), _feed("9", AT + 2 * SOON))

    assert _figures(quote) == (Decimal(10), Decimal(15), Decimal(9), 5_200)


@pytest.mark.parametrize("hour", [12, 21])
def test_before_the_open_and_after_the_close_only_the_price_moves(hour: int):
    quote = _after(_feed("12", AT.replace(hour=hour), follows_session=True))

    assert quote.price == 12
    assert _figures(quote) == (None, None, None, None)


def test_a_new_session_begins_anew():
    tomorrow = AT + timedelta(days=1)
    first = _after(_feed("12", follows_session=True, sides=Sides(bid=Decimal(11), ask=Decimal(13))))

    quote = changed(first, _feed("20", tomorrow, follows_session=True), {ROW.id: Decimal(12)}, tomorrow)

    assert quote is not None
    assert (quote.previous_close, quote.session) == (Decimal(12), date(2024, 5, 16))
    assert _figures(quote) == (Decimal(20), Decimal(20), Decimal(20), 100)
    assert (quote.bid, quote.ask) == (None, None), "yesterday's sides say nothing"


def test_the_previous_close_that_is_told_counts_where_none_is_known():
    quote = changed(None, _told("12", previous_close=Decimal("11.5")), {}, AT)

    assert quote is not None
    assert (quote.previous_close, quote.change) == (Decimal("11.5"), Decimal("0.5"))


def test_what_is_older_changes_nothing():
    stored = _after(_feed("12", AT + SOON))

    assert changed(stored, _feed("13", AT), CLOSES, AT) is None


def test_sides_alone_leave_the_price_as_old_as_it_is():
    stored = _after(_feed("12"))
    sides = Sides(bid=Decimal("11.9"), ask=Decimal("12.1"), bid_size=200, ask_size=300)
    change = QuoteChange(instrument=ROW, at=AT + SOON, source=QuoteSource.FEED, sides=sides)

    quote = changed(stored, change, CLOSES, AT + SOON)

    assert quote == replace(stored, bid=Decimal("11.9"), ask=Decimal("12.1"), bid_size=200, ask_size=300), (
        "at and received_at are the price's"
    )
    assert changed(quote, change, CLOSES, AT + SOON) is None, "the same again is nothing new"
    assert changed(None, change, CLOSES, AT) is None, "without a price there is no quote"
    traded = _after(_feed("12.05", AT + 2 * SOON), stored=quote)
    assert (traded.bid, traded.ask) == (Decimal("11.9"), Decimal("12.1")), "a trade says nothing of the sides"


def test_only_an_administrator_changes_an_administrators_price():
    set_by_hand = replace(_told("42", AT + timedelta(hours=1)), source=QuoteSource.OVERRIDE, is_by_hand=True)
    stored = _after(_feed("12", follows_session=True), set_by_hand)

    assert (stored.price, stored.source) == (Decimal(42), QuoteSource.OVERRIDE)
    assert _figures(stored) == (Decimal(12), Decimal(12), Decimal(12), 100)
    assert changed(stored, _feed("13", AT + timedelta(hours=2)), CLOSES, AT) is None
    again = changed(stored, replace(set_by_hand, price=Decimal(43), at=AT), CLOSES, AT)
    assert again is not None
    assert again.price == 43


def test_a_grade_belongs_to_the_price_that_it_was_given_to():
    told = [Observation(provider=name, price=Decimal(12), at=AT, weight=Decimal(1)) for name in ("one", "two")]
    graded = _after(_told("12", consensus=consensus(told)))

    assert (graded.grade, graded.reasons) == (DataQuality.EXCELLENT, ("2 of 2 sources agree within 0.1%",))
    assert (_after(_feed("13", AT + SOON), stored=graded).grade, graded.sequence) == (None, 0)
