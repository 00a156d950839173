"""How long to wait before the next attempt."""

import random

_FIRST_SECONDS = 0.05
_LONGEST_SECONDS = 0.5
"""A server that is back is found in half a second, and an attempt a second from each process does it no harm."""


def delay(failures: int) -> float:
    """Return the seconds to wait after so many failures in a row: doubled each time, jittered to spread processes."""
    longest = min(_LONGEST_SECONDS, _FIRST_SECONDS * 2 ** min(failures, 10))
    return random.uniform(longest / 2, longest)  # noqa: S311 (spreads load, guards nothing)
