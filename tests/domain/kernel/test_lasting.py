"""What is made to stay is not walked through by the garbage collector, and goes with its last reference."""

import gc
import weakref

import pytest

from domain.kernel.lasting import made_to_pass, made_to_stay


class _Thing:
    """Something large."""


@pytest.fixture(autouse=True)
def _thawed():
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    assert gc.get_threshold() == threshold


def test_it_is_not_walked_through_and_goes_when_nobody_has_it():
    with made_to_stay():
        thing = _Thing()

    assert not any(each is thing for each in gc.get_objects())
    gone = weakref.ref(thing)
    del thing
    assert gone() is None


def test_the_collector_s_long_walks_wait_until_all_are_made():
    before = gc.get_threshold()

    with made_to_stay():
        with made_to_stay():
            assert gc.get_threshold()[2] > 1_000_000
        assert gc.get_threshold()[2] > 1_000_000
        assert gc.get_threshold()[:2] == before[:2]

    assert gc.get_threshold() == before


def test_what_fails_to_be_made_leaves_the_collector_as_it_was():
    before = gc.get_threshold()

    with pytest.raises(ValueError, match="no"), made_to_stay():
        raise ValueError("no")

    assert gc.get_threshold() == before


def test_young_circles_are_found_before():
    thing = _Thing()
    thing.own = thing  # type: ignore[attr-defined]
    gone = weakref.ref(thing)

    with made_to_stay():
        del thing

    assert gone() is None


def test_what_is_made_to_pass_is_walked_through_again_when_it_is_made():
    before = gc.get_threshold()

    with made_to_pass():
        thing = _Thing()
        assert gc.get_threshold()[2] > 1_000_000
        with made_to_stay():
            kept = _Thing()
        assert gc.get_threshold()[2] > 1_000_000
        passing = _Thing()

    assert gc.get_threshold() == before
    walked = gc.get_objects()
    assert not any(each is thing or each is kept for each in walked)
    assert any(each is passing for each in walked)
