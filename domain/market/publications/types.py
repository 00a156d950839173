"""What is published about companies and economies."""

from enum import StrEnum


class StatementKind(StrEnum):
    """The three financial statements."""

    INCOME = "INCOME"
    BALANCE_SHEET = "BALANCE_SHEET"
    CASH_FLOW = "CASH_FLOW"


class StatementPeriod(StrEnum):
    """How much time a statement covers; a balance sheet is of the end of it."""

    YEAR = "YEAR"
    QUARTER = "QUARTER"
