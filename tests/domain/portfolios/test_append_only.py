import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.portfolios.append_only import CHUNK, AppendOnly

SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 5 * CHUNK + 7]


@pytest.mark.parametrize("size", SIZES)
def test_reads_as_the_list_of_its_items(size):
    expected = list(range(size))

    for found in (AppendOnly(expected), grown(size)):
        assert found == expected
        assert [*found] == expected
        assert [*reversed(found)] == expected[::-1]
        assert len(found) == size
        assert [found[place] for place in range(-size, size)] == expected + expected
        for place in (size, -size - 1):
            with pytest.raises(IndexError):
                found[place]


@settings(max_examples=60)
@given(st.sampled_from(SIZES), st.slices(5 * CHUNK + 9))
def test_every_slice_is_that_of_the_list(size, cut):
    assert grown(size)[cut] == list(range(size))[cut]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2 * CHUNK)), max_size=12))
def test_versions_grow_apart(steps):
    versions: list[AppendOnly[int]] = [AppendOnly()]
    lists: list[list[int]] = [[]]
    for parent, count in steps:
        versions.append(versions[parent % len(versions)].fork())
        lists.append(list(lists[parent % len(lists)]))
        for number in range(count):
            versions[-1].append(number)
            lists[-1].append(number)

    assert [list(version) for version in versions] == lists
    assert [version == other for version in versions for other in versions] == [
        one == other for one in lists for other in lists
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("more", [0, 1, CHUNK, CHUNK + 1])
def test_its_beginning_with_others_after_it_shares_what_it_can(size, more):
    whole = AppendOnly(range(size))
    for count in {0, size // 2, max(size - 1, 0), size}:
        found = whole.headed(count, range(-more, 0))

        assert found == AppendOnly([*range(count), *range(-more, 0)])
        assert [*found] == [*range(count), *range(-more, 0)]
        shared = max(count - 1, 0) // CHUNK
        assert all(mine is own for mine, own in zip(found._chunks[:shared], whole._chunks, strict=False))
    assert [*whole] == [*range(size)]


def test_a_fork_takes_as_much_memory_however_long_it_is():
    sizes = {sys.getsizeof(grown(size).fork()._last) for size in (CHUNK, 40 * CHUNK)}

    assert max(sizes) <= sys.getsizeof([None] * CHUNK)
    whole = grown(40 * CHUNK)
    assert whole.fork()._chunks is whole._chunks


def grown(size):
    found = AppendOnly[int]()
    for number in range(size):
        found.append(number)
    return found
