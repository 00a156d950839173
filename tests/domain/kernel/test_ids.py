"""Identifiers: in the order of time, never twice, and without a call of the system for each."""

import os
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest

from domain.kernel.ids import new_id

MANY = 5_000


def test_an_id_is_of_version_7_and_later_ones_sort_after_it() -> None:
    made = [new_id() for _ in range(MANY)]

    assert {(each.version, each.variant) for each in made} == {(7, "specified in RFC 4122")}
    milliseconds = [each.int >> 80 for each in made]
    assert milliseconds == sorted(milliseconds)


def test_no_id_is_made_twice_by_threads_that_make_them_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: [new_id() for _ in range(MANY)], range(8)))

    assert len({each for part in made for each in part}) == 8 * MANY


def test_thousands_ask_the_system_a_few_times_only() -> None:
    # Each time the interpreter goes on, others that wait for it are woken in vain.
    with patch("domain.kernel.ids.os.urandom", wraps=os.urandom) as asked:
        for _ in range(MANY):
            new_id()

    assert asked.call_count <= MANY // 400 + 1


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_makes_others() -> None:
    new_id()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, new_id().bytes)
        os._exit(0)
    os.waitpid(child, 0)

    assert os.read(reading, 16)[9:] != new_id().bytes[9:]
    os.close(reading)
    os.close(writing)
