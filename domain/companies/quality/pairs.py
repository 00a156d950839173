"""Relations that determine none of their columns, and those of two: which is larger, which sign goes with which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from domain.quant.arrays import Numbers

# As far off as a wrong sign counts: a factor of e¹², which no unit explains.
WRONG_SIGN = 12.0


class Undetermined:
    """A relation that is held or missed, and says of none of its columns what it would be."""

    exact: ClassVar[bool] = False
    floating: ClassVar[bool] = False

    def solve(self, code: str, values: Mapping[str, Numbers]) -> Numbers:
        """Return nothing."""
        return np.full(len(values[code]), np.nan)


@dataclass(frozen=True)
class Order(Undetermined):
    """A number that is at most another."""

    least: str
    most: str
    width: float

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return (self.least, self.most)

    def misses(self, values: Mapping[str, Numbers]) -> Numbers:
        """Return by how much the one exceeds the other, in logarithms, and 0 where it does not."""
        found = np.log(np.abs(values[self.least] / values[self.most]))
        return np.asarray(np.where(np.isfinite(found), np.maximum(found, 0.0), np.nan))


@dataclass(frozen=True)
class Above(Undetermined):
    """A number that is not below zero where another is above it."""

    code: str
    where: str
    width: float = 1.0

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return (self.code, self.where)

    def misses(self, values: Mapping[str, Numbers]) -> Numbers:
        """Return a wrong sign where it is below, and 0 elsewhere."""
        number, other = values[self.code], values[self.where]
        missed = np.where((other > 0) & (number < 0), WRONG_SIGN, 0.0)
        return np.where(np.isnan(number) | np.isnan(other), np.nan, missed)
