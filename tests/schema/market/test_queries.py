"""What anybody may ask of the market: the front ends' documents, refusals, and the number of SQL statements."""

from typing import Any

import pytest

from domain.kernel.errors import BadUserInput, CostLimit
from domain.kernel.ports import Resources
from domain.market.demonstration.prices import read_prices
from tests.factories.market import make_player
from tests.schema.market.conftest import Ask
from tests.support.statements import counted_statements

NOT_COVERED = [
    {"field": name, "reason": "NOT_COVERED", "message": "the source has adjusted closes only"}
    for name in ("open", "high", "low", "volume", "bid", "ask", "bidSize", "askSize")
]


async def test_documents_of_the_front_ends(ask: Ask, market: Resources):
    """One database for all: it takes a second to fill."""
    await _instrument(ask)
    await _quotes(ask)
    await _bars(ask)
    await _aligned_history(ask)
    await _market(ask)
    await _live_quote(ask, market)


async def _instrument(ask: Ask) -> None:
    found = (await ask("Instrument", symbol="AAPL"))["instrument"]

    quote = found.pop("quote")
    assert isinstance(found.pop("id"), str)
    assert found == {"symbol": "AAPL", "name": "Apple Inc.", "kind": "STOCK", "exchange": "XNAS", "currency": "USD"}
    assert isinstance(quote.pop("id"), str)
    assert quote.pop("changePercent") == pytest.approx(-2.114728)
    assert quote == {
        "price": "140.76",
        "change": "-3.041",
        "open": None,
        "high": None,
        "low": None,
        "previousClose": "143.801",
        "volume": None,
        "at": "2022-11-29T21:00:00.000Z",
        "source": "HISTORY",
        "quality": "GOOD",
        "stale": False,
        "unavailable": NOT_COVERED,
    }
    assert await ask("Instrument", symbol="NO") == {"instrument": None}


async def _quotes(ask: Ask) -> None:
    found = (await ask("Quotes", symbols=["SP500", "AAPL", "SP500"]))["quotes"]

    assert [(quote["symbol"], quote["price"]) for quote in found] == [
        ("SP500", "3957.63"),
        ("AAPL", "140.76"),
        ("SP500", "3957.63"),
    ]


async def _bars(ask: Ask) -> None:
    found = (await ask("Bars", symbol="AAPL", **{"from": "2022-11-28", "to": "2099-01-01"}))["instrument"]["bars"]

    nothing: dict[str, Any] = dict.fromkeys(("open", "high", "low", "volume"))
    assert found == [
        {"date": "2022-11-28", "close": "143.801", "adjustedClose": "143.801"} | nothing,
        {"date": "2022-11-29", "close": "140.76", "adjustedClose": "140.76"} | nothing,
    ]


async def _aligned_history(ask: Ask) -> None:
    found = await ask("AlignedHistory", symbols=["MTUM", "AAPL"], **{"from": "2022-11-28", "to": "2099-01-01"})

    assert found["alignedHistory"] == {
        "dates": ["2022-11-28", "2022-11-29"],
        "series": [
            {"symbol": "MTUM", "adjustedClose": ["147.632", "147.78"]},
            {"symbol": "AAPL", "adjustedClose": ["143.801", "140.76"]},
        ],
    }


async def _market(ask: Ask) -> None:
    found = (await ask("MarketOverview"))["market"]

    assert found["asOf"] == "2022-11-30T14:30:00.000Z"
    assert [(quote["symbol"], quote["name"], quote["price"]) for quote in found["indices"]] == [
        ("SP500", "S&P 500", "3957.63")
    ]
    table = read_prices()
    before, now = table.closes[-22:-20]
    stocks = sorted((now[i] / before[i], symbol) for i, symbol in enumerate(table.symbols) if symbol != "SP500")
    assert [quote["symbol"] for quote in found["gainers"]] == [symbol for _, symbol in stocks[:-6:-1]]
    assert [quote["symbol"] for quote in found["losers"]] == [symbol for _, symbol in stocks[:5]]
    assert all(quote["changePercent"] < 0 for quote in found["losers"])


async def _live_quote(ask: Ask, market: Resources) -> None:
    player = await make_player(market)
    await player.tick(0)

    quote = (await ask("Instrument", symbol="SP500"))["instrument"]["quote"]

    assert {name: quote[name] for name in ("price", "change", "open", "high", "low", "source", "quality")} == {
        "price": "3957.63",
        "change": "0",
        "open": "3957.63",
        "high": "3957.63",
        "low": "3957.63",
        "source": "REPLAY",
        "quality": "FAIR",
    }
    assert quote["unavailable"] == NOT_COVERED[3:]


async def test_columns_say_the_same_as_bars(ask: Ask):
    found = (
        await ask("""{
            instrument(symbol: "MTUM") {
              bars(from: "2014-01-01", to: "2014-01-03") {
                date open close adjustedClose volume source unavailable { field reason message }
              }
              barColumns(from: "2014-01-01", to: "2014-01-03") { dates open high low close adjustedClose volume }
            }
        }""")
    )["instrument"]

    assert found["barColumns"] == {
        "dates": ["2014-01-02", "2014-01-03"],
        "open": [None, None],
        "high": [None, None],
        "low": [None, None],
        "close": ["52.704", "52.792"],
        "adjustedClose": ["52.704", "52.792"],
        "volume": [None, None],
    }
    assert [bar["close"] for bar in found["bars"]] == found["barColumns"]["close"]
    assert [each["field"] for each in found["bars"][0]["unavailable"]] == [
        *("open", "high", "low", "volume", "vwap", "trades")
    ]
    assert found["bars"][0]["source"] == "HISTORY"


async def test_pages_of_instruments_take_two_statements(ask: Ask):
    page = """query Page($after: String) { instruments(first: 10, after: $after) {
        pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor ...item } } }
        fragment item on InstrumentEdge { node { symbol quote { price } } }"""
    symbols: list[str] = []
    after = None
    while True:
        with counted_statements() as sent:
            found = (await ask(page, after=after))["instruments"]
        assert len(sent) == 2
        symbols += [edge["node"]["symbol"] for edge in found["edges"]]
        assert found["pageInfo"]["endCursor"] == found["edges"][-1]["cursor"]
        assert found["pageInfo"]["hasPreviousPage"] == (after is not None)
        if not found["pageInfo"]["hasNextPage"]:
            break
        after = found["pageInfo"]["endCursor"]

    assert len(symbols) == 26
    assert symbols == sorted(symbols)
    with counted_statements() as sent:
        found = await ask("{ instruments(last: 1, kind: ETF) { edges { node { symbol } } } }")
    assert found["instruments"]["edges"] == [{"node": {"symbol": "VLUE"}}]
    assert len(sent) == 1
    with counted_statements() as sent:
        found = await ask("{ instruments(first: 0) { totalCount edges { cursor } pageInfo { startCursor } } }")
    assert found["instruments"] == {"totalCount": 26, "edges": [], "pageInfo": {"startCursor": None}}
    assert len(sent) == 2


async def test_each_operation_takes_few_statements(ask: Ask):
    for expected, document, variables in (
        (2, "Instrument", {"symbol": "AAPL"}),
        (1, "Quotes", {"symbols": ["AAPL", "SP500", "XOM"]}),
        (3, "Bars", {"symbol": "AAPL", "from": "2022-01-01", "to": "2022-12-31"}),
        (3, "AlignedHistory", {"symbols": ["AAPL", "SP500"], "from": "2022-01-01", "to": "2022-12-31"}),
        (4, "MarketOverview", {}),
    ):
        with counted_statements() as sent:
            await ask(document, **variables)
        assert len(sent) == expected, document


async def test_nodes_are_found_again(ask: Ask):
    found = await ask('{ instrument(symbol: "AAPL") { id quote { id } } }')
    ids = [found["instrument"]["id"], found["instrument"]["quote"]["id"]]

    with counted_statements() as sent:
        nodes = await ask(
            """query Nodes($ids: [ID!]!) { nodes(ids: $ids) {
                ... on Instrument { symbol quote { price } }
                ... on Quote { name }
            } }""",
            ids=[ids[0], "x", ids[1], ids[0]],
        )

    shown = {"symbol": "AAPL", "quote": {"price": "140.76"}}
    assert nodes["nodes"] == [shown, None, {"name": "Apple Inc."}, shown]
    assert len(sent) == 3


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ('{ quotes(symbols: ["AAPL", "NO", "NOR"]) { id } }', "expected symbols of known instruments, got 'NO', 'NOR'"),
        ("{ quotes(symbols: []) { id } }", "expected 1 to 100 symbols, got 0"),
        ("{ instruments(first: 101) { totalCount } }", "expected first from 0 to 100, got 101"),
        ("{ instruments(first: 1, last: 1) { totalCount } }", "expected first or last, got both"),
        (
            '{ instruments(after: "nonsense") { totalCount } }',
            "expected a cursor of this list for after, got 'nonsense'",
        ),
        ("{ market { movers(direction: UP, first: 0) { id } } }", "expected first from 1 to 100, got 0"),
        (
            '{ instrument(symbol: "SP500") { bars(from: "1990-01-01", to: "2030-01-01") { date } } }',
            "expected at most 5000 sessions of SP500, got more from 1990-01-01 to 2030-01-01",
        ),
    ],
)
async def test_refuses_arguments_that_are_none(ask: Ask, document: str, message: str):
    with pytest.raises(BadUserInput) as refused:
        await ask(document)

    assert refused.value.message == message


async def test_a_quote_that_is_old_in_real_time_is_stale(ask: Ask, clock):
    clock.advance(minutes=5)
    assert not (await ask("Instrument", symbol="AAPL"))["instrument"]["quote"]["stale"]

    clock.advance(seconds=1)
    assert (await ask("Instrument", symbol="AAPL"))["instrument"]["quote"]["stale"]


async def test_the_series_of_one_operation_are_bounded_together(ask: Ask):
    """Scalars are free at the gate: without a bound of their own, 2 kB of question would be 10 s of work."""
    years = 'from: "2005-01-01", to: "2022-12-31"'
    aliases = " ".join(f"a{number}: barColumns({years}) {{ dates }}" for number in range(3))
    twenty = [
        edge["node"]["symbol"]
        for edge in (await ask("{ instruments(first: 20, kind: STOCK) { edges { node { symbol } } } }"))["instruments"][
            "edges"
        ]
    ]
    aligned = "query ($symbols: [String!]!) {" + " ".join(
        f"a{number}: alignedHistory(symbols: $symbols, {years}) {{ dates }}" for number in range(3)
    )

    for document, variables in (
        (f"{{ instruments(first: 26) {{ edges {{ node {{ {aliases} }} }} }} }}", {}),
        (aligned + "}", {"symbols": twenty}),
    ):
        with counted_statements() as sent, pytest.raises(CostLimit) as refused:
            await ask(document, **variables)

        assert refused.value.message.startswith("expected at most 200000 sessions of series in one operation")
        # What is refused is not read.
        assert sum("daily_bars" in statement for statement in sent) <= 52
    one = await ask(f'{{ instrument(symbol: "AAPL") {{ barColumns({years}) {{ dates }} }} }}')
    assert len(one["instrument"]["barColumns"]["dates"]) > 4_000
