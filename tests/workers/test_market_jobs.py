"""The jobs of the market, with providers that say what a test tells them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.actor import SYSTEM
from domain.kernel.dates import session_close
from domain.kernel.ports import Resources
from domain.kernel.web import Access, Answer, Request
from domain.market import bars, contracts, queries
from domain.market.jobs import REFRESH_MARKET, TRACK_INSTRUMENTS
from domain.market.models import BarRepair, CorporateAction, Instrument, InstrumentSymbol
from domain.market.providers.asked import BarsAsked, QuotesAsked
from domain.market.providers.observed import (
    ObservedAction,
    ObservedBar,
    ObservedNews,
    ObservedProfile,
    ObservedQuote,
    ObservedSeries,
    ObservedStatement,
)
from domain.market.providers.provider import Endpoint, FaultKind, Parsed, Provider, ProviderFault, Tier
from domain.market.publications.models import EconomicSeries, FinancialStatement, NewsItem, NewsMention
from domain.market.publications.types import StatementKind, StatementPeriod
from domain.market.sourcing.models import RefreshCursor
from domain.market.sourcing.sourcing import Sourcing
from domain.market.sourcing.types import RefreshTask
from domain.market.types import ActionKind, InstrumentKind, QuoteSource
from domain.storage import statements
from domain.storage.statements import statement
from tests.factories.live_market import live_market
from tests.support.resources import ManualClock
from workers.main import TASKS
from workers.registry import Run, handler_of
from workers.streams import schedule

# Importing the tasks registers their handlers.
__all__ = ["TASKS", "live_market"]

# A Wednesday evening in New York: the session of the 15th has closed.
EVENING = datetime(2024, 5, 15, 22, 0, tzinfo=UTC)
DAYS = [date(2024, 5, day) for day in (1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15)]
_REVISIONS = statement("SELECT COUNT(*) FROM bar_revisions")
_POINTS = statement("SELECT day, value FROM economic_points ORDER BY day")


class CannedWeb:
    """Answers everything with nothing: what is said is made up by parsers."""

    async def get(self, request: Request, *, within: float) -> Answer:
        """Answer."""
        return Answer(200, {}, b"", EVENING)


@dataclass(eq=False)
class Says:
    """What a provider says, by capability."""

    told: dict[str, Callable[[Any], Sequence[Any]]] = field(default_factory=dict)
    asked: list[Any] = field(default_factory=list)

    def provider(self) -> Provider:
        """Return the provider."""

        def build(asked: Any, base_url: str, credentials: object) -> Request:
            self.asked.append(asked)
            return Request(url=base_url)

        def parse(name: str) -> Callable[[Any, Answer], Parsed[Any]]:
            return lambda asked, _: Parsed(tuple(self.told[name](asked)))

        endpoints: Mapping[str, Any] = {name: Endpoint(build, parse(name), most=100) for name in self.told}
        return Provider(
            name="oracle", title="Oracle", base_url="https://example.com", tier=Tier.PROFESSIONAL, priority=1,
            reliability=0.9, **endpoints,
        )  # fmt: skip


def _bar(day: date, close: float, **more: Any) -> ObservedBar:
    return ObservedBar(
        session=day,
        close=Decimal(str(close)),
        open=Decimal(str(close)),
        high=Decimal(str(round(close * 1.01, 6))),
        low=Decimal(str(round(close * 0.99, 6))),
        volume=1_000,
        **more,
    )


@pytest.fixture
def says(clock: ManualClock) -> Says:
    clock.advance(EVENING - clock.now())
    return Says()


@dataclass(eq=False)
class Jobs:
    """Runs jobs at once."""

    resources: Resources
    reported: list[float] = field(default_factory=list)

    async def run(self, spec: Any, **arguments: object) -> Mapping[str, Any]:
        """Run a job's handler, and return its result."""
        found = handler_of(spec.kind)
        assert found is not None

        async def report(fraction: float) -> None:
            self.reported.append(fraction)

        return await found[1](Run(self.resources, arguments, report)) or {}


def _jobs(market: Resources, says: Says) -> Jobs:
    access = (Access(name="oracle"),)
    resources = replace(market, web=CannedWeb(), market_access=access, _shared={})
    resources._shared[Sourcing] = Sourcing(resources, [says.provider()])
    return Jobs(resources)


def _know_acme(says: Says) -> None:
    # 2 for 1 on the 9th, 0.5 a unit on the 14th; told as split-adjusted, with one day a hundred times too high.
    prices = [10.0, 10.1, 10.2, 10.3, 10.2, 10.1, 10.0, 1_010.0, 10.2, 9.7, 9.8]

    def profile(asked: Any) -> list[ObservedProfile]:
        if asked.symbol != "ACME":
            raise ProviderFault(FaultKind.NOT_FOUND, "never heard of it")
        return [ObservedProfile(symbol="ACME", name="Acme Inc.", kind=InstrumentKind.STOCK, exchange="XNAS",
                                currency="USD", sector="Industrials", industry="Anvils", country="US")]  # fmt: skip

    says.told = {
        "profiles": profile,
        "actions": lambda _: [
            ObservedAction(symbol="ACME", kind=ActionKind.SPLIT, ex_date=date(2024, 5, 9), numerator=2, denominator=1),
            ObservedAction(symbol="ACME", kind=ActionKind.DIVIDEND, ex_date=date(2024, 5, 14), cash=Decimal("0.5")),
        ],
        "daily_bars": lambda asked: [
            _bar(day, price, is_split_adjusted=True)
            for day, price in zip(DAYS, prices, strict=True)
            if asked.start <= day <= asked.end
        ],
    }


async def test_an_instrument_becomes_known_with_its_past(live_market: Resources, says: Says):
    _know_acme(says)
    jobs = _jobs(live_market, says)

    result = await jobs.run(TRACK_INSTRUMENTS, symbols=["ACME", "NOBODY"])

    assert result == {"tracked": 1, "unknown": {"NOBODY": "NOT_FOUND: never heard of it"}}
    row = (await queries.instruments_by_symbol(["ACME"]))["ACME"]
    assert (row.name, row.exchange, row.sector, row.first_session, row.source) == (
        "Acme Inc.", "XNAS", "Industrials", DAYS[0], "oracle"
    )  # fmt: skip
    found = await bars.bars(row, DAYS[0], DAYS[-1], EVENING)
    assert found.sessions == tuple(DAYS)
    # As traded: twice as much before the split; the tenth of May mended.
    assert found.close.tolist() == [20, 20.2, 20.4, 20.6, 20.4, 20.2, 10, 10.1, 10.2, 9.7, 9.8]
    assert found.volume[0] == 500
    factor = 1 - 0.5 / 10.2
    assert found.adjusted_close.tolist() == pytest.approx(
        [price * factor for price in (10, 10.1, 10.2, 10.3, 10.2, 10.1, 10, 10.1, 10.2)] + [9.7, 9.8]
    )
    assert [source for source in found.sources if source is not QuoteSource.PROVIDER] == [QuoteSource.REPAIRED]
    (repair,) = await BarRepair.all()
    assert (repair.session, repair.kind.value, repair.reason) == (
        date(2024, 5, 10), "HUNDREDFOLD", "a hundred times too high"
    )  # fmt: skip
    assert await CorporateAction.all().count() == 2
    assert [each.symbol for each in await InstrumentSymbol.all()] == ["ACME"]
    (quote,) = await queries.all_quotes(["ACME"])
    assert (quote.price, quote.previous_close, quote.session, quote.received_at) == (
        Decimal("9.8"), Decimal("9.7"), DAYS[-1], session_close(DAYS[-1])
    ), "until somebody tells another, the last close is the latest price"  # fmt: skip
    (cursor,) = await RefreshCursor.all()
    assert (cursor.done_until, cursor.provider, cursor.fault) == (DAYS[-1], "oracle", None)


async def test_doing_it_again_changes_nothing_and_a_correction_is_kept(live_market: Resources, says: Says):
    _know_acme(says)
    jobs = _jobs(live_market, says)
    await jobs.run(TRACK_INSTRUMENTS, symbols=["ACME"])
    row = (await queries.instruments_by_symbol(["ACME"]))["ACME"]
    before = await bars.bars(row, DAYS[0], DAYS[-1], EVENING)

    await jobs.run(TRACK_INSTRUMENTS, symbols=["ACME"])

    again = await bars.bars(row, DAYS[0], DAYS[-1], EVENING)
    assert (again.close.tolist(), again.adjusted_close.tolist()) == (
        before.close.tolist(), before.adjusted_close.tolist()
    )  # fmt: skip
    assert (await statements.fetch(_REVISIONS))[0][0] == 0
    assert await Instrument.filter(symbol="ACME").count() == 1
    assert [each.start for each in says.asked if isinstance(each, BarsAsked)][-1] == DAYS[-1] - timedelta(days=7)

    says.told["daily_bars"] = lambda _: [_bar(DAYS[-1], 9.9, is_split_adjusted=True)]
    await jobs.run(TRACK_INSTRUMENTS, symbols=["ACME"])
    assert (await bars.bars(row, DAYS[-1], DAYS[-1], EVENING)).close.tolist() == [9.9]
    assert (await statements.fetch(_REVISIONS))[0][0] == 1


async def test_a_dividend_that_a_provider_leaves_out_is_noted_and_counts(live_market: Resources, says: Says):
    _know_acme(says)
    prices = [20.0, 20.2, 20.4, 20.6, 20.4, 20.2, 10.0, 1_010.0, 10.2, 9.7, 9.8]
    # Adjusted for the split of the 9th, not for the dividend of the 14th.
    says.told["daily_bars"] = lambda _: [
        _bar(day, price, adjusted_close=Decimal(str(price if day >= date(2024, 5, 9) else price / 2)))
        for day, price in zip(DAYS, prices, strict=True)
    ]
    jobs = _jobs(live_market, says)

    await jobs.run(TRACK_INSTRUMENTS, symbols=["ACME"])

    hundredfold, left_out = await BarRepair.all().order_by("session")
    assert (hundredfold.session, hundredfold.kind.value) == (date(2024, 5, 10), "HUNDREDFOLD")
    assert (left_out.session, left_out.kind.value) == (date(2024, 5, 13), "DIVIDEND_NOT_ADJUSTED")
    assert left_out.reason == "a dividend of 0.5 on 2024-05-14 is left out of the adjusted close"
    assert (left_out.observed, left_out.repaired) == ('{"adjusted_close":10.2}', '{"adjusted_close":9.7}')
    row = (await queries.instruments_by_symbol(["ACME"]))["ACME"]
    found = await bars.bars(row, date(2024, 5, 13), date(2024, 5, 14), EVENING)
    assert found.adjusted_close.tolist() == pytest.approx([9.7, 9.7])
    assert found.sources == (QuoteSource.PROVIDER, QuoteSource.PROVIDER), "its prices were right"


async def test_only_what_is_due_is_asked_for_and_a_fault_hinders_no_other(live_market: Resources, says: Says):
    def told(asked: BarsAsked) -> list[ObservedBar]:
        if asked.symbol == "BBB":
            raise ProviderFault(FaultKind.GARBLED, "nonsense")
        return [_bar(DAYS[-1], 11.5)]

    says.told = {"daily_bars": told}
    jobs = _jobs(live_market, says)

    first = await jobs.run(REFRESH_MARKET, task="DAILY_BARS")
    again = await jobs.run(REFRESH_MARKET, task="DAILY_BARS")

    assert first == {"due": 3, "stored": 2, "failed": 1}
    assert again == {"due": 1, "stored": 0, "failed": 1}
    assert jobs.reported[:3] == [pytest.approx(1 / 3), pytest.approx(2 / 3), 1.0]
    failed = await RefreshCursor.get(fault=FaultKind.GARBLED)
    assert (failed.fault_message, failed.done_until) == ("nonsense", None)


async def test_a_used_up_allowance_ends_a_job_and_the_next_goes_on(live_market: Resources, says: Says):
    allowed = iter([True, False, True, True])

    def told(asked: BarsAsked) -> list[ObservedBar]:
        if not next(allowed):
            raise ProviderFault(FaultKind.RATE_LIMITED, "slowly", retry_after=0.0)
        return [_bar(DAYS[-1], 11.5)]

    says.told = {"daily_bars": told}
    jobs = _jobs(live_market, says)

    assert await jobs.run(REFRESH_MARKET, task="DAILY_BARS") == {"due": 3, "stored": 1, "failed": 1}
    assert await jobs.run(REFRESH_MARKET, task="DAILY_BARS") == {"due": 2, "stored": 2, "failed": 0}


async def test_quotes_are_asked_for_together(live_market: Resources, says: Says):
    says.told = {
        "quotes": lambda asked: [
            ObservedQuote(symbol=symbol, price=Decimal("11.5"), at=EVENING) for symbol in asked.symbols
        ]
    }
    jobs = _jobs(live_market, says)

    assert await jobs.run(REFRESH_MARKET, task="QUOTES") == {"asked": 3, "told": 3}

    assert says.asked == [QuotesAsked(("AAA", "BBB", "BRK.B"))]
    assert {quote.symbol: quote.price for quote in await queries.all_quotes()} == dict.fromkeys(
        ("AAA", "BBB", "BRK.B"), Decimal("11.5")
    )


async def test_what_is_published_is_stored_once(live_market: Resources, says: Says):
    def statement_of(asked: Any) -> list[ObservedStatement]:
        return [ObservedStatement(symbol=asked.symbol, kind=asked.kind, period=asked.period, fiscal_year=2023,
                                  fiscal_quarter=None, ends_on=date(2023, 12, 31), currency="USD",
                                  figures={"revenue": Decimal(1_000), "other": None})]  # fmt: skip

    says.told = {
        "statements": statement_of,
        "news": lambda _: [
            ObservedNews(key="n1", title="Both fall", published_at=EVENING, symbols=("AAA", "BBB", "ZZZ"),
                         url="javascript:alert(1)"),
        ],
        "series": lambda asked: [
            ObservedSeries(code=asked.code, title=asked.code, units="", frequency="",
                           points=((date(2024, 1, 1), Decimal("4.2")), (date(2024, 2, 1), None))),
            ObservedSeries(code=asked.code, title="A series", units="Percent", frequency="Monthly", points=()),
        ],
    }  # fmt: skip
    jobs = _jobs(live_market, says)
    kinds = len(StatementKind) * len(StatementPeriod)

    first = [(await jobs.run(REFRESH_MARKET, task=task))["stored"] for task in ("STATEMENTS", "NEWS")]
    again = [(await jobs.run(REFRESH_MARKET, task=task))["stored"] for task in ("STATEMENTS", "NEWS")]
    for _ in range(2):
        await jobs.run(REFRESH_MARKET, task="SERIES")

    assert (first, again) == ([3 * kinds, 1], [0, 0])
    assert await FinancialStatement.all().count() == 3 * kinds
    (item,) = await NewsItem.all()
    assert (item.title, item.url) == ("Both fall", None), "no browser is sent there"
    assert await NewsMention.all().count() == 2
    series = await EconomicSeries.all().order_by("number")
    assert (len(series), series[0].title, series[0].units) == (7, "A series", "Percent")
    assert [value for _, value in await statements.fetch(_POINTS)] == [4.2] * 7 + [None] * 7


async def test_the_calendar_decides_what_is_due(live_market: Resources, says: Says, clock: ManualClock):
    says.told = {"daily_bars": lambda _: [], "quotes": lambda _: [], "news": lambda _: []}
    resources = _jobs(live_market, says).resources
    asked: dict[str, datetime] = {}

    async def due() -> set[RefreshTask]:
        return set(await schedule.due(resources, asked))

    assert await due() == {RefreshTask.DAILY_BARS, RefreshTask.NEWS}, "the exchange is closed"
    assert await due() == set()
    clock.advance(minutes=59)
    assert await due() == set()
    clock.advance(minutes=1)
    assert await due() == {RefreshTask.DAILY_BARS, RefreshTask.NEWS}
    # 10:00 in New York the next morning.
    clock.advance(datetime(2024, 5, 16, 14, 0, tzinfo=UTC) - clock.now())
    assert RefreshTask.QUOTES in await due()
    clock.advance(minutes=4)
    assert await due() == set()


async def test_chains_of_known_contracts_are_asked_for_once_after_each_close(
    live_market: Resources, says: Says, clock: ManualClock
):
    said = Says(told={"option_chains": lambda _: []})
    resources, asked = _jobs(live_market, said).resources, dict[str, datetime]()
    assert await schedule.due_chains(_jobs(live_market, says).resources, {}) == [], "nobody can be asked"
    async with live_market.unit_of_work(SYSTEM) as work:
        await contracts.ensure_contract(work, "AAA250117C00010000")

    assert await schedule.due_chains(resources, asked) == ["AAA"]
    assert await schedule.due_chains(resources, asked) == []
    clock.advance(days=1)
    assert await schedule.due_chains(resources, asked) == ["AAA"]
