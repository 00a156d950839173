"""Our own export comes back as the ledger that it was: each kind of transaction, to the last digit."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

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
from domain.portfolios.exports.queries import ExportFormat, write_portfolio
from domain.portfolios.imports.catalogue import format_of
from domain.portfolios.imports.entry_text import entry_of, entry_text
from domain.portfolios.imports.models import ImportRow
from domain.portfolios.imports.reading import read_file
from domain.portfolios.imports.stored_rows import told_of
from domain.portfolios.ledgers import ledger
from domain.portfolios.modeling.commands import create_session
from domain.portfolios.models import Account, Portfolio, Transaction
from domain.portfolios.types import AccountKind, FeeKind, RowState, Side, TransactionKind
from tests.factories import imports
from tests.factories.imports import states
from tests.factories.portfolios import (
    FRIDAY,
    MONDAY,
    NOW,
    THURSDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    open_portfolio,
    record,
    reverse,
)

COLUMNS = (
    "kind,trade_date,settlement_date,symbol,quantity,price,amount,currency,fees,fee_commission,fee_sec,fee_taf,"
    "fee_other,side,new_symbol,numerator,denominator,cost_fraction,cash_in_lieu,cash_per_unit,new_price,bought,"
    "bought_currency,sold,sold_currency,lots,choices,note,account,fingerprint"
).split(",")
D = Decimal
BUY, SELL = TransactionKind.BUY, TransactionKind.SELL

ENTRIES: list[Entry] = [
    Transfer(
        kind=TransactionKind.TRANSFER_IN,
        symbol="AAA",
        quantity=D("30.5"),
        lots=(
            TransferredLot(date(2020, 2, 29), D("10.5"), D("84.00000001")),
            TransferredLot(date(2021, 1, 4), D(20), D(180)),
        ),
        trade_date=MONDAY,
    ),
    CashMovement(kind=TransactionKind.CONTRIBUTION, amount=D("100000.01"), currency="USD", trade_date=MONDAY),
    Trade(
        kind=TransactionKind.BUY,
        symbol="BBB",
        quantity=D("100"),
        price=D("90.0000000001"),
        fees=D("1.5"),
        fee_parts={FeeKind.COMMISSION: D(1), FeeKind.OTHER: D("0.5")},
        trade_date=TUESDAY,
        settlement_date=FRIDAY,
        note='with "quotes", commas\nand two lines',
    ),
    # 5 of the second lot that came with row 1.
    Trade(
        kind=TransactionKind.SELL,
        symbol="AAA",
        quantity=D(5),
        price=D(11),
        trade_date=TUESDAY,
        lots=(LotChoice("1-2", D(5)),),
        note="=1+1",
    ),
    Trade(kind=TransactionKind.BUY, symbol="OLD", quantity=D(4), price=D(31), trade_date=TUESDAY),
    Trade(kind=TransactionKind.SHORT_SALE, symbol="AAA", quantity=D(3), price=D(31), trade_date=TUESDAY),
    Trade(kind=TransactionKind.COVER_SHORT, symbol="AAA", quantity=D(1), price=D(31), trade_date=WEDNESDAY),
    Income(kind=TransactionKind.DIVIDEND, symbol="AAA", amount=D("1.23456789"), currency="USD", trade_date=WEDNESDAY),
    Income(kind=TransactionKind.DIVIDEND, symbol="AAA", amount=D("-0.5"), currency="USD", trade_date=WEDNESDAY),
    Income(kind=TransactionKind.RETURN_OF_CAPITAL, symbol="BBB", amount=D(10), currency="USD", trade_date=WEDNESDAY),
    Reinvestment(symbol="BBB", quantity=D("0.125"), amount=D(10), trade_date=WEDNESDAY),
    CashMovement(kind=TransactionKind.INTEREST, amount=D("-3.5"), currency="USD", trade_date=WEDNESDAY),
    CashMovement(kind=TransactionKind.FEE, amount=D("2"), currency="USD", trade_date=WEDNESDAY),
    CashMovement(kind=TransactionKind.WITHDRAWAL, amount=D("7"), currency="USD", trade_date=WEDNESDAY),
    CurrencyExchange(sold=D(1050), sold_currency="USD", bought=D(1000), bought_currency="EUR", trade_date=WEDNESDAY),
    Transfer(kind=TransactionKind.TRANSFER_IN, amount=D(12), currency="EUR", trade_date=WEDNESDAY),
    Transfer(kind=TransactionKind.TRANSFER_OUT, amount=D(2), currency="EUR", trade_date=WEDNESDAY),
    Transfer(
        kind=TransactionKind.TRANSFER_OUT,
        symbol="AAA",
        quantity=D("0.5"),
        choices=(LotChoice("1-1", D("0.5")),),
        trade_date=WEDNESDAY,
    ),
    Split(symbol="BBB", numerator=3, denominator=2, cash_in_lieu=D("1.1"), trade_date=THURSDAY),
    SpinOff(symbol="BBB", new_symbol="NEW", numerator=1, denominator=10, cost_fraction=D("0.25"), trade_date=THURSDAY),
    OptionTrade(
        kind=TransactionKind.OPTION_OPEN,
        symbol="AAA221216C00015000",
        quantity=D(2),
        price=D("0.5"),
        side=Side.SELL,
        fees=D("0.04"),
        trade_date=THURSDAY,
    ),
    OptionTrade(
        kind=TransactionKind.OPTION_CLOSE,
        symbol="AAA221216C00015000",
        quantity=D(1),
        price=D(0),
        side=Side.BUY,
        trade_date=THURSDAY,
    ),
    OptionTrade(
        kind=TransactionKind.OPTION_OPEN,
        symbol="BBB221118P00050000",
        quantity=D(1),
        price=D("0.5"),
        side=Side.BUY,
        trade_date=THURSDAY,
    ),
    OptionEvent(kind=TransactionKind.OPTION_EXPIRY, symbol="BBB221118P00050000", quantity=D(1), trade_date=FRIDAY),
    Merger(symbol="OLD", cash_per_unit=D(30), trade_date=FRIDAY),
    SymbolChange(symbol="NEW", new_symbol="AAA", trade_date=FRIDAY),
    SymbolChange(
        symbol="AAA221216C00015000",
        new_symbol="AAA1221216C00015000",
        numerator=3,
        denominator=2,
        trade_date=FRIDAY,
    ),
]


def written(entries, **more):
    """Return the file of these entries."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for entry in entries:
        writer.writerow({**cells(entry), **more})
    return text.getvalue()


def cells(entry):
    told = {name: getattr(entry, name) for name in COLUMNS if getattr(entry, name, None) is not None}
    told |= {f"fee_{kind.lower()}": fee for kind, fee in (getattr(entry, "fee_parts", None) or {}).items()}
    lots = told.pop("lots", ())
    chosen = told.pop("choices", ()) or [each for each in lots if isinstance(each, LotChoice)]
    told["choices"] = "|".join(f"{each.lot}*{each.quantity}" for each in chosen)
    arrived = [each for each in lots if isinstance(each, TransferredLot)]
    told["lots"] = "|".join(f"{each.opened_on}*{each.quantity}*{each.cost_basis}" for each in arrived)
    if str(told.get("note", "")).startswith("="):
        told["note"] = f"'{told['note']}"
    return told


def test_there_is_an_entry_of_each_kind_but_those_that_need_the_day():
    ends = {TransactionKind.OPTION_EXERCISE, TransactionKind.OPTION_ASSIGNMENT, TransactionKind.REVERSAL}

    assert {entry.kind for entry in ENTRIES} == set(TransactionKind) - ends


def test_the_columns_are_those_of_the_export():
    template = format_of("foliograph").template

    assert template is not None
    assert template.splitlines()[0] == ",".join(COLUMNS)


def test_entries_come_back_as_they_were():
    document = read_file(written(ENTRIES).encode(), None, None, TODAY)

    assert document.format.name == "foliograph"
    assert [row.problems for row in document.rows] == [()] * len(ENTRIES)
    assert [row.entry for row in document.rows] == ENTRIES


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.kind)
def test_the_text_of_an_entry_is_the_entry(entry):
    row = ImportRow(entry='{"entry":' + entry_text(entry) + "}")

    assert entry_of(told_of(row)["entry"]) == entry


def test_reversals_are_passed_over_and_what_is_none_is_refused():
    text = (
        ",".join(COLUMNS) + "\nREVERSAL,2022-11-14,,,,,1,USD\nGIFT,2022-11-14,,,,,1,USD\nMERGER,2022-11-14,,,,,,USD\n"
    )

    first, second, third = read_file(text.encode(), None, None, TODAY).rows

    assert (first.entry, first.problems) == (None, ())
    assert second.problems[0].message == "expected a kind of transaction, as BUY, got 'GIFT'"
    assert (third.problems[0].column, third.problems[0].message) == ("symbol", "expected a value, got nothing")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("lots", "x"),
        ("lots", "2020-01-01*1"),
        ("lots", "2020-13-01*1*1"),
        ("lots", "2020-01-01*1e5*1"),
        ("side", "HOLD"),
    ],
)
def test_what_is_wrong_in_a_column_is_said(column, value):
    entry = ENTRIES[0] if column == "lots" else ENTRIES[-6]

    (row,) = read_file(written([entry], **{column: value}).encode(), None, None, TODAY).rows

    assert row.is_refused
    assert row.problems[0].column == column


async def test_what_was_exported_is_the_same_ledger(small_market, owner, portfolio, record_it):
    # Some of the ledger is not there any more, so that the numbers of rows and of transactions differ.
    other = await open_portfolio(small_market, owner, "Copy")
    await record_it(*ENTRIES)
    before = await imports.preview(
        small_market, owner, other.id, "symbol,quantity,entry_price,entry_date\nAAA,1,10,2022-11-14\n"
    )
    await imports.confirm(small_market, owner, before.id)
    await imports.undo(small_market, owner, before.id)

    importing = await imports.preview(small_market, owner, other.id, written(ENTRIES))
    await imports.confirm(small_market, owner, importing.id)

    assert await states(importing) == [RowState.RECORDED] * len(ENTRIES)
    assert await standing(other) == await standing(portfolio)
    columns = ("kind", "trade_date", "settlement_date", "quantity", "price", "fees", "amount", "currency", "note")
    assert await told(other, columns, after=2) == await told(portfolio, columns, after=0)


async def standing(portfolio):
    """Return what a portfolio comes to, without the ids of its own."""
    row = await Portfolio.get(id=portfolio.id)
    found = (await ledger(row)).standing(TODAY)
    held = sorted((each.instrument_id, each.quantity, each.cost_basis, each.base_cost) for each in found.holdings)
    return held, found.cash


async def told(portfolio, columns, *, after):
    rows = Transaction.filter(portfolio_id=portfolio.id, sequence__gt=after).order_by("sequence")
    return await rows.values_list(*columns)


async def test_rows_go_to_the_accounts_that_they_name(small_market, owner, portfolio, booked):
    ira = await Account.create(
        tenant_id=portfolio.tenant_id,
        portfolio_id=portfolio.id,
        name="Roth",
        kind=AccountKind.ROTH_IRA,
        created_at=portfolio.created_at,
    )
    text = written([ENTRIES[1]], account="roth") + written([ENTRIES[1]]).splitlines()[1] + "\n"
    text += written([ENTRIES[1]], account="nowhere").splitlines()[1] + "\n"

    importing = await imports.preview(small_market, owner, portfolio.id, text)
    assert await states(importing) == [RowState.NEW, RowState.NEW, RowState.REFUSED]
    await imports.confirm(small_market, owner, importing.id, skip_refused=True)

    default = await Account.get(portfolio_id=portfolio.id, is_default=True)
    found = (
        await Transaction.filter(portfolio_id=portfolio.id).order_by("sequence").values_list("account_id", flat=True)
    )
    assert found == [ira.id, default.id]
    # In one account that was chosen, names do not count.
    chosen = await imports.preview(small_market, owner, portfolio.id, text, account_id=ira.id)
    assert await states(chosen) == [RowState.KNOWN, RowState.NEW, RowState.NEW]


async def test_a_fingerprint_of_the_file_is_taken(small_market, owner, portfolio):
    print_ = "0123456789abcdef" * 4
    importing = await imports.preview(small_market, owner, portfolio.id, written([ENTRIES[1]], fingerprint=print_))
    await imports.confirm(small_market, owner, importing.id)

    assert (await Transaction.get(portfolio_id=portfolio.id)).fingerprint == print_
    again = await imports.preview(small_market, owner, portfolio.id, written([ENTRIES[1]], fingerprint=print_))
    assert await states(again) == [RowState.KNOWN]


async def test_an_export_changes_nothing_where_it_came_from_and_is_known_where_it_went(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, *ENTRIES)
    reversed_ = await Transaction.get(portfolio_id=portfolio.id, sequence=len(ENTRIES))
    other = await open_portfolio(small_market, owner, "other")

    async def exported(from_):
        found = await write_portfolio(owner, small_market.compute, from_.id, ExportFormat.CSV, as_of=None, now=NOW)
        return found.content.decode()

    text = await exported(portfolio)
    same = await imports.preview(small_market, owner, portfolio.id, text)
    assert await states(same) == [RowState.KNOWN] * len(ENTRIES)
    for expected in (RowState.RECORDED, RowState.KNOWN):
        importing = await imports.preview(small_market, owner, other.id, text)
        await imports.confirm(small_market, owner, importing.id)
        assert await states(importing) == [expected] * len(ENTRIES)

    assert await exported(other) == text
    assert await standing(other) == await standing(portfolio)
    # What was reversed since is new again.
    await reverse(small_market, owner, reversed_)
    again = await imports.preview(small_market, owner, portfolio.id, text)
    assert await states(again) == [*[RowState.KNOWN] * (len(ENTRIES) - 1), RowState.NEW]


async def test_what_was_only_tried_in_a_modeling_session_is_new_to_its_portfolio(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, ENTRIES[1])
    async with small_market.unit_of_work(owner) as work:
        session = await create_session(work, portfolio.id, name="If", idempotency_key="if")
    await record(small_market, owner, session.id, ENTRIES[2])
    found = await write_portfolio(owner, small_market.compute, session.id, ExportFormat.CSV, as_of=None, now=NOW)

    importing = await imports.preview(small_market, owner, portfolio.id, found.content.decode())

    assert await states(importing) == [RowState.KNOWN, RowState.NEW]


async def test_our_own_order_is_kept_where_an_entry_came_late(small_market, owner, portfolio, booked):
    late = [
        replace(ENTRIES[1], trade_date=TUESDAY),
        *(Trade(kind=kind, symbol="AAA", quantity=D(1), price=D(11), trade_date=MONDAY) for kind in (BUY, SELL)),
    ]
    importing = await imports.preview(small_market, owner, portfolio.id, written(late))

    await imports.confirm(small_market, owner, importing.id)

    assert [kind for kind, _, _, _ in await booked()] == [BUY, SELL, TransactionKind.CONTRIBUTION]
