"""Rows that are read by a statement of our own are those of the ORM."""

import pytest

from domain.kernel.actor import NOBODY, SYSTEM
from domain.portfolios.access import Permission, reached_among
from domain.portfolios.models import Account, Portfolio
from domain.storage.rows import rows_of, select
from tests.factories.portfolios import contribution, open_portfolio, record
from tests.support.statements import counted_statements


async def test_a_row_is_what_the_orm_reads(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, contribution("1"))
    await Portfolio.filter(id=portfolio.id).update(drift_threshold="0.05", description="old", fork_version=3)
    (expected,) = await Portfolio.all()

    (found,) = await rows_of(Portfolio, select(Portfolio, "id = $1 AND version = $2"), portfolio.id, 1)

    values = {name: getattr(expected, name) for name in Portfolio._meta.db_fields}
    assert {name: getattr(found, name) for name in values} == values
    assert [type(getattr(found, name)) for name in values] == [type(each) for each in values.values()]
    # It can be changed and saved as any other.
    found.name = "new"
    await found.save()
    assert (await Portfolio.get(id=portfolio.id)).name == "new"


def test_relations_are_not_read():
    with pytest.raises(ValueError, match="expected a model without relations, got Account"):
        select(Account, "id = $1")


async def test_one_s_own_take_one_statement_and_nothing_takes_none(small_market, owner, stranger, portfolio):
    other = await open_portfolio(small_market, stranger)

    with counted_statements() as own:
        assert set(await reached_among(owner, Permission.VIEW, [portfolio.id])) == {portfolio.id}
    with counted_statements() as nothing:
        assert await reached_among(owner, Permission.VIEW, []) == {}
    with counted_statements() as mixed:
        assert set(await reached_among(owner, Permission.VIEW, [portfolio.id, other.id])) == {portfolio.id}

    assert [len(each) for each in (own, nothing, mixed)] == [1, 0, 2]
    assert set(await reached_among(SYSTEM, Permission.VIEW, [portfolio.id, other.id])) == {portfolio.id, other.id}
    assert await reached_among(NOBODY, Permission.OUTLINE, [portfolio.id]) == {}
    await Portfolio.filter(id=portfolio.id).update(deleted_at=portfolio.created_at)
    assert await reached_among(owner, Permission.OUTLINE, [portfolio.id]) == {}
