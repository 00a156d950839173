"""Modeling sessions are live, and what was known of them can be asked, as of any portfolio."""

import asyncio

from tests.factories.portfolios import TODAY, contribution, record
from tests.schema.portfolios.documents import DOCUMENTS
from tests.schema.portfolios.own_documents import MODELLING

PATIENCE = 10.0
SALE = {"sell": {"symbol": "AAA", "quantity": "10", "price": "15", "tradeDate": "2022-11-21"}}
PURCHASE = {"buy": {"symbol": "BBB", "quantity": "2", "price": "90", "tradeDate": "2022-11-21"}}


async def test_a_session_is_live(ask, client, attempt, session):
    live = await client.subscribe(DOCUMENTS["PortfolioLive"], {"id": session["portfolio"]["id"]})
    first = await asyncio.wait_for(anext(aiter(live)), PATIENCE)
    assert first.portfolio.live.total_value == 1165

    await attempt(SALE, PURCHASE)

    seen = await asyncio.wait_for(anext(aiter(live)), PATIENCE)
    assert (str(seen.kind), seen.portfolio.live.total_value) == ("CHANGE", 1168)
    fresh = await ask("Portfolio", id=session["portfolio"]["id"])
    assert fresh["valuation"]["totalValue"] == "1168"
    await live.aclose()


async def test_what_the_base_does_is_no_news_to_a_session(
    small_market, owner, ask, attempt, client, session, portfolio
):
    live = await client.subscribe(DOCUMENTS["PortfolioLive"], {"id": session["portfolio"]["id"]})
    await asyncio.wait_for(anext(aiter(live)), PATIENCE)

    await record(small_market, owner, portfolio.id, contribution("5000", TODAY))
    await attempt(SALE, PURCHASE)

    seen = await asyncio.wait_for(anext(aiter(live)), PATIENCE)
    assert seen.portfolio.live.total_value == 1168
    found = await ask(MODELLING["ModelingSession"], id=session["id"])
    assert (found["baseIsBehind"], found["base"]["version"], found["baseVersion"]) == (True, 3, 2)
    await live.aclose()


async def test_what_was_known_of_a_session_is_its_own(ask, small_market, owner, clock, attempt, session, portfolio):
    document = (
        """query($id: ID!, $known: DateTime) { portfolio(id: $id) { valuation(knownAt: $known) { cashBalance } } }"""
    )
    before = clock.now()
    clock.advance(seconds=60)
    # The base goes on first: its third entry is not the session's.
    await record(small_market, owner, portfolio.id, contribution("5000", TODAY))
    between = clock.now()
    clock.advance(seconds=60)
    await attempt(SALE)

    found = [
        (await ask(document, id=session["portfolio"]["id"], known=known and known.isoformat()))["valuation"]
        for known in (before, between, None)
    ]

    assert [each["cashBalance"] for each in found] == ["700", "700", "850"]
