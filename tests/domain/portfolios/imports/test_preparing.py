"""What is prepared outside of a transaction is only stored in it, and only while it is true."""

import pytest

from domain.portfolios.imports import confirming, queries
from domain.portfolios.imports.errors import RowsRefused
from domain.portfolios.models import Portfolio, Posting, Transaction
from domain.portfolios.types import RowState
from tests.factories import imports
from tests.factories.imports import states
from tests.factories.portfolios import MONDAY, TODAY, buy, record, value
from tests.support.statements import counted_statements

HEADER = "Date,Code,DataSource,Currency,Price,Quantity,Action,Fee,Note\n"
BUYS = [f"2022-11-14,AAA,YAHOO,USD,10,{number},buy,1,\n" for number in range(1, 6)]
FILE = HEADER + "".join(BUYS)


@pytest.fixture
def prepare(small_market, owner):
    async def run(importing):
        return await confirming.prepare_import(owner, importing.id, today=TODAY, now=small_market.clock.now())

    return run


@pytest.fixture
def store(small_market, owner):
    async def run(importing, prepared):
        async with small_market.unit_of_work(owner) as work:
            return await confirming.confirm_import(
                work, importing.id, idempotency_key="one", skip_refused=False, today=TODAY, prepared=prepared
            )

    return run


async def ledger():
    """Return what stands in all ledgers, without what differs each time."""
    own = ("sequence", "kind", "trade_date", "settlement_date", "quantity", "price", "fees", "amount", "fingerprint")
    lines = ("book", "currency", "amount", "units", "fee_kind")
    return (
        await Transaction.all().order_by("sequence").values_list(*own),
        sorted(map(str, await Posting.all().values_list(*lines))),
    )


async def test_to_prepare_writes_nothing(preview, prepare, stored):
    importing = await preview(FILE)
    before = await stored()

    with counted_statements() as asked:
        prepared = await prepare(importing)

    assert prepared is not None
    assert {text.split(" ", 1)[0] for text in asked} == {"SELECT"}
    assert await stored() == before
    assert await states(importing) == [RowState.NEW] * 5


async def test_what_was_prepared_is_stored_as_if_it_had_not_been(
    small_market, owner, portfolio, preview, prepare, store, confirm, clock
):
    importing = await preview(FILE)
    prepared = await prepare(importing)
    clock.advance(minutes=1)

    with counted_statements() as asked:
        await store(importing, prepared)

    # Not one for each row.
    assert len([text for text in asked if text.startswith("INSERT INTO")]) <= 4
    assert await states(importing) == [RowState.RECORDED] * 5
    assert {row.recorded_at for row in await Transaction.all()} == {small_market.clock.now()}
    assert (await Portfolio.get(id=portfolio.id)).version == 5
    found, worth = await ledger(), (await value(owner, portfolio.id)).total_value
    await Posting.all().delete()
    await Transaction.all().delete()
    await Portfolio.filter(id=portfolio.id).update(version=0)
    await confirm(await preview(FILE))
    assert await ledger() == found
    assert (await value(owner, portfolio.id)).total_value == worth


async def test_when_the_ledger_has_grown_meanwhile_all_is_done_anew(
    small_market, owner, portfolio, preview, prepare, store, booked
):
    importing = await preview(FILE)
    prepared = await prepare(importing)
    await record(small_market, owner, portfolio.id, buy("AAA", "7", "10", MONDAY))

    await store(importing, prepared)

    assert [quantity for _, _, quantity, _ in await booked()] == [7, 1, 2, 3, 4, 5]
    assert (await Portfolio.get(id=portfolio.id)).version == 6


async def test_when_rows_have_become_new_meanwhile_all_is_done_anew(
    small_market, owner, preview, prepare, store, booked
):
    importing = await preview(HEADER + "".join(BUYS) + "2022-11-15,AAA,YAHOO,USD,10,99,sell,0,\n")
    refused = await prepare(importing)
    assert refused is not None
    with pytest.raises(RowsRefused) as why:
        await store(importing, refused)
    async with small_market.unit_of_work(owner) as work:
        await confirming.note_refusals(work, importing.id, why.value.rows)
    prepared = await prepare(importing)
    await imports.retry(small_market, owner, importing.id)

    # The sixth is new again: what was prepared without it is not stored.
    with pytest.raises(RowsRefused):
        await store(importing, prepared)
    assert await booked() == []


async def test_options_that_were_never_traded_are_made_before(small_market, owner, preview, prepare, store, booked):
    text = "symbol,quantity,entry_price,entry_date\nSPX221216P03900000,1,50,2022-11-14\n"
    importing = await preview(text)
    needs = await queries.needs_of(owner, importing.id)
    assert (needs.new, needs.contracts) == (2, ("SPX221216P03900000",))

    async with small_market.unit_of_work(owner) as work:
        await confirming.make_contracts(work, needs.contracts)

    assert (await queries.needs_of(owner, importing.id)).contracts == ()
    await store(importing, await prepare(importing))
    assert len(await booked()) == 2


async def test_nothing_is_prepared_of_what_is_another_s_or_done(small_market, stranger, preview, confirm, prepare):
    importing = await preview(FILE)
    now = small_market.clock.now()

    assert await confirming.prepare_import(stranger, importing.id, today=TODAY, now=now) is None
    await confirm(importing)
    assert await prepare(importing) is None
