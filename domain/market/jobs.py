"""The jobs that the market declares."""

from typing import Final

from domain.kernel.jobs import JobSpec
from domain.market.sourcing.types import RefreshTask

# Argument: `symbols`, a list.  What a provider says of them, and all their bars, become known.
TRACK_INSTRUMENTS = JobSpec(kind="market.track_instruments", timeout=3_600.0)
# Argument: `task`, one of `REFRESHED`.  What is due of it is asked of providers.
REFRESH_MARKET = JobSpec(kind="market.refresh", timeout=3_600.0)
# Arguments: `symbol`, of the underlying, and `expiry`, an ISO date or null for all.  What is quoted for the contracts
# on it is asked of providers, and stored.
REFRESH_OPTION_CHAIN = JobSpec(kind="market.refresh_option_chain", timeout=3_600.0)
# Intraday bars that are older than they are kept go.
PRUNE_BARS = JobSpec(kind="market.prune_bars", timeout=600.0)

# Quotes of options that are older than they are kept go.
PRUNE_OPTION_QUOTES = JobSpec(kind="market.prune_option_quotes", timeout=3_600.0)

# Argument: `session`, an ISO date whose closes an administrator has changed.  What was stored of it is computed anew.
RECOMPUTE_SESSION = JobSpec(kind="market.recompute_session", timeout=300.0)

# What is refreshed by itself: the rest comes with instruments and their bars.
REFRESHED: Final = frozenset(
    {
        RefreshTask.DAILY_BARS,
        RefreshTask.QUOTES,
        RefreshTask.INTRADAY_BARS,
        RefreshTask.STATEMENTS,
        RefreshTask.NEWS,
        RefreshTask.SERIES,
    }
)
