"""The SEC's company facts: what companies have filed, in XBRL.  Source: sec.gov/edgar/sec-api-documentation.

No key is needed; who asks has to say who they are, a name and an address of mail, which is configured as the key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from domain.kernel.web import Answer, Request
from domain.market.providers.asked import StatementsAsked
from domain.market.providers.observed import ObservedStatement
from domain.market.providers.provider import Credentials, Endpoint, FaultKind, Parsed, Provider, ProviderFault, Tier
from domain.market.providers.reading import Record, garbled, json_of, record_of, records_of
from domain.market.publications.types import StatementKind, StatementPeriod

# The lines of each statement, as the US GAAP taxonomy names them; companies that have changed the name of a line have
# filed it under several.
_LINES: Final[Mapping[StatementKind, tuple[str, ...]]] = {
    StatementKind.INCOME: (
        "RevenueFromContractWithCustomerExcludingAssessedTax", "Revenues", "SalesRevenueNet", "CostOfRevenue",
        "CostOfGoodsAndServicesSold", "GrossProfit", "ResearchAndDevelopmentExpense",
        "SellingGeneralAndAdministrativeExpense", "OperatingExpenses", "OperatingIncomeLoss", "InterestExpense",
        "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest",
        "IncomeTaxExpenseBenefit", "NetIncomeLoss", "ProfitLoss",
    ),
    StatementKind.BALANCE_SHEET: (
        "CashAndCashEquivalentsAtCarryingValue", "MarketableSecuritiesCurrent", "AccountsReceivableNetCurrent",
        "InventoryNet", "AssetsCurrent", "PropertyPlantAndEquipmentNet", "Goodwill", "Assets", "AccountsPayableCurrent",
        "LiabilitiesCurrent", "LongTermDebtNoncurrent", "Liabilities", "RetainedEarningsAccumulatedDeficit",
        "StockholdersEquity", "LiabilitiesAndStockholdersEquity",
    ),
    StatementKind.CASH_FLOW: (
        "NetCashProvidedByUsedInOperatingActivities", "DepreciationDepletionAndAmortization", "ShareBasedCompensation",
        "PaymentsToAcquirePropertyPlantAndEquipment", "NetCashProvidedByUsedInInvestingActivities",
        "PaymentsOfDividends", "PaymentsForRepurchaseOfCommonStock", "NetCashProvidedByUsedInFinancingActivities",
    ),
}  # fmt: skip

# How long a fiscal year and a quarter are, give or take the weeks that end them.
_YEAR: Final = (timedelta(days=350), timedelta(days=380))
_QUARTER: Final = (timedelta(days=80), timedelta(days=100))
_FORMS: Final = frozenset({"10-K", "10-K/A", "10-Q", "10-Q/A", "20-F", "40-F"})


@dataclass(frozen=True, slots=True)
class _Fact:
    """One figure of one period, as it was filed."""

    value: Decimal
    ends_on: date
    filed_on: date
    fiscal_year: int
    fiscal_period: str


def _build(asked: StatementsAsked, base_url: str, credentials: Credentials) -> Request:
    if asked.cik is None:
        raise ProviderFault(FaultKind.NOT_FOUND, f"the number of {asked.symbol} at the SEC is not known")
    return Request(
        url=f"{base_url}/api/xbrl/companyfacts/CIK{asked.cik:010d}.json", secret_headers={"User-Agent": credentials.key}
    )


def _parse(asked: StatementsAsked, answer: Answer) -> Parsed[ObservedStatement]:
    found = record_of(json_of(answer), "the answer")
    if found.whole("cik") != asked.cik:
        raise ProviderFault(FaultKind.WRONG_SYMBOL, f"expected the company {asked.cik}, got {found.get('cik')!r:.20}")
    facts = record_of(found.record("facts").get("us-gaap") or {}, "us-gaap")
    by_end: dict[date, dict[str, _Fact]] = {}
    for line in _LINES[asked.kind]:
        if facts.get(line) is None:
            continue
        for fact in _facts(facts.record(line), asked):
            kept = by_end.setdefault(fact.ends_on, {})
            # The last word counts: a later filing corrects an earlier one.
            if line not in kept or fact.filed_on > kept[line].filed_on:
                kept[line] = fact
    return Parsed(tuple(_statement(asked, end, lines) for end, lines in sorted(by_end.items())))


def _facts(line: Record, asked: StatementsAsked) -> Iterator[_Fact]:
    units = record_of(line.get("units") or {}, "units")
    for each in records_of(units.get("USD") or [], "facts"):
        if each.text("form") not in _FORMS or not _is_of_period(each, asked):
            continue
        value, year = each.number("val"), each.whole("fy")
        if value is None or year is None:
            continue
        ends_on = each.needed_day("end")
        yield _Fact(value, ends_on, each.needed_day("filed"), _fiscal_year(each, year, ends_on), each.text("fp") or "")


def _is_of_period(each: Record, asked: StatementsAsked) -> bool:
    if asked.kind is StatementKind.BALANCE_SHEET:
        # A figure of a day: of the year's end where an annual report has it.
        is_annual = each.text("fp") == "FY"
        return each.get("start") is None and is_annual == (asked.period is StatementPeriod.YEAR)
    if each.get("start") is None:
        return False
    least, most = _YEAR if asked.period is StatementPeriod.YEAR else _QUARTER
    return least <= each.needed_day("end") - each.needed_day("start") <= most


def _fiscal_year(each: Record, year: int, ends_on: date) -> int:
    # `fy` is of the report, which repeats the years before it for comparison.
    filed = each.needed_day("filed")
    late = max(0, (filed - ends_on).days // 365)
    return year - late


def _statement(asked: StatementsAsked, ends_on: date, lines: Mapping[str, _Fact]) -> ObservedStatement:
    first = min(lines.values(), key=lambda fact: fact.filed_on)
    is_year = asked.period is StatementPeriod.YEAR
    quarter = {"Q1": 1, "Q2": 2, "Q3": 3}.get(first.fiscal_period, 4)
    if not 1900 <= first.fiscal_year <= 2100:
        raise garbled("a fiscal year", first.fiscal_year)
    return ObservedStatement(
        symbol=asked.symbol,
        kind=asked.kind,
        period=asked.period,
        fiscal_year=first.fiscal_year,
        fiscal_quarter=None if is_year else quarter,
        ends_on=ends_on,
        currency="USD",
        figures={line: fact.value for line, fact in lines.items()},
        filed_on=max(fact.filed_on for fact in lines.values()),
    )


SEC: Final = Provider(
    name="sec",
    title="SEC company facts",
    base_url="https://data.sec.gov",
    tier=Tier.INSTITUTIONAL,
    priority=1,
    reliability=1.0,
    # Ten a second, as its fair access policy says.
    calls_per_minute=600,
    statements=Endpoint(_build, _parse),
)
