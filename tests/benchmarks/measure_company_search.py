"""`python -m tests.benchmarks.measure_company_search`: how long the index of companies takes to build and to search.

The search is the same on every database, so none is asked: what a request takes beside it is in `measure_companies`.
"""

import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

import numpy as np

from domain.companies.search import followed
from domain.companies.search_index import CompanyIndex
from tests.factories.boards import board_of

COUNTS: Final = (12_500, 125_000)
SEARCHES: Final = 400
P95_MS, LARGE_FACTOR = 20.0, 2.0
_SYLLABLES: Final = "ba co di fer gen ho in jo kar lum mo nor o pra qui ros sta tec ul ver wes xan yo zen".split()
_TRADES: Final = (
    "Bancorp Technologies Energy Pharmaceuticals Capital Systems Industries Financial Therapeutics Resources".split()
)
_LEGAL: Final = ("Inc.", "Corp.", "plc", "Ltd", "Holdings")
_KINDS: Final = ("ticker", "name", "begun name", "mistyped name", "industry")


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured with so many companies: seconds to build, and milliseconds of CPU by kind of query."""

    companies: int
    words: int
    built: float
    followed: float
    kinds: dict[str, list[float]]


def made_companies(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Return companies whose words are as common as in a language: few are in many names, and most in few."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(round(40 * count**0.5))]
    weights = list(accumulate((place + 1) ** -0.8 for place in range(len(words))))
    industries = [f"{one} {other}" for one in _TRADES for other in ("Services", "Products", "Equipment", "Software")]
    return [
        {
            "ticker": _ticker(number),
            "name": " ".join(
                [word.title() for word in chance.choices(words, cum_weights=weights, k=chance.randint(1, 2))]
                + [chance.choice(_TRADES), chance.choice(_LEGAL)]
            ),
            "industry": chance.choice(industries),
            "sector": chance.choice(_TRADES),
            "marketCapUsdMn": chance.lognormvariate(6, 2),
        }
        for number in range(count)
    ]


def _ticker(number: int) -> str:
    letters = ""
    for _ in range(4):
        number, place = divmod(number, 26)
        letters = chr(65 + place) + letters
    return letters


def query_of(number: int, companies: Sequence[dict[str, Any]], chance: random.Random) -> tuple[str, str]:
    """Return the kind of the query of this number, and the query: for one of the companies, by chance."""
    kind = _KINDS[number % len(_KINDS)]
    return kind, _query(kind, chance.choice(companies), chance)


def _query(kind: str, of: dict[str, Any], chance: random.Random) -> str:
    name = str(of["name"]).rsplit(" ", 1)[0]
    place = chance.randrange(len(name) - 1)
    return {
        "ticker": str(of["ticker"]),
        "name": name,
        "begun name": name[: place + 1],
        "mistyped name": name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        "industry": str(of["industry"]),
    }[kind]


def measure(count: int, searches: int) -> Found:
    """Build an index, and search it."""
    companies = made_companies(count)
    board = board_of(companies)
    begun = time.perf_counter()
    index = CompanyIndex(board)
    built = time.perf_counter() - begun
    follow_begun = time.perf_counter()
    followed(index, board)
    took = time.perf_counter() - follow_begun
    chance = random.Random(2)
    kinds: dict[str, list[float]] = {kind: [] for kind in _KINDS}
    for number in range(searches):
        kind, query = query_of(number, companies, chance)
        before = time.process_time()
        index.search(query)
        kinds[kind].append((time.process_time() - before) * 1000)
    return Found(count, len(index.texts.vocabulary.words), built, took, kinds)


def table(found: Sequence[Found]) -> str:
    """Return the figures in Markdown."""
    bounds = (
        f"CPU of one search of an index in memory: at most {P95_MS:.0f} ms at p95, and of ten times the companies "
        f"{LARGE_FACTOR:.0f} times that."
    )
    lines = [
        "## Search of companies",
        "",
        bounds,
        "",
        "| companies | words | built in | sizes changed | what | median | p95 |",
        "| ---: | ---: | ---: | ---: | --- | ---: | ---: |",
    ]
    for each in found:
        kinds = {**each.kinds, "all": [took for part in each.kinds.values() for took in part]}
        start = f"| {each.companies:,} | {each.words:,} | {each.built:.1f} s | {each.followed * 1000:.0f} ms"
        lines += [
            f"{start} | {kind} | {np.median(took):.2f} ms | {np.percentile(took, 95):.2f} ms |"
            for kind, took in kinds.items()
        ]
    return "\n".join(lines)


def report(counts: Sequence[int] = COUNTS, searches: int = SEARCHES) -> str:
    """Measure, and return the figures in Markdown."""
    return table([measure(count, searches) for count in counts])


if __name__ == "__main__":
    print(report(tuple(int(each) for each in sys.argv[1:]) or COUNTS))
