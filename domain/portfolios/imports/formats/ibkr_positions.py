"""Interactive Brokers: the open positions of a Flex query."""

import re
from typing import Final

from domain.portfolios.imports.mapping import Field, Format, Shape

FORMAT: Final = Format(
    name="ibkr-positions",
    title="Interactive Brokers, Flex query of open positions",
    shape=Shape.POSITIONS,
    columns={
        Field.SYMBOL: ("symbol",),
        Field.ASSET: ("assetclass",),
        Field.CURRENCY: ("currencyprimary", "currency"),
        Field.DATE: ("reportdate",),
        Field.QUANTITY: ("quantity", "position"),
        Field.COST: ("costbasismoney",),
        Field.UNIT_COST: ("openprice", "costbasisprice"),
        Field.VALUE: ("positionvalue",),
    },
    required=(Field.SYMBOL, Field.ASSET, Field.CURRENCY, Field.DATE, Field.QUANTITY, Field.COST, Field.UNIT_COST),
    is_snapshot=True,
    cash=re.compile("cash", re.IGNORECASE),
)
