"""That what measures the search of companies measures something."""

from tests.benchmarks.measure_company_search import Found, made_companies, measure, table


def test_a_few_companies():
    found = measure(200, 10)

    assert found.words > 200
    assert found.built > 0
    assert [len(each) for each in found.kinds.values()] == [2] * 5


def test_the_companies_are_all_of_another_ticker():
    assert len({each["ticker"] for each in made_companies(300)}) == 300


def test_the_table():
    text = table([Found(12_500, 9_000, 0.5, 0.004, {"ticker": [1.0, 1.0]})])

    assert "| 12,500 | 9,000 | 0.5 s | 4 ms | ticker | 1.00 ms | 1.00 ms |" in text
