"""Corporate actions that are corrected and withdrawn: what stands, what is kept of before, and who may."""

from datetime import date
from decimal import Decimal

import orjson
import pytest

from domain.audit.models import AuditEntry
from domain.kernel.actor import SYSTEM
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.paging import PageRequest
from domain.market.action_corrections import Correction, correct_action, withdraw_action
from domain.market.corporate_actions import action_page, actions_due, actions_paid, adjusting_actions
from domain.market.models import CorporateAction, InstrumentSymbol
from domain.market.providers.observed import ObservedAction
from domain.market.queries import instruments_by_symbol
from domain.market.refreshing import Fetched, store_actions
from domain.market.types import ActionKind
from domain.storage.readings import as_uuid
from tests.factories.corporate_actions import dividend, tell
from tests.factories.portfolios import FRIDAY, MONDAY, THURSDAY, TODAY, TUESDAY, WEDNESDAY, small_market

__all__ = ["small_market"]


@pytest.fixture
def correct(small_market):
    async def run(action, **changes):
        async with small_market.unit_of_work(SYSTEM) as work:
            return await correct_action(work, as_uuid(action.id), Correction(source="corrector", **changes))

    return run


@pytest.fixture
def withdraw(small_market):
    async def run(action):
        async with small_market.unit_of_work(SYSTEM) as work:
            return await withdraw_action(work, as_uuid(action.id))

    return run


@pytest.fixture
def fetched(small_market):
    """Store what a provider tells of AAA; return how many actions were recorded."""

    async def run(*actions, teller="teller"):
        row = (await instruments_by_symbol(["AAA"]))["AAA"]
        async with small_market.unit_of_work(SYSTEM) as work:
            return await store_actions(
                work, row, Fetched("bars", MONDAY, tuple((teller, each) for each in actions), ())
            )

    return run


def seen(cash, day=WEDNESDAY, **more):
    return ObservedAction(symbol="AAA", kind=ActionKind.DIVIDEND, ex_date=day, cash=Decimal(cash), **more)


async def test_a_corrected_action_says_what_it_should_and_the_audit_what_it_did(small_market, correct):
    action = await dividend(small_market)

    await correct(action, cash=Decimal("0.35"))

    row = await CorporateAction.get()
    assert (row.id, row.cash, row.source, row.revision) == (action.id, Decimal("0.35"), "corrector", 1)
    entry = await AuditEntry.get(action="corporate_action.revise")
    assert (orjson.loads(entry.before)["cash"], orjson.loads(entry.after)["cash"]) == ("0.25", "0.35")


async def test_to_correct_again_changes_nothing(small_market, correct):
    action = await dividend(small_market)

    rows = [await correct(action, cash=Decimal("0.350")) for _ in range(3)]

    assert [row.revision for row in rows] == [1, 1, 1]
    assert await AuditEntry.filter(action="corporate_action.revise").count() == 1


async def test_when_it_is_paid_is_filled_in_without_a_revision(small_market, correct):
    action = await dividend(small_market)
    assert (await dividend(small_market, pay_date=FRIDAY)).id == action.id
    assert (await dividend(small_market)).pay_date == FRIDAY
    row = (await instruments_by_symbol(["AAA"]))["AAA"]
    assert await actions_paid(row.id, FRIDAY, TODAY) == [action.id]

    await correct(action, pay_date=TODAY)

    stored = await CorporateAction.get()
    assert (stored.pay_date, stored.revision) == (TODAY, 0)
    assert await actions_paid(row.id, FRIDAY, FRIDAY) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"cash": Decimal(0)}, "cash"),
        ({"numerator": 2}, "numerator"),
        ({"ex_date": date(1492, 1, 1)}, "ex_date"),
        ({"pay_date": date(1492, 1, 1)}, "pay_date"),
        ({"ex_date": FRIDAY}, "ex_date"),
    ],
)
async def test_what_cannot_be_is_refused(small_market, correct, changes, field):
    action = await dividend(small_market)
    await dividend(small_market, ex_date=FRIDAY)

    with pytest.raises(InvalidInput) as refused:
        await correct(action, **changes)

    assert refused.value.field == (field,)
    assert await CorporateAction.filter(revision__gt=0).count() == 0


async def test_what_is_withdrawn_counts_no_more_until_it_is_told_anew(small_market, correct, withdraw):
    action = await tell(small_market)
    row = (await instruments_by_symbol(["AAA"]))["AAA"]

    assert [(await withdraw(action)).revision for _ in range(2)] == [1, 1]

    assert await adjusting_actions(row.id) == ([], [])
    assert (await action_page(row.id, TODAY, PageRequest(limit=5))).rows == []
    with pytest.raises(InvalidInput, match="got one that was withdrawn"):
        await correct(action, numerator=3)
    again = await tell(small_market, numerator=3)
    assert (again.id, again.numerator, again.withdrawn_at, again.revision) == (action.id, 3, None, 2)
    assert await adjusting_actions(row.id) == ([(WEDNESDAY.toordinal(), 3.0)], [])


async def test_one_that_is_moved_to_a_later_day_is_still_told_to_who_followed_it(small_market, correct):
    action = await tell(small_market)

    await correct(action, ex_date=date(2022, 12, 1))

    assert [row.id for row in await actions_due(TODAY)] == [action.id]


async def test_a_change_of_symbol_takes_its_names_with_it(small_market, correct, withdraw):
    change = await tell(small_market, ActionKind.SYMBOL_CHANGE, symbol="OLD", other_symbol="AAA")
    names = InstrumentSymbol.all().order_by("since", "until")
    before = [(each.symbol, each.since, each.until) for each in await names]
    assert sorted(before, key=str) == [("AAA", WEDNESDAY, None), ("OLD", None, TUESDAY)]

    await correct(change, ex_date=THURSDAY)
    assert {(each.since, each.until) for each in await names} == {(THURSDAY, None), (None, WEDNESDAY)}

    await withdraw(change)
    assert await names == []


async def test_what_is_not_there_is_not_corrected(small_market):
    async with small_market.unit_of_work(SYSTEM) as work:
        with pytest.raises(NotFound):
            await withdraw_action(work, new_id())


async def test_who_told_an_action_corrects_it_and_nobody_else(fetched):
    assert await fetched(seen("0.25")) == 1

    assert await fetched(seen("0.30"), teller="another") == 0
    assert (await CorporateAction.get()).cash == Decimal("0.25")
    assert await fetched(seen("0.35", pay_date=FRIDAY)) == 0

    row = await CorporateAction.get()
    assert (row.cash, row.pay_date, row.source, row.revision) == (Decimal("0.35"), FRIDAY, "teller", 1)


async def test_a_dividend_that_is_told_in_new_units_after_a_split_is_not_corrected(fetched):
    await fetched(seen("0.50", TUESDAY))
    split = ObservedAction(symbol="AAA", kind=ActionKind.SPLIT, ex_date=THURSDAY, numerator=2, denominator=1)

    assert await fetched(seen("0.25", TUESDAY), split) == 1

    assert (await CorporateAction.get(kind=ActionKind.DIVIDEND)).cash == Decimal("0.50")


async def test_what_cannot_be_corrects_nothing(fetched):
    await fetched(seen("0.25"))

    assert await fetched(seen("0")) == 0

    row = await CorporateAction.get()
    assert (row.cash, row.revision) == (Decimal("0.25"), 0)


async def test_what_was_withdrawn_is_not_brought_back_by_a_provider(fetched, withdraw):
    await fetched(seen("0.25"))
    await withdraw(await CorporateAction.get())

    assert await fetched(seen("0.25")) == 0

    assert (await CorporateAction.get()).withdrawn_at is not None
