"""The twin of `Compute` that computes at once."""

from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")


class ComputeHere:
    """Runs what it is given on the spot."""

    async def run(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """Return what the function returns."""
        return function(*arguments)
