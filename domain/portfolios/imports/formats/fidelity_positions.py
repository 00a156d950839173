"""Fidelity: the positions of an account, as its web site exports them."""

import re
from typing import Final

from domain.portfolios.imports.mapping import Field, Format, Shape

FORMAT: Final = Format(
    name="fidelity-positions",
    title="Fidelity, positions",
    shape=Shape.POSITIONS,
    columns={
        Field.SYMBOL: ("symbol",),
        Field.QUANTITY: ("quantity",),
        Field.COST: ("cost basis total",),
        Field.UNIT_COST: ("average cost basis",),
        Field.VALUE: ("current value",),
        Field.DESCRIPTION: ("description",),
    },
    required=(Field.SYMBOL, Field.QUANTITY, Field.COST, Field.UNIT_COST, Field.VALUE),
    # The symbols of money market funds that hold an account's cash end in two stars.
    cash=re.compile(r"[A-Z]+\*\*"),
    ignored=re.compile("pending activity", re.IGNORECASE),
    options=(
        re.compile(
            r"-?(?P<root>[A-Z][A-Z0-9.]{0,5}?)(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)(?P<right>[CP])"
            r"(?P<strike>\d{1,5}(?:\.\d+)?)"
        ),
    ),
    reported=re.compile(r"Date downloaded (?P<day>[A-Za-z]{3}-\d\d-\d{4})"),
    currency="USD",
)
