"""Templates: those that everybody has, and an owner's own."""

import asyncio
from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput, NotFound
from domain.market.queries import instruments_by_symbol, sectors_among
from domain.portfolios import templates
from domain.portfolios.builtin_templates import BUILT_IN
from domain.portfolios.errors import UnknownInstrument
from domain.portfolios.models import Target, Template
from domain.portfolios.targets import targets_of
from domain.portfolios.types import TargetKind
from tests.factories.market import market, market_url
from tests.factories.portfolios import open_portfolio
from tests.factories.targets import aim, of

__all__ = ["market", "market_url"]

HALVES = (of("AAA", "0.5"), of("", "0.5", TargetKind.CASH))


@pytest.fixture
def keeping(small_market, owner):
    async def run(name="Halves", *targets, actor=None, description=None):
        async with small_market.unit_of_work(actor or owner) as work:
            return await templates.create_template(work, name=name, description=description, targets=targets or HALVES)

    return run


@pytest.fixture
def applying(small_market, owner, portfolio):
    async def run(template_id, *, actor=None):
        async with small_market.unit_of_work(actor or owner) as work:
            return await templates.apply_template(work, portfolio.id, template_id)

    return run


async def test_the_built_in_ones_fit_the_demonstration(market):
    names = [each.name for row in BUILT_IN for each in row.targets if each.kind is TargetKind.INSTRUMENT]
    sectors = [each.name for row in BUILT_IN for each in row.targets if each.kind is TargetKind.SECTOR]

    assert set(await instruments_by_symbol(names)) == set(names)
    assert await sectors_among(sectors) == set(sectors)
    assert all(sum(each.weight for each in row.targets) <= 1 for row in BUILT_IN)
    assert len({row.id for row in BUILT_IN}) == len({row.name for row in BUILT_IN}) == len(BUILT_IN)


async def test_a_template_is_kept_once(keeping, owner):
    first, again = await keeping(), await keeping()

    assert first == again
    assert (first.name, first.targets) == ("Halves", tuple(sorted(HALVES)))
    assert await templates.templates(owner) == [*BUILT_IN, first]


async def test_two_at_once_keep_one(keeping):
    kept = await asyncio.gather(*(keeping() for _ in range(4)))

    assert len({row.id for row in kept}) == await Template.all().count() == 1


async def test_another_of_the_same_name_is_refused(keeping):
    await keeping()

    with pytest.raises(InvalidInput, match="expected a name of no other template") as refused:
        await keeping("Halves", of("BBB", "1"))

    assert refused.value.field == ("name",)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("",), ("name",)),
        (("x" * 201,), ("name",)),
        (("Much", of("AAA", "0.6"), of("BBB", "0.6")), ("targets",)),
    ],
)
async def test_what_cannot_be_kept_is_refused(keeping, arguments, field):
    with pytest.raises(InvalidInput) as refused:
        await keeping(*arguments)

    assert refused.value.field == field
    assert await Template.all().count() == 0


async def test_there_is_an_end_to_them(keeping, owner, monkeypatch):
    monkeypatch.setattr(templates, "MOST_TEMPLATES", 1)
    await keeping()

    with pytest.raises(InvalidInput, match="expected at most 1 templates"):
        await keeping("Another")


async def test_a_template_gives_a_portfolio_its_targets_and_leaves_the_threshold(
    small_market, owner, portfolio, keeping, applying
):
    await aim(small_market, owner, portfolio.id, of("BBB", "1"), threshold="0.2")
    kept = await keeping()

    stored = await applying(kept.id)

    assert (await targets_of(owner, [portfolio.id]))[portfolio.id] == sorted(HALVES)
    assert stored.drift_threshold == Decimal("0.2")


async def test_one_that_does_not_fit_the_market_is_refused(applying, small_market, owner, portfolio):
    await aim(small_market, owner, portfolio.id, of("BBB", "1"))

    with pytest.raises(UnknownInstrument) as refused:
        await applying(BUILT_IN[0].id)

    assert refused.value.field == ("template_id",)
    assert [row.name for row in await Target.all()] == ["BBB"]


async def test_a_template_is_its_owner_s(small_market, owner, stranger, keeping, applying):
    kept = await keeping()
    theirs = await open_portfolio(small_market, stranger)

    assert await templates.templates(stranger) == list(BUILT_IN)
    assert await templates.templates_by_id(stranger, [kept.id, BUILT_IN[0].id]) == [None, BUILT_IN[0]]
    with pytest.raises(NotFound):
        await applying(kept.id, actor=stranger)
    with pytest.raises(NotFound):
        async with small_market.unit_of_work(stranger) as work:
            await templates.apply_template(work, theirs.id, kept.id)
    for actor, key in ((stranger, kept.id), (owner, BUILT_IN[0].id)):
        with pytest.raises(NotFound):
            async with small_market.unit_of_work(actor) as work:
                await templates.delete_template(work, key)
    assert await Template.all().count() == 1


async def test_a_deleted_template_leaves_targets_behind(small_market, owner, portfolio, keeping, applying):
    kept = await keeping()
    await applying(kept.id)

    async with small_market.unit_of_work(owner) as work:
        await templates.delete_template(work, kept.id)

    assert await templates.templates(owner) == list(BUILT_IN)
    assert len((await targets_of(owner, [portfolio.id]))[portfolio.id]) == 2
