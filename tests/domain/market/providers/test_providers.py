"""What providers answer, in our form: the same facts whoever tells them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from domain.market.providers.asked import BarsAsked, QuotesAsked, StatementsAsked
from domain.market.providers.observed import ObservedQuote
from domain.market.providers.provider import Capability, Credentials, FaultKind, ProviderFault
from domain.market.providers.registry import PROVIDERS
from domain.market.publications.types import StatementKind, StatementPeriod
from domain.market.types import ActionKind, InstrumentKind, OptionRight, OptionStyle
from tests.domain.market.providers.samples import BY_NAME, QUOTES, RECEIVED, SAMPLES, Sample

KEY = Credentials("a-key-of-the-tests", "a-secret-of-the-tests")


def of(capability: Capability) -> Any:
    """Return the samples of one capability, as parameters."""
    return pytest.mark.parametrize("sample", [each for each in SAMPLES if each.capability is capability], ids=str)


def test_there_is_a_sample_of_everything_that_is_offered():
    offered = {(provider.name, capability) for provider in PROVIDERS for capability in provider.capabilities}

    assert {(sample.provider, sample.capability) for sample in SAMPLES} == offered


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_no_request_shows_what_lets_us_in(sample: Sample):
    provider = sample.whose
    base_url = "https://example.com/base"

    request = getattr(provider, sample.capability.value).build(sample.asked, base_url, KEY)

    assert request.url.startswith("file:" if sample.provider == "file" else f"{base_url}/")
    shown = f"{request!r} {request.url} {dict(request.parameters)} {dict(request.headers)}"
    assert KEY.key not in shown
    assert KEY.secret not in shown
    sent = f"{dict(request.secret_parameters)} {dict(request.secret_headers)}"
    # Yahoo wants a cookie and its crumb for this alone.
    is_cookie = str(sample) == "yahoo option_chains"
    assert (KEY.key in sent) == (provider.needs_key or is_cookie)
    assert (KEY.secret in sent) == (provider.needs_secret or is_cookie)


@of(Capability.QUOTES)
def test_quotes(sample: Sample):
    (quote,) = sample.parsed().found

    assert isinstance(quote, ObservedQuote)
    assert (quote.symbol, quote.price, quote.previous_close) == ("ACME", Decimal("12.51"), Decimal("12.25"))
    assert (quote.high, quote.low, quote.volume) == (Decimal("12.75"), Decimal("12.25"), 5_000)
    assert quote.open == (None if sample.provider == "yahoo" else Decimal("12.3"))
    assert quote.at.replace(microsecond=0) == RECEIVED
    if sample.provider in {"polygon", "alpaca", "tiingo"}:
        # Lots of nobody knows how many shares are no sizes.
        sizes = (None, None) if sample.provider == "alpaca" else (300, 500)
        assert (quote.bid, quote.ask, quote.bid_size, quote.ask_size) == (Decimal("12.5"), Decimal("12.52"), *sizes)


@of(Capability.DAILY_BARS)
def test_daily_bars(sample: Sample):
    bar = sample.parsed().found[-1]

    if sample.provider == "yahoo":
        assert (bar.session, bar.close, bar.adjusted_close) == (date(2024, 5, 15), Decimal("12.51"), Decimal("12.5"))
        assert len(sample.parsed().found) == 2, "a row of nulls is none"
        return
    assert (bar.session, bar.open, bar.high, bar.low, bar.close, bar.volume) == (
        date(2024, 5, 14), Decimal("12.5"), Decimal("12.9"), Decimal("12.1"), Decimal("12.75"), 1_000
    )  # fmt: skip
    assert bar.is_split_adjusted == (sample.provider in {"fmp", "twelvedata"})
    assert bar.adjusted_close == (Decimal("12.5") if sample.provider in {"tiingo", "alphavantage", "file"} else None)


@of(Capability.INTRADAY_BARS)
def test_intraday_bars(sample: Sample):
    bar = sample.parsed().found[0]

    if sample.provider != "yahoo":
        assert (bar.at, bar.session, bar.close) == (
            datetime(2024, 5, 14, 13, 31, tzinfo=UTC), date(2024, 5, 14), Decimal("12.75")
        )  # fmt: skip
    else:
        assert bar.at == datetime(2024, 5, 13, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "sample",
    [each for each in SAMPLES if each.capability in (Capability.ACTIONS, Capability.SPLITS)],
    ids=str,
)
def test_actions(sample: Sample):
    found = {action.kind: action for action in sample.parsed().found}

    assert found
    for action in found.values():
        assert action.symbol == "ACME"
        if action.kind is ActionKind.DIVIDEND:
            assert (action.cash, action.ex_date) == (Decimal("0.25"), date(2024, 5, 14))
        else:
            assert (action.numerator, action.denominator) == (3, 2)
    if sample.provider in {"tiingo", "alphavantage", "yahoo", "alpaca", "file"}:
        assert len(found) == 2


@of(Capability.PROFILES)
def test_profiles(sample: Sample):
    (profile,) = sample.parsed().found

    assert (profile.symbol, profile.name, profile.exchange) == ("ACME", "Acme Inc.", "XNAS")
    if sample.provider not in {"tiingo", "yahoo"}:
        assert (profile.kind, profile.currency, profile.country) == (InstrumentKind.STOCK, "USD", "US")
        assert profile.market_cap == (None if sample.provider == "file" else 1_000_000)
    if sample.provider in {"fmp", "alphavantage", "file", "yahoo"}:
        assert (profile.sector, profile.industry) == ("Information Technology", "Anvils")
    if sample.provider in {"fmp", "polygon"}:
        assert profile.cik == 77


@of(Capability.STATEMENTS)
def test_statements(sample: Sample):
    (statement,) = sample.parsed().found

    assert (statement.kind, statement.period, statement.fiscal_year, statement.fiscal_quarter) == (
        StatementKind.INCOME, StatementPeriod.YEAR, 2023, None
    )  # fmt: skip
    assert (statement.ends_on, statement.currency) == (date(2023, 12, 31), "USD")
    names = {
        "fmp": ("revenue", "netIncome"),
        "alphavantage": ("totalRevenue", "netIncome"),
        "sec": ("Revenues", "NetIncomeLoss"),
        "polygon": ("revenues", "net_income_loss"),
        "tiingo": ("revenue", "netinc"),
        "yahoo": ("TotalRevenue", "NetIncome"),
    }[sample.provider]
    assert [statement.figures[name] for name in names] == [1_000, -5]
    if sample.provider == "alphavantage":
        assert statement.figures["effectOfAccountingCharges"] is None


@of(Capability.NEWS)
def test_news(sample: Sample):
    (news,) = sample.parsed().found

    assert (news.title, news.url) == ("Acme falls", "https://example.com/1")
    assert news.published_at == datetime(2024, 5, 14, 17, 8, tzinfo=UTC)
    assert news.symbols == (("ACME", "BRK.B") if sample.provider == "polygon" else ("ACME",))


@of(Capability.OPTION_CHAINS)
def test_option_chains(sample: Sample):
    (contract,) = sample.parsed().found

    assert (contract.underlying, contract.right, contract.style, contract.strike, contract.expiry) == (
        "ACME", OptionRight.CALL, OptionStyle.AMERICAN, Decimal("12.5"), date(2024, 6, 21)
    )  # fmt: skip
    assert (contract.bid, contract.ask, contract.last) == (Decimal(1), Decimal("1.2"), Decimal("1.15"))
    assert contract.implied_volatility == 0.357


@of(Capability.SERIES)
def test_series(sample: Sample):
    parsed = sample.parsed()
    (series,) = parsed.found

    assert series.points == ((date(2024, 1, 1), Decimal("4.2")), (date(2024, 2, 1), None))
    assert parsed.following is not None
    assert parsed.following.url == "/fred/series"


TWO = QuotesAsked(("ACME", "OTHER"))
_OVER = {"code": 429, "status": "error", "message": "You have run out of API credits"}


def _faulty(provider: str, capability: Capability, body: Any, status: int = 200, asked: Any = QUOTES) -> Sample:
    return Sample(provider, capability, asked, body, status)


@pytest.mark.parametrize(
    ("sample", "kind"),
    [
        (_faulty("fmp", Capability.QUOTES, []), FaultKind.NOT_FOUND),
        (_faulty("fmp", Capability.QUOTES, "Premium Query Parameter: not in your plan", 402), FaultKind.REFUSED),
        (_faulty("fmp", Capability.QUOTES, {"Error Message": "Limit Reach"}, 429), FaultKind.RATE_LIMITED),
        (_faulty("fmp", Capability.QUOTES, {"Error Message": "Limit Reach"}), FaultKind.RATE_LIMITED),
        (
            _faulty("alphavantage", Capability.QUOTES, {"Note": "our standard API call frequency is 5"}),
            FaultKind.RATE_LIMITED,
        ),
        (_faulty("alphavantage", Capability.QUOTES, {"Information": "25 requests a day"}), FaultKind.RATE_LIMITED),
        (_faulty("alphavantage", Capability.QUOTES, {"Information": "a premium endpoint"}), FaultKind.REFUSED),
        (_faulty("alphavantage", Capability.QUOTES, {"Error Message": "Invalid API call"}), FaultKind.NOT_FOUND),
        (_faulty("alphavantage", Capability.QUOTES, {"Global Quote": {}}), FaultKind.NOT_FOUND),
        (_faulty("alphavantage", Capability.QUOTES, {}), FaultKind.NOT_FOUND),
        (
            _faulty("twelvedata", Capability.QUOTES, {"code": 429, "status": "error", "message": "x"}),
            FaultKind.RATE_LIMITED,
        ),
        (
            _faulty("twelvedata", Capability.QUOTES, {"code": 404, "status": "error", "message": "x"}),
            FaultKind.NOT_FOUND,
        ),
        (_faulty("twelvedata", Capability.QUOTES, {"code": 401, "status": "error", "message": "x"}), FaultKind.REFUSED),
        (
            _faulty("twelvedata", Capability.QUOTES, {"ACME": _OVER, "OTHER": _OVER}, asked=TWO),
            FaultKind.RATE_LIMITED,
        ),
        (_faulty("tiingo", Capability.QUOTES, []), FaultKind.NOT_FOUND),
        (_faulty("yahoo", Capability.QUOTES, "Too Many Requests\r\n", 429), FaultKind.RATE_LIMITED),
        (
            _faulty(
                "yahoo",
                Capability.QUOTES,
                {"chart": {"result": None, "error": {"code": "Not Found", "description": "No data found"}}},
            ),
            FaultKind.NOT_FOUND,
        ),
        (_faulty("tiingo", Capability.QUOTES, {"detail": "Invalid token."}, 401), FaultKind.REFUSED),
        (_faulty("tiingo", Capability.QUOTES, {"detail": "Not found."}, 404), FaultKind.NOT_FOUND),
        (
            _faulty("polygon", Capability.QUOTES, {"status": "ERROR", "error": "Unknown API Key"}, 401),
            FaultKind.REFUSED,
        ),
        (_faulty("polygon", Capability.QUOTES, {"status": "ERROR", "error": "x"}), FaultKind.DOWN),
        (_faulty("alpaca", Capability.QUOTES, {"message": "forbidden."}, 403), FaultKind.REFUSED),
        (
            _faulty(
                "fred",
                Capability.SERIES,
                {"error_message": "The value for variable api_key is not registered."},
                400,
                next(each.asked for each in SAMPLES if each.provider == "fred"),
            ),
            FaultKind.REFUSED,
        ),
        (
            _faulty(
                "fred",
                Capability.SERIES,
                {"error_message": "The series does not exist."},
                400,
                next(each.asked for each in SAMPLES if each.provider == "fred"),
            ),
            FaultKind.NOT_FOUND,
        ),
    ],
)
def test_whatever_way_an_error_comes_it_is_known(sample: Sample, kind: FaultKind):
    with pytest.raises(ProviderFault) as fault:
        sample.parsed()

    assert fault.value.kind is kind


# Their rows do not say whose they are: the path does.
_NAMELESS = {
    ("tiingo", Capability.DAILY_BARS),
    ("tiingo", Capability.STATEMENTS),
    ("file", Capability.DAILY_BARS),
    ("file", Capability.PROFILES),
    ("yahoo", Capability.PROFILES),
}


@pytest.mark.parametrize(
    "sample",
    [
        each
        for each in SAMPLES
        if each.capability in (Capability.DAILY_BARS, Capability.PROFILES, Capability.STATEMENTS)
        and (each.provider, each.capability) not in _NAMELESS
    ],
    ids=str,
)
def test_an_answer_about_something_else_is_none(sample: Sample):
    other = type(sample.asked)(**{
        name: getattr(sample.asked, name) for name in sample.asked.__dataclass_fields__
    } | {"symbol": "OTHER"} | ({"cik": 78} if isinstance(sample.asked, StatementsAsked) else {}))  # fmt: skip

    with pytest.raises(ProviderFault) as fault:
        Sample(sample.provider, sample.capability, other, sample.body).parsed()

    assert fault.value.kind is FaultKind.WRONG_SYMBOL


def test_symbols_are_spelled_as_each_provider_spells_them():
    asked = QuotesAsked(("BRK.B", "ACME"))
    told = {
        provider.name: str(provider.quotes.build(asked, "https://x.y", KEY))
        for provider in PROVIDERS
        if provider.quotes is not None
    }

    assert "BRK-B,ACME" in told["fmp"]
    assert "brk-b,acme" in told["tiingo"]
    assert "BRK-B" in told["yahoo"]
    assert "BRK.B,ACME" in told["polygon"]


def test_of_several_quotes_those_that_are_known_come_through():
    (known,) = [each for each in SAMPLES if each.provider == "twelvedata" and each.capability is Capability.QUOTES]
    unknown = {"code": 404, "status": "error", "message": "x"}

    (quote,) = Sample("twelvedata", Capability.QUOTES, TWO, {"OTHER": unknown, "ACME": known.body}).parsed().found

    assert (quote.symbol, quote.price) == ("ACME", Decimal("12.51"))


def test_days_of_long_ago_are_asked_for_as_such():
    endpoint = BY_NAME["alphavantage"].daily_bars
    assert endpoint is not None

    request = endpoint.build(BarsAsked("ACME", date(2010, 5, 3), date(2010, 5, 7)), "https://x.y", KEY)

    assert request.parameters["outputsize"] == "full"
