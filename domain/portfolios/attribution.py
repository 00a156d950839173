"""Which part of a portfolio has made how much of its gain and of its return.  Pure; estimates are floats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import numpy as np

from domain.market.types import InstrumentRow, OptionRight, Vector
from domain.portfolios.gains_by_session import CashPart, Gains
from domain.portfolios.history import History
from domain.portfolios.performance import NOTHING, Performance
from domain.portfolios.records import Key
from domain.portfolios.types import PositionKind
from domain.quant.returns import capital_at_work, contributions


class Grouping(StrEnum):
    """What gains are told apart by.

    POSITION: one side of an instrument in an account.  TAG: a position that has several tags counts in equal parts
    for each, so that the parts sum.  KIND: long or short, and of options calls or puts.  SECTOR: of the instrument.
    """

    POSITION = "POSITION"
    TAG = "TAG"
    KIND = "KIND"
    SECTOR = "SECTOR"


# The tags of a position, by account and instrument.
Tags = Mapping[tuple[UUID, UUID], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """What a part has gained, in the base currency; `contribution` is to the time-weighted return.

    `name` is a symbol, a tag, a kind, a sector or a part of cash; empty for positions without a tag or a sector.
    `income` and `fees` are parts of the gain.  NaN where a number is not known.
    """

    name: str
    cash: CashPart | None
    key: Key | None
    instrument: InstrumentRow | None
    kind: PositionKind | None
    gain: float
    income: float
    fees: float
    contribution: float


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """The segments of a performance, by name; their sums are those of the whole."""

    performance: Performance
    by: Grouping
    gain: float
    segments: tuple[Segment, ...]


_Label = tuple[str, CashPart | None, Key | None]


def segment_key(segment: Segment) -> tuple[str, str]:
    """Return what segments are ordered by: name, and what tells those of one name apart."""
    key = segment.key
    apart = (segment.cash or "") if key is None else f"{key.account_id}:{key.instrument_id}:{key.is_short:d}"
    return segment.name, str(apart)


def attribute(performance: Performance, gains: Gains, by: Grouping, tags: Tags) -> Attribution:
    """Attribute a performance to parts; `gains` are of its history.  `tags` are needed for TAG alone."""
    history = performance.history
    span = slice(performance.opening, performance.closing)
    labels: dict[_Label, int] = {}
    shares = [
        (column, label, weight)
        for column, part in enumerate(gains.parts)
        for label, weight in _labels(history, part, by, tags)
    ]
    for _, label, _ in shares:
        labels.setdefault(label, len(labels))
    weights = np.zeros((len(labels), len(gains.parts)))
    for column, label, weight in shares:
        weights[labels[label], column] += weight
    total, income, fees = (_grouped(weights, part[:, span]) for part in (gains.total, gains.income, gains.fees))
    made = _contributed(performance, total)
    segments = [
        _segment(history, label, (total[row], income[row], fees[row]), float(made[row]))
        for label, row in labels.items()
    ]
    told = [each for each in segments if each.cash is None or each.gain]
    told.sort(key=segment_key)
    whole = performance.end_value - performance.start_value - performance.net_contributions
    return Attribution(performance, by, whole, tuple(told))


def _grouped(weights: Vector, parts: Vector) -> Vector:
    # A product with NaN of a part would spoil segments that it is no part of.
    found = weights @ np.nan_to_num(parts)
    if np.isnan(parts).any():
        found[(weights != 0).astype(np.float64) @ np.isnan(parts) > 0] = np.nan
    return found


def _contributed(performance: Performance, total: Vector) -> Vector:
    history = performance.history
    before = history.values[performance.opening : performance.closing]
    flows = history.flows[performance.opening + 1 : performance.closing + 1]
    capital = capital_at_work(before, flows)
    # Days that are passed over: rounding may have left something of nothing.
    busy = np.abs(capital) > NOTHING * (np.abs(before) + np.abs(flows))
    shares = np.divide(total, capital, out=np.zeros_like(total), where=busy)
    made: Vector = contributions(shares.T, performance.daily)
    return made


def _labels(history: History, part: Key | CashPart, by: Grouping, tags: Tags) -> list[tuple[_Label, float]]:
    if isinstance(part, CashPart):
        return [((part.value, part, None), 1.0)]
    instrument = history.market.instruments[part.instrument_id]
    if by is Grouping.POSITION:
        return [((instrument.symbol, None, part), 1.0)]
    if by is Grouping.KIND:
        return [((kind_of_key(history, part).value, None, None), 1.0)]
    if by is Grouping.SECTOR:
        return [((instrument.sector or "", None, None), 1.0)]
    names = tags.get((part.account_id, part.instrument_id)) or ("",)
    return [((name, None, None), 1.0 / len(names)) for name in names]


def kind_of_key(history: History, key: Key) -> PositionKind:
    """Return which side of the market a side of an instrument is on."""
    contract = history.market.contracts.get(key.instrument_id)
    if contract is None:
        return PositionKind.SHORT if key.is_short else PositionKind.LONG
    return PositionKind(("S" if key.is_short else "L") + ("C" if contract.right is OptionRight.CALL else "P"))


def _segment(history: History, label: _Label, parts: tuple[Vector, Vector, Vector], made: float) -> Segment:
    name, cash, key = label
    gain, income, fees = (float(part.sum()) for part in parts)
    return Segment(
        name=name,
        cash=cash,
        key=key,
        instrument=None if key is None else history.market.instruments[key.instrument_id],
        kind=None if key is None else kind_of_key(history, key),
        gain=gain,
        income=income,
        fees=fees,
        contribution=made,
    )
