"""The same question of the same data is answered from the run that is stored."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from domain.calculations import answers
from domain.calculations.answers import Calculation, Question, answer
from domain.calculations.commands import keep_runs, prune_runs
from domain.calculations.digests import digest_of
from domain.calculations.models import CalculationRun
from domain.calculations.queries import run_page
from domain.kernel.actor import SYSTEM
from domain.kernel.ids import new_id
from domain.kernel.paging import PageRequest

NOW = datetime(2022, 11, 21, 17, tzinfo=UTC)


@dataclass(frozen=True)
class Sum:
    total: float | None
    parts: tuple[tuple[str, float], ...]


CALCULATION = Calculation("SUM", 1, Sum)


class Asking:
    """A question that counts how often it is solved."""

    def __init__(self, *, data="0" * 64, arguments=None, subject=None):
        self.solved = 0
        self.question = Question(
            calculation=CALCULATION,
            tenant_id=SYSTEM.tenant_id,
            subject_id=subject or new_id(),
            arguments=arguments or {"of": "all"},
            data_digest=data,
            observations=2,
            solve=self._solve,
        )

    def _solve(self):
        self.solved += 1
        return Sum(3.0, (("A", 1.0), ("B", 2.0)))


def forget():
    answers._kept.clear()


async def test_it_is_computed_once_and_stored(resources):
    asking = Asking()

    (first,) = await answer([asking.question], resources.compute, resources.runs, NOW)
    await resources.runs.settle()
    forget()
    (again,) = await answer([asking.question], resources.compute, resources.runs, NOW + timedelta(days=1))

    assert asking.solved == 1
    assert (first.was_stored, again.was_stored) == (False, True)
    assert again.result == first.result == Sum(3.0, (("A", 1.0), ("B", 2.0)))
    assert again.run == first.run
    assert again.run.computed_at == NOW


async def test_other_data_arguments_and_engines_are_other_questions(resources):
    own = Asking()
    subject = own.question.subject_id
    others = [
        Asking(subject=subject, data="1" * 64),
        Asking(subject=subject, arguments={"of": "some"}),
        Asking(),
    ]
    newer = replace(own.question, calculation=Calculation("SUM", 2, Sum))

    found = await answer([own.question, newer, *(each.question for each in others)], *ports(resources))

    assert len({each.run.id for each in found}) == 5
    assert all(each.solved == 1 for each in others)
    assert own.solved == 2


async def test_the_order_of_arguments_is_none_of_the_question(resources):
    subject = new_id()
    one, two = (
        Asking(subject=subject, arguments=dict(pairs)) for pairs in ([("a", 1), ("b", 2)], [("b", 2), ("a", 1)])
    )

    await answer([one.question, two.question], *ports(resources))

    assert (one.solved, two.solved) == (1, 0)


async def test_what_two_processes_have_computed_is_stored_once(resources):
    asking = Asking()
    (found,) = await answer([asking.question], *ports(resources))
    await resources.runs.settle()

    async with resources.unit_of_work(SYSTEM) as work:
        await keep_runs(work, [replace(found.run, seconds=99.0), found.run])

    rows = await CalculationRun.all()
    assert [(row.id, row.seconds) for row in rows] == [(found.run.id, found.run.seconds)]


async def test_runs_are_paged_by_time_and_pruned(resources):
    subject = new_id()
    for day in range(3):
        asking = Asking(subject=subject, data=str(day) * 64)
        await answer([asking.question], resources.compute, resources.runs, NOW + timedelta(days=day))
    await resources.runs.settle()

    page = await run_page(subject, "SUM", PageRequest(limit=2), with_total=True)
    async with resources.unit_of_work(SYSTEM) as work:
        gone = await prune_runs(work, NOW + timedelta(days=2), limit=10)

    assert (page.total, [row.data_digest[0] for row in page.rows]) == (3, ["0", "1"])
    assert gone == 2
    assert [row.data_digest[0] for row in await CalculationRun.all()] == ["2"]


async def test_a_store_that_cannot_write_costs_no_answer(resources, monkeypatch):
    asking = Asking()

    async def fail(work, runs):
        raise OSError("no space left")

    monkeypatch.setattr("domain.infra.run_store.keep_runs", fail)
    (found,) = await answer([asking.question], *ports(resources))
    await resources.runs.settle()

    assert found.result.total == 3.0
    assert await CalculationRun.all().count() == 0


def ports(resources):
    return resources.compute, resources.runs, NOW


def test_a_digest_tells_type_shape_and_every_byte():
    numbers = np.arange(6.0)

    assert digest_of([numbers, "a"]) == digest_of([numbers.copy(), "a"])
    others: list[list[Any]] = [
        [numbers.reshape(2, 3), "a"],
        [numbers.astype(np.float32), "a"],
        [np.append(numbers[:5], 5.000001), "a"],
        ["a", numbers],
        [numbers, "b"],
        [numbers, "a", ""],
    ]
    assert len({digest_of(each) for each in [[numbers, "a"], *others]}) == 7


@pytest.mark.parametrize("result", [Sum(None, ()), Sum(0.1 + 0.2, (("ÄÖ", -1e-300),))])
def test_a_result_comes_back_as_it_was(result):
    assert CALCULATION.load(CALCULATION.dump(result)) == result


def test_a_run_is_named_by_what_was_asked():
    asking = Asking()

    assert isinstance(asking.question.id, UUID)
    assert asking.question.id == replace(asking.question).id
