"""Targets, and how far a portfolio has drifted from them.  Quotes: AAA 15.5, BBB 94, NEW 60; EEE has no rate to USD."""

from decimal import Decimal

import pytest

from domain.audit.models import AuditEntry
from domain.kernel.absence import AbsenceReason
from domain.kernel.dates import session_close
from domain.kernel.errors import InvalidInput, NotFound
from domain.portfolios.errors import UnknownInstrument
from domain.portfolios.models import Target
from domain.portfolios.plans import allocations
from domain.portfolios.queries import Asked
from domain.portfolios.types import TargetKind
from tests.factories.portfolios import NOW, TODAY, TUESDAY, buy, contribution
from tests.factories.targets import aim, of, put_in_sector, put_tag


@pytest.fixture
def aiming(small_market, owner, portfolio):
    async def run(*targets, **more):
        return await aim(small_market, owner, portfolio.id, *targets, **more)

    return run


@pytest.fixture
def allocated(owner, portfolio):
    async def run(as_of=None, actor=None):
        (found,) = await allocations(actor or owner, [Asked(portfolio.id, as_of)], NOW)
        return found

    return run


def shown(allocation):
    return [
        (each.target.kind.value, each.target.name, str(each.target.weight.normalize()), each.value, each.is_targeted)
        for each in allocation.slices
    ]


async def test_each_position_counts_once_and_cash_takes_the_rest(record_it, portfolio, aiming, allocated):
    # 155, 188 and 60 of 1,000 with the cash.
    await record_it(contribution("1000"), buy("AAA", "10", "15.5", TODAY), buy("BBB", "2", "94", TODAY))
    await record_it(buy("NEW", "1", "60", TODAY))
    await put_in_sector("Energy", "AAA", "BBB")
    await put_tag(portfolio, "core", "AAA")
    await put_tag(portfolio, "alpha", "AAA")
    await aiming(
        of("core", "0.2", TargetKind.TAG), of("Energy", "0.3", TargetKind.SECTOR), of("", "0.1", TargetKind.CASH)
    )

    found = await allocated()

    assert shown(found) == [
        ("SECTOR", "Energy", "0.3", Decimal(188), True),
        ("TAG", "core", "0.2", Decimal(155), True),
        ("INSTRUMENT", "NEW", "0", Decimal(60), False),
        ("CASH", "", "0.5", Decimal(597), True),
    ]
    assert [each.drift for each in found.slices] == [Decimal(text) for text in ("-0.112", "-0.045", "0.06", "0.097")]
    assert (found.needs_rebalancing, found.absences, found.threshold) == (True, (), Decimal("0.05"))


@pytest.mark.parametrize(
    ("threshold", "needs"), [("0.112", False), ("0.11", True), (None, True), ("1", False), ("0", True)]
)
async def test_a_drift_beyond_the_threshold_needs_rebalancing(record_it, aiming, allocated, threshold, needs):
    await record_it(contribution("1000"), buy("BBB", "2", "94", TODAY))
    await aiming(of("BBB", "0.3"), threshold=threshold)

    assert (await allocated()).needs_rebalancing is needs


async def test_an_instrument_s_own_target_comes_before_its_tag_s(record_it, portfolio, aiming, allocated):
    await record_it(contribution("100"), buy("AAA", "2", "15.5", TODAY))
    await put_tag(portfolio, "core", "AAA")
    await aiming(of("core", "0.5", TargetKind.TAG), of("AAA", "0.31"))

    found = {each.target.name: each.value for each in (await allocated()).slices}

    assert found == {"AAA": Decimal(31), "core": Decimal(0), "": Decimal(69)}


async def test_the_past_has_its_own_prices(record_it, aiming, allocated):
    await record_it(contribution("100"), buy("AAA", "5", "10"))
    await aiming(of("AAA", "0.5"))

    # 55 of 105.
    (held, _) = (await allocated(session_close(TUESDAY))).slices
    assert (held.value, round(held.exact, 10)) == (Decimal(55), Decimal("0.5238095238"))


async def test_what_cannot_be_priced_makes_drift_unknown(record_it, aiming, allocated):
    await record_it(contribution("100"), buy("EEE", "1", "20"), buy("AAA", "1", "10"))
    await aiming(of("AAA", "0.5"))

    found = await allocated()

    assert found.needs_rebalancing is None
    assert {each.exact for each in found.slices} == {None}
    assert [each.value for each in found.slices] == [Decimal("15.5"), None, None]
    (absence,) = found.absences
    assert (absence.field, absence.reason) == ("needs_rebalancing", AbsenceReason.NOT_COVERED)


async def test_without_targets_nothing_drifts(record_it, allocated):
    await record_it(contribution("100"))

    found = await allocated()

    assert (found.slices, found.needs_rebalancing) == ((), None)
    assert found.absences[0].reason is AbsenceReason.NOT_APPLICABLE


async def test_of_nothing_no_weight_is_a_part(aiming, allocated):
    await aiming(of("AAA", "1"))

    found = await allocated()

    assert (found.needs_rebalancing, found.absences[0].reason) == (None, AbsenceReason.UNDEFINED)


async def test_targets_are_replaced_and_taken_away(aiming, portfolio):
    await aiming(of("AAA", "0.5"), of("BBB", "0.5"), threshold="0.1")
    stored = await aiming(of("NEW", "1"))
    assert [row.name for row in await Target.all()] == ["NEW"]
    assert stored.drift_threshold is None

    await aiming()

    assert await Target.all().count() == 0
    assert await AuditEntry.filter(action="portfolio.set_targets", subject_id=portfolio.id).count() == 3


@pytest.mark.parametrize(
    ("targets", "field", "refusal"),
    [
        ([of("AAA", "0.6"), of("BBB", "0.5")], ("targets",), InvalidInput),
        ([of("AAA", "-0.1")], ("targets", "0", "weight"), InvalidInput),
        ([of("AAA", "NaN")], ("targets", "0", "weight"), InvalidInput),
        ([of("AAA", "0.00000000001")], ("targets", "0", "weight"), InvalidInput),
        ([of("AAA", "0.1"), of("AAA", "0.2")], ("targets", "1", "name"), InvalidInput),
        ([of("AAA", "0.1"), of("ZZZ", "0.2")], ("targets", "1", "name"), UnknownInstrument),
        ([of("SP500", "0.1")], ("targets", "0", "name"), UnknownInstrument),
        ([of("", "0.1")], ("targets", "0", "name"), InvalidInput),
        ([of("x" * 81, "0.1")], ("targets", "0", "name"), InvalidInput),
        ([of("a\x00b", "0.1")], ("targets", "0", "name"), InvalidInput),
        ([of("Magic", "0.1", TargetKind.SECTOR)], ("targets", "0", "name"), InvalidInput),
        ([of("core", "0.1", TargetKind.TAG)], ("targets", "0", "name"), InvalidInput),
        ([of("USD", "0.1", TargetKind.CASH)], ("targets", "0", "name"), InvalidInput),
        ([of("AAA", "0.001")] * 101, ("targets",), InvalidInput),
    ],
)
async def test_targets_that_cannot_be_are_refused(aiming, targets, field, refusal):
    await aiming(of("AAA", "0.5"))

    with pytest.raises(refusal) as refused:
        await aiming(*targets)

    assert refused.value.field == field
    assert [row.weight for row in await Target.all()] == [Decimal("0.5")]


async def test_a_threshold_is_a_fraction(aiming):
    with pytest.raises(InvalidInput) as refused:
        await aiming(of("AAA", "0.5"), threshold="1.5")

    assert refused.value.field == ("drift_threshold",)


async def test_a_stranger_sets_and_sees_nothing(small_market, stranger, portfolio, allocated):
    with pytest.raises(NotFound):
        await aim(small_market, stranger, portfolio.id, of("AAA", "0.5"))

    assert await allocated(actor=stranger) is None
