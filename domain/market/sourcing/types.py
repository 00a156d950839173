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
