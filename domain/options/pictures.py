"""What is drawn of strategies and surfaces: pure."""

from typing import Final

import numpy as np

from domain.options.drawing import Line, Mark, Picture, shades, svg
from domain.options.strategies import Analysis
from domain.options.surfaces import Surface

_BLUE, _ORANGE = "#183d7a", "#c84b31"
# Break-evens that are written out; of more, the picture would be full.
_MOST_MARKS: Final = 12
_PLACES: Final = 121


def payoff_picture(found: Analysis, spot: float) -> str | None:
    """Return the profit of a strategy at its first expiry and now, with its break-evens and the spot, as SVG."""
    if not found.payoff:
        return None
    at = np.array([point.underlying for point in found.payoff])
    later = np.array([point.at_expiry for point in found.payoff])
    now = np.array([np.nan if point.now is None else point.now for point in found.payoff])
    marks = [Mark(each, f"{each:,.2f}") for each in found.break_evens[:_MOST_MARKS]]
    return svg(
        Picture(
            title="Profit and loss by the price of the underlying",
            x_label="Price of the underlying",
            y_label="Profit",
            lines=[Line(at, later, _BLUE, "At expiry"), Line(at, now, _ORANGE, "Now", is_dashed=True)],
            marks=[*marks, Mark(spot, f"Spot {spot:,.2f}", is_line=True)],
            has_zero_line=True,
        )
    )


def surface_picture(symbol: str, surface: Surface) -> str | None:
    """Return the curves of all expiries, and what they go through, as SVG."""
    fitted = [each for each in surface.slices if np.isfinite(each.svi.parameters()).all()]
    lines = []
    for color, each in zip(shades(len(fitted)), fitted, strict=True):
        at = np.linspace(each.moneyness[0], each.moneyness[-1], _PLACES)
        dots = (each.moneyness, each.volatility)
        lines.append(Line(at, each.curve(at), color, f"{each.expiry:%d %b %Y}", dots=dots))
    return svg(
        Picture(
            title=f"Implied volatility of {symbol} by strike and expiry",
            x_label="Log-moneyness, ln(strike / forward)",
            y_label="Volatility a year, percent",
            lines=lines,
            marks=[Mark(0.0, "Forward", is_line=True)],
            y_factor=100.0,
        )
    )
