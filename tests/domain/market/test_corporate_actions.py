"""Corporate actions, as facts of the market."""

from decimal import Decimal

import pytest

from domain.audit.models import AuditEntry
from domain.kernel.actor import SYSTEM
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.paging import PageRequest
from domain.market.corporate_actions import ActionTerms, action_page, actions_by_id, actions_due, record_action
from domain.market.models import CorporateAction, Instrument
from domain.market.types import ActionKind
from tests.factories.portfolios import FRIDAY, MONDAY, TODAY, TUESDAY, WEDNESDAY, small_market

__all__ = ["small_market"]

SPLIT = {"kind": ActionKind.SPLIT, "symbol": "AAA", "ex_date": WEDNESDAY, "numerator": 2, "denominator": 1}
SPIN_OFF = {
    "kind": ActionKind.SPIN_OFF,
    "symbol": "AAA",
    "ex_date": WEDNESDAY,
    "numerator": 1,
    "denominator": 4,
    "other_symbol": "BBB",
    "cost_fraction": Decimal("0.2"),
}
MERGER = {
    "kind": ActionKind.MERGER,
    "symbol": "AAA",
    "ex_date": WEDNESDAY,
    "numerator": 1,
    "denominator": 2,
    "other_symbol": "BBB",
}
CHANGE = {"kind": ActionKind.SYMBOL_CHANGE, "symbol": "AAA", "ex_date": WEDNESDAY, "other_symbol": "BBB"}
DIVIDEND = {"kind": ActionKind.DIVIDEND, "symbol": "AAA", "ex_date": WEDNESDAY, "cash": Decimal("0.25")}


@pytest.fixture
def told(small_market):
    """Record an action."""

    async def tell(**terms):
        async with small_market.unit_of_work(SYSTEM) as work:
            return await record_action(work, ActionTerms(source="made up", **terms))

    return tell


async def test_an_action_is_recorded_once(told):
    first = await told(**SPLIT)
    again = await told(**SPLIT)

    assert first.id == again.id
    assert await CorporateAction.all().count() == 1
    entry = await AuditEntry.get(subject_kind="CorporateAction", subject_id=first.id)
    assert entry.action == "corporate_action.record"


@pytest.mark.parametrize(
    "terms",
    [
        SPIN_OFF,
        MERGER,
        {**MERGER, "cash": Decimal(3)},
        {"kind": ActionKind.MERGER, "symbol": "AAA", "ex_date": WEDNESDAY, "cash": Decimal(3)},
        CHANGE,
        DIVIDEND,
    ],
)
async def test_each_kind_is_stored_as_it_was_said(told, terms):
    row = await CorporateAction.get(id=(await told(**terms)).id)

    said = {name: value for name, value in terms.items() if name not in ("symbol", "other_symbol")}
    assert {name: getattr(row, name) for name in said} == said
    assert (row.other_id is not None) == ("other_symbol" in terms)


async def test_two_that_contradict_one_another_are_refused(told):
    await told(**SPLIT)

    with pytest.raises(InvalidInput, match="expected what was recorded before: numerator 2, got 3"):
        await told(**{**SPLIT, "numerator": 3})


@pytest.mark.parametrize(
    ("terms", "field", "message"),
    [
        ({**SPLIT, "numerator": None}, "numerator", "expected a value for a SPLIT, got none"),
        ({**SPLIT, "numerator": 0}, "numerator", "expected a number from 1 to 1000000000, got 0"),
        ({**SPLIT, "denominator": 10**9 + 1}, "denominator", "expected a number from 1 to 1000000000"),
        ({**SPLIT, "numerator": 1}, "numerator", "expected a ratio other than 1, got 1:1"),
        ({**SPLIT, "cash": Decimal(1)}, "cash", "expected no value for a SPLIT, got 1"),
        ({**SPLIT, "source": ""}, "source", "expected 1 to 80 printable characters"),
        ({**SPLIT, "source": "\x07"}, "source", "expected 1 to 80 printable characters"),
        ({**SPLIT, "ex_date": MONDAY.replace(year=1492)}, "ex_date", "expected a date from 1900-01-01"),
        ({**SPLIT, "symbol": "NEW"}, "ex_date", "expected a date from 2022-11-17, the first session of NEW"),
        ({**SPIN_OFF, "cost_fraction": Decimal("1.1")}, "cost_fraction", "expected a fraction from 0 to 1, got 1.1"),
        ({**SPIN_OFF, "other_symbol": "AAA"}, "other_symbol", "expected another instrument in USD"),
        ({**SPIN_OFF, "other_symbol": "EEE"}, "other_symbol", "got EEE in EUR"),
        ({**MERGER, "numerator": None}, "numerator", "expected a value for a MERGER, got none"),
        ({**MERGER, "other_symbol": None, "cash": Decimal(1)}, "numerator", "expected no value for a MERGER"),
        ({**MERGER, "cost_fraction": Decimal(1)}, "cost_fraction", "expected no value for a MERGER, got 1"),
        ({**CHANGE, "other_symbol": None}, "other_symbol", "expected a value for a SYMBOL_CHANGE, got none"),
        ({**DIVIDEND, "cash": Decimal(0)}, "cash", "expected a number greater than 0, got 0"),
        ({**DIVIDEND, "cash": Decimal("NaN")}, "cash", "expected at most 28 digits"),
        ({**DIVIDEND, "cash": Decimal("1e400")}, "cash", "expected at most 28 digits"),
    ],
)
async def test_what_cannot_be_is_refused_with_its_field(small_market, terms, field, message):
    with pytest.raises(InvalidInput, match=message) as refused:
        async with small_market.unit_of_work(SYSTEM) as work:
            await record_action(work, ActionTerms(**{"source": "made up", **terms}))

    assert refused.value.field == (field,)
    assert await CorporateAction.all().count() == 0


@pytest.mark.parametrize("symbol", ["SP500", "ZZZ", "", "x" * 100, "\x00"])
async def test_what_cannot_be_held_has_no_actions(told, symbol):
    with pytest.raises(NotFound, match="expected the symbol of an instrument that can be held") as refused:
        await told(**{**SPLIT, "symbol": symbol})

    assert refused.value.field == ("symbol",)


async def test_what_is_to_come_is_not_known_yet(told):
    past = await told(**SPLIT)
    coming = await told(**{**SPLIT, "ex_date": TODAY.replace(day=22)})
    (instrument,) = await Instrument.filter(symbol="AAA")

    assert [row.id for row in await actions_due(TODAY)] == [past.id]
    page = await action_page(instrument.id, TODAY, PageRequest(limit=10), with_total=True)
    assert ([row.id for row in page.rows], page.total) == ([past.id], 1)
    assert [row and row.id for row in await actions_by_id([coming.id, past.id], TODAY)] == [None, past.id]


async def test_pages_are_in_order_of_the_ex_date(told):
    rows = [await told(**{**SPLIT, "ex_date": day}) for day in (FRIDAY, TUESDAY, WEDNESDAY)]
    (instrument,) = await Instrument.filter(symbol="AAA")

    page = await action_page(instrument.id, TODAY, PageRequest(limit=2))
    rest = await action_page(instrument.id, TODAY, PageRequest(limit=2, after=(WEDNESDAY, rows[2].id)))

    assert [row.ex_date for row in page.rows] == [TUESDAY, WEDNESDAY]
    assert [row.id for row in rest.rows] == [rows[0].id]
