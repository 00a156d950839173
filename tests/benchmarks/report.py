"""The report: Markdown tables with ratios, the machine, the versions, and how it was measured."""

import os
import platform
import sysconfig
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks import dataset
from tests.benchmarks.capacity import Capacity
from tests.benchmarks.contestants import Key
from tests.benchmarks.measure_events import CONTROLLED, CROWDS, EventPlan, EventResults, Events
from tests.benchmarks.measure_requests import CONNECTIONS, RequestPlan, RequestResults
from tests.benchmarks.processes import BUSY_GENERATOR, BUSY_SERVER, Cores

NONE = "–"

SERVERS = (Key.FOLIOGRAPH, Key.STRAWBERRY, Key.APOLLO, Key.MERCURIUS)
PUBLISHERS = (Key.FOLIOGRAPH, Key.STRAWBERRY, Key.GRAPHQL_WS)


@dataclass(kw_only=True)
class Findings:
    """All that one run found."""

    cores: Cores
    request_plan: RequestPlan
    event_plan: EventPlan
    capacity: Capacity
    requests: RequestResults
    events: EventResults
    seconds: float
    left_out: Mapping[str, str] = field(default_factory=dict)


def render(found: Findings) -> str:
    """Return the whole report."""
    parts = [
        "# Foliograph beside other GraphQL servers",
        "## Requests a second",
        _requests(found.requests),
        "## Events delivered a second, at most",
        _most_events(found.events),
        f"## From publish to receipt at {CONTROLLED:,} deliveries a second, p50 / p99 in ms",
        _latencies(found.events),
        "## Aims",
        _aims(found),
        "## How it was measured",
        _method(found),
    ]
    if found.left_out:
        parts += ["## Left out", "\n".join(f"- {name}: {reason}" for name, reason in found.left_out.items())]
    return "\n\n".join(parts) + "\n"


def _requests(results: RequestResults) -> str:
    header = ["", *(key.value for key in SERVERS), *(f"÷ {key.value}" for key in SERVERS[1:]), "answer"]
    rows = []
    for title in results.workloads:
        rates = {key: best.rate for key in SERVERS if (best := results.best.get((title, key)))}
        held_up = {key for key in rates if results.best[title, key].was_held_up}
        sizes = [results.best[title, key].size for key in rates]
        rows.append(
            [
                title,
                *(_figure(rates.get(key), held_up=key in held_up) for key in SERVERS),
                *(_ratio(rates.get(Key.FOLIOGRAPH), rates.get(key)) for key in SERVERS[1:]),
                f"{max(sizes):,} B" if sizes else NONE,
            ]
        )
    return _table(header, rows)


def _most_events(results: EventResults) -> str:
    header = ["subscribers", *(key.value for key in PUBLISHERS), *(f"÷ {key.value}" for key in PUBLISHERS[1:])]
    rows = []
    for size in CROWDS:
        most = {key: events.most for key, events in _of_crowd(results, size).items() if events.most}
        rates = {key: step.delivered for key, step in most.items()}
        held_up = {key for key, step in most.items() if step.was_held_up}
        rows.append(
            [
                f"{size:,}",
                *(_figure(rates.get(key), held_up=key in held_up) for key in PUBLISHERS),
                *(_ratio(rates.get(Key.FOLIOGRAPH), rates.get(key)) for key in PUBLISHERS[1:]),
            ]
        )
    return _table(header, rows)


def _latencies(results: EventResults) -> str:
    rows = []
    for size in CROWDS:
        crowd = _of_crowd(results, size)
        rows.append([f"{size:,}", *(_latency(crowd.get(key)) for key in PUBLISHERS)])
    return _table(["subscribers", *(key.value for key in PUBLISHERS)], rows)


def _of_crowd(results: EventResults, size: int) -> dict[Key, Events]:
    return {key: events for (crowd, key), events in results.best.items() if crowd == size}


def _latency(events: Events | None) -> str:
    if events is None or events.most is None:
        return NONE
    if events.controlled is None:
        return f"cannot: {events.most.delivered:,.0f} a second at most, p99 {events.most.p99:,.0f}"
    return f"{events.controlled.p50:.1f} / {events.controlled.p99:.1f}"


def _aims(found: Findings) -> str:
    best, crowd = found.requests.best, _of_crowd(found.events, CROWDS[-1])
    lines = []
    for title in found.requests.workloads[1:]:
        ours, theirs = best.get((title, Key.FOLIOGRAPH)), best.get((title, Key.STRAWBERRY))
        value = ours.rate / theirs.rate if ours and theirs else None
        lines.append(_aim(f"{title}: at least 3 × default Strawberry", value, "{:.1f} ×", lambda ratio: ratio >= 3))
    ours_most, theirs_most = (_most(crowd.get(key)) for key in (Key.FOLIOGRAPH, Key.GRAPHQL_WS))
    value = ours_most / theirs_most if ours_most and theirs_most else None
    text = f"events to {CROWDS[-1]:,} subscribers: at least 2 × graphql-ws on Node"
    lines.append(_aim(text, value, "{:.1f} ×", lambda ratio: ratio >= 2))
    ours_events = crowd.get(Key.FOLIOGRAPH)
    controlled = ours_events.controlled if ours_events else None
    text = f"p99 to {CROWDS[-1]:,} subscribers at {CONTROLLED:,} a second: under 50 ms"
    lines.append(_aim(text, controlled.p99 if controlled else None, "{:.1f} ms", lambda latency: latency < 50))
    return "\n".join(lines)


def _most(events: Events | None) -> float | None:
    return events.most.delivered if events and events.most else None


def _aim(text: str, value: float | None, form: str, met: Callable[[float], bool]) -> str:
    if value is None:
        return f"- {text}: not measured"
    return f"- {text}: {form.format(value)}, {'met' if met(value) else '**missed**'}"


def _method(found: Findings) -> str:
    requests, events, versions = found.request_plan, found.event_plan, found.requests.versions | found.events.versions
    load = ", ".join(f"{average:.2f}" for average in os.getloadavg())
    machine = f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    asking = (
        f"Requests: {CONNECTIONS} keep-alive connections, each of which asks again when answered, the whole text in "
        f"each POST; {requests.warm_seconds:g} s to warm up, then {requests.rounds} × {requests.seconds:g} s in which "
        "all contestants were measured in turn, of which the best counts. All answers have one shape: that was checked."
    )
    listening = (
        f"Events: graphql-transport-ws, each subscriber with 1 to 10 of {dataset.LIVE_SYMBOLS} symbols; the deliveries "
        f"offered double in steps of {events.step_seconds:g} s until a server keeps up no more, and the most delivered "
        f"counts; latencies over {events.latency_seconds:g} s; the best of {events.rounds} rounds."
    )
    generators = (
        f"The load generators alone take {found.capacity.requests:,.0f} requests and {found.capacity.events:,.0f} "
        f"events a second. A figure marked ≥ is too low: the generator was busier than {BUSY_GENERATOR:.0%}, or the "
        f"server did not have {BUSY_SERVER:.0%} of its core."
    )
    lines = [
        f"Machine: {machine}; {found.cores}; load average at the end {load}; the run took {found.seconds:.0f} s.",
        f"Python {platform.python_version()}, {_profile_guided()}.",
        ", ".join(f"{name} {number}" for name, number in sorted(versions.items())) + ".",
        asking,
        listening,
        generators,
        "The peers hold their data in memory; Foliograph reads its database.",
    ]
    return "\n".join(f"- {line}" for line in lines)


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def _profile_guided() -> str:
    arguments = sysconfig.get_config_var("CONFIG_ARGS") or ""
    if "--enable-optimizations" in arguments:
        return "built with profile-guided optimization"
    return "built without profile-guided optimization (0.65 to 0.88 of the speed of one that has it)"


def _figure(value: float | None, *, held_up: bool) -> str:
    if value is None:
        return NONE
    return f"{'≥ ' if held_up else ''}{value:,.0f}"


def _ratio(ours: float | None, theirs: float | None) -> str:
    return f"{ours / theirs:.2f}" if ours and theirs else NONE


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
