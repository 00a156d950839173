"""What is known of providers, and of what was fetched from them."""

from enum import StrEnum


class BreakerState(StrEnum):
    """CLOSED: asked as usual.  OPEN: not asked.  HALF_OPEN: asked a little, to see whether it answers again."""

    CLOSED = "CLOSED"
    OPEN = "OPEN"
    HALF_OPEN = "HALF_OPEN"


class ConnectionState(StrEnum):
    """Where the live feed of a provider stands."""

    DISCONNECTED = "DISCONNECTED"
    CONNECTING = "CONNECTING"
    CONNECTED = "CONNECTED"
    RECONNECTING = "RECONNECTING"
    FAILED = "FAILED"


class RefreshTask(StrEnum):
    """What is fetched from providers by jobs."""

    QUOTES = "QUOTES"
    DAILY_BARS = "DAILY_BARS"
    INTRADAY_BARS = "INTRADAY_BARS"
    ACTIONS = "ACTIONS"
    PROFILES = "PROFILES"
    STATEMENTS = "STATEMENTS"
    NEWS = "NEWS"
    OPTION_CHAINS = "OPTION_CHAINS"
    SERIES = "SERIES"


class ServiceLevel(StrEnum):
    """How much an answer is worth to who asks.

    CRITICAL: who answers most reliably is asked first.  HIGH, MEDIUM: who has the best data; MEDIUM the cheaper one of
    two as good.  LOW: who costs least.
    """

    CRITICAL = "CRITICAL"
    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


class Strategy(StrEnum):
    """How several providers are asked.

    IMMEDIATE: the next one as soon as one fails or is late, without giving it up.  PROGRESSIVE: one after another, each
    given up when it is late.  CONSENSUS: several at once, and all that answer in time count.  ADAPTIVE: who scores best
    of late is asked first; progressive as long as that one does well, immediate otherwise.
    """

    IMMEDIATE = "IMMEDIATE"
    PROGRESSIVE = "PROGRESSIVE"
    CONSENSUS = "CONSENSUS"
    ADAPTIVE = "ADAPTIVE"
