from tests.factories.market import market, market_url

__all__ = ["market", "market_url"]
