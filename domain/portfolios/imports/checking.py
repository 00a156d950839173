"""Checks rows against the market: which instruments they mean, whether these could be held on the day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, TypeGuard, cast

from domain.kernel.currencies import CURRENCIES
from domain.kernel.errors import RefusalCode
from domain.market import queries as market
from domain.market.occ import parse_occ
from domain.market.types import InstrumentKind, InstrumentRow
from domain.portfolios.entries import Entry, OptionEvent, OptionTrade, SymbolChange
from domain.portfolios.imports.entry_text import entry_text
from domain.portfolios.imports.rows import ParsedRow, Problem

_NOT_HELD: Final = (InstrumentKind.INDEX, InstrumentKind.RATE, InstrumentKind.OPTION)
_PAGE: Final = 1_000


async def check_rows(rows: Sequence[ParsedRow], today: date) -> None:
    """Write into each row the symbol that the market knows it by, or why it cannot be recorded.

    A line is taken whole: where one of its entries is refused, the others are.
    """
    asked = {name for row in rows if row.entry is not None for name in _asked(row.entry)}
    known = await _instruments(sorted(asked))
    for row in rows:
        if row.entry is not None and not row.is_refused:
            found = _problem(row, row.entry, known, today)
            if found is not None:
                row.problems = (*row.problems, found)
    _refuse_whole_lines(rows)


def _refuse_whole_lines(rows: Sequence[ParsedRow]) -> None:
    refused = {row.line for row in rows if row.is_refused}
    for row in rows:
        if row.line in refused and row.entry is not None and not row.is_refused:
            problem = Problem("expected all entries of the line to be recorded, got one that cannot be", None, _CODE)
            row.problems = (*row.problems, problem)


_CODE: Final = RefusalCode.ROWS_REFUSED


async def _instruments(symbols: Sequence[str]) -> dict[str, InstrumentRow]:
    known: dict[str, InstrumentRow] = {}
    for start in range(0, len(symbols), _PAGE):
        known |= await market.instruments_by_symbol(symbols[start : start + _PAGE])
    return known


def _spellings(symbol: str) -> Iterable[str]:
    """Iterate over how the market may spell a symbol: brokers have BRK B, BRK/B and brk-b for BRK.B."""
    plain = symbol.upper()
    yield symbol
    yield plain
    for mark in (" ", "/", "-", "."):
        if mark in plain:
            yield plain.replace(mark, ".")
            yield plain.replace(mark, "-")


def _asked(entry: Entry) -> Iterable[str]:
    for symbol in (getattr(entry, "symbol", None), getattr(entry, "new_symbol", None)):
        if symbol is None:
            continue
        contract = parse_occ(symbol) if _is_of_contracts(entry) else None
        if contract is None:
            yield from _spellings(symbol)
        else:
            yield from contract.possible_underlyings


def _is_of_contracts(entry: Entry) -> TypeGuard[OptionTrade | OptionEvent | SymbolChange]:
    if isinstance(entry, SymbolChange):
        # Contracts that a split has adjusted.
        return entry.numerator is not None
    return isinstance(entry, OptionTrade | OptionEvent)


def _problem(row: ParsedRow, entry: Entry, known: dict[str, InstrumentRow], today: date) -> Problem | None:
    if entry.trade_date > today:
        message = f"expected a date up to {today}, the market's today, got {entry.trade_date}"
        return Problem(message, None, RefusalCode.DATE_IN_FUTURE)
    code = row.currency or getattr(entry, "currency", None)
    if code is not None and code not in CURRENCIES:
        return Problem(f"expected a currency code of ISO 4217, got {code!r}", None, RefusalCode.UNKNOWN_CURRENCY)
    if _is_of_contracts(entry):
        return _contract_problem(entry, known)
    for name in ("symbol", "new_symbol"):
        symbol = getattr(entry, name, None)
        if symbol is None:
            continue
        instrument = next((known[each] for each in _spellings(symbol) if each in known), None)
        found = _instrument_problem(symbol, instrument, entry.trade_date, code)
        if found is not None or instrument is None:
            return found
        if instrument.symbol != symbol:
            row.entry = entry = replace(cast(Any, entry), **{name: instrument.symbol})
            row.said = entry_text(entry)
    return None


def _instrument_problem(symbol: str, instrument: InstrumentRow | None, day: date, code: str | None) -> Problem | None:
    if instrument is None or instrument.kind in _NOT_HELD:
        return Problem(
            f"expected the symbol of an instrument that can be held, got {symbol[:40]!r}: once it is known here, "
            "retry the import, or confirm without this row",
            "symbol",
            RefusalCode.UNKNOWN_INSTRUMENT,
        )
    if day < instrument.first_session:
        message = (
            f"expected a date from {instrument.first_session}, the first session of {instrument.symbol}, got {day}"
        )
        return Problem(message, None, RefusalCode.DATE_OUT_OF_RANGE)
    if code is not None and code != instrument.currency:
        message = f"expected {instrument.currency}, in which {instrument.symbol} is traded, got {code}"
        return Problem(message, "currency", RefusalCode.INVALID_INPUT)
    return None


def _contract_problem(
    entry: OptionTrade | OptionEvent | SymbolChange, known: dict[str, InstrumentRow]
) -> Problem | None:
    contract = parse_occ(entry.symbol)
    if contract is None or known.keys().isdisjoint(contract.possible_underlyings):
        return Problem(
            f"expected an option on a known underlying, got {entry.symbol[:40]!r}: once it is known here, retry the "
            "import, or confirm without this row",
            "symbol",
            RefusalCode.UNKNOWN_INSTRUMENT,
        )
    if entry.trade_date > contract.expiry:
        message = f"expected a date up to {contract.expiry}, when {contract} expires, got {entry.trade_date}"
        return Problem(message, None, RefusalCode.DATE_OUT_OF_RANGE)
    return None
