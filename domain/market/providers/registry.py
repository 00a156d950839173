"""The providers that exist."""

from typing import Final

from domain.market.providers.alpaca import ALPACA
from domain.market.providers.alphavantage import ALPHAVANTAGE
from domain.market.providers.file import FILE
from domain.market.providers.fmp import FMP
from domain.market.providers.fred import FRED
from domain.market.providers.polygon import POLYGON
from domain.market.providers.provider import Provider
from domain.market.providers.sec import SEC
from domain.market.providers.tiingo import TIINGO
from domain.market.providers.twelvedata import TWELVEDATA
from domain.market.providers.yahoo import YAHOO

PROVIDERS: Final[tuple[Provider, ...]] = (
    FILE, FMP, POLYGON, TIINGO, TWELVEDATA, ALPACA, ALPHAVANTAGE, YAHOO, FRED, SEC
)  # fmt: skip
