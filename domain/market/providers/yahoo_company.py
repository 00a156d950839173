"""Yahoo Finance on companies: profiles and statements, without a cookie; and chains of options, which need one.

It has no documentation: read from recorded answers.  The names of lines, and what needs a cookie and the crumb that
belongs to it, are from the source of node-yahoo-finance2.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Final
from urllib.parse import quote

from domain.kernel.web import Answer, Request
from domain.market.occ import parse_occ
from domain.market.providers.asked import ChainAsked, StatementsAsked, SymbolAsked
from domain.market.providers.names import market_code, sector_name
from domain.market.providers.observed import ObservedContract, ObservedProfile, ObservedStatement
from domain.market.providers.provider import Credentials, FaultKind, Parsed, ProviderFault
from domain.market.providers.reading import (
    MAXIMUM_ENTRIES,
    Record,
    dashed_symbol,
    expect_symbol,
    garbled,
    instant_since_1970,
    json_of,
    number_of,
    plain_symbol,
    record_of,
    records_of,
)
from domain.market.publications.types import StatementKind, StatementPeriod
from domain.market.types import InstrumentKind

# It asks who asks; without a name it refuses.
HEADERS: Final = {"User-Agent": "Mozilla/5.0"}

_KINDS: Final = {
    "EQUITY": InstrumentKind.STOCK, "ETF": InstrumentKind.ETF, "MUTUALFUND": InstrumentKind.MUTUAL_FUND,
    "INDEX": InstrumentKind.INDEX,
}  # fmt: skip
# The lines of each statement: it tells those alone that it is asked for.
_LINES: Final = {
    StatementKind.INCOME: (
        "TotalRevenue", "OperatingRevenue", "CostOfRevenue", "GrossProfit", "SellingGeneralAndAdministration",
        "ResearchAndDevelopment", "OperatingExpense", "OperatingIncome", "InterestExpense", "InterestIncome",
        "OtherIncomeExpense", "TotalExpenses", "PretaxIncome", "TaxProvision", "NetIncomeContinuousOperations",
        "NetIncomeDiscontinuousOperations", "MinorityInterests", "PreferredStockDividends", "NetIncome",
        "NetIncomeCommonStockholders", "BasicAverageShares", "DilutedAverageShares", "DividendPerShare", "BasicEPS",
        "DilutedEPS", "EBIT", "EBITDA", "ReconciledDepreciation", "TotalOperatingIncomeAsReported",
    ),
    StatementKind.BALANCE_SHEET: (
        "CashAndCashEquivalents", "CashCashEquivalentsAndShortTermInvestments", "Receivables", "AccountsReceivable",
        "Inventory", "CurrentAssets", "NetPPE", "Goodwill", "GoodwillAndOtherIntangibleAssets",
        "InvestmentsAndAdvances", "TotalNonCurrentAssets", "TotalAssets", "AccountsPayable", "CurrentDebt",
        "CurrentDeferredRevenue", "CurrentLiabilities", "LongTermDebt", "TotalNonCurrentLiabilitiesNetMinorityInterest",
        "TotalLiabilitiesNetMinorityInterest", "CommonStock", "RetainedEarnings", "TreasuryStock", "StockholdersEquity",
        "MinorityInterest", "TotalEquityGrossMinorityInterest", "TotalDebt", "NetDebt", "InvestedCapital",
        "WorkingCapital", "TangibleBookValue", "ShareIssued", "OrdinarySharesNumber", "TreasurySharesNumber",
    ),
    StatementKind.CASH_FLOW: (
        "OperatingCashFlow", "NetIncomeFromContinuingOperations", "DepreciationAndAmortization",
        "StockBasedCompensation", "DeferredIncomeTax", "ChangeInWorkingCapital", "InvestingCashFlow",
        "PurchaseOfPPE", "CapitalExpenditure", "PurchaseOfBusiness", "PurchaseOfInvestment", "SaleOfInvestment",
        "FinancingCashFlow", "IssuanceOfDebt", "RepaymentOfDebt", "IssuanceOfCapitalStock", "RepurchaseOfCapitalStock",
        "CashDividendsPaid", "ChangesInCash", "EffectOfExchangeRateChanges", "BeginningCashPosition",
        "EndCashPosition", "FreeCashFlow", "InterestPaidSupplementalData", "IncomeTaxPaidSupplementalData",
    ),
}  # fmt: skip
_PERIODS: Final = {StatementPeriod.YEAR: ("annual", "12M"), StatementPeriod.QUARTER: ("quarterly", "3M")}
# It wants a span: from 2000 to 2100.
_SPAN: Final = {"period1": "946684800", "period2": "4102444800"}
# What it writes for an implied volatility that it does not know is about 0.00001.
_LEAST_VOLATILITY: Final = 0.0001
_UNITS: Final = {None: 100, "REGULAR": 100, "MINI": 10}


def build_profile(asked: SymbolAsked, base_url: str, credentials: Credentials) -> Request:
    """Search for a symbol: what is found says what it is."""
    del credentials
    return Request(
        url=f"{base_url}/v1/finance/search",
        parameters={"q": dashed_symbol(asked.symbol), "quotesCount": "10", "newsCount": "0"},
        headers=HEADERS,
    )


def parse_profile(asked: SymbolAsked, answer: Answer) -> Parsed[ObservedProfile]:
    """Read the one of what was found that has this symbol."""
    found = record_of(json_of(answer), "the answer")
    for each in records_of(found.get("quotes") or [], "what was found"):
        if plain_symbol(each.text("symbol") or "") != plain_symbol(asked.symbol):
            continue
        profile = ObservedProfile(
            symbol=asked.symbol,
            name=each.text("longname") or each.needed_text("shortname"),
            kind=_KINDS.get(each.text("quoteType") or ""),
            exchange=market_code(each.text("exchange")),
            sector=sector_name(each.text("sector")),
            industry=each.text("industry"),
        )
        return Parsed((profile,))
    raise ProviderFault(FaultKind.NOT_FOUND, f"expected {asked.symbol} among what was found, got others")


def build_statements(asked: StatementsAsked, base_url: str, credentials: Credentials) -> Request:
    """Ask for all lines of a statement by their names."""
    del credentials
    period, _ = _PERIODS[asked.period]
    return Request(
        url=f"{base_url}/ws/fundamentals-timeseries/v1/finance/timeseries/{quote(dashed_symbol(asked.symbol))}",
        parameters={**_SPAN, "type": ",".join(f"{period}{line}" for line in _LINES[asked.kind])},
        headers=HEADERS,
    )


def parse_statements(asked: StatementsAsked, answer: Answer) -> Parsed[ObservedStatement]:
    """Put the values of all lines together by the day on which their period ends, the latest first."""
    found = record_of(json_of(answer), "the answer").record("timeseries")
    if found.get("error") is not None:
        raise ProviderFault(FaultKind.DOWN, str(found.record("error").get("description"))[:200])
    figures: dict[date, dict[str, Decimal | None]] = defaultdict(dict)
    currencies: dict[date, str] = {}
    for series in found.records("result"):
        for line, each in _values(asked, series):
            ends_on = each.needed_day("asOfDate")
            figures[ends_on][line] = each.record("reportedValue").number("raw")
            currencies[ends_on] = each.needed_text("currencyCode")
    ends = sorted(figures, reverse=True)
    return Parsed(tuple(_statement(asked, ends_on, currencies[ends_on], figures[ends_on]) for ends_on in ends))


def _values(asked: StatementsAsked, series: Record) -> Iterator[tuple[str, Record]]:
    about = series.record("meta")
    expect_symbol(asked.symbol, next(iter(about.texts("symbol")), None))
    period, length = _PERIODS[asked.period]
    for name in about.texts("type"):
        line = name.removeprefix(period)
        if line == name or line not in _LINES[asked.kind]:
            continue
        values = series.get(name) or []
        if not isinstance(values, list) or len(values) > MAXIMUM_ENTRIES:
            raise garbled(f"a list as {name}", values)
        # A period in which there was none has null.
        for each in (record_of(value, name) for value in values if value is not None):
            if each.text("periodType") == length:
                yield line, each


def _statement(
    asked: StatementsAsked, ends_on: date, currency: str, figures: dict[str, Decimal | None]
) -> ObservedStatement:
    is_year = asked.period is StatementPeriod.YEAR
    return ObservedStatement(
        symbol=asked.symbol,
        kind=asked.kind,
        period=asked.period,
        # It does not tell the fiscal year: that of the calendar in which it ends.
        fiscal_year=ends_on.year,
        fiscal_quarter=None if is_year else (ends_on.month + 2) // 3,
        ends_on=ends_on,
        currency=currency,
        figures=figures,
    )


def build_chain(asked: ChainAsked, base_url: str, credentials: Credentials) -> Request:
    """Ask for one expiry, the nearest where none is asked for: the key is a crumb, the secret the cookie to it.

    Raises `ProviderFault` without them: it would refuse.
    """
    if not credentials.key or not credentials.secret:
        raise ProviderFault(FaultKind.REFUSED, "expected a cookie and its crumb as secret and key, got none")
    asking = _chain_request(asked.underlying, asked.expiry)
    return replace(
        asking,
        url=f"{base_url}{asking.url}",
        secret_parameters={"crumb": credentials.key},
        secret_headers={"Cookie": credentials.secret},
    )


def _chain_request(underlying: str, expiry: date | None) -> Request:
    only = {} if expiry is None else {"date": str(int(datetime.combine(expiry, time.min, UTC).timestamp()))}
    return Request(url=f"/v7/finance/options/{quote(dashed_symbol(underlying))}", parameters=only, headers=HEADERS)


def parse_chain(asked: ChainAsked, answer: Answer) -> Parsed[ObservedContract]:
    """Read the calls and puts; where all expiries are asked for, the next one follows."""
    chain = record_of(json_of(answer), "the answer").record("optionChain")
    if chain.get("error") is not None:
        raise ProviderFault(FaultKind.NOT_FOUND, str(chain.record("error").get("description"))[:200])
    result = next(chain.records("result"), None)
    if result is None:
        raise ProviderFault(FaultKind.NOT_FOUND, f"expected options on {asked.underlying}, got none")
    expect_symbol(asked.underlying, result.text("underlyingSymbol"))
    spot = record_of(result.get("quote") or {}, "quote").price("regularMarketPrice")
    found: list[ObservedContract] = []
    shown: date | None = None
    for part in result.records("options"):
        shown = _expiry(part.get("expirationDate"))
        for name in ("calls", "puts"):
            found += [_contract(asked, each, spot, answer) for each in records_of(part.get(name) or [], name)]
    return Parsed(tuple(found), None if asked.expiry is not None else _following(asked, result, shown))


def _following(asked: ChainAsked, result: Record, shown: date | None) -> Request | None:
    stamps = result.get("expirationDates") or []
    if not isinstance(stamps, list) or len(stamps) > MAXIMUM_ENTRIES:
        raise garbled("a list of expiries", stamps)
    later = [expiry for expiry in map(_expiry, stamps) if shown is not None and expiry > shown]
    return _chain_request(asked.underlying, min(later)) if later else None


def _expiry(stamp: object) -> date:
    number = number_of(stamp, "an expiry")
    if number is None:
        raise garbled("the time of an expiry", stamp)
    # Midnight of the day, in UTC.
    return instant_since_1970(number, "an expiry").date()


def _contract(asked: ChainAsked, each: Record, spot: Decimal | None, answer: Answer) -> ObservedContract:
    symbol = parse_occ(each.needed_text("contractSymbol"))
    size = each.text("contractSize")
    if symbol is None or size not in _UNITS:
        raise garbled("the OCC symbol and size of a contract", (each.get("contractSymbol"), size))
    volatility = each.volatility("impliedVolatility")
    return ObservedContract(
        underlying=asked.underlying,
        right=symbol.right,
        style=symbol.style,
        strike=symbol.strike,
        expiry=symbol.expiry,
        multiplier=_UNITS[size],
        bid=each.price("bid"),
        ask=each.price("ask"),
        last=each.price("lastPrice"),
        volume=each.whole("volume"),
        open_interest=each.whole("openInterest"),
        implied_volatility=volatility if volatility is not None and volatility >= _LEAST_VOLATILITY else None,
        # It tells when the last trade was, not when the sides were quoted.
        at=answer.received_at,
        root=symbol.root,
        underlying_price=spot,
    )
