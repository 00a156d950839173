"""Closes as arrays: the same as they are stored, kept in memory, and never later than the market's clock."""

from datetime import date
from uuid import UUID

import numpy as np

from domain.kernel.dates import session_close
from domain.market import history, queries, tables
from domain.market.history import Line, carried, closes, sessions_of
from domain.market.rate_history import rate_lines
from domain.market.types import QuoteSource
from tests.factories.performance import add_rate
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    NOW,
    SESSIONS,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    add_instruments,
    close_session,
    new_york,
)
from tests.support.statements import counted_statements

ORDINALS = [day.toordinal() for day in SESSIONS]


async def rows_of(*symbols):
    found = await queries.instruments_by_symbol(symbols)
    return [found[symbol] for symbol in symbols]


async def test_closes_in_the_order_asked(small_market):
    new, aaa = await closes(await rows_of("NEW", "AAA"), FRIDAY, NOW)

    assert new.closes.tolist() == [50, 55]
    assert new.sessions.tolist() == ORDINALS[3:]
    assert aaa.closes.tolist() == [10, 11, 12, 13, 14]
    assert aaa.sessions.tolist() == ORDINALS


async def test_nothing_is_later_than_the_market(small_market):
    rows = await rows_of("AAA")
    await closes(rows, FRIDAY, NOW)

    for now, known in ((new_york(WEDNESDAY, 15, 59), [10, 11]), (new_york(WEDNESDAY, 16), [10, 11, 12])):
        (line,) = await closes(rows, date(2030, 1, 1), now)
        assert line.closes.tolist() == known

    (line,) = await closes(rows, TUESDAY, NOW)
    assert line.closes.tolist() == [10, 11]


async def test_what_is_kept_is_not_read_again_and_what_is_new_is(small_market):
    rows = await rows_of("AAA", "BBB", "OLD")
    with counted_statements() as first:
        await closes(rows, FRIDAY, NOW)
    with counted_statements() as within:
        await closes(rows[:2], FRIDAY, NOW)

    await close_session(small_market, TODAY, AAA="16", BBB="93.5")
    with counted_statements() as second:
        aaa, bbb, old = await closes(rows, TODAY, session_close(TODAY))

    assert (len(first), len(within), len(second)) == (1, 0, 1)
    assert aaa.closes.tolist() == [10, 11, 12, 13, 14, 16]
    assert bbb.closes.tolist() == [100, 90, 80, 85, 95, 93.5]
    assert aaa.sessions is bbb.sessions
    assert old.closes.tolist() == [30, 31]


async def test_many_are_read_in_parts(small_market):
    rows = await rows_of(*await add_instruments(60))

    with counted_statements() as cold:
        lines = await closes(rows, FRIDAY, NOW)
    with counted_statements() as warm:
        await closes(rows, TODAY, session_close(TODAY))

    assert (len(cold), len(warm)) == (3, 1)
    assert [line.closes.tolist() for line in lines] == [[10.0]] * 60


async def test_prices_keep_their_digits(small_market):
    (row,) = await rows_of(*await add_instruments(1))
    await tables.add_closes(
        [(row.number, THURSDAY, 0.1 + 0.2), (row.number, MONDAY, 123456.7890123456)], QuoteSource.HISTORY
    )

    (line,) = await closes([row], FRIDAY, NOW)

    np.testing.assert_allclose(line.closes, [123456.7890123456, 0.3, 10.0], rtol=1e-14, atol=0)


def test_sessions_are_in_order_whatever_the_database_gives():
    told = [(7, "2026-01-06,2026-01-05,2026-01-07;[2.0,1.0,3.0]"), (8, None)]

    found = history._from_text(told)

    assert list(found) == [7]
    assert found[7].closes.tolist() == [1.0, 2.0, 3.0]
    assert found[7].sessions.tolist() == [date(2026, 1, day).toordinal() for day in (5, 6, 7)]


async def test_an_earlier_first_session_is_noticed(small_market):
    (row,) = await rows_of("NEW")
    await closes([row], FRIDAY, NOW)
    await tables.add_closes([(row.number, WEDNESDAY, 49.0)], QuoteSource.HISTORY)

    (line,) = await closes(
        [type(row)(*(WEDNESDAY if field == "first_session" else getattr(row, field) for field in row.__slots__))],
        FRIDAY,
        NOW,
    )

    assert line.closes.tolist() == [49, 50, 55]


async def test_nothing_for_nothing(small_market):
    with counted_statements() as sent:
        assert await closes([], FRIDAY, NOW) == []
    assert sent == []


async def test_rates_by_session(small_market):
    await add_rate("EURUSD", ("1.1", "1.2", "1.25", "1.3", "1.5"), 2_000)
    await add_rate("USDJPY", ("100", "110", "120", "130", "150"), 2_001)
    sessions = np.array(ORDINALS, dtype=np.int32)

    found = await rate_lines({("EUR", "USD"), ("USD", "EUR"), ("EUR", "JPY"), ("JPY", "USD")}, FRIDAY, NOW)

    assert found.of("EUR", "USD", sessions).tolist() == [1.1, 1.2, 1.25, 1.3, 1.5]
    assert found.of("USD", "EUR", sessions)[2] == 0.8
    assert found.of("JPY", "USD", sessions).tolist() == [0.01, 0.0090909091, 0.0083333333, 0.0076923077, 0.0066666667]
    assert found.of("EUR", "JPY", sessions).tolist() == [110, 132, 150, 169, 225]
    assert np.isnan(found.of("GBP", "USD", sessions)).all()
    assert found.of("USD", "USD", sessions).tolist() == [1.0] * 5


def lines(*sessions):
    return [Line(np.array(own, dtype=np.int32), np.array(own, dtype=np.float64) * 10) for own in sessions]


def test_the_last_close_is_carried_forward():
    found = carried(lines([1, 2, 3, 4], [2, 4], [], [9]), np.array([1, 2, 3, 4], dtype=np.int32))

    nan = np.nan
    np.testing.assert_array_equal(found, [[10, 20, 30, 40], [nan, 20, 20, 40], [nan] * 4, [nan] * 4])


def test_sessions_are_those_on_which_anything_traded():
    assert sessions_of(lines([1, 2, 5], [2, 4], []), 2, 4).tolist() == [2, 4]
    assert sessions_of([], 2, 4).tolist() == []
    assert sessions_of(lines([3]), 4, 2).tolist() == []


def test_no_more_is_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(history, "_CAPACITY", 5)
    kept = history._Kept()
    names = [(UUID(int=index), date(2020, 1, 1), False) for index in range(3)]

    for name, line in zip(names, lines([1, 2], [1, 2], [1, 2]), strict=True):
        kept.keep(name, line)
        kept.find(names[0])

    assert [len(kept.find(name).closes) for name in names] == [2, 0, 2]
