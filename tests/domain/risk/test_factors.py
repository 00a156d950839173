"""The factors of an installation: built in, changed, added, and how many there may be."""

import pytest

from domain.kernel.errors import BadUserInput, InvalidInput
from domain.risk import factors as module
from domain.risk.builtin_factors import BUILT_IN
from domain.risk.factors import factors, put_factor
from domain.risk.types import FactorKind


@pytest.fixture
def put(risk_market, owner):
    async def run(code, **given):
        names = ("name", "kind", "description", "proxy", "display_order", "is_active")
        async with risk_market.unit_of_work(owner) as work:
            return await put_factor(work, code=code, **(dict.fromkeys(names) | given))

    return run


async def test_at_first_they_are_the_built_in_ones_the_market_first(risk_market):
    found = await factors()

    assert [row.code for row in found] == [row.code for row in BUILT_IN]
    assert found[0].kind is FactorKind.MARKET
    assert len({row.id for row in found}) == len(found)


async def test_one_that_is_changed_stands_in_for_its_own(put):
    changed = await put("SIZE", proxy="AAA", display_order=0)

    found = await factors()
    assert changed in found
    assert len(found) == len(BUILT_IN)
    # The market stays first whatever the order of others.
    assert [row.code for row in found[:2]] == ["MARKET", "SIZE"]
    assert (changed.name, changed.proxy) == ("Size", "AAA")


async def test_one_is_added_and_changed_again(put):
    await put("CARRY", name="Carry", kind=FactorKind.STYLE, proxy="BBB")
    await put("CARRY", is_active=False)

    (found,) = [row for row in await factors() if row.code == "CARRY"]
    assert (found.name, found.is_active, found.display_order) == ("Carry", False, 100)


async def test_a_proxy_that_is_not_known_is_refused(put):
    with pytest.raises(BadUserInput):
        await put("SIZE", proxy="NOBODY")


async def test_there_are_no_more_than_there_may_be(put, monkeypatch):
    monkeypatch.setattr(module, "MOST_FACTORS", len(BUILT_IN))
    with pytest.raises(InvalidInput, match="factors, got one more"):
        await put("CARRY", name="Carry", kind=FactorKind.STYLE, proxy="BBB")
    monkeypatch.setattr(module, "MOST_ACTIVE", sum(row.is_active for row in BUILT_IN))
    with pytest.raises(InvalidInput, match="active factors"):
        await put("ENERGY", is_active=True)
