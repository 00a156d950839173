"""A portfolio in plain columns: what is held, since when, at what price."""

import re
from typing import Final

from domain.portfolios.imports.mapping import Field, Format, Shape

FORMAT: Final = Format(
    name="generic",
    title="Portfolio (generic CSV)",
    shape=Shape.POSITIONS,
    columns={
        Field.SYMBOL: ("symbol", "ticker"),
        Field.ASSET: ("asset_class", "asset class", "type"),
        Field.QUANTITY: ("quantity", "shares", "units"),
        Field.UNIT_COST: ("entry_price", "entry price"),
        Field.DATE: ("entry_date", "entry date"),
        Field.CURRENCY: ("currency",),
        Field.STRATEGY: ("strategy",),
        Field.TAGS: ("tags",),
        Field.NOTE: ("note", "notes"),
    },
    required=(Field.SYMBOL, Field.QUANTITY, Field.UNIT_COST, Field.DATE),
    cash=re.compile("cash", re.IGNORECASE),
    template=(
        "symbol,asset_class,quantity,entry_price,entry_date,strategy,tags\n"
        "AAPL,PUBLIC,150,123.99,2021-03-15,LONG,core\n"
        "AAPL270115C00250000,OPTION,-1,12.50,2025-09-17,SHORT,overwrite\n"
        "USD,CASH,15230.55,1,2025-09-22,,\n"
    ),
)
