"""Which numbers are wrong, and what they should be: hypotheses that are weighed by the relations they mend.

Each relation's misses are taken for draws of a Student distribution, whose width is learned from the table by its
median deviation, so that a third of wrong cells does not move it far. A hypothesis, such as "this margin is a hundred
times too large", is worth the logarithm of how much likelier it makes the relations of its row, less what it costs
beforehand: errors are rare. The best hypothesis of a row is taken, and the row is weighed again, until none is left.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from domain.companies.catalogue import Field, Unit
from domain.companies.quality.relations import Level, Relation, Values, relations_of
from domain.companies.values import scaled
from domain.quant.arrays import Numbers

Rows = NDArray[np.intp]

# Tails as heavy as those of real cross-sections.
_DEGREES = 3.0
# Fewer companies teach nothing of how widely a relation is missed.
_ENOUGH = 20
# Errors of the ordinary kinds are a few in a thousand cells, all others much rarer.
_ORDINARY, _RARE, _RAREST = -5.5, -8.5, -12.0
# Loose relations overlap, and would count the same evidence several times.
_WEIGHT_OF_LOOSE = 0.75
# A column of which nothing else is told.
_FEW = 1
_DEGREES_ALONE = 8.0
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What may have happened to a number, by what undoes it; `other` is the column it was swapped with."""

    code: str
    factor: float
    cost: float
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Suspect:
    """A number that is likelier wrong than right: its row, and the logarithm of the odds."""

    hypothesis: Hypothesis
    row: int
    seen: float
    proposed: float
    odds: float

    @property
    def confidence(self) -> float:
        """The probability that it is wrong and the hypothesis right, as far as the relations tell."""
        return 1 / (1 + math.exp(-min(self.odds, 700.0)))


@dataclass(frozen=True)
class Learned:
    """A relation with the center and width that the table gives it."""

    relation: Relation
    center: float
    width: float
    misses: Numbers
    alone: bool = False

    @property
    def tight(self) -> bool:
        """Whether it holds in this table so well that a number can be computed by it."""
        return self.relation.exact and self.width <= 0.06 and abs(self.center) <= 0.02

    def weigh(self, misses: Numbers) -> Numbers:
        """Return the logarithm of how likely misses are, but for a constant; 0 where nothing is said."""
        deviations = (misses - self.center) / self.width
        degrees = _DEGREES_ALONE if self.alone else _DEGREES
        likely = -(degrees + 1) / 2 * np.log1p(deviations**2 / degrees)
        return np.where(
            np.isnan(likely), 0.0, likely * (1.0 if self.relation.exact or self.alone else _WEIGHT_OF_LOOSE)
        )


def _median(numbers: Numbers) -> float:
    # Which of the two in the middle is taken does not matter here.
    middle = len(numbers) // 2
    return float(np.partition(numbers, middle)[middle])


def learn(values: Values) -> list[Learned]:
    """Return the relations that a table has enough of, each with its center and width in it."""
    learned = []
    with np.errstate(all="ignore"):
        for relation in relations_of(values):
            misses = relation.misses(values)
            known = misses[~np.isnan(misses)]
            if len(known) < _ENOUGH:
                continue
            middle = _median(known) if relation.floating or relation.exact else 0.0
            spread = 1.4826 * _median(np.abs(known - middle))
            if relation.exact:
                # What does not hold for most is no definition here: forward earnings beside trailing ones, say.
                spread = max(spread, abs(middle))
                middle = 0.0
            learned.append(Learned(relation, middle, max(relation.width, spread), misses))
    told = Counter(code for each in learned for code in each.relation.codes)
    return [replace(each, alone=_is_size(each.relation) and told[each.relation.codes[0]] <= _FEW) for each in learned]


def _is_size(relation: Relation) -> bool:
    # Returns have tails that sizes have not.
    return isinstance(relation, Level) and not relation.grows


_SWAPS = (
    ("high52W", "low52W"),
    ("currentRatio", "quickRatio"),
    ("grossMargin", "operatingMargin"),
    ("operatingMargin", "netMargin"),
    ("roe", "roa"),
    ("per", "pbr"),
    ("per", "eps"),
    ("evEbitda", "evSales"),
)


def hypotheses_of(fields: Mapping[str, Field]) -> list[Hypothesis]:
    """Return what may have happened to the numbers of these fields."""
    found = [each for code, field in fields.items() for each in _of_field(code, field)]
    for one, other in _SWAPS:
        if one in fields and other in fields:
            found.append(Hypothesis(one, 1.0, _ORDINARY if one == "high52W" else _RARE, other))
    return found


def _of_field(code: str, field: Field) -> Iterator[Hypothesis]:
    yield Hypothesis(code, -1.0, _ORDINARY if code == "per" else _RARE - 2)
    if field.unit is Unit.PERCENT:
        yield Hypothesis(code, 0.01, _ORDINARY)
        yield Hypothesis(code, 100.0, _RAREST)
    elif field.unit in {Unit.USD_MN, Unit.COUNT}:
        yield Hypothesis(code, 1e3, _ORDINARY)
        # In hundredths, as of pence and cents, among them.
        for factor in (1e-3, 1e6, 1e-6, 0.01, 100.0):
            yield Hypothesis(code, factor, _RARE)
    else:
        for factor in (0.01, 100.0, 1e3, 1e-3):
            yield Hypothesis(code, factor, _RAREST)


def _undo(hypothesis: Hypothesis, values: Values) -> dict[str, Numbers]:
    if hypothesis.other is not None:
        return {hypothesis.code: values[hypothesis.other], hypothesis.other: values[hypothesis.code]}
    return {hypothesis.code: values[hypothesis.code] * hypothesis.factor}


class Weighing:
    """A table whose numbers are weighed, and mended in a copy as suspects are found.

    `fit` is how likely each row is as it was written, in logarithms.
    """

    def __init__(self, values: Values, fields: Mapping[str, Field]) -> None:
        self._values = {code: numbers.copy() for code, numbers in values.items()}
        self.learned = learn(self._values)
        self.fit: Numbers = np.zeros(len(next(iter(self._values.values()), ())))
        self._bounds = {code: field.bounds() for code, field in fields.items()}
        self._hypotheses: dict[str, list[Hypothesis]] = {}
        for hypothesis in hypotheses_of(fields):
            self._hypotheses.setdefault(hypothesis.code, []).append(hypothesis)
        self._by_code: dict[str, list[int]] = {}
        for number, each in enumerate(self.learned):
            for code in each.relation.codes:
                self._by_code.setdefault(code, []).append(number)

    @property
    def values(self) -> dict[str, Numbers]:
        """The numbers with what was found undone."""
        return self._values

    def suspects(self) -> list[Suspect]:
        """Return the numbers that are likelier wrong than right, and undo each in the copy."""
        found: list[Suspect] = []
        with np.errstate(all="ignore"):
            likely = np.array([each.weigh(each.misses) for each in self.learned])
            self.fit = likely.sum(axis=0) if len(likely) else self.fit
            rows = np.arange(likely.shape[1]) if len(likely) else np.empty(0, dtype=np.intp)
            for _ in range(_ROUNDS):
                if not len(rows):
                    break
                new = self._best(rows, likely)
                self._apply(new)
                found += new
                rows = np.array([suspect.row for suspect in new], dtype=np.intp)
                likely = np.array([each.weigh(each.relation.misses(self._part(rows, each))) for each in self.learned])
        return found

    def _part(self, rows: Rows, *learned: Learned) -> dict[str, Numbers]:
        return {code: self._values[code][rows] for each in learned for code in each.relation.codes}

    def _best(self, rows: Rows, likely: Numbers) -> list[Suspect]:
        best: dict[int, tuple[float, Hypothesis]] = {}
        for code, hypotheses in self._hypotheses.items():
            numbers = self._by_code.get(code, [])
            # No hypothesis gains more than what the relations of its columns now lose.
            loss = self._outside(code, self._values[code][rows]) - likely[numbers].sum(axis=0)
            for hypothesis in hypotheses:
                concerned = self._concerned(hypothesis)
                lost = loss if hypothesis.other is None else -likely[concerned].sum(axis=0)
                places = np.flatnonzero(lost + hypothesis.cost > 0)
                if not len(places):
                    continue
                odds = self._odds(hypothesis, rows[places], likely[concerned][:, places], concerned)
                for place in np.flatnonzero(odds > 0):
                    row = int(rows[places[place]])
                    if row not in best or odds[place] > best[row][0]:
                        best[row] = float(odds[place]), hypothesis
        return [self._suspect(row, *best[row]) for row in sorted(best)]

    def _concerned(self, hypothesis: Hypothesis) -> list[int]:
        own = self._by_code.get(hypothesis.code, [])
        if hypothesis.other is None:
            return own
        return sorted({*own, *self._by_code.get(hypothesis.other, [])})

    def _odds(self, hypothesis: Hypothesis, rows: Rows, likely: Numbers, numbers: list[int]) -> Numbers:
        learned = [self.learned[number] for number in numbers]
        part = self._part(rows, *learned)
        undone = _undo(hypothesis, part) if part else {}
        mended = {**part, **undone}
        odds: Numbers = np.full(len(rows), hypothesis.cost)
        for each, now in zip(learned, likely, strict=True):
            odds = odds + each.weigh(each.relation.misses(mended)) - now
        for code, after in undone.items():
            odds = odds + self._outside(code, part[code]) - self._outside(code, after)
        # A number without its own value, or a zero, is nothing that a factor could have made, nor an empty cell a swap.
        seen = self._values[hypothesis.code][rows]
        other = seen if hypothesis.other is None else self._values[hypothesis.other][rows]
        return np.where(np.isnan(seen) | np.isnan(other) | (seen == 0), -math.inf, odds)

    def _outside(self, code: str, numbers: Numbers) -> Numbers:
        low, high = self._bounds.get(code, (-math.inf, math.inf))
        # What lies outside its range is ten times less likely, and below a least value of zero a thousand times.
        below = 7.0 if low == 0 else 2.3
        return np.where(numbers < low, below, np.where(numbers > high, 2.3, 0.0))

    def _suspect(self, row: int, odds: float, hypothesis: Hypothesis) -> Suspect:
        seen = self._values[hypothesis.code][row]
        if hypothesis.other is None:
            after = scaled(float(seen), hypothesis.factor)
        else:
            after = float(self._values[hypothesis.other][row])
        return Suspect(hypothesis, row, float(seen), after, odds)

    def _apply(self, suspects: list[Suspect]) -> None:
        for suspect in suspects:
            code, other = suspect.hypothesis.code, suspect.hypothesis.other
            if other is not None:
                self._values[other][suspect.row] = self._values[code][suspect.row]
            self._values[code][suspect.row] = suspect.proposed


def estimates(code: str, values: Values, learned: list[Learned]) -> Numbers:
    """Return what the tight relations say a column is, the tightest first; NaN where none says anything."""
    found: Numbers = np.full(len(values[code]), np.nan)
    tight = sorted(
        (each for each in learned if each.tight and code in each.relation.codes), key=lambda each: each.width
    )
    with np.errstate(all="ignore"):
        for each in tight:
            found = np.where(np.isnan(found), each.relation.solve(code, values), found)
    return found
