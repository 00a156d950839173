"""Returns, betas and ranges of closes that are written by hand."""

from datetime import date, timedelta

import numpy as np
import pytest

from domain.companies.demonstration.performance import figures_of_prices
from domain.market.demonstration.prices import PriceTable


def _table(*rows: tuple[str, float, float]) -> PriceTable:
    return PriceTable(
        sessions=tuple(date.fromisoformat(day) for day, _, _ in rows),
        symbols=("SP500", "XX"),
        closes=np.array([closes for _, *closes in rows]),
    )


def _years(last: date, days: int) -> PriceTable:
    """Return closes of every day: XX moves twice as much as the index."""
    sessions = [last - timedelta(days - 1 - place) for place in range(days)]
    index = 100 * np.exp(np.cumsum(np.random.default_rng(3).normal(0, 0.01, days)))
    return PriceTable(tuple(sessions), ("SP500", "XX"), np.column_stack((index, index)))


def test_a_year_is_from_the_same_day_on():
    table = _table(
        ("2020-11-27", 100, 1),
        ("2021-11-26", 100, 20),
        ("2021-11-30", 100, 25),
        ("2022-05-02", 100, 50),
        ("2022-06-01", 100, np.nan),
        ("2022-11-28", 100, 30),
        ("2022-12-01", 100, 99),
    )

    found = figures_of_prices(table, "XX", date(2022, 11, 29))

    # The close before the day a year ago is what a holder had then; it is not in the range of the year.
    assert {code: figure.value for code, figure in found.figures.items()} == {
        "low52W": 25.0, "high52W": 50.0, "return1Y": 50.0
    }  # fmt: skip
    assert found.companions["price"].value == 30
    assert found.companions["price"].source == "skfolio 1.12.2, adjusted closes: close of 2022-11-28"
    assert found.figures["return1Y"].source.endswith("from the close of 2021-11-26 to that of 2022-11-28")


def test_what_prices_do_not_reach_back_to_is_not_covered():
    table = _table(("2022-01-03", 100, 20), ("2022-11-28", 100, 30))

    found = figures_of_prices(table, "XX", date(2022, 11, 29))

    assert found.figures == {}
    assert {"low52W", "high52W", "return1Y", "return3Y", "return5Y", "beta5Y"} <= found.absences.keys()


def test_a_company_without_a_close_is_refused():
    table = _table(("2022-11-28", 100, np.nan), ("2022-12-01", 100, 30))

    with pytest.raises(ValueError, match="expected a close of XX up to 2022-11-29, got none"):
        figures_of_prices(table, "XX", date(2022, 11, 29))


def test_a_day_that_a_month_lacks_is_its_last():
    table = _years(date(2024, 2, 29), 2_000)

    found = figures_of_prices(table, "XX", date(2024, 2, 29)).figures

    assert found["return1Y"].cells[0].row == {"date": "2023-02-28"}
    assert [cell.row["date"] for cell in found["beta5Y"].cells[:3]] == ["2019-02-28", "2019-03-29", "2019-04-29"]
    found = figures_of_prices(table, "XX", date(2023, 12, 31)).figures
    assert [cell.row["date"] for cell in found["beta5Y"].cells[57:61]] == [
        "2023-09-30", "2023-10-31", "2023-11-30", "2023-12-31"
    ]  # fmt: skip


def test_the_index_has_a_beta_of_one():
    assert figures_of_prices(_years(date(2024, 2, 29), 2_000), "XX", date(2024, 2, 29)).figures[
        "beta5Y"
    ].value == pytest.approx(1, rel=1e-12)
