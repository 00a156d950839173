"""That what measures the pipeline measures something."""

from tests.benchmarks.measure_company_pipeline import Step, measure, table


async def test_a_few_companies(tmp_path, sqlite_databases):
    steps = await measure(await sqlite_databases.empty(), tmp_path, 60)

    assert len(steps) == 8
    assert min(step.seconds for step in steps[1:]) > 0


def test_the_table():
    steps = [Step(f"step {number}", number, 0.5, 12, 110 + number) for number in range(8)]

    text = table("SQLite", 1_250, 56, steps)

    assert "| step 2 | 2.00 | 0.50 | 12 ms | 2 MB |" in text
    assert "Whole, with a week before: 7.00 s, to be at most 2 s." in text
