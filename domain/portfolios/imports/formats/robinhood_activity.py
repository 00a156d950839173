"""Robinhood: the activity of an account, as its reports give it."""

import re
from typing import Final

from domain.portfolios.imports import mapping
from domain.portfolios.imports.mapping import Field, Format, Shape

FORMAT: Final = Format(
    name="robinhood-activity",
    title="Robinhood, account activity",
    shape=Shape.ACTIVITY,
    columns={
        Field.DATE: ("activity date",),
        Field.SETTLEMENT: ("settle date",),
        Field.SYMBOL: ("instrument",),
        Field.DESCRIPTION: ("description",),
        Field.ACTION: ("trans code",),
        Field.QUANTITY: ("quantity",),
        Field.PRICE: ("price",),
        Field.AMOUNT: ("amount",),
    },
    required=(Field.DATE, Field.SYMBOL, Field.DESCRIPTION, Field.ACTION, Field.QUANTITY, Field.PRICE, Field.AMOUNT),
    actions={
        "buy": mapping.BUY,
        "sell": mapping.SELL,
        "bto": mapping.BUY_TO_OPEN,
        "sto": mapping.SELL_TO_OPEN,
        "btc": mapping.BUY_TO_CLOSE,
        "stc": mapping.SELL_TO_CLOSE,
        "oexp": mapping.EXPIRY,
        "oasgn": mapping.ASSIGNMENT,
        "oexcs": mapping.EXERCISE,
        "cdiv": mapping.DIVIDEND,
        "mdiv": mapping.DIVIDEND,
        "int": mapping.INTEREST,
        "slip": mapping.INTEREST,
        "ach": mapping.CASH,
        "rtp": mapping.CASH,
        "gold": mapping.FEE,
        "dfee": mapping.FEE,
        "afee": mapping.FEE,
        "spl": mapping.SPLIT,
    },
    options=(
        re.compile(
            r"(?P<root>[A-Z][A-Z0-9.]{0,5}) (?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}) "
            r"(?P<right>Call|Put) \$(?P<strike>[\d,]+(?:\.\d+)?)"
        ),
    ),
    option_field=Field.DESCRIPTION,
    currency="USD",
)
