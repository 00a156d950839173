"""Asking for options."""

from tests.factories.live_market import live_market
from tests.factories.market import market, market_url
from tests.factories.portfolios import small_market

__all__ = ["live_market", "market", "market_url", "small_market"]
