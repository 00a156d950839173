"""A large file costs by its size: what is asked of the database grows by batches of 2,000 rows, not by rows."""

from domain.portfolios.imports.models import ImportRow
from domain.portfolios.models import Transaction
from domain.portfolios.types import RowState
from tests.factories import imports
from tests.support.statements import counted_statements

BATCH = 2_000


def positions(rows: int) -> str:
    head = "ticker,quantity,entry_price,entry_date\n"
    return head + "".join(f"AAA,1.{number:05},1{number % 10}.5,2022-11-{14 + number % 5}\n" for number in range(rows))


async def test_a_preview_asks_by_batches_and_loses_no_row(small_market, owner, portfolio):
    with counted_statements() as few:
        await imports.preview(small_market, owner, portfolio.id, positions(1))

    with counted_statements() as many:
        large = await imports.preview(small_market, owner, portfolio.id, positions(2 * BATCH))

    # One look-up of what is known and one insertion for the second batch; the first has them as a single row has.
    assert len(many) - len(few) == 2
    rows = await ImportRow.filter(importing_id=large.id).order_by("line").values_list("line", "state")
    assert rows == [(number + 2, RowState.NEW) for number in range(2 * BATCH)]
    assert await Transaction.all().count() == 0
