"""Events for the tests of the bus."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


class BusColor(StrEnum):
    RED = "red"
    BLUE = "blue"


class BusSide(Enum):
    LONG = (1, "long")
    SHORT = (-1, "short")


@dataclass(frozen=True, kw_only=True)
class BusAmount:
    value: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class BusTicked(Event):
    CHANNEL: ClassVar[str] = "test:tick:{ticker}"

    ticker: str
    sequence: int


@dataclass(frozen=True, kw_only=True)
class BusEverything(Event):
    CHANNEL: ClassVar[str] = "test:everything:{id}"

    id: UUID
    text: str
    count: int
    flag: bool
    day: date
    moment: datetime
    price: Decimal
    color: BusColor
    side: BusSide | None
    amount: BusAmount
    maybe: BusAmount | None
    tags: tuple[str, ...]
    levels: tuple[tuple[int, Decimal], ...]
    moments: tuple[datetime | None, ...] | None
    nothing: None = None


def tick(sequence: int, ticker: str = "AAA") -> BusTicked:
    return BusTicked(ticker=ticker, sequence=sequence)


AAA = BusTicked.channel(ticker="AAA")
BBB = BusTicked.channel(ticker="BBB")
