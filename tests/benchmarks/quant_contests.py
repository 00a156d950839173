"""`python -m tests.benchmarks.quant_contests`: numbers here against libraries that are known for them, in turn.

Run by `measure_quant` in an environment that has the peers.  Prints one line of JSON for each contest.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from tests.benchmarks import quant_measures, quant_options, quant_regression

ROUNDS = 5
_OPTIONS, _AMERICAN = 100_000, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The best times of both in seconds, how many times as fast ours is to be, and how far the answers lie apart."""

    name: str
    peer: str
    ours_seconds: float
    peer_seconds: float
    at_least: float
    apart: float


def main() -> int:
    """Hold all contests; the smaller sizes where they are asked for as --quick."""
    scale = 10 if "--quick" in sys.argv else 1
    gc.disable()
    for contest in _contests(scale):
        print(json.dumps(asdict(_contest(*contest))), flush=True)
    return 0


def _contests(scale: int) -> Iterator[tuple[Any, ...]]:
    returns = quant_measures.data()
    name = f"ten measures of {quant_measures.DAYS:,} days"
    yield name, "empyrical", 3, lambda: quant_measures.ours(returns), lambda: quant_measures.peer(returns)
    for each in quant_regression.contests():
        yield each.name, "statsmodels", each.at_least, each.ours, each.peer
    many, fewer = quant_options.terms(_OPTIONS // scale), quant_options.terms(_AMERICAN // scale)
    implied = quant_options.implied_terms(_OPTIONS // scale)
    yield (
        f"price and 5 Greeks of {_OPTIONS // scale:,} options",
        "QuantLib",
        100,
        lambda: quant_options.ours_value(many),
        lambda: quant_options.peer_value(many),
        quant_options.rows,
    )
    yield (
        f"implied volatility of {_OPTIONS // scale:,} options",
        "QuantLib",
        5,
        lambda: quant_options.ours_implied(implied),
        lambda: quant_options.peer_implied(implied),
        lambda found: quant_options.repriced(implied, found),
    )
    yield (
        f"implied volatility of {_OPTIONS // scale:,} options, against pricing them",
        "our own price",
        1 / 8,
        lambda: quant_options.ours_implied(implied),
        lambda: quant_options.own_pricing(many),
        lambda found: quant_options.repriced(implied, found),
    )
    yield (
        f"{_AMERICAN // scale:,} American options",
        "QuantLib, QdFp fast",
        3,
        lambda: quant_options.ours_american(fewer),
        lambda: quant_options.peer_american(fewer),
    )


def _contest(
    name: str,
    peer: str,
    at_least: float,
    ours: Callable[[], Any],
    theirs: Callable[[], Any],
    comparable: Callable[[Any], Any] = lambda found: found,
) -> Result:
    apart = _apart(comparable(ours()), comparable(theirs()))
    times = [(_seconds(ours), _seconds(theirs)) for _ in range(ROUNDS)]
    return Result(
        name=name,
        peer=peer,
        ours_seconds=min(own for own, _ in times),
        peer_seconds=min(other for _, other in times),
        at_least=at_least,
        apart=apart,
    )


def _seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _apart(ours: Any, theirs: Any) -> float:
    """Return the largest difference, of the size of the peer's largest number of each array; what it refuses is not
    compared.
    """
    pairs = zip(ours, theirs, strict=True) if isinstance(ours, list) else [(ours, theirs)]
    return max(float(np.nanmax(np.abs(np.asarray(own) - other)) / np.nanmax(np.abs(other))) for own, other in pairs)


if __name__ == "__main__":
    sys.exit(main())
