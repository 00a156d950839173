"""The SEC's company facts: what companies have filed, in XBRL.  Source: sec.gov/edgar/sec-api-documentation.

No key is needed; who asks has to say who they are, a name and an address of mail, which is configured as the key.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
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
        "IncomeTaxExpenseBenefit", "NetIncomeLoss", "ProfitLoss", "EarningsPerShareBasic", "EarningsPerShareDiluted",
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

# What is told a share is not a sum over time: no quarter of it can be derived.
_PER_SHARE: Final = ("EarningsPerShareBasic", "EarningsPerShareDiluted")

# How long a fiscal year and a quarter are, give or take the weeks that end them.
_YEAR: Final = (timedelta(days=350), timedelta(days=380))
_QUARTER: Final = (timedelta(days=80), timedelta(days=100))
_DAYS_OF_A_QUARTER: Final = 365.25 / 4
_FORMS: Final = frozenset({"10-K", "10-K/A", "10-Q", "10-Q/A", "20-F", "40-F"})
_QUARTERS: Final = {"Q1": 0, "Q2": 1, "Q3": 2, "FY": 3}


@dataclass(frozen=True, slots=True)
class _Fact:
    """One figure of one period, as it was filed.  `starts_on` is None for a figure of a day.

    `quarter` counts fiscal quarters from year 0: four times the fiscal year, plus 0 to 3; a year has that of its last.
    """

    value: Decimal
    starts_on: date | None
    ends_on: date
    filed_on: date
    quarter: int


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
    taxonomy = record_of(found.record("facts").get("us-gaap") or {}, "us-gaap")
    currency, filed = _filed(taxonomy)
    ends = _ends_of_filings(filed)
    by_end: dict[date, dict[str, _Fact]] = {}
    for line in _LINES[asked.kind]:
        facts = [_fact(each, ends) for each in filed.get(line, ())]
        for fact in _of_period(line, facts, asked):
            by_end.setdefault(fact.ends_on, {})[line] = fact
    return Parsed(tuple(_statement(asked, end, lines, currency) for end, lines in sorted(by_end.items())))


def _filed(taxonomy: Record) -> tuple[str, dict[str, list[Record]]]:
    """The currency a company reports in, and what it has filed in it of each line that is read."""
    units = {
        line: record_of(taxonomy.record(line).get("units") or {}, "units")
        for lines in _LINES.values()
        for line in lines
        if taxonomy.get(line) is not None
    }
    currencies = sorted({unit for found in units.values() for unit in found.members if len(unit) == 3})
    currency = "USD" if "USD" in currencies or not currencies else currencies[0]
    filed: dict[str, list[Record]] = {}
    for line, found in units.items():
        unit = f"{currency}/shares" if line in _PER_SHARE else currency
        filed[line] = [each for each in records_of(found.get(unit) or [], "facts") if _is_read(each)]
    return currency, filed


def _is_read(each: Record) -> bool:
    return (
        each.text("form") in _FORMS
        and each.text("accn") is not None
        and each.text("fp") in _QUARTERS
        and each.whole("fy") is not None
        and each.number("val") is not None
    )


def _ends_of_filings(filed: Mapping[str, list[Record]]) -> dict[str | None, date]:
    """The day that each filing reports up to: the last of what it tells, as it repeats the past for comparison."""
    ends: dict[str | None, date] = {}
    for facts in filed.values():
        for each in facts:
            filing, end = each.text("accn"), each.needed_day("end")
            ends[filing] = max(end, ends.get(filing, end))
    return ends


def _fact(each: Record, ends: Mapping[str | None, date]) -> _Fact:
    # `fy` and `fp` are of the report: what it repeats of the past is as many quarters earlier as its end is.
    year, value, ends_on = each.whole("fy"), each.number("val"), each.needed_day("end")
    if year is None or value is None or not 1900 <= year <= 2100:
        raise garbled("a fiscal year and a value", (year, value))
    earlier = round((ends[each.text("accn")] - ends_on).days / _DAYS_OF_A_QUARTER)
    return _Fact(
        value=value,
        starts_on=None if each.get("start") is None else each.needed_day("start"),
        ends_on=ends_on,
        filed_on=each.needed_day("filed"),
        quarter=4 * year + _QUARTERS[each.text("fp") or ""] - earlier,
    )


def _of_period(line: str, facts: Iterable[_Fact], asked: StatementsAsked) -> Iterable[_Fact]:
    """What was last filed of each year, or of each quarter."""
    last: dict[tuple[date | None, date], _Fact] = {}
    for fact in sorted(facts, key=lambda fact: fact.filed_on):
        # A later filing corrects the figure; which quarter it is of, the first one, which was about it, knows best.
        before = last.get((fact.starts_on, fact.ends_on))
        last[fact.starts_on, fact.ends_on] = fact if before is None else replace(fact, quarter=before.quarter)
    is_year = asked.period is StatementPeriod.YEAR
    if asked.kind is StatementKind.BALANCE_SHEET:
        # The last quarter ends with the year.
        return [fact for (start, _), fact in last.items() if start is None and (not is_year or fact.quarter % 4 == 3)]
    spans = {(start, end): fact for (start, end), fact in last.items() if start is not None}
    if is_year:
        return [fact for (start, end), fact in spans.items() if _YEAR[0] <= end - start <= _YEAR[1]]
    quarters = {end: fact for (start, end), fact in spans.items() if _QUARTER[0] <= end - start <= _QUARTER[1]}
    derived = {} if line in _PER_SHARE else {fact.ends_on: fact for fact in _less_what_came_before(spans)}
    return (derived | quarters).values()


def _less_what_came_before(spans: Mapping[tuple[date, date], _Fact]) -> Iterator[_Fact]:
    # Cash flows are told from the start of the year on, and no report is of the fourth quarter alone: the quarter is
    # what was told up to its end, less what was told of the same year up to the end of the quarter before.
    for (begun, end), (start, until) in pairwise(sorted(spans)):
        before, fact = spans[begun, end], spans[start, until]
        if begun == start and _QUARTER[0] <= until - end <= _QUARTER[1]:
            yield replace(fact, value=fact.value - before.value, filed_on=max(fact.filed_on, before.filed_on))


def _statement(asked: StatementsAsked, ends_on: date, lines: Mapping[str, _Fact], currency: str) -> ObservedStatement:
    fiscal_year, quarter = divmod(min(lines.values(), key=lambda fact: fact.filed_on).quarter, 4)
    return ObservedStatement(
        symbol=asked.symbol,
        kind=asked.kind,
        period=asked.period,
        fiscal_year=fiscal_year,
        fiscal_quarter=None if asked.period is StatementPeriod.YEAR else quarter + 1,
        ends_on=ends_on,
        currency=currency,
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
