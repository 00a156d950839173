"""What a provider of market data is: for each thing it offers, a pure builder of requests and a pure parser of answers.

Nothing here and in the files of providers beside it does I/O: whoever fetches stands between the two.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

from domain.kernel.web import Answer, Request
from domain.market.providers.asked import (
    BarsAsked,
    ChainAsked,
    NewsAsked,
    QuotesAsked,
    SeriesAsked,
    StatementsAsked,
    SymbolAsked,
)
from domain.market.providers.observed import (
    ObservedAction,
    ObservedBar,
    ObservedContract,
    ObservedNews,
    ObservedProfile,
    ObservedQuote,
    ObservedSeries,
    ObservedStatement,
    Unread,
)

Asked = TypeVar("Asked")
Found_co = TypeVar("Found_co", covariant=True)


class Tier(IntEnum):
    """How good a provider's data is held to be; lower is asked first."""

    INSTITUTIONAL = 1
    PROFESSIONAL = 2
    FREE = 3


class Capability(StrEnum):
    """What a provider can be asked for; the value is the name of `Provider`'s endpoint."""

    QUOTES = "quotes"
    DAILY_BARS = "daily_bars"
    INTRADAY_BARS = "intraday_bars"
    ACTIONS = "actions"
    SPLITS = "splits"
    PROFILES = "profiles"
    STATEMENTS = "statements"
    NEWS = "news"
    OPTION_CHAINS = "option_chains"
    SERIES = "series"


class FaultKind(StrEnum):
    """What went wrong when a provider was asked.

    NOT_FOUND: it does not know what was asked for.  RATE_LIMITED: too many calls.  REFUSED: the key is wrong or its
    plan does not include this.  DOWN: no answer, no whole answer, or one that says the fault is theirs.  GARBLED: an
    answer of a shape that was not expected.  WRONG_SYMBOL: an answer about something else.  OUTDATED: an answer that is
    older than it may be.
    """

    NOT_FOUND = "NOT_FOUND"
    RATE_LIMITED = "RATE_LIMITED"
    REFUSED = "REFUSED"
    DOWN = "DOWN"
    GARBLED = "GARBLED"
    WRONG_SYMBOL = "WRONG_SYMBOL"
    OUTDATED = "OUTDATED"


class ProviderFault(Exception):
    """A provider was asked and did not answer what was asked; `retry_after` in seconds, where it said so.

    The message holds nothing of the request's secrets and at most a little of the answer.
    """

    def __init__(self, kind: FaultKind, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Credentials:
    """What lets us in.  Neither is printed."""

    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[Found_co]):
    """What an answer held, and the request for what follows it, where the answer was one page of several.

    That request names a path of the provider, or a whole address.  What lets us in is not in it: who fetches adds what
    the first one had, if both go to one server.
    """

    found: tuple[Found_co, ...]
    following: Request | None = None


@dataclass(frozen=True, slots=True)
class Endpoint(Generic[Asked, Found_co]):
    """One thing that a provider offers.  `parse` raises `ProviderFault`.

    `base_url` is the provider's own unless the configuration names another.  One call costs `credits` of the
    provider's allowance; `most` is how many symbols one call may ask for.
    """

    build: Callable[[Asked, str, Credentials], Request]
    parse: Callable[[Asked, Answer], Parsed[Found_co]]
    credits: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider, as data.  What it does not offer is None.

    `priority`: lower is asked first among those of a tier.  `reliability` weighs its word, 0 to 1.  Allowances are None
    where there is none; `cost_per_call` is in US dollars.  `needs_key` and `needs_secret` say what it must be given.
    """

    name: str
    title: str
    base_url: str
    tier: Tier
    priority: int
    reliability: float
    calls_per_minute: int | None = None
    calls_per_day: int | None = None
    cost_per_call: Decimal = Decimal(0)
    needs_key: bool = True
    needs_secret: bool = False
    quotes: Endpoint[QuotesAsked, ObservedQuote] | None = None
    daily_bars: Endpoint[BarsAsked, ObservedBar] | None = None
    intraday_bars: Endpoint[BarsAsked, ObservedBar] | None = None
    actions: Endpoint[BarsAsked, ObservedAction] | None = None
    # Where `actions` has dividends alone.
    splits: Endpoint[BarsAsked, ObservedAction] | None = None
    profiles: Endpoint[SymbolAsked, ObservedProfile] | None = None
    statements: Endpoint[StatementsAsked, ObservedStatement] | None = None
    news: Endpoint[NewsAsked, ObservedNews] | None = None
    option_chains: Endpoint[ChainAsked, ObservedContract | Unread] | None = None
    series: Endpoint[SeriesAsked, ObservedSeries] | None = None

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What it offers."""
        names = {each.name for each in fields(self) if getattr(self, each.name) is not None}
        return frozenset(capability for capability in Capability if capability.value in names)
