"""Ghostfolio: activities, as its CSV import takes them."""

from typing import Final

from domain.portfolios.imports import mapping
from domain.portfolios.imports.mapping import DateOrder, Field, Format, Shape

FORMAT: Final = Format(
    name="ghostfolio",
    title="Ghostfolio, activities",
    shape=Shape.ACTIVITY,
    columns={
        Field.DATE: ("date",),
        Field.SYMBOL: ("code", "symbol"),
        Field.ASSET: ("datasource",),
        Field.CURRENCY: ("currency",),
        Field.PRICE: ("price", "unitprice"),
        Field.QUANTITY: ("quantity",),
        Field.ACTION: ("action", "type"),
        Field.FEES: ("fee",),
        Field.NOTE: ("note", "comment"),
    },
    required=(Field.DATE, Field.SYMBOL, Field.ASSET, Field.CURRENCY, Field.PRICE, Field.QUANTITY, Field.ACTION),
    date_order=DateOrder.DAY_FIRST,
    actions={
        "buy": mapping.BUY,
        "sell": mapping.SELL,
        "dividend": mapping.DIVIDEND,
        "interest": mapping.INTEREST,
        "fee": mapping.FEE,
        "item": mapping.NOTHING,
        "liability": mapping.NOTHING,
    },
)
