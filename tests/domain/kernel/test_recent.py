"""What was used last is kept, and no more than fits."""

from domain.kernel.recent import Recent


def test_what_was_not_used_for_longest_goes():
    kept = Recent[str, int](capacity=2)
    kept.keep("a", 1, 1)
    kept.keep("b", 2, 1)

    assert kept.find("a") == 1
    kept.keep("c", 3, 1)

    assert [kept.find(key) for key in "abc"] == [1, None, 3]


def test_a_new_value_takes_the_place_of_the_old_one():
    kept = Recent[str, int](capacity=3)
    kept.keep("a", 1, 2)
    kept.keep("a", 2, 1)
    kept.keep("b", 3, 2)

    assert [kept.find(key) for key in "ab"] == [2, 3]


def test_what_is_too_large_is_not_kept_and_drives_nothing_out():
    kept = Recent[str, int](capacity=2)
    kept.keep("a", 1, 1)
    kept.keep("b", 2, 1)

    kept.keep("b", 3, 3)

    assert [kept.find(key) for key in "ab"] == [1, None]
    kept.keep("c", 4, 1)
    assert [kept.find(key) for key in "ac"] == [1, 4]


def test_what_is_forgotten_leaves_its_room():
    kept = Recent[str, int](capacity=2)
    kept.keep("a", 1, 2)

    kept.clear()

    assert kept.find("a") is None
    kept.keep("b", 2, 2)
    assert kept.find("b") == 2
