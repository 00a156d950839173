"""Delivered events a second and their latency, for crowds of subscribers, measured in turn."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.benchmarks import answers
from tests.benchmarks.contestants import Contestant, Key, Serves
from tests.benchmarks.fanout_load import Crowd
from tests.benchmarks.processes import ContestantFailed, Cores, Effort, Server

CROWDS = (100, 1_000)
CONTROLLED = 20_000  # deliveries a second
FIRST_OFFER = 8_000
MOST_OFFERED = 1_000_000
KEPT_UP = 0.9
RAMP_SECONDS = 0.3  # at the begin of each step, not counted
QUIET_SECONDS = 0.3
DRAIN_SECONDS = 30.0


@dataclass(frozen=True, kw_only=True)
class EventPlan:
    """How long to measure."""

    rounds: int
    step_seconds: float
    latency_seconds: float


@dataclass(frozen=True)
class Step:
    """What came of one rate of publishing.  Rates in deliveries a second, latencies in milliseconds."""

    offered: float
    delivered: float
    p50: float
    p99: float
    was_held_up: bool


@dataclass
class Events:
    """The best of one contestant with one crowd."""

    most: Step | None = None
    controlled: Step | None = None

    def take(self, most: Step, controlled: Step | None) -> None:
        """Keep the better ones."""
        if self.most is None or most.delivered > self.most.delivered:
            self.most = most
        if controlled and (self.controlled is None or controlled.p99 < self.controlled.p99):
            self.controlled = controlled


@dataclass
class EventResults:
    """Everything measured, by crowd and contestant."""

    best: dict[tuple[int, Key], Events] = field(default_factory=dict)
    shape: answers.Shape = ""
    versions: dict[str, str] = field(default_factory=dict)


def measure(
    contestants: Sequence[Contestant],
    plan: EventPlan,
    cores: Cores,
    *,
    leave_out: Callable[[str, str], object],
    tell: Callable[[str], None],
) -> EventResults:
    """Measure every contestant that serves subscriptions, each with both crowds, round after round."""
    results = EventResults()
    failed: set[Key] = set()
    for number in range(plan.rounds):
        for contestant in reversed(contestants):
            if Serves.SUBSCRIPTIONS not in contestant.serves or contestant.key in failed:
                continue
            tell(f"events, round {number + 1} of {plan.rounds}: {contestant.name}")
            try:
                _measure_one(contestant, plan, cores, results)
            except (ContestantFailed, OSError) as error:
                failed.add(contestant.key)
                leave_out(f"{contestant.name}, subscriptions", str(error))
    return results


def _measure_one(contestant: Contestant, plan: EventPlan, cores: Cores, results: EventResults) -> None:
    with Server(contestant.name, contestant.command, cores) as server:
        results.versions.update(server.ready.versions)
        for size in CROWDS:
            crowd = Crowd(server.ready, size)
            try:
                _check(crowd, results)
                most = _search(server, crowd, plan.step_seconds)
                controlled = None
                if most.delivered >= KEPT_UP * CONTROLLED:
                    controlled = _step(server, crowd, CONTROLLED, plan.latency_seconds)
                results.best.setdefault((size, contestant.key), Events()).take(most, controlled)
            finally:
                crowd.close()


def _check(crowd: Crowd, results: EventResults) -> None:
    """Hold the shape of an event against that of the first contestant; a server that was live stamps its snapshots."""
    if not crowd.received.sample:
        return
    got = answers.shape(crowd.received.sample)
    results.shape = results.shape or got
    answers.compare(results.shape, got)


def _search(server: Server, crowd: Crowd, seconds: float) -> Step:
    """Double the rate until the server keeps up no more; return the step that delivered most."""
    offered = FIRST_OFFER
    best = _step(server, crowd, offered, seconds)
    last = best
    while last.delivered >= KEPT_UP * offered and offered < MOST_OFFERED:
        offered *= 2
        last = _step(server, crowd, offered, seconds)
        best = max(best, last, key=lambda step: step.delivered)
    return best


def _step(server: Server, crowd: Crowd, offered: float, seconds: float) -> Step:
    crowd.received.clear()
    effort = Effort(server)
    begun = time.monotonic()
    server.publish(offered / crowd.deliveries_per_tick, seconds)
    crowd.receive(seconds)
    was_held_up = effort.is_unfair()
    crowd.drain(QUIET_SECONDS, DRAIN_SECONDS)
    server.read_line(DRAIN_SECONDS)
    counted_from = int((begun + RAMP_SECONDS) * 1e6)
    count, latencies = crowd.received.between(counted_from, int((begun + seconds) * 1e6))
    if not latencies:
        raise ContestantFailed(f"no event arrived while {offered:,.0f} deliveries a second were asked for")
    return Step(
        offered=offered,
        delivered=count / (seconds - RAMP_SECONDS),
        p50=latencies[len(latencies) // 2] / 1000,
        p99=latencies[len(latencies) * 99 // 100] / 1000,
        was_held_up=was_held_up,
    )
