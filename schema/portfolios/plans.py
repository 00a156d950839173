"""Rebalancing: the trades that bring a portfolio to its targets."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import strawberry

from domain.kernel.money import ZERO
from domain.market.queries import market_now
from domain.portfolios import lot_choice, plans
from domain.portfolios import types as domain
from domain.portfolios.planned_trades import PlannedTrade as TradeRow
from domain.portfolios.planned_trades import WashWarning as WarningRow
from schema.context import Context, Info
from schema.market.types import Instrument, instrument_of
from schema.portfolios.allocations import AllocationSlice, slice_of
from schema.portfolios.inputs import Side
from schema.portfolios.lots import Term
from schema.portfolios.types import CashBalance, Portfolio
from schema.shared.absence import Unavailable, unavailable_of
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import global_id

SaleMethod = strawberry.enum(
    lot_choice.SaleMethod,
    name="SaleMethod",
    description=(
        "Which lots a plan sells first. LEAST_TAX: those with a loss, the largest for each unit first, short-term ones "
        "before long-term ones; then those with the smallest gain for each unit, long-term ones before short-term "
        "ones. FIFO: the oldest. LIFO: the newest. HIFO: those of the highest cost a unit. LOWEST_COST: those of the "
        "lowest."
    ),
)


@strawberry.type(description="Units of a lot that a plan sells: what `LotChoice` takes, and what comes of it.")
class PlannedLot:
    """A part of a lot."""

    lot_id: strawberry.ID = strawberry.field(description="The lot, for `LotChoice.lotId`.")
    quantity: Decimal = strawberry.field(description="Units of it.")
    opened_on: date = strawberry.field(description="When it was bought.")
    term: Term = strawberry.field(description="How long it was held on the day of the sale.")  # type: ignore[valid-type]
    gain: Decimal | None = strawberry.field(
        description="What its sale realizes in the base currency, before fees; null where its cost in it is not known."
    )


@strawberry.type(
    description="A purchase or a sale in the words of `TradeInput`: to be recorded when it is done, with its fees."
)
class PlannedTrade:
    """A trade."""

    side: Side = strawberry.field(description="BUY: to be recorded as `buy`; SELL: as `sell`.")  # type: ignore[valid-type]
    account_id: strawberry.ID = strawberry.field(
        description="The account: where the units are, and the default one for what is held nowhere yet."
    )
    symbol: str = strawberry.field(description="Symbol of the instrument.")
    quantity: Decimal = strawberry.field(description="Units.")
    price: Decimal = strawberry.field(description="The price that it was planned at, in the instrument's currency.")
    amount: Decimal = strawberry.field(description="Quantity times price, in the instrument's currency.")
    trade_date: date = strawberry.field(description="The day in New York that it was planned for.")
    lots: list[PlannedLot] = strawberry.field(
        description="Which units are sold, at most 1,000 lots; none of a purchase.", metadata=sized(10)
    )
    instrument: Instrument = strawberry.field(description="What is traded.")


@strawberry.type(description="A slice of the allocation, and its weight once the plan is carried out.")
class PlannedSlice:
    """A slice."""

    before: AllocationSlice = strawberry.field(description="As it is.")
    weight_after: float | None = strawberry.field(description="Its weight then, of the total value with the cash.")


@strawberry.type(
    description=(
        "That a lot is to be sold at a loss which a wash sale may disallow: the same was bought within 30 days before, "
        "or is bought by the plan. To buy it within 30 days after the sale would do the same."
    )
)
class WashSaleWarning:
    """A warning."""

    symbol: str = strawberry.field(description="Symbol of what is sold.")
    lot_id: strawberry.ID = strawberry.field(description="The lot.")
    loss: Decimal = strawberry.field(description="The loss, positive, in the base currency.")
    bought_on: date | None = strawberry.field(
        description="When the same was last bought; null where the plan buys it in another account."
    )


@strawberry.type(
    description=(
        "Trades that bring a portfolio to its targets at the prices of `asOf`, before fees. Short units and options "
        "are left as they are. What counts for a sector or a tag is traded in proportion to its value. Purchases are "
        "paid out of cash, the target that lacks most first. A plan for what a plan has led to is empty."
    )
)
class RebalancePlan:
    """A plan."""

    id: strawberry.ID = strawberry.field(description="Names the portfolio and the arguments as they were given.")
    version: int = strawberry.field(description="State of the ledger that it was made for: for `expectedVersion`.")
    trades: list[PlannedTrade] = strawberry.field(
        description="The trades, sales first: at most 1,100, and more where a sale has over 1,000 lots.",
        metadata=sized(20),
    )
    slices: list[PlannedSlice] = strawberry.field(
        description="Each slice of the allocation, before and after: at most 1,100.", metadata=sized(20)
    )
    unreached: list[AllocationSlice] = strawberry.field(
        description="Sectors and tags that lack something, and of which nothing is held to buy more of: at most 100.",
        metadata=sized(5),
    )
    cash_after: Decimal | None = strawberry.field(description="Cash that is left, in the base currency.")
    cash_by_currency: list[CashBalance] = strawberry.field(
        description=(
            "The same by currency, at most 154; negative where a purchase needs money that has to be exchanged first."
        ),
        metadata=sized(3),
    )
    estimated_short_term_gain: Decimal | None = strawberry.field(
        description="What taxable accounts realize in lots held for a year or less, in the base currency."
    )
    estimated_long_term_gain: Decimal | None = strawberry.field(description="The same in lots held for longer.")
    wash_sales: list[WashSaleWarning] = strawberry.field(
        description="Losses that a wash sale may disallow: at most one for each lot that is sold.", metadata=sized(5)
    )
    unavailable: list[Unavailable] = strawberry.field(
        description="Which numbers are null, or why there are no trades; at most 4.", metadata=sized(2)
    )


@extends(Portfolio)
@strawberry.type
class PortfolioWithPlan:
    """What rebalancing adds to a portfolio."""

    @strawberry.field(description="The trades that bring it to its targets. Nothing is recorded.")
    async def rebalance_plan(
        self,
        info: Info,
        root: strawberry.Parent[Portfolio],
        as_of: datetime | None = None,
        cash: Annotated[
            Decimal,
            strawberry.argument(
                description="Money that comes beside, negative for what is taken out, in the base currency."
            ),
        ] = ZERO,
        min_trade: Annotated[
            Decimal,
            strawberry.argument(description="No trade is made for less, in the base currency; 0.01 is the least."),
        ] = ZERO,
        whole_units: Annotated[
            bool, strawberry.argument(description="Whether fractions of a unit cannot be traded, but for the last one.")
        ] = False,
        method: Annotated[
            SaleMethod,  # type: ignore[valid-type]
            strawberry.argument(description="Which lots are sold first."),
        ] = lot_choice.SaleMethod.LEAST_TAX,
    ) -> RebalancePlan | None:
        """Make the plan."""
        wish = plans.Wish(
            portfolio_id=root.key,
            as_of=as_of,
            cash=cash,
            smallest=min_trade,
            whole_units=whole_units,
            method=method,
        )
        now = await market_now(info.context.resources.clock)
        found = await plans.rebalance_plan(info.context.actor, wish, now)
        return None if found is None else _plan_of(info.context, found)


def _plan_of(context: Context, row: plans.Plan) -> RebalancePlan:
    wish = row.wish
    return RebalancePlan(
        id=global_id(
            "RebalancePlan",
            wish.portfolio_id,
            _instant(wish),
            f"{wish.cash.normalize():f}",
            f"{wish.smallest.normalize():f}",
            wish.whole_units,
            wish.method,
        ),
        version=row.version,
        trades=[_trade_of(context, each, wish) for each in row.trades],
        slices=[
            PlannedSlice(before=slice_of(each.before), weight_after=None if each.after is None else float(each.after))
            for each in row.outcomes
        ],
        unreached=[slice_of(each) for each in row.unreached],
        cash_after=row.cash,
        cash_by_currency=[CashBalance(currency=code, amount=amount) for code, amount in row.cash_by_currency],
        estimated_short_term_gain=row.short_term_gain,
        estimated_long_term_gain=row.long_term_gain,
        wash_sales=[_warning_of(each, wish) for each in row.washes],
        unavailable=unavailable_of(row.absences),
    )


def _trade_of(context: Context, row: TradeRow, wish: plans.Wish) -> PlannedTrade:
    return PlannedTrade(
        side=row.side,
        account_id=global_id("Account", row.account_id),
        symbol=row.instrument.symbol,
        quantity=row.quantity,
        price=row.price,
        amount=row.amount,
        trade_date=row.day,
        lots=[
            PlannedLot(
                lot_id=_lot_id(wish, each.key),
                quantity=each.quantity,
                opened_on=each.opened_on,
                term=each.term,
                gain=each.gain,
            )
            for each in row.lots
        ],
        instrument=instrument_of(context, row.instrument),
    )


def _warning_of(row: WarningRow, wish: plans.Wish) -> WashSaleWarning:
    return WashSaleWarning(
        symbol=row.instrument.symbol, lot_id=_lot_id(wish, row.lot), loss=row.loss, bought_on=row.bought_on
    )


def _lot_id(wish: plans.Wish, key: str) -> strawberry.ID:
    portfolio_id: UUID = wish.portfolio_id
    # As `Portfolio.lots` names them by the default method.
    return global_id("Lot", portfolio_id, key, domain.LotMethod.SPECIFIC, _instant(wish), "")


def _instant(wish: plans.Wish) -> str:
    return "" if wish.as_of is None else wish.as_of.isoformat()
