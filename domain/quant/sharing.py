"""What several measures need of the same series, computed once for all of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

import numpy as np

from domain.quant.arrays import Numbers

Result = TypeVar("Result")

_known: ContextVar[dict[Any, tuple[Any, Any]] | None] = ContextVar("_known", default=None)


@contextmanager
def sharing() -> Iterator[None]:
    """Compute each thing once within, without warnings of floating point.  No array may be written to meanwhile."""
    token = _known.set({})
    try:
        with np.errstate(all="ignore"):
            yield
    finally:
        _known.reset(token)


def is_sharing() -> bool:
    """Whether `sharing` was entered."""
    return _known.get() is not None


def found_once(key: tuple[Any, ...], given: tuple[Any, ...], compute: Callable[[], Result]) -> Result:
    """Return what was found under a key since `sharing` was entered, or compute it.

    The key has the ids of what was given: that is kept as long as the key, or its ids would become those of others.
    """
    known = _known.get()
    if known is None:
        return compute()
    entry = known.get(key)
    if entry is None:
        entry = known[key] = (given, compute())
    return entry[1]


def shared(function: Callable[[Numbers], Result]) -> Callable[[Numbers], Result]:
    """Let a function of an array find what it has told of the same one.  What it gives must not be written to."""

    @wraps(function)
    def once(numbers: Numbers) -> Result:
        known = _known.get()
        if known is None:
            return function(numbers)
        entry = known.get((function, id(numbers)))
        if entry is None:
            entry = known[function, id(numbers)] = (numbers, function(numbers))
        return entry[1]

    return once
