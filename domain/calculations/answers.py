"""Answers questions from the runs that are stored, and computes what was never asked before of the same data."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

import orjson
from pydantic import TypeAdapter

from domain.calculations.queries import runs_by_id
from domain.kernel.ports import Compute
from domain.kernel.runs import Run, RunStore, run_id
from domain.storage import statements

Result = TypeVar("Result")

# Answers that are kept in memory, and the characters of their results in all.
_MOST_KEPT, _MOST_CHARACTERS = 2_000, 50_000_000


@dataclass(frozen=True)
class Calculation(Generic[Result]):
    """A kind of question: what its result is, and the version of what answers it.

    `result` is a frozen dataclass of numbers, text and tuples, without NaN: what is not known is None.  Whoever
    changes what comes of the same data raises `version`.
    """

    kind: str
    version: int
    result: type[Result]

    @property
    def engine(self) -> str:
        """What a run says of who made it."""
        return f"foliograph/{self.version}"

    @cached_property
    def _adapter(self) -> TypeAdapter[Result]:
        return TypeAdapter(self.result)

    def dump(self, result: Result) -> str:
        """Return a result as it is stored."""
        return orjson.dumps(result).decode()

    def load(self, text: str) -> Result:
        """Return a result that was stored."""
        return self._adapter.validate_json(text)


@dataclass(frozen=True, kw_only=True, eq=False)
class Question(Generic[Result]):
    """A calculation asked of some data; `solve` is pure, and returns what it finds."""

    calculation: Calculation[Result]
    tenant_id: UUID
    subject_id: UUID
    arguments: Mapping[str, object]
    data_digest: str
    observations: int
    solve: Callable[[], Result]
    # Whether somebody may ask the same again: of prices that move each second, nobody does.
    is_lasting: bool = True

    @cached_property
    def asked(self) -> str:
        """The arguments as they are stored: the same whatever their order."""
        return orjson.dumps(self.arguments, option=orjson.OPT_SORT_KEYS).decode()

    @cached_property
    def id(self) -> UUID:
        """The id of the run that answers it."""
        own = self.calculation
        return run_id(self.subject_id, own.kind, own.engine, self.asked, self.data_digest)


@dataclass(frozen=True, slots=True)
class Answer(Generic[Result]):
    """What came of a question: now, or when it was first asked of these data."""

    run: Run
    result: Result
    was_stored: bool


class _Kept:
    """The answers that were given last."""

    def __init__(self) -> None:
        self._answers: OrderedDict[UUID, Answer[Any]] = OrderedDict()
        self._size = 0

    def find(self, key: UUID) -> Answer[Any] | None:
        answer = self._answers.get(key)
        if answer is not None:
            self._answers.move_to_end(key)
        return answer

    def keep(self, answer: Answer[Any]) -> None:
        if answer.run.id in self._answers:
            return
        self._answers[answer.run.id] = Answer(answer.run, answer.result, True)
        self._size += len(answer.run.result)
        while len(self._answers) > _MOST_KEPT or self._size > _MOST_CHARACTERS:
            _, dropped = self._answers.popitem(last=False)
            self._size -= len(dropped.run.result)


# One for each open database.
_kept: WeakKeyDictionary[Any, _Kept] = WeakKeyDictionary()


async def answer(
    questions: Sequence[Question[Any]], compute: Compute, runs: RunStore, now: datetime
) -> list[Answer[Any]]:
    """Answer questions in the order asked.  `now` is real time.

    One statement for those that are not kept in memory; what is not stored either is computed off the event loop, and
    what lasts is given to the store.
    """
    kept = _kept.setdefault(statements.connection(), _Kept())
    found = {each.id: known for each in questions if (known := kept.find(each.id)) is not None}
    stored = await runs_by_id({each.id for each in questions} - found.keys())
    for each in questions:
        if each.id in stored and each.id not in found:
            run = _run_of(stored[each.id])
            found[each.id] = Answer(run, each.calculation.load(run.result), True)
    for each in questions:
        if each.id not in found:
            found[each.id] = await _compute(each, compute, now)
            if each.is_lasting:
                runs.keep(found[each.id].run)
    for given in found.values():
        kept.keep(given)
    return [found[each.id] for each in questions]


async def _compute(question: Question[Result], compute: Compute, now: datetime) -> Answer[Result]:
    result, seconds = await compute.run(_timed, question.solve)
    own = question.calculation
    run = Run(
        tenant_id=question.tenant_id,
        subject_id=question.subject_id,
        kind=own.kind,
        engine=own.engine,
        arguments=question.asked,
        data_digest=question.data_digest,
        result=own.dump(result),
        observations=question.observations,
        seconds=seconds,
        computed_at=now,
    )
    return Answer(run, result, False)


def _timed(solve: Callable[[], Result]) -> tuple[Result, float]:
    began = time.perf_counter()
    result = solve()
    return result, time.perf_counter() - began


def _run_of(row: Any) -> Run:
    return Run(**{name: getattr(row, name) for name in Run.__slots__})
