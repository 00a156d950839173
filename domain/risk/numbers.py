"""From arrays, where what is not known is NaN, to results, where it is None."""

import numpy as np

from domain.market.types import Vector


def known(number: float) -> float | None:
    """Return a number, None for what is not finite."""
    return float(number) if np.isfinite(number) else None


def all_known(numbers: Vector) -> tuple[float | None, ...]:
    """Return numbers of one dimension, None for what is not finite."""
    return tuple(
        None if missing else number for number, missing in zip(numbers.tolist(), ~np.isfinite(numbers), strict=True)
    )
