"""Our own export: every entry of a ledger, one a row, without loss."""

from typing import Final

from domain.portfolios.imports.mapping import Field, Format, Shape

_NAMES: Final = (
    *(Field.SYMBOL, Field.QUANTITY, Field.PRICE, Field.AMOUNT, Field.CURRENCY, Field.FEES),
    *(Field.FEE_COMMISSION, Field.FEE_SEC, Field.FEE_TAF, Field.FEE_OTHER, Field.SIDE),
    *(Field.NEW_SYMBOL, Field.NUMERATOR, Field.DENOMINATOR, Field.COST_FRACTION, Field.CASH_IN_LIEU),
    *(Field.CASH_PER_UNIT, Field.NEW_PRICE, Field.BOUGHT, Field.BOUGHT_CURRENCY, Field.SOLD, Field.SOLD_CURRENCY),
    *(Field.LOTS, Field.CHOICES, Field.NOTE, Field.ACCOUNT, Field.FINGERPRINT),
)
_COLUMNS: Final = {name: (name.lower(),) for name in _NAMES}

FORMAT: Final = Format(
    name="foliograph",
    title="Foliograph, transactions",
    shape=Shape.LEDGER,
    columns={
        Field.ACTION: ("kind",),
        Field.DATE: ("trade_date",),
        Field.SETTLEMENT: ("settlement_date",),
        **_COLUMNS,
    },
    required=(Field.ACTION, Field.DATE, Field.SYMBOL, Field.QUANTITY, Field.PRICE, Field.AMOUNT, Field.CURRENCY),
    template=(
        f"kind,trade_date,settlement_date,{','.join(name.lower() for name in _NAMES)}\n"
        f"CONTRIBUTION,2025-01-02,,,,,10000,USD{',' * 21}\n"
        f"BUY,2025-01-03,,AAPL,10,243.36,,USD,1{',' * 20}\n"
    ),
)
