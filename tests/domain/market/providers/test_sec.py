"""The SEC's company facts: which quarter a figure is of, and what the reports do not tell of a quarter alone.

Acme's fiscal year ends with September.
"""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.web import Answer
from domain.market.providers.asked import StatementsAsked
from domain.market.providers.observed import ObservedStatement
from domain.market.providers.provider import ProviderFault
from domain.market.providers.sec import SEC
from domain.market.publications.types import StatementKind, StatementPeriod
from tests.domain.market.providers.samples import RECEIVED

# What a filing says of itself, by its name here.
FILINGS: dict[str, tuple[int, str, str, str]] = {
    "24": (2024, "FY", "10-K", "2024-11-01"),
    "25-Q1": (2025, "Q1", "10-Q", "2025-02-01"),
    "25-Q2": (2025, "Q2", "10-Q", "2025-05-01"),
    "25-Q3": (2025, "Q3", "10-Q", "2025-08-01"),
    "25": (2025, "FY", "10-K", "2025-11-01"),
    "26-Q1": (2026, "Q1", "10-Q", "2026-02-01"),
}


def fact(filing: str, value: float, end: str, start: str | None = None) -> dict[str, Any]:
    """Return a fact as the SEC tells it."""
    year, period, form, filed = FILINGS[filing]
    told = {"end": end, "val": value, "accn": filing, "fy": year, "fp": period, "form": form, "filed": filed}
    return told if start is None else told | {"start": start}


def parsed(
    kind: StatementKind, period: StatementPeriod, unit: str = "USD", **lines: list[dict[str, Any]]
) -> dict[tuple[int, int | None, date], ObservedStatement]:
    """Return the statements that are read from lines, by fiscal year, quarter and last day."""
    asked = StatementsAsked("ACME", kind, period, cik=77)
    taxonomy = {
        line: {"units": {f"{unit}/shares" if line.startswith("EarningsPerShare") else unit: facts}}
        for line, facts in lines.items()
    }
    body = json.dumps({"cik": 77, "facts": {"us-gaap": taxonomy}}).encode()
    found = SEC.statements.parse(asked, Answer(200, {}, body, RECEIVED)).found  # type: ignore[union-attr]
    by_label = {(each.fiscal_year, each.fiscal_quarter, each.ends_on): each for each in found}
    assert len(by_label) == len(found)
    return by_label


ASSETS = [
    fact("24", 100, "2024-09-28"),
    fact("25-Q1", 110, "2024-12-28"),
    # Each of a year's quarterly reports repeats the last year's end; the second one corrects it.
    fact("25-Q1", 100, "2024-09-28"),
    fact("25-Q2", 101, "2024-09-28"),
    fact("25-Q2", 120, "2025-03-29"),
    fact("25", 150, "2025-09-27"),
    fact("25", 101, "2024-09-28"),
    fact("26-Q1", 150, "2025-09-27"),
    fact("26-Q1", 160, "2025-12-27"),
]


def test_a_balance_that_a_later_report_repeats_is_of_its_own_quarter():
    found = parsed(StatementKind.BALANCE_SHEET, StatementPeriod.QUARTER, Assets=ASSETS)

    assert {label: each.figures["Assets"] for label, each in found.items()} == {
        (2024, 4, date(2024, 9, 28)): 101,
        (2025, 1, date(2024, 12, 28)): 110,
        (2025, 2, date(2025, 3, 29)): 120,
        (2025, 4, date(2025, 9, 27)): 150,
        (2026, 1, date(2025, 12, 27)): 160,
    }


def test_the_balance_of_a_year_is_that_of_its_last_day():
    found = parsed(StatementKind.BALANCE_SHEET, StatementPeriod.YEAR, Assets=ASSETS)

    assert {label: each.figures["Assets"] for label, each in found.items()} == {
        (2024, None, date(2024, 9, 28)): 101,
        (2025, None, date(2025, 9, 27)): 150,
    }


def test_a_balance_that_is_only_repeated_has_its_quarter_too():
    found = parsed(
        StatementKind.BALANCE_SHEET,
        StatementPeriod.QUARTER,
        Assets=[fact("26-Q1", 150, "2025-09-27"), fact("26-Q1", 160, "2025-12-27")],
    )

    assert list(found) == [(2025, 4, date(2025, 9, 27)), (2026, 1, date(2025, 12, 27))]


FLOWS = [
    fact("25-Q1", 30, "2024-12-28", "2024-09-29"),
    fact("25-Q2", 55, "2025-03-29", "2024-09-29"),
    fact("25-Q3", 75, "2025-06-28", "2024-09-29"),
    fact("25", 111, "2025-09-27", "2024-09-29"),
    # The year before, for comparison.
    fact("25", 105, "2024-09-28", "2023-10-01"),
]


def test_cash_flows_told_from_the_start_of_the_year_are_told_by_quarter():
    found = parsed(StatementKind.CASH_FLOW, StatementPeriod.QUARTER, NetCashProvidedByUsedInOperatingActivities=FLOWS)

    assert {
        label: each.figures["NetCashProvidedByUsedInOperatingActivities"] for label, each in found.items()
    } == {
        (2025, 1, date(2024, 12, 28)): 30,
        (2025, 2, date(2025, 3, 29)): 25,
        (2025, 3, date(2025, 6, 28)): 20,
        (2025, 4, date(2025, 9, 27)): 36,
    }  # fmt: skip
    assert found[2025, 4, date(2025, 9, 27)].filed_on == date(2025, 11, 1)


def test_a_year_told_late_for_comparison_is_of_its_own_year():
    found = parsed(StatementKind.CASH_FLOW, StatementPeriod.YEAR, NetCashProvidedByUsedInOperatingActivities=FLOWS)

    assert list(found) == [(2024, None, date(2024, 9, 28)), (2025, None, date(2025, 9, 27))]


def test_a_quarter_of_its_own_counts_before_what_could_be_derived():
    income = [fact("25-Q3", 19, "2025-06-28", "2025-03-30"), *FLOWS[1:4]]
    found = parsed(StatementKind.INCOME, StatementPeriod.QUARTER, NetIncomeLoss=income)

    assert found[2025, 3, date(2025, 6, 28)].figures["NetIncomeLoss"] == 19
    assert found[2025, 4, date(2025, 9, 27)].figures["NetIncomeLoss"] == 36


def test_earnings_per_share_are_read_and_no_quarter_of_them_is_derived():
    found = parsed(
        StatementKind.INCOME,
        StatementPeriod.QUARTER,
        NetIncomeLoss=FLOWS,
        EarningsPerShareDiluted=[
            fact("25-Q1", 0.3, "2024-12-28", "2024-09-29"),
            fact("25-Q2", 0.55, "2025-03-29", "2024-09-29"),
            fact("25", 1.11, "2025-09-27", "2024-09-29"),
        ],
    )

    assert found[2025, 1, date(2024, 12, 28)].figures["EarningsPerShareDiluted"] == Decimal("0.3")
    assert "EarningsPerShareDiluted" not in found[2025, 2, date(2025, 3, 29)].figures
    assert "EarningsPerShareDiluted" not in found[2025, 4, date(2025, 9, 27)].figures


def test_a_company_may_report_in_another_currency():
    (statement,) = parsed(
        StatementKind.CASH_FLOW,
        StatementPeriod.YEAR,
        unit="CNY",
        NetCashProvidedByUsedInOperatingActivities=[fact("25", 111, "2025-09-27", "2024-09-29")],
    ).values()

    assert statement.currency == "CNY"
    assert statement.figures["NetCashProvidedByUsedInOperatingActivities"] == 111


def test_a_fiscal_year_that_cannot_be_is_refused():
    wrong = fact("25", 111, "2025-09-27", "2024-09-29") | {"fy": 20_250}

    with pytest.raises(ProviderFault, match="expected a fiscal year and a value, got "):
        parsed(StatementKind.INCOME, StatementPeriod.YEAR, NetIncomeLoss=[wrong])
