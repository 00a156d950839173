"""The periods between flows that a time-weighted return is linked from.  Pure."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from domain.portfolios.performance import Performance
from domain.quant.returns import link


@dataclass(frozen=True, slots=True)
class BetweenFlows:
    """From the session of a flow to the one before the next: floats, NaN for unknown."""

    first: date
    last: date
    start_value: float
    flow: float
    end_value: float
    made: float


def between_flows(performance: Performance) -> list[BetweenFlows]:
    """Return the periods of a performance, oldest first; their returns link to the whole."""
    count = len(performance.sessions)
    if not count:
        return []
    flows = performance.history.flows[performance.opening + 1 : performance.closing + 1]
    starts = np.union1d([0], np.flatnonzero(flows != 0)).tolist()
    ends = [*starts[1:], count]
    before = [performance.start_value, *performance.values.tolist()]
    days = [date.fromordinal(day) for day in performance.sessions.tolist()]
    spans = list(zip(starts, ends, strict=True))
    made = [link(performance.daily[start:end]) for start, end in spans]
    return [
        BetweenFlows(days[start], days[end - 1], before[start], float(flows[start]), before[end], each)
        for (start, end), each in zip(spans, made, strict=True)
    ]
