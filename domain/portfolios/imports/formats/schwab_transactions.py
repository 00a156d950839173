"""Charles Schwab: the history of an account, as its web site exports it."""

import re
from typing import Final

from domain.portfolios.imports import mapping
from domain.portfolios.imports.mapping import Field, Format, Shape

FORMAT: Final = Format(
    name="schwab-transactions",
    title="Charles Schwab, transactions",
    shape=Shape.ACTIVITY,
    columns={
        Field.DATE: ("date",),
        Field.ACTION: ("action",),
        Field.SYMBOL: ("symbol",),
        Field.DESCRIPTION: ("description",),
        Field.QUANTITY: ("quantity",),
        Field.PRICE: ("price",),
        Field.FEES: ("fees & comm",),
        Field.AMOUNT: ("amount",),
    },
    required=(Field.DATE, Field.ACTION, Field.SYMBOL, Field.QUANTITY, Field.PRICE, Field.FEES, Field.AMOUNT),
    actions={
        "buy": mapping.BUY,
        "sell": mapping.SELL,
        "sell short": mapping.SHORT_SALE,
        "buy to cover": mapping.COVER_SHORT,
        "reinvest shares": mapping.BUY,
        "buy to open": mapping.BUY_TO_OPEN,
        "sell to open": mapping.SELL_TO_OPEN,
        "buy to close": mapping.BUY_TO_CLOSE,
        "sell to close": mapping.SELL_TO_CLOSE,
        "expired": mapping.EXPIRY,
        "assigned": mapping.ASSIGNMENT,
        "exchange or exercise": mapping.EXERCISE,
        "cash dividend": mapping.DIVIDEND,
        "qualified dividend": mapping.DIVIDEND,
        "non-qualified div": mapping.DIVIDEND,
        "special dividend": mapping.DIVIDEND,
        "pr yr cash div": mapping.DIVIDEND,
        "reinvest dividend": mapping.DIVIDEND,
        "qual div reinvest": mapping.DIVIDEND,
        "long term cap gain": mapping.DIVIDEND,
        "short term cap gain": mapping.DIVIDEND,
        "return of capital": mapping.RETURN_OF_CAPITAL,
        "bank interest": mapping.INTEREST,
        "credit interest": mapping.INTEREST,
        "margin interest": mapping.INTEREST,
        "service fee": mapping.FEE,
        "misc cash entry": mapping.CASH,
        "wire received": mapping.CASH,
        "wire sent": mapping.CASH,
        "wire funds": mapping.CASH,
        "moneylink transfer": mapping.CASH,
        "moneylink deposit": mapping.CASH,
        "journal": mapping.CASH,
        "stock split": mapping.SPLIT,
    },
    ignored=re.compile("transactions total", re.IGNORECASE),
    options=(
        re.compile(
            r"(?P<root>[A-Z][A-Z0-9.]{0,5}) (?P<month>\d\d)/(?P<day>\d\d)/(?P<year>\d{4}) "
            r"(?P<strike>\d+(?:\.\d+)?) (?P<right>[CP])"
        ),
    ),
    currency="USD",
)
