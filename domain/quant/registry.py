"""Measures of returns: each a function that says what it is in, and what it needs."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import finite
from domain.quant.sharing import found_once, is_sharing

Function = TypeVar("Function", bound=Callable[..., float])

PARAMETERS = ("returns", "benchmark", "risk_free_rate", "periods_per_year")
"""What a measure may ask for, by these names."""


class Unit(Enum):
    """What a measure is in."""

    FRACTION = "fraction"
    """0.01 is one percent: of wealth, or of all periods."""
    FRACTION_A_YEAR = "fraction a year"
    RATIO = "ratio"
    """A number beside another one of the same unit."""
    PERIODS = "periods"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure, as it is found by its name."""

    name: str
    function: Callable[..., float]
    unit: Unit
    higher_is_better: bool | None
    """None where it is neither."""
    needs: tuple[str, ...]
    """Which of `PARAMETERS` it takes, in its order."""
    summary: str
    """The first paragraph of its docstring."""
    source: str
    """Where its definition is published."""

    @property
    def needs_benchmark(self) -> bool:
        """Whether it compares with another series."""
        return "benchmark" in self.needs

    def of(
        self, returns: ArrayLike, benchmark: ArrayLike | None, risk_free_rate: float, periods_per_year: float
    ) -> float:
        """Return the measure of a series, NaN where it needs a benchmark and none is given.

        The arguments are those of all measures: see each.
        """
        if self.needs_benchmark and benchmark is None:
            return float("nan")
        given = {
            "returns": returns,
            "benchmark": benchmark,
            "risk_free_rate": risk_free_rate,
            "periods_per_year": periods_per_year,
        }
        return self.function(*[given[name] for name in self.needs])


REGISTERED: dict[str, Measure] = {}


def _told(given: object) -> object:
    return given if isinstance(given, int | float) else id(given)


def described(function: Callable[..., object]) -> tuple[str, str | None]:
    """Return what a function says that it computes: the first paragraph of its docstring, and its source, if it names
    one.
    """
    summary, *others = (inspect.getdoc(function) or "").split("\n\n")
    sources = [each.removeprefix("Source: ") for each in others if each.startswith("Source: ")]
    return " ".join(summary.split()), " ".join(sources[0].split()) if sources else None


def measure(*, unit: Unit, higher_is_better: bool | None) -> Callable[[Function], Function]:
    """Register a function as a measure, without warnings of floating point; an infinity becomes NaN.

    Raises `ValueError` for a parameter of another name, for a name that is taken, and without docstring or source.
    """

    def register(function: Function) -> Function:
        needs = tuple(inspect.signature(function).parameters)
        name = str(getattr(function, "__name__", ""))
        if not set(needs) <= set(PARAMETERS) or "returns" not in needs:
            raise ValueError(f"expected parameters among {PARAMETERS}, got {sorted(needs)}")
        if name in REGISTERED:
            raise ValueError(f"expected a new measure, got {name} again")
        summary, source = described(function)
        if not summary or source is None:
            raise ValueError(f"expected a docstring with a source of {name}")

        @functools.wraps(function)
        def silent(*given: object, **named: object) -> float:
            if is_sharing() and not named:
                key = (silent, *map(_told, given))
                return found_once(key, given, lambda: finite(function(*given)))
            with np.errstate(all="ignore"):
                return finite(function(*given, **named))

        REGISTERED[name] = Measure(name, silent, unit, higher_is_better, needs, summary, source)
        return cast(Function, silent)

    return register
