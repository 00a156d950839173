"""What a session comes to: before, after and difference, now and as it was saved."""

from decimal import Decimal

from domain.kernel.ids import new_id
from domain.portfolios.modeling import commands, queries
from domain.portfolios.modeling.snapshots import impacts_in, text_of
from domain.portfolios.models import ModelSnapshot
from domain.portfolios.queries import Asked
from tests.factories.portfolios import (
    NOW,
    TODAY,
    buy,
    contribution,
    record,
    sell,
    value,
    withdrawal,
)
from tests.support.statements import counted_statements


async def compare(owner, session, as_of=None):
    (found,) = await queries.impacts(owner, [Asked(session.id, as_of)], NOW)
    assert found is not None
    return found


async def test_impacts_are_before_after_and_difference(small_market, owner, base, begin, attempt):
    session = await begin()
    await attempt(session, sell("AAA", "30", "15", TODAY), buy("BBB", "5", "92", TODAY), withdrawal("90", TODAY))
    # Of no matter to what the session began with.
    await record(small_market, owner, base.id, contribution("5000", TODAY))

    found = await compare(owner, session)

    names = ("total_value", "invested_value", "cash_balance", "cost_basis", "unrealized_gain")
    figures = [[getattr(each, name) for name in names] for each in (found.before, found.after, found.difference)]
    assert figures == [
        [1165, 465, 700, 300, 165],
        # 700 + 450 - 460 - 90, and 5 x 94.
        [1070, 470, 600, 460, 10],
        [-95, 5, -100, 160, -155],
    ]
    sides = (
        "long_exposure",
        "short_exposure",
        "gross_exposure",
        "net_exposure",
        "realized_gain",
        "realized_short_term",
    )
    figures = [[getattr(each, name) for name in sides] for each in (found.before, found.after, found.difference)]
    # 30 units that had cost 10 were sold at 15.
    assert figures == [[465, 0, 465, 465, 0, 0], [470, 0, 470, 470, 150, 150], [5, 0, 5, 5, 150, 150]]
    assert [(each.sector, each.before, each.after) for each in found.sectors] == [(None, 465, 470)]
    assert (found.base_version, found.version, found.currency) == (2, 5, "USD")
    weights = [
        (each.symbol, each.quantity_before, each.quantity_after, each.weight_before, each.weight_after)
        for each in found.positions
    ]
    assert weights == [("AAA", 30, 0, 465 / 1165, 0.0), ("BBB", 0, 5, 0.0, 470 / 1070)]
    assert [each.weight_difference for each in found.positions] == [-465 / 1165, 470 / 1070]
    assert not any(each.absences for each in (found.before, found.after, found.difference, *found.positions))


async def test_impacts_before_the_trades_are_none(owner, begin, attempt):
    session = await begin()
    await attempt(session, sell("AAA", "30", "15", TODAY))
    monday = (await compare(owner, session, as_of=NOW.replace(day=15))).difference

    assert (monday.total_value, monday.invested_value, monday.unrealized_gain) == (0, 0, 0)


async def test_what_cannot_be_priced_is_said(owner, begin, attempt):
    session = await begin()
    await attempt(session, buy("EEE", "1", "20", TODAY))

    found = await compare(owner, session)

    assert found.before.total_value == 1165
    assert (found.after.total_value, found.difference.total_value) == (None, None)
    assert {each.field for each in found.difference.absences} >= {"totalValue", "investedValue"}
    assert (found.after.long_exposure, found.after.net_exposure, found.after.realized_gain) == (None, None, 0)
    assert {each.field for each in found.after.absences} >= {"longExposure", "netExposure"}
    assert found.before.absences == ()
    by_symbol = {each.symbol: each for each in found.positions}
    assert by_symbol["EEE"].weight_after is None
    assert {each.field for each in by_symbol["EEE"].absences} == {"weight_after", "weight_difference"}


async def test_two_sessions_of_different_versions_are_compared_together(small_market, owner, base, begin, attempt):
    first = await begin("First")
    await record(small_market, owner, base.id, contribution("100", TODAY))
    second = await begin("Second")
    await attempt(first, contribution("1", TODAY))
    await attempt(second, contribution("2", TODAY))

    found = await queries.impacts(owner, [Asked(each, None) for each in (second.id, new_id(), first.id)], NOW)

    assert [None if each is None else (each.before.total_value, each.difference.total_value) for each in found] == [
        (Decimal(1265), Decimal(2)),
        None,
        (Decimal(1165), Decimal(1)),
    ]


async def test_a_snapshot_keeps_what_was_then(small_market, owner, begin, attempt):
    session = await begin()
    await attempt(session, buy("EEE", "1", "20", TODAY), sell("AAA", "7", "15", TODAY))
    found = await compare(owner, session)
    async with small_market.unit_of_work(owner) as work:
        snapshot, _ = await commands.save_session(work, session.id, name="Then", now=NOW)

    await attempt(session, contribution("9", TODAY))

    stored = await ModelSnapshot.get(id=snapshot.id)
    assert (stored.name, stored.version, impacts_in(stored.result)) == ("Then", 4, found)
    at = await compare(owner, session, as_of=NOW)
    assert impacts_in(text_of(at)) == at


async def test_what_sessions_began_with_is_read_once(small_market, owner, base, begin, attempt):
    sessions = [await begin(str(number)) for number in range(3)]
    asked = [Asked(each.id, None) for each in sessions]
    for number, session in enumerate(sessions, 1):
        await attempt(session, contribution(str(number), TODAY))
    before = await queries.impacts(owner, asked, NOW)
    for amount in ("5", "6"):
        await record(small_market, owner, base.id, contribution(amount, TODAY))
        assert (await value(owner, base.id)).version > 2

    with counted_statements() as statements:
        after = await queries.impacts(owner, asked, NOW)

    assert after == before
    # The sessions, and the prices of one instrument: no ledger.
    assert len(statements) == 3, statements
    assert not any("transactions" in statement for statement in statements)
