"""Option contracts, as the API shows them."""

from datetime import date
from decimal import Decimal
from typing import cast

import strawberry

from domain.market import types as domain
from schema.context import Info
from schema.market.types import Instrument, find_instruments

OptionRight = strawberry.enum(
    domain.OptionRight, name="OptionRight", description="Whether an option is one to buy or one to sell."
)
OptionStyle = strawberry.enum(
    domain.OptionStyle,
    name="OptionStyle",
    description="EUROPEAN: it can be exercised at its expiry alone. AMERICAN: at any time up to it.",
)


@strawberry.type(description="What an option gives a right to.")
class OptionContract:
    """The terms of an option."""

    right: OptionRight = strawberry.field(description="To buy or to sell.")  # type: ignore[valid-type]
    strike: Decimal = strawberry.field(description="At this price, in the underlying's currency.")
    expiry: date = strawberry.field(description="Up to the close of this day.")
    style: OptionStyle = strawberry.field(description="When it can be exercised.")  # type: ignore[valid-type]
    multiplier: int = strawberry.field(description="For so many units the price and the strike of a contract count.")
    deliverable: Decimal = strawberry.field(
        description="Units of the underlying in one contract: `multiplier`, but for one that a split has adjusted."
    )
    row: strawberry.Private[domain.ContractRow]

    @strawberry.field(description="What it is written on.")
    async def underlying(self, info: Info) -> Instrument | None:
        """Find it through the market's loader."""
        (found,) = await find_instruments(info.context, [self.row.underlying_id])
        return cast("Instrument | None", found)


def contract_of(row: domain.ContractRow) -> OptionContract:
    """Return a contract as the API shows it."""
    return OptionContract(
        right=row.right,
        strike=row.strike,
        expiry=row.expiry,
        style=row.style,
        multiplier=row.multiplier,
        deliverable=row.deliverable,
        row=row,
    )
