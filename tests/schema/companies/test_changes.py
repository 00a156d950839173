"""`companyChanges` for clients that keep companies, and companies beside instruments."""

import pytest

from domain.companies.models import CompanyState
from domain.companies.publishing import withdraw
from domain.companies.types import Record
from domain.kernel.actor import SYSTEM
from domain.kernel.ids import new_id
from domain.market.models import Instrument
from domain.market.types import InstrumentKind
from schema.shared.connection import cursor_of
from tests.factories.publications import MONDAY, NEXT, make_known
from tests.schema.companies.conftest import OWN
from tests.support.graphql import codes
from tests.support.statements import counted_statements

CHANGES = OWN["CompanyChanges"]


@pytest.fixture
def changes(client):
    async def changes(since=None, first=100):
        found = (await client.data(CHANGES, {"since": since, "first": first}))["companyChanges"]
        told = [(each["ticker"], each["valuation"]["per"]) for each in found["changed"]]
        return told, [each["ticker"] for each in found["left"]], found

    return changes


async def test_of_nothing_nothing_changes_until_something_is_known(changes, resources):
    told, left, first = await changes()
    assert (told, left, first["hasMore"]) == ([], [], False)
    await make_known(resources, [Record(ticker="A", figures={"per": 1.0})])

    told, _, found = await changes(first["cursor"])

    assert (told, found["beginsAnew"]) == ([("A", 1.0)], True)


async def test_a_client_follows_page_by_page(changes, resources):
    await make_known(resources, [Record(ticker=name, figures={"per": 1.0}) for name in "ABC"])
    one, _, first = await changes(first=2)
    gone = await make_known(resources, [Record(ticker="D", figures={"per": 4.0})])
    await make_known(resources, [Record(ticker="A", figures={"per": 9.0})], as_of=NEXT)
    two, _, second = await changes(first["cursor"], first=2)
    three, _, third = await changes(second["cursor"], first=2)

    assert (one, first["hasMore"]) == ([("A", 1.0), ("B", 1.0)], True)
    assert (two, second["hasMore"]) == ([("C", 1.0), ("D", 4.0)], True)
    assert (three, third["hasMore"]) == ([("A", 9.0)], False)
    async with resources.unit_of_work(SYSTEM) as work:
        await withdraw(work, gone.id)
    none, left, last = await changes(third["cursor"])
    assert (none, left, last["beginsAnew"]) == ([], ["D"], False)
    assert (await changes(last["cursor"]))[:2] == ([], [])


async def test_a_cursor_of_another_epoch_begins_anew(changes, resources):
    await make_known(resources, [Record(ticker="A", figures={"per": 1.0})])
    _, _, before = await changes()
    await CompanyState.all().update(epoch=new_id())

    told, _, found = await changes(before["cursor"])

    assert (told, found["beginsAnew"]) == ([("A", 1.0)], True)
    assert (await changes(found["cursor"]))[0] == []


@pytest.mark.parametrize(
    "asked",
    [{"first": 0}, {"first": 101}, {"since": "no"}, {"since": cursor_of(("x", 1, "A"))}, {"since": cursor_of((1,))}],
)
async def test_what_cannot_be_answered_is_refused(client, asked):
    assert codes(await client.execute(CHANGES, asked)) == ["BAD_USER_INPUT"]


async def test_a_page_of_changes_takes_one_statement(changes, resources):
    await make_known(resources, [Record(ticker=name, figures={"per": 1.0}) for name in "ABC"])
    await changes()

    with counted_statements() as made:
        await changes()

    assert len(made) == 1


async def test_a_company_and_its_shares_name_each_other(client, resources):
    await make_known(resources, [Record(ticker=name, texts={"name": f"{name} Inc."}) for name in ("AAA", "BBB")])
    for number, symbol in enumerate(("AAA", "CCC"), 1):
        await Instrument.create(
            number=number,
            symbol=symbol,
            name=symbol,
            kind=InstrumentKind.STOCK,
            currency="USD",
            first_session=MONDAY,
            source="made up",
        )
    document = """{ instruments { edges { node { symbol company { name } } } }
        companies { edges { node { ticker instrument { symbol kind } } } } }"""
    await client.data(document)

    with counted_statements() as made:
        found = await client.data(document)

    shares = {edge["node"]["symbol"]: edge["node"]["company"] for edge in found["instruments"]["edges"]}
    companies = {edge["node"]["ticker"]: edge["node"]["instrument"] for edge in found["companies"]["edges"]}
    assert shares == {"AAA": {"name": "AAA Inc."}, "CCC": None}
    assert companies == {"AAA": {"symbol": "AAA", "kind": "STOCK"}, "BBB": None}
    assert len(made) == 3, "the instruments, where companies stand, and the shares of all companies"
