"""What each kind of transaction does to lots and cash: one rule for each.  Pure, exact."""

from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, Decimal
from uuid import UUID

from domain.kernel.money import EXACT, ZERO, product, to_money, total
from domain.portfolios.fold import Fold
from domain.portfolios.inventory import Inventory, NoSuchUnits
from domain.portfolios.lots import Lot, scaled, share, spread
from domain.portfolios.movements import ONE, Movement
from domain.portfolios.records import Earned, Flow, Key, Shortfall
from domain.portfolios.types import Side, TransactionKind


def apply(fold: Fold, movement: Movement) -> None:
    """Fold one more movement; they come in order of (trade date, sequence).

    Raises `Shortfall`, after which the fold is of no more use.
    """
    try:
        _RULES[movement.kind](fold, movement)
    except NoSuchUnits as missing:
        raise Shortfall(movement, missing.held, missing.lot) from None
    fold.note(movement.trade_date)
    for currency, amount in movement.payments:
        fold.pay(movement.trade_date, currency, amount)


def _cash_only(fold: Fold, movement: Movement) -> None:
    pass


def _capital(fold: Fold, movement: Movement) -> None:
    _flow(fold, movement, movement.currency, movement.amount, None, ZERO)


def _flow(
    fold: Fold, movement: Movement, currency: str | None, amount: Decimal, instrument_id: UUID | None, units: Decimal
) -> None:
    day, account = movement.trade_date, movement.account_id
    fold.flows.append(Flow(day, account, currency, amount, instrument_id, units, movement.sequence))


def _income(fold: Fold, movement: Movement) -> None:
    _earn(fold, movement, movement.amount)


def _earn(fold: Fold, movement: Movement, amount: Decimal) -> None:
    fold.earned.append(
        Earned(
            movement.trade_date,
            movement.account_id,
            movement.instrument_id,
            movement.kind,
            movement.currency,
            amount,
            movement.sequence,
        )
    )


def _buy(fold: Fold, movement: Movement) -> None:
    fold.open(_long(movement), movement, _units(movement), movement.amount.copy_negate())


def _sell(fold: Fold, movement: Movement) -> None:
    fold.close(_long(movement), movement, _units(movement), movement.amount)


def _sell_short(fold: Fold, movement: Movement) -> None:
    fold.open(_short(movement), movement, _units(movement), movement.amount)


def _cover(fold: Fold, movement: Movement) -> None:
    fold.close(_short(movement), movement, _units(movement), movement.amount.copy_negate())


def _reinvest(fold: Fold, movement: Movement) -> None:
    cash = movement.terms.cash
    assert cash is not None
    _earn(fold, movement, cash)
    fold.open(_long(movement), movement, _units(movement), cash)


def _open_option(fold: Fold, movement: Movement) -> None:
    (_sell_short if movement.terms.side is Side.SELL else _buy)(fold, movement)


def _close_option(fold: Fold, movement: Movement) -> None:
    (_cover if movement.terms.side is Side.BUY else _sell)(fold, movement)


def _expire(fold: Fold, movement: Movement) -> None:
    key = _short(movement) if movement.terms.side is Side.BUY else _long(movement)
    fold.close(key, movement, _units(movement), ZERO)


def _return_capital(fold: Fold, movement: Movement) -> None:
    key = _long(movement)
    held = fold.levelled(key)
    if not held.lots:
        _unclaimed(fold, key, movement, movement.amount)
        return
    for lot, paid in zip(held.lots, spread(movement.amount, [lot.quantity for lot in held.lots]), strict=True):
        off = min(paid, max(lot.cost, ZERO))
        beyond = EXACT.subtract(paid, off)
        base = _part_of_base(lot, off)
        lot.recost(EXACT.subtract(lot.cost, off), _less(lot.base_cost, base))
        if beyond:
            # The losses of wash sales are a part of the basis too.
            moved = min(lot.adjustment, fold.base(movement, beyond) or ZERO)
            lot.adjustment = EXACT.subtract(lot.adjustment, moved)
            fold.gain(key, movement, lot, beyond, ZERO, ZERO, moved)
    held.recount()


def _less(whole: Decimal | None, part: Decimal | None) -> Decimal | None:
    return None if whole is None or part is None else EXACT.subtract(whole, part)


def _part_of_base(lot: Lot, cost: Decimal) -> Decimal | None:
    """Return the base cost of a part of a lot's cost."""
    if lot.base_cost is None or not cost:
        return lot.base_cost if lot.base_cost is None else ZERO
    return share(lot.base_cost, cost, lot.cost)


def _unclaimed(fold: Fold, key: Key, movement: Movement, money: Decimal) -> None:
    """Realize money for units that a reversal has taken away since: it came all the same."""
    if money:
        fold.gain(key, movement, None, money, ZERO, ZERO)


def _transfer_in(fold: Fold, movement: Movement) -> None:
    if movement.instrument_id is None:
        _capital(fold, movement)
        return
    key = _long(movement)
    for place, lot in enumerate(movement.terms.lots):
        name = f"{movement.sequence}" if len(movement.terms.lots) == 1 else f"{movement.sequence}-{place + 1}"
        base = fold.base(movement, lot.cost_basis)
        fold.inventory(key).add(Lot(name, lot.opened_on, lot.opened_on, lot.quantity, lot.cost_basis, base))
    _flow_of_units(fold, movement, _units(movement))


def _transfer_out(fold: Fold, movement: Movement) -> None:
    if movement.instrument_id is None:
        _capital(fold, movement)
        return
    fold.inventory(_long(movement)).take(_units(movement), fold.method, movement.terms.choices)
    _flow_of_units(fold, movement, _units(movement).copy_negate())


def _flow_of_units(fold: Fold, movement: Movement, units: Decimal) -> None:
    _flow(fold, movement, None, ZERO, movement.instrument_id, units)


def _split(fold: Fold, movement: Movement) -> None:
    numerator, denominator = _ratio(movement)
    for key in (_long(movement), _short(movement)):
        if key not in fold.inventories:
            continue
        for gone in fold.inventory(key).scale(numerator, denominator):
            fold.dispose(key, movement, [gone], ZERO)
    cash = movement.terms.cash
    if cash is not None:
        key = _long(movement)
        fraction = _fraction(fold.quantity(key))
        if fraction:
            fold.close(key, movement, fraction, cash)
        else:
            _unclaimed(fold, key, movement, cash)


def _fraction(units: Decimal) -> Decimal:
    return EXACT.subtract(units, units.to_integral_value(ROUND_FLOOR))


def _arrive(fold: Fold, movement: Movement, lots: Sequence[Lot]) -> None:
    """Put lots of the other instrument in; of the fraction of a unit among them cash came instead, where it did.

    It is of what arrives, whatever is held of that instrument already.
    """
    key, cash = _other(movement), movement.terms.cash
    arrived = Inventory()
    for lot in lots:
        arrived.add(lot)
    paid = []
    if cash is not None:
        fraction = _fraction(arrived.quantity)
        if fraction:
            paid = arrived.take(fraction, fold.method)
        else:
            _unclaimed(fold, key, movement, cash)
    held = fold.inventory(key)
    for lot in arrived.lots:
        held.add(lot)
    if paid and cash is not None:
        fold.dispose(key, movement, paid, cash)


def _spin_off(fold: Fold, movement: Movement) -> None:
    parent = fold.levelled(_long(movement))
    fraction = movement.terms.cost_fraction
    assert fraction is not None
    numerator, denominator = _ratio(movement)
    news = scaled([lot.quantity for lot in parent.lots], numerator, denominator)
    children = []
    for lot, units in zip(parent.lots, news, strict=True):
        if not units:
            continue
        cost, adjustment = to_money(product(lot.cost, fraction)), to_money(product(lot.adjustment, fraction))
        base = None if lot.base_cost is None else to_money(product(lot.base_cost, fraction))
        lot.adjustment = EXACT.subtract(lot.adjustment, adjustment)
        lot.recost(EXACT.subtract(lot.cost, cost), _less(lot.base_cost, base))
        name = f"{lot.key}.{movement.sequence}"
        children.append(Lot(name, lot.opened_on, lot.held_from, units, cost, base, adjustment))
    parent.recount()
    _arrive(fold, movement, children)


def _merge(fold: Fold, movement: Movement) -> None:
    key = _long(movement)
    in_lieu = movement.terms.cash or ZERO
    cash = EXACT.subtract(movement.amount, in_lieu)
    old = fold.levelled(key).take_all()
    if not old:
        _unclaimed(fold, key, movement, cash)
    elif movement.other_id is None:
        fold.dispose(key, movement, old, cash)
        return
    if movement.other_id is not None:
        _exchange_units(fold, key, movement, old, cash)


def _exchange_units(fold: Fold, key: Key, movement: Movement, old: Sequence[Lot], cash: Decimal) -> None:
    """Units for units; cash beside them is taxed as far as there is a gain, and a loss is not.

    Source: IRS Publication 550, "Nontaxable Trades"; Internal Revenue Code, sections 356 and 358.
    """
    numerator, denominator = _ratio(movement)
    news = scaled([lot.quantity for lot in old], numerator, denominator)
    paid = spread(cash, [lot.quantity for lot in old])
    arriving, gone = [], []
    for lot, units, boot in zip(old, news, paid, strict=True):
        if boot:
            _tax_boot(fold, key, movement, lot, boot, to_money(product(units, movement.terms.new_price or ZERO)))
        if units:
            lot.resize(units, numerator, denominator)
            arriving.append(lot)
        else:
            gone.append(lot)
    _arrive(fold, movement, arriving)
    if gone:
        fold.dispose(key, movement, gone, ZERO)


def _tax_boot(fold: Fold, key: Key, movement: Movement, lot: Lot, boot: Decimal, worth: Decimal) -> None:
    """Realize the cash for the units of a lot, beside which came new ones that are worth so much."""
    gain = max(ZERO, min(boot, EXACT.subtract(EXACT.add(boot, worth), lot.cost)))
    returned = EXACT.subtract(boot, gain)
    base = _part_of_base(lot, returned)
    moved = ZERO
    money = fold.base(movement, boot)
    both = fold.base(movement, EXACT.add(boot, worth))
    if lot.adjustment and money is not None and both is not None and base is not None and lot.base_cost is not None:
        # The losses of wash sales are a part of the basis: so much less is taxed.
        left = EXACT.subtract(both, EXACT.add(lot.base_cost, lot.adjustment))
        taxed = max(ZERO, min(money, left))
        moved = max(ZERO, min(lot.adjustment, EXACT.subtract(EXACT.subtract(money, base), taxed)))
        lot.adjustment = EXACT.subtract(lot.adjustment, moved)
    fold.gain(key, movement, lot, boot, returned, base, moved)
    lot.recost(EXACT.subtract(lot.cost, returned), _less(lot.base_cost, base))


def _change_symbol(fold: Fold, movement: Movement) -> None:
    numerator, denominator = movement.ratio or (1, 1)
    for key in (_long(movement), _short(movement)):
        if key in fold.inventories:
            other = _other(movement)._replace(is_short=key.is_short)
            fold.inventory(key).scale(Decimal(numerator), Decimal(denominator))
            for lot in fold.inventory(key).take_all():
                fold.inventory(other).add(lot)


def _exercise(fold: Fold, movement: Movement) -> None:
    lots = fold.inventory(_long(movement)).take(_units(movement), fold.method)
    _deliver(fold, movement, lots, ONE)


def _assign(fold: Fold, movement: Movement) -> None:
    lots = fold.inventory(_short(movement)).take(_units(movement), fold.method)
    _deliver(fold, movement, lots, -ONE)


def _deliver(fold: Fold, movement: Movement, options: Sequence[Lot], paid: Decimal) -> None:
    """Buy or sell the underlying; what the option cost (`paid` 1) or brought (-1) is a part of its price.

    Source: IRS Publication 550, "Options", table 4-3.
    """
    units = movement.terms.units
    assert units is not None
    premium = product(total(lot.cost for lot in options), paid)
    bases = [None if lot.base_cost is None else EXACT.add(lot.base_cost, lot.adjustment) for lot in options]
    base_premium = None if None in bases else product(total(base for base in bases if base is not None), paid)
    money = fold.base(movement, movement.amount)
    # What cash has changed by for these units, with the premium that was paid or received before.
    amount = EXACT.subtract(movement.amount, premium)
    base = None if money is None or base_premium is None else EXACT.subtract(money, base_premium)
    key = _other(movement)
    if units > 0:
        cost = amount.copy_negate()
        fold.open(key, movement, units, cost, None if base is None else base.copy_negate(), known=True)
        return
    units = units.copy_negate()
    held = min(units, fold.quantity(key))
    if held:
        part, base_part = share(amount, held, units), None if base is None else share(base, held, units)
        lots = fold.inventory(key).take(held, fold.method)
        fold.dispose(key, movement, lots, part, base_part, known=True)
    if held < units:
        rest = EXACT.subtract(units, held)
        received = EXACT.subtract(amount, share(amount, held, units)) if held else amount
        base_rest = None if base is None else (EXACT.subtract(base, share(base, held, units)) if held else base)
        fold.open(key._replace(is_short=True), movement, rest, received, base_rest, known=True)


def _long(movement: Movement) -> Key:
    assert movement.instrument_id is not None
    return Key(movement.account_id, movement.instrument_id, is_short=False)


def _short(movement: Movement) -> Key:
    assert movement.instrument_id is not None
    return Key(movement.account_id, movement.instrument_id, is_short=True)


def _other(movement: Movement) -> Key:
    assert movement.other_id is not None
    return Key(movement.account_id, movement.other_id, is_short=False)


def _units(movement: Movement) -> Decimal:
    assert movement.quantity is not None
    return movement.quantity


def _ratio(movement: Movement) -> tuple[Decimal, Decimal]:
    terms = movement.terms
    assert terms.numerator
    assert terms.denominator
    return Decimal(terms.numerator), Decimal(terms.denominator)


_RULES: dict[TransactionKind, Callable[[Fold, Movement], None]] = {
    TransactionKind.BUY: _buy,
    TransactionKind.SELL: _sell,
    TransactionKind.SHORT_SALE: _sell_short,
    TransactionKind.COVER_SHORT: _cover,
    TransactionKind.DIVIDEND: _income,
    TransactionKind.REINVESTED_DIVIDEND: _reinvest,
    TransactionKind.RETURN_OF_CAPITAL: _return_capital,
    TransactionKind.INTEREST: _income,
    TransactionKind.FEE: _income,
    TransactionKind.CONTRIBUTION: _capital,
    TransactionKind.WITHDRAWAL: _capital,
    TransactionKind.CURRENCY_EXCHANGE: _cash_only,
    TransactionKind.TRANSFER_IN: _transfer_in,
    TransactionKind.TRANSFER_OUT: _transfer_out,
    TransactionKind.SPLIT: _split,
    TransactionKind.SPIN_OFF: _spin_off,
    TransactionKind.MERGER: _merge,
    TransactionKind.SYMBOL_CHANGE: _change_symbol,
    TransactionKind.OPTION_OPEN: _open_option,
    TransactionKind.OPTION_CLOSE: _close_option,
    TransactionKind.OPTION_EXERCISE: _exercise,
    TransactionKind.OPTION_ASSIGNMENT: _assign,
    TransactionKind.OPTION_EXPIRY: _expire,
}
