"""The books of an owner, read and folded once for all who ask at one moment."""

import asyncio
from decimal import Decimal

from domain.portfolios import tax_folds
from domain.portfolios.entries import Trade
from domain.portfolios.tax_folds import tax_books, tax_fold
from domain.portfolios.types import LotMethod, TransactionKind
from tests.factories.portfolios import FRIDAY, MONDAY, THURSDAY, TUESDAY, add_underlying, buy, option, sell, short_sale
from tests.support.statements import counted_statements


async def books_of(owner, portfolio):
    (found,) = await tax_books(owner, [portfolio.id])
    assert found is not None
    return found


async def test_a_call_on_what_was_sold_at_a_loss_takes_the_loss(owner, portfolio, record_it):
    await add_underlying()
    await record_it(buy("UND", "50", "150", MONDAY), sell("UND", "50", "140", THURSDAY))
    await record_it(option("UND221216P00140000", "1", "4"), option("UND221216C00140000", "2", "3"))

    fold = await tax_fold(await books_of(owner, portfolio), LotMethod.FIFO)

    (found,) = fold.wash_sales
    assert (found.lot, found.units, found.disallowed) == ("4", Decimal("0.5"), Decimal(500))


async def test_a_new_short_sale_takes_the_loss_of_the_one_before(owner, portfolio, record_it):
    cover = Trade(
        kind=TransactionKind.COVER_SHORT, symbol="AAA", quantity=Decimal(10), price=Decimal(13), trade_date=THURSDAY
    )
    await record_it(short_sale("AAA", "10", "11", TUESDAY), cover, short_sale("AAA", "10", "12", FRIDAY))

    fold = await tax_fold(await books_of(owner, portfolio), LotMethod.FIFO)

    assert [(each.lot, each.disallowed, each.key.is_short) for each in fold.wash_sales] == [("3", Decimal(20), True)]


async def test_what_many_ask_at_once_is_folded_once(owner, portfolio, record_it):
    await add_underlying()
    await record_it(buy("AAA", "10", "11", MONDAY), option("UND221216C00140000", "2", "3"))
    books = await books_of(owner, portfolio)

    with counted_statements() as asked:
        found = await asyncio.gather(*(tax_fold(books, LotMethod.HIFO) for _ in range(5)))

    assert len({id(each) for each in found}) == 1
    # The contracts that were bought.
    assert len(asked) == 1
    assert not tax_folds._making


async def test_who_gives_up_leaves_the_fold_to_the_others(owner, portfolio, record_it):
    await add_underlying()
    await record_it(buy("AAA", "10", "11", MONDAY), option("UND221216C00140000", "2", "3"))
    books = await books_of(owner, portfolio)

    first, second = (asyncio.create_task(tax_fold(books, LotMethod.LIFO)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()

    assert (await second).quantity is not None
    assert first.cancelled()
    assert await tax_fold(books, LotMethod.LIFO) is await second
