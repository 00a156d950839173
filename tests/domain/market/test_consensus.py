from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.market.consensus import Observation, consensus
from domain.market.types import ConsensusMethod, DataQuality

NOW = datetime(2025, 9, 22, 15, tzinfo=UTC)
METHODS = list(ConsensusMethod)


def seen(provider, price, weight="1", *, late=0, delayed=False):
    return Observation(
        provider=provider,
        price=Decimal(price),
        at=NOW - timedelta(minutes=late),
        weight=Decimal(weight),
        is_delayed=delayed,
    )


def counted(found):
    return [each.observation.provider for each in found.sources if each.counts]


def test_nobody_tells_nothing():
    assert consensus([]) is None


@pytest.mark.parametrize("method", METHODS)
def test_one_source_is_believed_and_no_more(method):
    found = consensus([seen("a", "101.25", "0.8")], method)

    assert found is not None
    assert (found.price, found.agreement, found.grade) == (Decimal("101.25"), 1.0, DataQuality.GOOD)
    assert found.reasons == ("a alone says so",)


@pytest.mark.parametrize(
    ("method", "price"),
    [
        (ConsensusMethod.WEIGHTED_AVERAGE, "100.02"),  # (100 × 0.5 + 100.02 × 0.5 + 100.03 × 1) / 2
        (ConsensusMethod.MEDIAN, "100.02"),
        (ConsensusMethod.BEST_SOURCE, "100.03"),
        (ConsensusMethod.MAJORITY, "100.03"),
    ],
)
def test_each_method_makes_its_price(method, price):
    found = consensus([seen("a", "100", "0.5"), seen("b", "100.02", "0.5"), seen("c", "100.03")], method)

    assert found is not None
    assert found.price == Decimal(price)
    assert (found.agreement, found.grade) == (1.0, DataQuality.EXCELLENT)
    assert found.reasons == ("3 of 3 sources agree within 0.1%",)


def test_the_majority_is_of_weight_and_not_of_heads():
    told = [seen("a", "100", "0.2"), seen("b", "100.01", "0.2"), seen("c", "101", "0.9")]

    found = consensus(told, ConsensusMethod.MAJORITY)

    assert found is not None
    assert found.price == 101


def test_the_one_of_three_that_is_far_from_the_others_does_not_count():
    found = consensus([seen("a", "100"), seen("b", "100.05"), seen("c", "130")])

    assert found is not None
    assert (found.price, counted(found)) == (Decimal("100.025"), ["a", "b"])
    assert found.agreement == pytest.approx(2 / 3)
    assert found.grade is DataQuality.GOOD
    assert found.reasons == ("2 of 3 sources agree within 0.1%", "c is an outlier: 130 against 100.025")


def test_outliers_of_many_are_beyond_the_fences():
    told = [
        seen(name, price)
        for name, price in zip("abcdef", ("100", "100.1", "100.2", "100.3", "100.4", "101"), strict=True)
    ]

    found = consensus(told, ConsensusMethod.MEDIAN)

    # Quartiles 100.125 and 100.375: the fences are at 99.75 and 100.75.
    assert found is not None
    assert (found.price, counted(found)) == (Decimal("100.2"), list("abcde"))


def test_prices_that_are_all_but_the_same_have_no_outliers():
    found = consensus([seen(name, price) for name, price in zip("abcd", ("100", "100", "100", "100.09"), strict=True)])

    assert found is not None
    assert counted(found) == list("abcd")
    assert found.grade is DataQuality.EXCELLENT


def test_what_is_late_does_not_count_and_is_shown():
    found = consensus([seen("a", "100"), seen("b", "90", late=7), seen("c", "100.01", late=5)])

    assert found is not None
    assert counted(found) == ["a", "c"]
    assert found.reasons == ("2 of 3 sources agree within 0.1%", "b is 7 minutes older than the newest")
    assert found.at == NOW


@pytest.mark.parametrize(
    ("told", "grade"),
    [
        ([seen("a", "100"), seen("b", "110")], DataQuality.POOR),
        ([seen("a", "100"), seen("b", "110"), seen("c", "120")], DataQuality.POOR),
        ([seen("a", "100", "0.9"), seen("b", "100.01", "0.9"), seen("c", "110", "0.9")], DataQuality.GOOD),
        ([seen("a", "100", "0.4"), seen("b", "100.01", "0.4"), seen("c", "103", "0.7")], DataQuality.FAIR),
        ([seen("a", "100", delayed=True)], DataQuality.FAIR),
        ([seen("a", "100", delayed=True), seen("b", "100")], DataQuality.EXCELLENT),
    ],
)
def test_the_grade_says_how_far_they_agree(told, grade):
    found = consensus(told)

    assert found is not None
    assert found.grade is grade


OBSERVED = st.builds(
    lambda price, weight, late, delayed: (price, weight, late, delayed),
    st.decimals("0.0001", "100000", places=4),
    st.decimals("0.01", "1", places=2),
    st.integers(0, 12),
    st.booleans(),
)


@given(st.lists(OBSERVED, min_size=1, max_size=9), st.sampled_from(METHODS), st.randoms(use_true_random=False))
def test_what_holds_of_every_consensus(told, method, random):
    observations = [
        seen(f"p{number}", price, weight, late=late, delayed=delayed)
        for number, (price, weight, late, delayed) in enumerate(told)
    ]
    shuffled = random.sample(observations, len(observations))

    found = consensus(observations, method)

    assert found is not None
    assert consensus(shuffled, method) == found
    used = [each.observation.price for each in found.sources if each.counts]
    assert min(used) <= found.price <= max(used)
    assert len(found.sources) == len(observations)
    assert 0 <= found.agreement <= 1.0000001
    assert found.grade is not DataQuality.INVALID
    assert found.reasons
