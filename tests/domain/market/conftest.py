from tests.factories.market import market, market_url
from tests.factories.portfolios import small_market

__all__ = ["market", "market_url", "small_market"]
