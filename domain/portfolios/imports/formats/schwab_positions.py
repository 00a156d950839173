"""Charles Schwab: the positions of an account, as its web site exports them."""

import re
from typing import Final

from domain.portfolios.imports.mapping import Field, Format, Shape

FORMAT: Final = Format(
    name="schwab-positions",
    title="Charles Schwab, positions",
    shape=Shape.POSITIONS,
    columns={
        Field.SYMBOL: ("symbol",),
        Field.QUANTITY: ("qty (quantity)", "quantity"),
        Field.COST: ("cost basis",),
        Field.VALUE: ("mkt val (market value)", "market value"),
        Field.ASSET: ("security type",),
    },
    required=(Field.SYMBOL, Field.QUANTITY, Field.COST, Field.VALUE, Field.ASSET),
    cash=re.compile("cash & cash investments|cash and money market", re.IGNORECASE),
    ignored=re.compile("account total|positions total", re.IGNORECASE),
    options=(
        re.compile(
            r"(?P<root>[A-Z][A-Z0-9.]{0,5}) (?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d{4}) "
            r"(?P<strike>\d+(?:\.\d+)?) (?P<right>[CP])"
        ),
    ),
    reported=re.compile(r"as of .*?(?P<day>\d{4}/\d\d/\d\d)"),
    currency="USD",
)
