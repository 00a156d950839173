"""Writes portfolios and their trades as files, for who may see all of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.files.keeping import Written
from domain.kernel.actor import Actor
from domain.kernel.dates import trade_day
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ports import Compute
from domain.portfolios.access import Permission
from domain.portfolios.account_numbers import masked
from domain.portfolios.exports import rows, trades
from domain.portfolios.exports.formats import Table, csv_of, json_of, xlsx_of
from domain.portfolios.exports.reading import read_entries, read_names
from domain.portfolios.exports.sheets import lot_table, position_table
from domain.portfolios.ledgers import ledger
from domain.portfolios.models import Account, Portfolio
from domain.portfolios.queries import Asked, accounts_of, portfolios_by_id, valuations
from domain.portfolios.types import Valuation


class ExportFormat(StrEnum):
    """What a portfolio is written as.

    CSV: its ledger, which an import of the format `foliograph` makes again.  XLSX: a workbook of transactions,
    positions and lots.  JSON: all of it.
    """

    CSV = "CSV"
    XLSX = "XLSX"
    JSON = "JSON"


class TradesFormat(StrEnum):
    """What trades are written as: a table, the same as objects, or orders of FIX 4.4, one a line."""

    CSV = "CSV"
    JSON = "JSON"
    FIX = "FIX"


# All rows of a file are in memory until it is written: some 2 KB each.
_MOST_ENTRIES = 250_000

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": _XLSX,
    "fix": "text/plain; charset=us-ascii",
}


async def write_portfolio(
    actor: Actor, compute: Compute, portfolio_id: UUID, format_: ExportFormat, *, as_of: datetime | None, now: datetime
) -> Written:
    """Write a portfolio: the entries up to the day of `as_of`, positions at that instant.  `now` is the market's.

    Raises `NotFound`, also where amounts are hidden from the actor; `InvalidInput` for what a sheet cannot hold.
    """
    portfolio = await _found(actor, portfolio_id)
    until = None if as_of is None else trade_day(min(as_of, now))
    entries = await read_entries(portfolio, until)
    names = await read_names(portfolio, entries)
    table = Table("Transactions", rows.COLUMNS, rows.NUMBERS, await compute.run(rows.ledger_rows, entries, names))
    if format_ is ExportFormat.CSV:
        return _written(portfolio, "transactions", "csv", await compute.run(csv_of, table))
    (valuation,) = await valuations(actor, [Asked(portfolio.id, as_of)], now)
    if valuation is None:
        raise _missing()
    positions = position_table(valuation, names)
    if format_ is ExportFormat.XLSX:
        lots = lot_table(await ledger(portfolio), until or trade_day(now), valuation, names)
        content = await compute.run(xlsx_of, [table, positions, lots], now)
        return _written(portfolio, "portfolio", "xlsx", content)
    accounts = (await accounts_of(actor, [portfolio.fork_of_id or portfolio.id]))[0]
    told = _told(portfolio, accounts, valuation, is_owner=portfolio.owner_id == actor.user_id)
    told |= {"positions": positions, "transactions": table}
    return _written(portfolio, "portfolio", "json", await compute.run(json_of, told))


async def write_trades(
    actor: Actor,
    compute: Compute,
    portfolio_id: UUID,
    format_: TradesFormat,
    *,
    since: date | None,
    until: date | None,
    now: datetime,
) -> Written:
    """Write the trades of a portfolio, by trade date from one day to another, both included.  Raises `NotFound`."""
    portfolio = await _found(actor, portfolio_id)
    entries = trades.trades_among(await read_entries(portfolio, until))
    chosen = [entry for entry in entries if since is None or entry.trade_date >= since]
    names = await read_names(portfolio, chosen)
    if format_ is TradesFormat.FIX:
        return _written(portfolio, "trades", "fix", await compute.run(trades.fix_of, chosen, names, now))
    table = Table("Trades", trades.COLUMNS, trades.NUMBERS, await compute.run(trades.trade_rows, chosen, names))
    if format_ is TradesFormat.CSV:
        return _written(portfolio, "trades", "csv", await compute.run(csv_of, table))
    return _written(portfolio, "trades", "json", await compute.run(json_of, {"trades": table}))


async def size_of(actor: Actor, portfolio_id: UUID) -> int:
    """Return how many entries the ledger of a portfolio has.

    Raises `NotFound`, also where amounts are hidden from the actor; `InvalidInput` for more than one file is made of.
    """
    size = (await _found(actor, portfolio_id)).version
    if size > _MOST_ENTRIES:
        raise InvalidInput(f"expected at most {_MOST_ENTRIES} entries, got {size}: export the trades of a span of days")
    return size


async def _found(actor: Actor, portfolio_id: UUID) -> Portfolio:
    (portfolio,) = await portfolios_by_id(actor, [portfolio_id], Permission.VIEW)
    if portfolio is None:
        raise _missing()
    return portfolio


def _missing() -> NotFound:
    return NotFound("no such portfolio", field=("portfolio_id",))


def _told(portfolio: Portfolio, accounts: Sequence[Account], valuation: Valuation, *, is_owner: bool) -> dict[str, Any]:
    return {
        "format": "foliograph",
        "portfolio": {
            "name": portfolio.name,
            "description": portfolio.description,
            "base_currency": portfolio.base_currency,
            "version": portfolio.version,
            "as_of": valuation.as_of,
            "valued_at": valuation.at,
            "total_value": None if valuation.total_value is None else str(valuation.total_value),
            "cash": {code: str(amount) for code, amount in valuation.cash},
        },
        "accounts": [
            {
                "name": account.name,
                "kind": account.kind,
                "institution": account.institution,
                "number": masked(account.number_end) if is_owner else None,
                "routing_number": masked(account.routing_end) if is_owner else None,
                "closed_at": account.closed_at,
            }
            for account in accounts
        ],
    }


def _written(portfolio: Portfolio, what: str, ending: str, content: bytes) -> Written:
    plain = "".join(letter if letter.isalnum() else " " for letter in portfolio.name)
    name = "-".join([*plain.split(), what])[-200:]
    return Written(f"{name}.{ending}", _TYPES[ending], content)
