"""Option contracts as a split of their underlying leaves them: an instrument of their own each, made when it is needed.

Where whole units come for each one, the number of contracts is multiplied and the strike divided, to the cent;
otherwise contracts, strike and multiplier stay and the units that are delivered change.  Source: The Options Clearing
Corporation, "Characteristics and Risks of Standardized Options", on adjustments of stock options whose exercise prices
are stated in decimals.  Two bounds: a fraction of a unit that would be delivered stays one, where OCC has cash paid
for it, and the digit by which an adjusted root differs is the first that is free here, not OCC's.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from domain.kernel.errors import InvalidInput
from domain.kernel.money import product, quotient, to_price
from domain.kernel.work import Work
from domain.market import queries
from domain.market.contracts import Terms, contracts_by_id, ensure_contracts
from domain.market.occ import OccSymbol, parse_occ
from domain.market.types import ContractRow, InstrumentRow

_CENT = Decimal("0.01")
_LONGEST_ROOT = 6
_DIGITS = re.compile(r"[0-9]+$", re.ASCII)


async def ensure_adjusted(work: Work, contract: ContractRow, numerator: int, denominator: int) -> InstrumentRow:
    """Return the instrument of what a contract becomes by a split, made if it is not there.

    Raises `InvalidInput` where no symbol is left for it.
    """
    own, underlying = await queries.instruments_by_id([contract.instrument_id, contract.underlying_id])
    symbol = None if own is None else parse_occ(own.symbol)
    assert symbol is not None
    assert underlying is not None
    wanted = adjusted(contract, numerator, denominator)
    for candidate in _candidates(symbol, contract, wanted):
        is_usual = wanted.deliverable == wanted.multiplier
        told = Terms(candidate, contract.style, contract.multiplier, None if is_usual else wanted.deliverable)
        found = (await ensure_contracts(work, underlying, [told]))[str(candidate)]
        terms = (await contracts_by_id([found.id])).get(found.id)
        if terms is not None and replace(terms, instrument_id=wanted.instrument_id) == wanted:
            return found
    raise InvalidInput(f"expected a contract that can be adjusted, got {symbol}, for which no root is left", field=())


def adjusted(contract: ContractRow, numerator: int, denominator: int) -> ContractRow:
    """Return a contract's terms after a split of `numerator` new units for `denominator` old."""
    ratio = Fraction(numerator, denominator)
    if ratio.denominator == 1:
        strike = quotient(contract.strike, Decimal(ratio.numerator)).quantize(_CENT, ROUND_HALF_UP)
        # What costs next to nothing still costs something.
        return replace(contract, strike=max(strike, _CENT))
    units = quotient(product(contract.deliverable, Decimal(numerator)), Decimal(denominator))
    return replace(contract, deliverable=to_price(units))


def _candidates(symbol: OccSymbol, before: ContractRow, after: ContractRow) -> Iterator[OccSymbol]:
    """Iterate over the symbols that an adjusted contract may have: of the same root where the units are the same."""
    after_strike = replace(symbol, strike=after.strike)
    if before.deliverable == after.deliverable:
        yield after_strike
    stem = _DIGITS.sub("", symbol.root)
    for digit in range(1, 10):
        root = f"{stem}{digit}"
        if len(root) <= _LONGEST_ROOT and root != symbol.root:
            yield replace(after_strike, root=root)
