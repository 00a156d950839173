"""Exports: what is written is read again to the same ledger; nothing in it is a formula; orders of FIX add up."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from domain.kernel.errors import NotFound
from domain.portfolios import sharing
from domain.portfolios.entries import (
    CashMovement,
    CurrencyExchange,
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
from domain.portfolios.exports import trades
from domain.portfolios.exports.queries import ExportFormat, TradesFormat, write_portfolio, write_trades
from domain.portfolios.exports.rows import COLUMNS, NUMBERS
from domain.portfolios.models import Portfolio
from domain.portfolios.spreadsheets import unguarded
from domain.portfolios.types import FeeKind, SharePermission, Side, TransactionKind
from tests.factories.identity import make_person
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    NOW,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    buy,
    contribution,
    new_york,
    open_portfolio,
    record,
    reverse,
    sell,
    value,
    withdrawal,
)

KIND = TransactionKind
CALL = "AAA221216C00012000"


def units(number):
    return Decimal(number)


# One entry of each kind, and what it needs before it.
EVERY_KIND: list[Any] = [
    contribution("100000.12345678", note="=1+1"),
    Trade(
        kind=KIND.BUY,
        symbol="AAA",
        quantity=units("30.0000000001"),
        price=units("10.0000000003"),
        fee_parts={FeeKind.COMMISSION: units("1.5"), FeeKind.OTHER: units("0.25")},
        trade_date=MONDAY,
        settlement_date=WEDNESDAY,
        note='He said "buy", twice,\nand once more',
    ),
    buy("AAA", "10", "11", TUESDAY),
    Trade(
        kind=KIND.SELL,
        symbol="AAA",
        quantity=units("5"),
        price=units("12"),
        fee_parts={FeeKind.SEC: units("0.01"), FeeKind.TAF: units("0.02")},
        trade_date=WEDNESDAY,
        lots=(LotChoice("5", units("5")),),
    ),
    Trade(kind=KIND.SHORT_SALE, symbol="BBB", quantity=units("4"), price=units("90"), trade_date=TUESDAY),
    Trade(kind=KIND.COVER_SHORT, symbol="BBB", quantity=units("4"), price=units("80"), trade_date=WEDNESDAY),
    Income(kind=KIND.DIVIDEND, symbol="AAA", amount=units("3.21"), trade_date=WEDNESDAY),
    Income(kind=KIND.RETURN_OF_CAPITAL, symbol="AAA", amount=units("1"), trade_date=WEDNESDAY),
    Reinvestment(symbol="AAA", quantity=units("0.5"), amount=units("6"), trade_date=WEDNESDAY),
    CashMovement(kind=KIND.INTEREST, amount=units("-2.5"), trade_date=WEDNESDAY),
    CashMovement(kind=KIND.FEE, amount=units("7"), trade_date=WEDNESDAY),
    withdrawal("50", WEDNESDAY),
    CurrencyExchange(
        sold=units("100"), sold_currency="USD", bought=units("95"), bought_currency="EUR", trade_date=WEDNESDAY
    ),
    buy("EEE", "2", "20", WEDNESDAY),
    Transfer(
        kind=KIND.TRANSFER_IN,
        symbol="BBB",
        quantity=units("10"),
        lots=(
            TransferredLot(date(2020, 3, 2), units("4"), units("200")),
            TransferredLot(date(2021, 3, 2), units("6"), units("500.5")),
        ),
        trade_date=WEDNESDAY,
    ),
    Transfer(
        kind=KIND.TRANSFER_OUT,
        symbol="BBB",
        quantity=units("3"),
        choices=(LotChoice("17-2", units("3")),),
        trade_date=WEDNESDAY,
    ),
    Transfer(kind=KIND.TRANSFER_IN, amount=units("12"), currency="EUR", trade_date=THURSDAY),
    Transfer(kind=KIND.TRANSFER_OUT, amount=units("11"), trade_date=THURSDAY),
    Split(symbol="BBB", numerator=2, denominator=1, trade_date=THURSDAY),
    SpinOff(
        symbol="BBB",
        new_symbol="NEW",
        numerator=1,
        denominator=10,
        cost_fraction=units("0.125"),
        trade_date=THURSDAY,
        cash_in_lieu=units("20"),
    ),
    OptionTrade(
        kind=KIND.OPTION_OPEN, symbol=CALL, quantity=units("2"), price=units("1.5"), side=Side.BUY, trade_date=THURSDAY
    ),
    OptionTrade(kind=KIND.OPTION_CLOSE, symbol=CALL, quantity=units("1"), price=units("2"), trade_date=FRIDAY),
    OptionEvent(kind=KIND.OPTION_EXERCISE, symbol=CALL, quantity=units("1"), fees=units("5"), trade_date=FRIDAY),
    Merger(
        symbol="BBB",
        new_symbol="NEW",
        numerator=1,
        denominator=2,
        cash_per_unit=units("3.3333333333"),
        new_price=units("55"),
        trade_date=FRIDAY,
    ),
    SymbolChange(symbol="AAA", new_symbol="BBB", trade_date=FRIDAY),
]


SHAPES: dict[TransactionKind, Any] = {entry.kind: type(entry) for entry in EVERY_KIND}


def read_entry(row) -> Any:
    """The entry that a row tells, read in the plainest way."""

    def number(name):
        return Decimal(row[name]) if row[name] else None

    kind = KIND(row["kind"])
    fees = {each: number(f"fee_{each.lower()}") for each in FeeKind}
    in_units = bool(row["symbol"])
    told: dict[str, Any] = {
        "kind": kind,
        "trade_date": date.fromisoformat(row["trade_date"]),
        "settlement_date": date.fromisoformat(row["settlement_date"]),
        "fees": number("fees"),
        "fee_parts": {each: fee for each, fee in fees.items() if fee} or None,
        "amount": None if kind in (KIND.TRANSFER_IN, KIND.TRANSFER_OUT) and in_units else number("amount"),
        "side": Side(row["side"]) if row["side"] else None,
        "note": unguarded(row["note"]) or None,
        **{
            name: row[name] or None for name in ("symbol", "new_symbol", "currency", "sold_currency", "bought_currency")
        },
        **{name: int(row[name]) if row[name] else None for name in ("numerator", "denominator")},
        **{
            name: number(name)
            for name in ("quantity", "price", "cost_fraction", "cash_in_lieu", "cash_per_unit", "new_price")
        },
        **{name: number(name) for name in ("sold", "bought")},
    }
    choices = [part.split("*") for part in row["choices"].split("|") if part]
    arriving = [part.split("*") for part in row["lots"].split("|") if part]
    chosen = tuple(LotChoice(lot, Decimal(many)) for lot, many in choices)
    told["choices"] = chosen
    told["lots"] = chosen
    if SHAPES[kind] is Transfer:
        told["lots"] = tuple(TransferredLot(date.fromisoformat(a), Decimal(b), Decimal(c)) for a, b, c in arriving)
    shape = SHAPES[kind]
    return shape(**{name: told[name] for name in shape.__dataclass_fields__})


def table_of(written):
    return list(csv.DictReader(io.StringIO(written.content.decode(), newline="")))


@pytest.fixture
def export(small_market, owner, portfolio):
    async def run(format_=ExportFormat.CSV, *, actor=owner, portfolio_id=portfolio.id, as_of=None):
        return await write_portfolio(actor, small_market.compute, portfolio_id, format_, as_of=as_of, now=NOW)

    return run


@pytest.fixture
def export_trades(small_market, owner, portfolio):
    async def run(format_=TradesFormat.CSV, *, actor=owner, since=None, until=None):
        return await write_trades(actor, small_market.compute, portfolio.id, format_, since=since, until=until, now=NOW)

    return run


@pytest.fixture
async def filled(small_market, owner, portfolio):
    """Entries of each kind, after two that cancel each other: the numbers of rows are not the sequences."""
    await reverse(small_market, owner, await record(small_market, owner, portfolio.id, contribution("1")))
    await record(small_market, owner, portfolio.id, *EVERY_KIND)
    return await Portfolio.get(id=portfolio.id)


async def test_what_is_exported_is_recorded_again_to_the_same_ledger(small_market, owner, filled, export):
    first = await export()
    rows = table_of(first)
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == len(EVERY_KIND)
    again = await open_portfolio(small_market, owner, "Again")

    await record(small_market, owner, again.id, *[read_entry(row) for row in rows])

    # Each entry by hand has a fingerprint of its own.
    apart = {"fingerprint": None}
    assert [row | apart for row in table_of(await export(portfolio_id=again.id))] == [row | apart for row in rows]
    before, after = await value(owner, filled.id), await value(owner, again.id)
    assert (after.total_value, after.cost_basis, after.cash) == (before.total_value, before.cost_basis, before.cash)
    held = [
        [(each.instrument.symbol, each.quantity, each.cost_basis) for each in found.positions]
        for found in (before, after)
    ]
    assert held[0] == held[1]


async def test_all_kinds_are_exported(filled, export):
    assert {row["kind"] for row in table_of(await export())} >= set(KIND) - {
        KIND.REVERSAL,
        KIND.OPTION_ASSIGNMENT,
        KIND.OPTION_EXPIRY,
    }


async def test_lots_are_named_by_rows_and_numbers_are_exact(filled, export):
    rows = table_of(await export())

    assert (rows[1]["quantity"], rows[1]["price"]) == ("30.0000000001", "10.0000000003")
    assert (rows[1]["fees"], rows[1]["fee_commission"], rows[1]["fee_other"]) == ("1.75", "1.5", "0.25")
    # The third row, which was the fifth entry; the second lot of the fifteenth, which was the seventeenth.
    assert rows[3]["choices"] == "3*5"
    assert rows[15]["choices"] == "15-2*3"
    assert rows[14]["lots"] == "2020-03-02*4*200|2021-03-02*6*500.5"
    assert rows[9]["amount"] == "-2.5"
    # Which price a unit was given for is not stored: one that gives the same money.
    assert rows[23]["cash_per_unit"] == "3.3333333336"
    assert (rows[0]["note"], rows[0]["account"]) == ("'=1+1", "Default")


async def test_what_was_later_is_left_out(filled, export):
    rows = table_of(await export(as_of=new_york(TUESDAY, 20)))

    assert {row["trade_date"] for row in rows} == {"2022-11-14", "2022-11-15"}


async def test_a_fork_is_exported_with_what_it_began_with(small_market, owner, filled, export):
    fork = await Portfolio.create(
        tenant_id=owner.tenant_id,
        owner_id=owner.user_id,
        name="What if",
        base_currency="USD",
        fork_of_id=filled.id,
        fork_version=4,
        version=4,
        created_at=NOW,
    )
    await record(small_market, owner, fork.id, sell("AAA", "1", "12", FRIDAY))

    rows = table_of(await export(portfolio_id=fork.id))

    assert [row["kind"] for row in rows] == ["CONTRIBUTION", "BUY", "SELL"]


async def test_json_has_all_of_it(filled, export, owner):
    told = json.loads((await export(ExportFormat.JSON)).content)

    assert [each["kind"] for each in told["transactions"]] == [row["kind"] for row in table_of(await export())]
    assert set(told["transactions"][0]) == set(COLUMNS)
    assert told["transactions"][0]["amount"] == "100000.12345678"
    valuation = await value(owner, filled.id)
    assert [each["symbol"] for each in told["positions"]] == [each.instrument.symbol for each in valuation.positions]
    assert told["portfolio"]["cash"] == {code: str(amount) for code, amount in valuation.cash}
    # No rate of the euro is known.
    assert told["portfolio"]["total_value"] is valuation.total_value is None
    assert [(each["name"], each["number"]) for each in told["accounts"]] == [("Default", None)]


async def test_a_workbook_has_its_sheets_and_no_formula(filled, export, owner):
    book = openpyxl.load_workbook(io.BytesIO((await export(ExportFormat.XLSX)).content))

    assert book.sheetnames == ["Transactions", "Positions", "Lots"]
    sheet = book["Transactions"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert sheet.max_row == len(EVERY_KIND) + 1
    quantity, note = COLUMNS.index("quantity"), COLUMNS.index("note")
    # A float holds 30.0000000001 with all its digits, and 10, which is a number as well.
    assert sheet.cell(3, quantity + 1).value == 30.0000000001
    assert sheet.cell(4, quantity + 1).value == 10
    assert sheet.cell(2, note + 1).value == "'=1+1"
    lots = sum(Decimal(str(row[5].value)) for row in book["Lots"].iter_rows(min_row=2) if row[0].value == "EEE")
    assert lots == 2
    assert {cell.data_type for each in book for row in each.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


async def test_trades_are_a_table(filled, export_trades):
    rows = table_of(await export_trades())

    assert [row["action"] for row in rows] == [
        *("BUY", "BUY", "SELL", "SELL_SHORT", "BUY_TO_COVER", "BUY", "BUY_TO_OPEN", "SELL_TO_CLOSE")
    ]
    assert (rows[2]["quantity"], rows[2]["price"], rows[2]["fees"], rows[2]["amount"]) == ("5", "12", "0.03", "59.97")
    told = json.loads((await export_trades(TradesFormat.JSON)).content)
    assert [each["id"] for each in told["trades"]] == [row["id"] for row in rows]
    chosen = table_of(await export_trades(since=TUESDAY, until=TUESDAY))
    assert [row["symbol"] for row in chosen] == ["AAA", "BBB"]


def parse_fix(line):
    """The fields of a message, after a look that length and sum are right."""
    assert line.endswith(b"\x01")
    fields = [part.split(b"=", 1) for part in line[:-1].split(b"\x01")]
    tags = [int(tag) for tag, _ in fields]
    assert tags[:3] == [8, 9, 35]
    assert tags[-1] == 10
    body = line[line.index(b"\x0135=") + 1 : line.rindex(b"\x0110=") + 1]
    assert int(fields[1][1]) == len(body)
    assert fields[-1][1] == b"%03d" % (sum(line[: line.rindex(b"\x0110=") + 1]) % 256)
    return {int(tag): text.decode() for tag, text in fields}


async def test_orders_of_fix_add_up(filled, export_trades):
    written = await export_trades(TradesFormat.FIX)
    orders = [parse_fix(line) for line in written.content.splitlines()]
    rows = table_of(await export_trades())

    assert [order[11] for order in orders] == [row["id"] for row in rows]
    assert [order[34] for order in orders] == [str(number) for number in range(1, 9)]
    assert [order[54] for order in orders] == ["1", "1", "2", "5", "1", "1", "1", "2"]
    assert [order.get(77) for order in orders] == [None, None, None, "O", "C", None, "O", "C"]
    first = orders[0]
    assert (first[8], first[35], first[55], first[38], first[44], first[40], first[15]) == (
        *("FIX.4.4", "D", "AAA", "30.0000000001", "10.0000000003", "2", "USD"),
    )
    assert (first[52], first[60]) == ("20221121-17:00:00", "20221114-21:00:00")
    option = orders[6]
    assert (option[55], option[167], option[541], option[201], option[202]) == ("AAA", "OPT", "20221216", "1", "12")


async def test_only_who_sees_amounts_exports(small_market, export, export_trades, owner, stranger, portfolio):
    friend = (await make_person(small_market, "friend@example.com")).actor

    async def share(*, hidden):
        async with small_market.unit_of_work(owner) as work:
            await sharing.share_portfolio(
                work,
                portfolio.id,
                email="friend@example.com",
                permission=SharePermission.VIEWER,
                hides_amounts=hidden,
            )

    await share(hidden=True)
    for actor in (stranger, friend):
        for refused in (export(actor=actor), export(ExportFormat.JSON, actor=actor), export_trades(actor=actor)):
            with pytest.raises(NotFound):
                await refused
    await share(hidden=False)
    assert (await export(actor=friend)).content == (await export()).content


async def test_an_empty_portfolio_is_a_table_without_rows(export, export_trades):
    assert table_of(await export()) == []
    assert (await export()).name == "Savings-transactions.csv"
    assert (await export_trades(TradesFormat.FIX)).content == b""
    assert openpyxl.load_workbook(io.BytesIO((await export(ExportFormat.XLSX)).content))["Positions"].max_row == 1


def test_what_holds_numbers_is_a_column():
    assert set(COLUMNS) >= NUMBERS
    assert set(trades.COLUMNS) >= trades.NUMBERS
    assert TODAY > FRIDAY
