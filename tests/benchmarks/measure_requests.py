"""Requests a second of every contestant, measured in turn, round after round; the best round counts."""

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.benchmarks import answers, documents
from tests.benchmarks.contestants import Contestant, Key, Serves
from tests.benchmarks.http_load import load
from tests.benchmarks.processes import ContestantFailed, Cores, Effort, Server

CONNECTIONS = 8


@dataclass(frozen=True, kw_only=True)
class RequestPlan:
    """How long to measure."""

    rounds: int
    seconds: float
    warm_seconds: float


@dataclass
class Requests:
    """The best round of one contestant at one workload."""

    rate: float = 0.0
    size: int = 0
    was_held_up: bool = False


@dataclass
class RequestResults:
    """Everything measured, by workload and contestant."""

    workloads: tuple[str, ...]
    best: dict[tuple[str, Key], Requests] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)


class _Asked:
    """One running contestant with its requests, ready to be sent."""

    def __init__(self, key: Key, server: Server) -> None:
        self.key = key
        self.server = server
        self.port = server.ready.port
        self.workloads = documents.workloads(server.ready.portfolio_id)
        self.requests = {
            workload.title: documents.http_request(server.ready.path, server.ready.headers, workload)
            for workload in self.workloads
        }

    def shapes(self) -> dict[str, answers.Shape]:
        """Ask each query once and return the shape of its answer."""
        return {title: self._shape(request) for title, request in self.requests.items()}

    def _shape(self, request: bytes) -> answers.Shape:
        answer = json.loads(load(self.port, request, 1, 0.0).body)
        if answer.get("errors"):
            raise ContestantFailed(f"expected data, got {str(answer['errors'])[:300]}")
        return answers.shape(answer["data"])


def measure(
    contestants: Sequence[Contestant],
    plan: RequestPlan,
    cores: Cores,
    *,
    leave_out: Callable[[str, str], object],
    tell: Callable[[str], None],
) -> RequestResults:
    """Start all, check that they answer alike, and measure them in turn."""
    results = RequestResults(tuple(workload.title for workload in documents.workloads("")))
    with ExitStack() as running:
        asked: dict[Key, _Asked] = {}
        expected: dict[str, answers.Shape] = {}
        # The Node peers first: their answers are the data as it is, and the others are held against them.
        for contestant in reversed([one for one in contestants if Serves.REQUESTS in one.serves]):
            try:
                server = running.enter_context(Server(contestant.name, contestant.command, cores))
                asked[contestant.key] = _Asked(contestant.key, server)
                expected = _checked(asked[contestant.key], expected)
                results.versions.update(server.ready.versions)
            except (ContestantFailed, OSError) as error:
                asked.pop(contestant.key, None)
                leave_out(contestant.name, str(error))
        for number in range(plan.rounds):
            for one in asked.values():
                tell(f"requests, round {number + 1} of {plan.rounds}: {one.key.value}")
                _measure_one(one, plan, results, warm=number == 0)
    return results


def _checked(one: _Asked, expected: dict[str, answers.Shape]) -> dict[str, answers.Shape]:
    shapes = one.shapes()
    for title, got in shapes.items():
        answers.compare(expected.get(title, got), got)
    return expected or shapes


def _measure_one(one: _Asked, plan: RequestPlan, results: RequestResults, *, warm: bool) -> None:
    for title, request in one.requests.items():
        if warm:
            load(one.port, request, CONNECTIONS, plan.warm_seconds)
        effort = Effort(one.server)
        answered = load(one.port, request, CONNECTIONS, plan.seconds)
        was_held_up = effort.is_unfair()
        best = results.best.setdefault((title, one.key), Requests())
        if answered.rate > best.rate:
            results.best[title, one.key] = Requests(answered.rate, len(answered.body), was_held_up)
