"""How fast this machine is now: bounds on times are written for one machine, and hold on slower or busier ones too."""

import statistics
import time
from decimal import Decimal

# Seconds that `_work` took on the machine and in the hour in which the bounds were set.
_REFERENCE = 0.022


def slowness() -> float:
    """Return how many times as long as then the same work takes now; 1 where it takes less."""
    return max(1.0, statistics.median(_work() for _ in range(5)) / _REFERENCE)


def _work() -> float:
    """Do what Python does in a ledger, without a database, and return how long it took."""
    started = time.perf_counter()
    sums: dict[tuple[int, str], Decimal] = {}
    for number in range(60_000):
        key = number % 500, "USD"
        sums[key] = sums.get(key, Decimal(0)) + Decimal(number)
    return time.perf_counter() - started
