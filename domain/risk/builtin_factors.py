"""The factors that an installation begins with.

Proxies are exchange-traded funds: of iShares on factor indices of MSCI USA (SIZE, VLUE, MTUM, QUAL, USMV), on MSCI
EAFE and on MSCI Emerging Markets; of Vanguard on CRSP's large growth companies (VUG); and of State Street on the
sectors of the S&P 500.  The market is the index itself, which everything is compared with.
"""

from uuid import UUID

from domain.risk.types import FactorKind, FactorRow

_STYLES = (
    ("SIZE", "Size", "SIZE", "Smaller companies"),
    ("VALUE", "Value", "VLUE", "Companies that are cheap beside their earnings, sales and books"),
    ("GROWTH", "Growth", "VUG", "Companies whose earnings and sales grow fast"),
    ("MOMENTUM", "Momentum", "MTUM", "Companies whose prices have risen most of late"),
    ("QUALITY", "Quality", "QUAL", "Profitable companies of steady earnings and little debt"),
    ("LOW_VOLATILITY", "Low volatility", "USMV", "Companies whose prices vary little together"),
)
_SECTORS = (
    ("COMMUNICATION_SERVICES", "Communication Services", "XLC"),
    ("CONSUMER_DISCRETIONARY", "Consumer Discretionary", "XLY"),
    ("CONSUMER_STAPLES", "Consumer Staples", "XLP"),
    ("ENERGY", "Energy", "XLE"),
    ("FINANCIALS", "Financials", "XLF"),
    ("HEALTH_CARE", "Health Care", "XLV"),
    ("INDUSTRIALS", "Industrials", "XLI"),
    ("INFORMATION_TECHNOLOGY", "Information Technology", "XLK"),
    ("MATERIALS", "Materials", "XLB"),
    ("REAL_ESTATE", "Real Estate", "XLRE"),
    ("UTILITIES", "Utilities", "XLU"),
)
_REGIONS = (
    ("DEVELOPED_MARKETS", "Developed markets abroad", "EFA"),
    ("EMERGING_MARKETS", "Emerging markets", "EEM"),
)


def _factor(number: int, code: str, name: str, proxy: str, kind: FactorKind, description: str) -> FactorRow:
    return FactorRow(
        id=UUID(f"00000000-0000-7000-8000-0000000008{number:02}"),
        code=code,
        name=name,
        kind=kind,
        description=description,
        proxy=proxy,
        display_order=number,
        # Sectors and regions wait until somebody wants them: they are nearly what the styles are made of.
        is_active=kind in (FactorKind.MARKET, FactorKind.STYLE),
    )


_GIVEN = (
    ("MARKET", "Market", "SP500", FactorKind.MARKET, "What large companies return, all together."),
    *((code, name, proxy, FactorKind.STYLE, f"{what}, beyond the market.") for code, name, proxy, what in _STYLES),
    *((code, name, proxy, FactorKind.SECTOR, "The sector, beyond the market.") for code, name, proxy in _SECTORS),
    *((code, name, proxy, FactorKind.REGION, "The region, beyond the market.") for code, name, proxy in _REGIONS),
)

BUILT_IN = tuple(_factor(number, *given) for number, given in enumerate(_GIVEN, 1))
