"""A broker's list of positions opens what an account never had, and is held against what it has."""

from decimal import Decimal

import pytest

from domain.kernel.errors import RefusalCode
from domain.portfolios.imports.errors import RowsRefused
from domain.portfolios.imports.models import ImportRow
from domain.portfolios.imports.stored_rows import problems_of
from domain.portfolios.types import RowState
from tests.factories.imports import states
from tests.factories.portfolios import THURSDAY, buy, contribution, record, value

NEW, KNOWN, IGNORED, REFUSED, RECORDED = (
    *(RowState.NEW, RowState.KNOWN, RowState.IGNORED, RowState.REFUSED, RowState.RECORDED),
)
HEADER = '"Symbol","Qty (Quantity)","Mkt Val (Market Value)","Cost Basis","Security Type"\n'


def snapshot(day, *rows):
    """Return Schwab's list of positions as of a day: symbol, units, cost; cash as None and an amount."""
    lines = [
        f'"Cash & Cash Investments","--","{cost}","--","Cash and Money Market"\n'
        if symbol is None
        else f'"{symbol}","{units}","1","{cost}","Equity"\n'
        for symbol, units, cost in rows
    ]
    return f'"Positions for account ...123 as of 04:31 PM ET, 2022/11/{day}"\n\n{HEADER}{"".join(lines)}'


MONDAY_S = snapshot(14, ("AAA", 20, 200), ("BBB", -3, 300), (None, 0, 1000))


async def told(importing):
    rows = await ImportRow.filter(importing_id=importing.id).order_by("line", "part")
    return [(row.state, each.message, each.code) for row in rows for each in problems_of(row)]


async def held(owner, portfolio):
    found = await value(owner, portfolio.id)
    return {each.instrument.symbol: each.quantity for each in found.positions}, dict(found.cash)


async def test_the_first_opens_all_it_says(preview, confirm, owner, portfolio):
    importing = await confirm(await preview(MONDAY_S))

    assert set(await states(importing)) == {RECORDED}
    assert await held(owner, portfolio) == ({"AAA": 20, "BBB": -3}, {"USD": 1000})


async def test_the_same_file_again_is_known(preview, confirm):
    await confirm(await preview(MONDAY_S))

    assert set(await states(await preview(MONDAY_S))) == {KNOWN}


async def test_of_a_later_day_what_is_the_same_says_nothing(preview, confirm, owner, portfolio):
    await confirm(await preview(MONDAY_S))

    later = await preview(snapshot(17, ("AAA", 20, 200), ("BBB", -3, 300), (None, 0, 1000)))

    assert set(await states(later)) == {IGNORED}
    first, *_ = await told(later)
    assert first == (IGNORED, "the ledger has 20 AAA on 2022-11-17, as the file says", None)
    await confirm(later)
    assert await held(owner, portfolio) == ({"AAA": 20, "BBB": -3}, {"USD": 1000})


async def test_of_a_later_day_what_differs_is_refused_and_what_is_new_is_opened(preview, confirm, owner, portfolio):
    await confirm(await preview(snapshot(14, ("AAA", 20, 200), (None, 0, 1000))))

    later = await preview(snapshot(17, ("AAA", 25, 255), ("BBB", 5, 450), (None, 0, 945)))

    assert await states(later) == [REFUSED, NEW, REFUSED]
    first, second = await told(later)
    assert first == (
        REFUSED,
        (
            "expected 20 AAA, which the account has on 2022-11-17, got 25: a file of positions opens what an account "
            "never had; record what happened between, or undo what opened it"
        ),
        RefusalCode.INVALID_INPUT,
    )
    assert second[1].startswith("expected 1000 USD, which the account has on 2022-11-17, got 945")
    with pytest.raises(RowsRefused):
        await confirm(later)
    await confirm(later, skip_refused=True)
    assert await held(owner, portfolio) == ({"AAA": 20, "BBB": 5}, {"USD": 1000})


async def test_what_was_sold_since_is_not_opened_again(small_market, preview, confirm, undo, owner, portfolio):
    first = await confirm(await preview(snapshot(14, ("AAA", 20, 200))))
    later = await preview(snapshot(17, ("AAA", 25, 255)))

    # Once what opened it is undone, the later one opens it.
    await undo(first)
    again = await preview(snapshot(17, ("AAA", 25, 255)))

    assert (await states(later), await states(again)) == ([REFUSED], [NEW])
    await confirm(again)
    assert (await held(owner, portfolio))[0] == {"AAA": 25}


async def test_a_trade_in_between_makes_it_agree(small_market, preview, confirm, retry, owner, portfolio):
    await confirm(await preview(snapshot(14, ("AAA", 20, 200))))
    later = await preview(snapshot(17, ("AAA", 25, 255)))
    await record(small_market, owner, portfolio.id, buy("AAA", "5", "11", THURSDAY))

    await retry(later)

    assert await states(later) == [IGNORED]


async def test_what_was_recorded_after_the_preview_counts(small_market, preview, confirm, owner, portfolio):
    importing = await preview(snapshot(17, ("AAA", 20, 200), ("BBB", 5, 450), (None, 0, 500)))
    await record(small_market, owner, portfolio.id, buy("AAA", "20", "10", THURSDAY))
    await record(small_market, owner, portfolio.id, contribution("700", THURSDAY))

    await confirm(importing)

    assert await states(importing) == [IGNORED, RECORDED, IGNORED]
    assert await held(owner, portfolio) == ({"AAA": 20, "BBB": 5}, {"USD": 500})


async def test_a_list_of_purchases_adds(preview, confirm, owner, portfolio):
    head = "symbol,quantity,entry_price,entry_date\n"
    await confirm(await preview(head + "AAA,20,10,2022-11-14\n"))

    await confirm(await preview(head + "AAA,5,11,2022-11-15\n"))

    assert (await held(owner, portfolio))[0] == {"AAA": Decimal(25)}
