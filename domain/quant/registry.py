"""Measures of returns: each a function that says what it is in, and what it needs."""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike

from domain.quant.arrays import finite

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
    needs: frozenset[str]
    """Which of `PARAMETERS` it takes."""
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
        given = dict(zip(PARAMETERS, (returns, benchmark, risk_free_rate, periods_per_year), strict=True))
        return self.function(**{name: given[name] for name in PARAMETERS if name in self.needs})


REGISTERED: dict[str, Measure] = {}

# What was measured since `sharing` was entered.
_known: ContextVar[dict[Any, float] | None] = ContextVar("_known", default=None)


@contextmanager
def sharing() -> Iterator[None]:
    """Measure each thing once within: measures that are made of others find them.  An array is told by its id."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def _told(given: object) -> object:
    return id(given) if isinstance(given, np.ndarray) else given


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
        needs = frozenset(inspect.signature(function).parameters)
        name = str(getattr(function, "__name__", ""))
        if not needs <= set(PARAMETERS) or "returns" not in needs:
            raise ValueError(f"expected parameters among {PARAMETERS}, got {sorted(needs)}")
        if name in REGISTERED:
            raise ValueError(f"expected a new measure, got {name} again")
        summary, source = described(function)
        if not summary or source is None:
            raise ValueError(f"expected a docstring with a source of {name}")

        @functools.wraps(function)
        def silent(*given: object, **named: object) -> float:
            known = _known.get()
            key = (name, *map(_told, given), *((each, _told(named[each])) for each in sorted(named)))
            if known is not None and key in known:
                return known[key]
            with np.errstate(all="ignore"):
                found = finite(function(*given, **named))
            if known is not None:
                known[key] = found
            return found

        REGISTERED[name] = Measure(name, silent, unit, higher_is_better, needs, summary, source)
        return cast(Function, silent)

    return register
