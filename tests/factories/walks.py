"""A random owner who does all that can be done to a ledger: each kind of transaction, reversals, late entries.

The same seed does the same on every database: what is drawn depends on symbols and names of lots, never on ids.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.infra.bus.opening import open_bus
from domain.infra.clock import SystemClock
from domain.infra.database import open_database
from domain.infra.doorbell import open_doorbell
from domain.infra.transaction import units_of_work
from domain.kernel.actor import SYSTEM, Actor
from domain.kernel.errors import Refusal
from domain.kernel.ports import Resources
from domain.market.types import InstrumentKind
from domain.portfolios.entries import (
    CashMovement,
    CurrencyExchange,
    Entry,
    Income,
    LotChoice,
    Merger,
    OptionEvent,
    OptionTrade,
    Reinvestment,
    SpinOff,
    Split,
    SymbolChange,
    Trade,
    Transfer,
    TransferredLot,
)
from domain.portfolios.models import Account, Portfolio, Transaction
from domain.portfolios.types import FeeKind, Side, TransactionKind
from tests.factories.portfolios import SESSIONS, TODAY, add_instrument, fill_small_market, record, reverse

DAYS = (*SESSIONS, TODAY)
DOLLARS = ("AAA", "BBB", "CCC", "OLD", "NEW")
EUROS = ("EEE", "FFF")
# The first expires on the Friday.
OPTIONS = ("AAA221118C00010000", "AAA221216C00012000", "BBB221216P00095000", "CCC221216P00007500")


async def fill_wide_market(url: str) -> None:
    """Add the small market, one more instrument in each of two currencies, and the rate between these."""
    await fill_small_market(url)
    clock = SystemClock()
    async with (
        open_database(url),
        open_bus(None) as bus,
        open_doorbell(None) as doorbell,
        units_of_work(clock, bus, doorbell)(SYSTEM),
    ):
        await add_instrument(101, "CCC", ("7", "7.5", "7.25", "7", "6.875"), "7")
        await add_instrument(102, "FFF", ("40", "41", "42", "43", "44"), "45", currency="EUR")
        rates = ("1.0325", "1.0349", "1.0395", "1.0363", "1.0325")
        await add_instrument(103, "EURUSD", rates, "1.0242", InstrumentKind.RATE)


async def open_second_account(portfolio: Portfolio) -> Account:
    """Add an account to a portfolio."""
    return await Account.create(
        tenant_id=portfolio.tenant_id,
        portfolio_id=portfolio.id,
        name="Second",
        kind="ROTH_IRA",
        created_at=portfolio.created_at,
    )


Held = Mapping[tuple[str, str, bool], Sequence[tuple[str, Decimal]]]
"""The open lots by account, symbol and whether they are owed: names and units, oldest first."""


class Walk:
    """Somebody who acts by a die.  `accepted` and `refused` count what came of it, by kind."""

    def __init__(self, seed: int, accounts: Mapping[str, UUID]) -> None:
        self.dice = random.Random(seed)
        self.accounts = accounts
        self.recorded: list[Transaction] = []
        self.accepted: dict[TransactionKind, int] = dict.fromkeys(TransactionKind, 0)
        self.refused: dict[TransactionKind, int] = dict.fromkeys(TransactionKind, 0)
        self.late = 0

    async def step(self, resources: Resources, owner: Actor, portfolio_id: UUID, held: Held) -> bool:
        """Do one thing; return whether it was accepted."""
        latest = max((each.trade_date for each in self.recorded), default=DAYS[0])
        if self.recorded and self.dice.random() < 0.12:
            return await self._take_back(resources, owner)
        account = self.dice.choice(("Default", "Default", "Second"))
        entry = self._entry(account, held)
        try:
            done = await record(resources, owner, portfolio_id, entry, account_id=self.accounts[account])
        except Refusal:
            self.refused[entry.kind] += 1
            return False
        self.late += done.trade_date < latest
        self.recorded.append(done)
        self.accepted[entry.kind] += 1
        return True

    async def _take_back(self, resources: Resources, owner: Actor) -> bool:
        try:
            await reverse(resources, owner, self.dice.choice(self.recorded))
        except Refusal:
            self.refused[TransactionKind.REVERSAL] += 1
            return False
        self.accepted[TransactionKind.REVERSAL] += 1
        return True

    def _entry(self, account: str, held: Held) -> Entry:
        kinds = [kind for kind in TransactionKind if kind is not TransactionKind.REVERSAL]
        weights = [_WEIGHTS.get(kind, 2) for kind in kinds]
        kind = self.dice.choices(kinds, weights)[0]
        own = {(symbol, is_short): lots for (name, symbol, is_short), lots in held.items() if name == account}
        return _MAKERS[kind](self, kind, self._day(), own)

    def _day(self) -> date:
        latest = max((each.trade_date for each in self.recorded), default=DAYS[0])
        later = [day for day in DAYS if day >= latest]
        # Time goes on slowly, and now and then something is told late.
        return (
            self.dice.choice(DAYS) if self.dice.random() < 0.25 else later[self.dice.random() < 0.1 and len(later) > 1]
        )

    def symbol(self, held: "Own", *, is_short: bool = False, options: bool = False) -> str:
        """Draw what is held, as a rule; otherwise anything."""
        known = OPTIONS if options else (*DOLLARS, *EUROS)
        own = [symbol for symbol, short in sorted(held) if short is is_short and symbol in known]
        return self.dice.choice(own) if own and self.dice.random() < 0.9 else self.dice.choice(known)

    def units(self, lots: Sequence[tuple[str, Decimal]] = ()) -> Decimal:
        """Draw units: of those that are there, as a rule."""
        whole = sum((units for _, units in lots), Decimal(0))
        if whole and self.dice.random() < 0.9:
            part = self.dice.choice((1, 1, 2, 3, 7))
            return max((whole / part).quantize(Decimal("1E-10")), Decimal("1E-10"))
        return Decimal(self.dice.randint(1, 10 ** self.dice.choice((1, 2, 3, 12)))).scaleb(
            -self.dice.choice((0, 0, 2, 10))
        )

    def money(self, most: int = 10**6) -> Decimal:
        """Draw an amount that is not 0."""
        return Decimal(self.dice.randint(1, most)).scaleb(-self.dice.choice((0, 2, 8)))

    def choices(self, lots: Sequence[tuple[str, Decimal]], units: Decimal) -> tuple[LotChoice, ...]:
        """Choose lots by name, the newest first; as a rule none."""
        if self.dice.random() < 0.7:
            return ()
        chosen = []
        for name, there in reversed(lots):
            taken = min(there, units)
            if taken:
                chosen.append(LotChoice(name, taken))
            units -= taken
        return tuple(chosen)

    def ratio(self) -> tuple[int, int]:
        """Draw new units for old."""
        return self.dice.choice(((2, 1), (3, 2), (1, 3), (1, 10), (7, 5), (20, 1), (1, 1), (1, 7919)))

    def lieu(self) -> Decimal | None:
        """Draw what is paid for a fraction."""
        return self.money(1000) if self.dice.random() < 0.3 else None


Own = Mapping[tuple[str, bool], Sequence[tuple[str, Decimal]]]


def _trade(walk: Walk, kind: TransactionKind, day: date, held: Own) -> Entry:
    closes = kind in (TransactionKind.SELL, TransactionKind.COVER_SHORT)
    is_short = kind in (TransactionKind.SHORT_SALE, TransactionKind.COVER_SHORT)
    symbol = walk.symbol(held, is_short=is_short)
    lots = held.get((symbol, is_short), ()) if closes else ()
    units = walk.units(lots)
    fees = walk.dice.choice((None, None, {FeeKind.COMMISSION: Decimal("0.95"), FeeKind.SEC: Decimal("0.01")}))
    price = walk.money()
    choices = walk.choices(lots, units)
    return Trade(kind=kind, symbol=symbol, quantity=units, price=price, fee_parts=fees, trade_date=day, lots=choices)


def _cash(walk: Walk, kind: TransactionKind, day: date, held: Own) -> Entry:
    del held
    sign = -1 if kind is TransactionKind.INTEREST and walk.dice.random() < 0.3 else 1
    currency = walk.dice.choice((None, "EUR", "USD"))
    return CashMovement(kind=kind, amount=walk.money() * sign, currency=currency, trade_date=day)


def _exchange(walk: Walk, kind: TransactionKind, day: date, held: Own) -> Entry:
    del kind, held
    gives, takes = walk.dice.choice((("USD", "EUR"), ("EUR", "USD")))
    return CurrencyExchange(
        sold=walk.money(), sold_currency=gives, bought=walk.money(), bought_currency=takes, trade_date=day
    )


def _income(walk: Walk, kind: TransactionKind, day: date, held: Own) -> Entry:
    return Income(kind=kind, symbol=walk.symbol(held), amount=walk.money(10**4), trade_date=day)


def _reinvestment(walk: Walk, kind: TransactionKind, day: date, held: Own) -> Entry:
    del kind
    return Reinvestment(symbol=walk.symbol(held), quantity=walk.units(), amount=walk.money(), trade_date=day)


def _transfer(walk: Walk, kind: TransactionKind, day: date, held: Own) -> Entry:
    if walk.dice.random() < 0.2:
        return Transfer(kind=kind, amount=walk.money(), trade_date=day)
    symbol = walk.symbol(held)
    if kind is TransactionKind.TRANSFER_OUT:
        lots = held.get((symbol, False), ())
        units = walk.units(lots)
        return Transfer(kind=kind, symbol=symbol, quantity=units, choices=walk.choices(lots, units), trade_date=day)
    arriving = [
        TransferredLot(day.replace(year=walk.dice.randint(2015, 2021)), walk.units(), walk.money())
        for _ in range(walk.dice.randint(1, 3))
    ]
    whole = sum((lot.quantity for lot in arriving), Decimal(0))
    return Transfer(kind=kind, symbol=symbol, quantity=whole, lots=tuple(arriving), trade_date=day)


def _split(walk: Walk, kind: TransactionKind, day: date, held: Own) -> Entry:
    del kind
    numerator, denominator = walk.ratio()
    symbol = walk.symbol(held, is_short=walk.dice.random() < 0.2)
    return Split(symbol=symbol, numerator=numerator, denominator=denominator, trade_date=day, cash_in_lieu=walk.lieu())


def _other(walk: Walk, symbol: str) -> str:
    return walk.dice.choice([each for each in (EUROS if symbol in EUROS else DOLLARS) if each != symbol])


def _spin_off(walk: Walk, kind: TransactionKind, day: date, held: Own) -> Entry:
    del kind
    symbol = walk.symbol(held)
    numerator, denominator = walk.ratio()
    return SpinOff(
        symbol=symbol,
        new_symbol=_other(walk, symbol),
        numerator=numerator,
        denominator=denominator,
        cost_fraction=Decimal(walk.dice.choice(("0", "0.1", "0.3333333333", "1"))),
        trade_date=day,
        cash_in_lieu=walk.lieu(),
    )


def _merger(walk: Walk, kind: TransactionKind, day: date, held: Own) -> Entry:
    del kind
    symbol = walk.symbol(held)
    cash = Merger(symbol=symbol, cash_per_unit=walk.money(1000), trade_date=day)
    numerator, denominator = walk.ratio()
    stock = Merger(
        symbol=symbol,
        new_symbol=_other(walk, symbol),
        numerator=numerator,
        denominator=denominator,
        trade_date=day,
        cash_in_lieu=walk.lieu(),
    )
    mixed = replace(stock, cash_per_unit=cash.cash_per_unit, new_price=walk.money(1000))
    return walk.dice.choice((cash, stock, mixed))


def _symbol_change(walk: Walk, kind: TransactionKind, day: date, held: Own) -> Entry:
    del kind
    symbol = walk.symbol(held, is_short=walk.dice.random() < 0.2)
    return SymbolChange(symbol=symbol, new_symbol=_other(walk, symbol), trade_date=day)


def _option_trade(walk: Walk, kind: TransactionKind, day: date, held: Own) -> Entry:
    closes = kind is TransactionKind.OPTION_CLOSE
    is_short = walk.dice.random() < 0.5
    symbol = walk.symbol(held, is_short=is_short, options=True)
    lots = held.get((symbol, is_short), ()) if closes else ()
    units = walk.units(lots) if lots else Decimal(walk.dice.randint(1, 20))
    return OptionTrade(
        kind=kind,
        symbol=symbol,
        quantity=units,
        price=walk.money(100),
        side=Side.SELL if is_short is not closes else Side.BUY,
        fees=walk.dice.choice((None, Decimal("0.65"))),
        trade_date=day,
        lots=walk.choices(lots, units),
    )


def _option_event(walk: Walk, kind: TransactionKind, day: date, held: Own) -> Entry:
    is_short = kind is TransactionKind.OPTION_ASSIGNMENT
    if kind is TransactionKind.OPTION_EXPIRY:
        is_short = walk.dice.random() < 0.5
    symbol = walk.symbol(held, is_short=is_short, options=True)
    return OptionEvent(kind=kind, symbol=symbol, quantity=walk.units(held.get((symbol, is_short), ())), trade_date=day)


_WEIGHTS = {
    TransactionKind.BUY: 8,
    TransactionKind.SELL: 5,
    TransactionKind.SHORT_SALE: 4,
    TransactionKind.OPTION_OPEN: 6,
    TransactionKind.TRANSFER_IN: 3,
}
_Maker = Callable[[Walk, TransactionKind, date, Own], Entry]
_MAKERS: Mapping[TransactionKind, _Maker] = {
    TransactionKind.BUY: _trade,
    TransactionKind.SELL: _trade,
    TransactionKind.SHORT_SALE: _trade,
    TransactionKind.COVER_SHORT: _trade,
    TransactionKind.DIVIDEND: _income,
    TransactionKind.REINVESTED_DIVIDEND: _reinvestment,
    TransactionKind.RETURN_OF_CAPITAL: _income,
    TransactionKind.INTEREST: _cash,
    TransactionKind.FEE: _cash,
    TransactionKind.CONTRIBUTION: _cash,
    TransactionKind.WITHDRAWAL: _cash,
    TransactionKind.CURRENCY_EXCHANGE: _exchange,
    TransactionKind.TRANSFER_IN: _transfer,
    TransactionKind.TRANSFER_OUT: _transfer,
    TransactionKind.SPLIT: _split,
    TransactionKind.SPIN_OFF: _spin_off,
    TransactionKind.MERGER: _merger,
    TransactionKind.SYMBOL_CHANGE: _symbol_change,
    TransactionKind.OPTION_OPEN: _option_trade,
    TransactionKind.OPTION_CLOSE: _option_trade,
    TransactionKind.OPTION_EXERCISE: _option_event,
    TransactionKind.OPTION_ASSIGNMENT: _option_event,
    TransactionKind.OPTION_EXPIRY: _option_event,
}
