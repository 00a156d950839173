"""Technical indicators of an instrument, as the API shows them: packed, one entry of each list a session."""

from datetime import date
from typing import Annotated

import numpy as np
import strawberry

from domain.kernel.errors import BadUserInput
from domain.market import history
from domain.market.queries import market_now
from domain.market.types import Vector
from domain.quant import indicators as quant
from schema.context import Info
from schema.market.bars import FirstDay, LastDay
from schema.market.packing import column
from schema.market.types import Instrument
from schema.shared.extension import extends
from schema.shared.node import global_id

MAXIMUM_WINDOW = 500
MAXIMUM_SESSIONS = 5_000

Window = Annotated[int, strawberry.argument(description="Sessions in the window: 1 to 500.")]


@strawberry.type(description="A fast exponential average less a slow one. Null where the window is not full.")
class MacdColumns:
    """Packed MACD."""

    line: list[float | None] = strawberry.field(description="The difference of the averages: at most 5,000.")
    signal: list[float | None] = strawberry.field(description="The exponential average of that: at most 5,000.")
    histogram: list[float | None] = strawberry.field(description="The line less its signal: at most 5,000.")


@strawberry.type(
    description="Bands about simple averages: one entry of each list a session, null where the window is not full."
)
class BollingerColumns:
    """Packed bands."""

    middle: list[float | None] = strawberry.field(description="The simple averages: at most 5,000.")
    upper: list[float | None] = strawberry.field(description="So many deviations (of the population) above.")
    lower: list[float | None] = strawberry.field(description="So many deviations below.")
    width: list[float | None] = strawberry.field(description="Upper less lower band, as a part of the middle.")
    percent_b: list[float | None] = strawberry.field(
        description="Where the close lies: 0 at the lower band, 1 at the upper; null where the bands are one."
    )


@strawberry.type(
    description=(
        "Technical indicators of adjusted closes: one entry of each list a session, oldest first, null until the "
        "window is full. They are computed from the first close that is covered, so that they do not depend on `from`."
    )
)
class Indicators:
    """What is computed of one series, as it is asked."""

    id: strawberry.ID = strawberry.field(description="Names the instrument and the days as they were asked.")
    dates: list[date] = strawberry.field(description="The sessions: at most 5,000.")
    closes: strawberry.Private[Vector]

    @strawberry.field(description="Simple moving averages.")
    def sma(self, info: Info, window: Window = 20) -> list[float | None]:
        """Compute the mean of each window."""
        return self._packed(info, quant.sma(self.closes, _checked("window", window)))

    @strawberry.field(description="Exponential moving averages, begun with the simple average of the first window.")
    def ema(self, info: Info, window: Window = 20) -> list[float | None]:
        """Compute the exponential averages."""
        return self._packed(info, quant.ema(self.closes, _checked("window", window)))

    @strawberry.field(
        description="Relative strength indices by Wilder's smoothing, 0 to 100; null also where nothing moved."
    )
    def rsi(self, info: Info, window: Window = 14) -> list[float | None]:
        """Compute the strength."""
        return self._packed(info, quant.rsi(self.closes, _checked("window", window)))

    @strawberry.field(description="Changes in percent of the close so many sessions before.")
    def rate_of_change(self, info: Info, window: Window = 12) -> list[float | None]:
        """Compute the changes."""
        return self._packed(info, quant.rate_of_change(self.closes, _checked("window", window)))

    @strawberry.field(description="Moving average convergence and divergence.")
    def macd(self, info: Info, fast: Window = 12, slow: Window = 26, signal: Window = 9) -> MacdColumns | None:
        """Compute the line, its signal and what is between them."""
        for name, window in (("fast", fast), ("slow", slow), ("signal", signal)):
            _checked(name, window)
        if fast >= slow:
            raise BadUserInput(f"expected fast under slow, got {fast} and {slow}")
        found = quant.macd(self.closes, fast, slow, signal)
        return MacdColumns(**{name: self._packed(info, part) for name, part in found._asdict().items()})

    @strawberry.field(description="Bollinger bands, their width and %B.")
    def bollinger(
        self,
        info: Info,
        window: Window = 20,
        deviations: Annotated[
            float,
            strawberry.argument(description="Standard deviations from the middle to a band: above 0, at most 10."),
        ] = 2.0,
    ) -> BollingerColumns | None:
        """Compute the bands."""
        if not 0 < deviations <= 10:
            raise BadUserInput(f"expected deviations above 0 and at most 10, got {deviations}")
        found = quant.bollinger(self.closes, _checked("window", window), deviations)
        return BollingerColumns(**{name: self._packed(info, part) for name, part in found._asdict().items()})

    def _packed(self, info: Info, numbers: Vector) -> list[float | None]:
        info.context.spend_sessions(len(self.dates))
        return column(numbers[len(numbers) - len(self.dates) :], float)


@extends(Instrument)
@strawberry.type
class InstrumentWithIndicators:
    """What is computed of an instrument's closes."""

    @strawberry.field(
        description="Technical indicators in a range of days: at most 5,000 sessions, none that has not closed yet."
    )
    async def indicators(
        self, info: Info, root: strawberry.Parent[Instrument], start: FirstDay, end: LastDay
    ) -> Indicators | None:
        """Read the closes."""
        now = await market_now(info.context.resources.clock)
        (line,) = await history.closes([root.row], end, now, adjusted=True)
        first = int(np.searchsorted(line.sessions, start.toordinal()))
        days = line.sessions[first:].tolist()
        if len(days) > MAXIMUM_SESSIONS:
            raise BadUserInput(f"expected at most {MAXIMUM_SESSIONS} sessions of {root.symbol}, got {len(days)}")
        info.context.spend_sessions(len(line.sessions))
        return Indicators(
            id=global_id("Indicators", root.row.id, start, end),
            dates=[date.fromordinal(day) for day in days],
            closes=line.closes,
        )


def _checked(name: str, window: int) -> int:
    if not 1 <= window <= MAXIMUM_WINDOW:
        raise BadUserInput(f"expected {name} from 1 to {MAXIMUM_WINDOW}, got {window}")
    return window
