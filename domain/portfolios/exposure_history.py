"""What a portfolio was worth and exposed to at the close of each session in a range.  Pure: columns of a history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from domain.kernel.absence import Absence
from domain.kernel.errors import BadUserInput
from domain.market.history import carried
from domain.market.types import Vector
from domain.portfolios.history import History

MAXIMUM_SESSIONS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ValueColumns:
    """Worth at each session (n,) in the base currency: in all, invested, in cash; NaN where a part is not known.

    `net_flows` is what came from outside, counted in its session.
    """

    sessions: tuple[date, ...]
    total: Vector
    invested: Vector
    cash: Vector
    net_flows: Vector
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SideColumns:
    """Market value of long and of short positions (negative) at each session, (n,); NaN where a part is not known."""

    long: Vector
    short: Vector

    @property
    def gross(self) -> Vector:
        """Long less short."""
        return self.long - self.short

    @property
    def net(self) -> Vector:
        """Long and short."""
        return self.long + self.short


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExposureColumns:
    """Exposures at each session, in all and by sector in the order of the alphabet, and the total value.

    `notional` and `delta_adjusted` are what `domain.portfolios.exposures` says, by the model of each day.
    """

    sessions: tuple[date, ...]
    equity: Vector
    whole: SideColumns
    notional: Vector
    delta_adjusted: Vector
    sectors: tuple[tuple[str | None, SideColumns], ...]
    absences: tuple[Absence, ...]


def value_columns(history: History) -> ValueColumns:
    """Return the worth at each session of the range.  Raises `BadUserInput` for more than 5,000."""
    sessions = _sessions(history)
    money = np.where(history.cash != 0, history.cash * history.rates, 0.0).sum(axis=0)
    return ValueColumns(
        sessions=sessions,
        total=history.values[1:],
        invested=history.worths.sum(axis=0)[1:],
        cash=money[1:],
        net_flows=history.flows[1:],
        absences=_absences(history),
    )


def exposure_columns(history: History) -> ExposureColumns:
    """Return the exposures at each session of the range.  Raises `BadUserInput` for more than 5,000."""
    sessions = _sessions(history)
    found = [history.market.instruments[key.instrument_id].sector for key in history.keys]
    controlled, adjusted = _controlled(history)
    names = sorted(set(found), key=lambda name: (name is None, name or ""))
    return ExposureColumns(
        sessions=sessions,
        equity=history.values[1:],
        whole=_sides(history, range(len(found))),
        notional=np.abs(controlled).sum(axis=0),
        delta_adjusted=adjusted.sum(axis=0),
        sectors=tuple(
            (name, _sides(history, [row for row, sector in enumerate(found) if sector == name])) for name in names
        ),
        absences=_absences(history),
    )


def _controlled(history: History) -> tuple[Vector, Vector]:
    """Return what each key controls at each session, and the same times delta: (keys, sessions), with their signs."""
    controlled = history.worths[:, 1:].copy()
    adjusted = controlled.copy()
    place = {code: row for row, code in enumerate(history.currencies)}
    for row, key in enumerate(history.keys):
        contract = history.market.contracts.get(key.instrument_id)
        if contract is None:
            continue
        controlled[row] = adjusted[row] = np.nan
        option = history.market.options.get(key.instrument_id)
        if option is not None:
            spots, deltas = carried([option.underlying, option.delta], history.sessions[1:])
            rates = history.rates[place[history.market.instruments[key.instrument_id].currency], 1:]
            controlled[row] = history.quantities[row, 1:] * float(contract.deliverable) * spots * rates
            adjusted[row] = controlled[row] * deltas
        held = history.quantities[row, 1:] != 0
        controlled[row, ~held] = adjusted[row, ~held] = 0.0
    return controlled, adjusted


def _sides(history: History, rows: Iterable[int]) -> SideColumns:
    long: list[int] = []
    short: list[int] = []
    for row in rows:
        (short if history.keys[row].is_short else long).append(row)
    worths = history.worths[:, 1:]
    return SideColumns(long=worths[long].sum(axis=0), short=worths[short].sum(axis=0))


def _sessions(history: History) -> tuple[date, ...]:
    count = len(history.sessions) - 1
    if count > MAXIMUM_SESSIONS:
        raise BadUserInput(f"expected at most {MAXIMUM_SESSIONS} sessions, got {count}: ask for a shorter range")
    return tuple(map(date.fromordinal, history.sessions[1:].tolist()))


def _absences(history: History) -> tuple[Absence, ...]:
    return tuple(history.unpriced(1, len(history.sessions) - 1)) if len(history.sessions) > 1 else ()
