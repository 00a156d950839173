"""What each broker's file becomes: every entry of the samples, exactly."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain.kernel.errors import InvalidInput
from domain.portfolios.entries import (
    CashMovement,
    Income,
    OptionEvent,
    OptionTrade,
    Split,
    Trade,
    Transfer,
    TransferredLot,
)
from domain.portfolios.imports.catalogue import FORMATS
from domain.portfolios.imports.mapping import DateOrder
from domain.portfolios.imports.reading import read_file
from domain.portfolios.types import Side, TransactionKind

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2025, 10, 1)
REPORTED = date(2025, 9, 22)


def read(name, **more):
    return read_file((SAMPLES / f"{name}.csv").read_bytes(), more.get("format"), more.get("order"), TODAY)


def entries(name):
    """Return line, part and entry of every row that becomes one; no row of a sample has a problem that refuses it."""
    document = read(name)
    assert not [row for row in document.rows if row.is_refused]
    return [(row.line, row.part, row.entry) for row in document.rows if row.entry is not None]


def ignored(name):
    return [row.line for row in read(name).rows if row.entry is None]


def lot(symbol, quantity, cost, day=REPORTED):
    units = Decimal(quantity)
    lots = (TransferredLot(day, units, Decimal(cost)),)
    return Transfer(kind=TransactionKind.TRANSFER_IN, symbol=symbol, quantity=units, lots=lots, trade_date=day)


def money(amount, day=REPORTED, currency: str | None = "USD"):
    kind = TransactionKind.TRANSFER_IN if Decimal(amount) > 0 else TransactionKind.TRANSFER_OUT
    return Transfer(kind=kind, amount=abs(Decimal(amount)), currency=currency, trade_date=day)


def trade(kind, symbol, quantity, price, day, fees=None, **more):
    return Trade(
        kind=kind,
        symbol=symbol,
        quantity=Decimal(quantity),
        price=Decimal(price),
        fees=None if fees is None else Decimal(fees),
        trade_date=day,
        **more,
    )


def opened(symbol, quantity, price, side, day=REPORTED, fees=None, kind=TransactionKind.OPTION_OPEN, **more):
    return OptionTrade(
        kind=kind,
        symbol=symbol,
        quantity=Decimal(quantity),
        price=Decimal(price),
        side=side,
        fees=None if fees is None else Decimal(fees),
        trade_date=day,
        **more,
    )


def dividend(symbol, amount, day, **more):
    return Income(kind=TransactionKind.DIVIDEND, symbol=symbol, amount=Decimal(amount), trade_date=day, **more)


SHORT, BUY, SELL = TransactionKind.SHORT_SALE, TransactionKind.BUY, TransactionKind.SELL


def test_generic_portfolio():
    assert entries("generic_portfolio") == [
        (2, 0, lot("AAPL", "150", "18598.5", date(2021, 3, 15))),
        (3, 0, lot("MSFT", "80", "13226.4", date(2020, 4, 6))),
        (4, 0, lot("NVDA", "300", "37560", date(2024, 6, 12))),
        (5, 0, lot("GOOGL", "60", "5533.2", date(2022, 10, 27))),
        (6, 0, lot("JPM", "70", "7336", date(2019, 8, 14))),
        (7, 0, lot("XOM", "120", "8010", date(2022, 1, 5))),
        (8, 0, lot("UNH", "25", "7680", date(2025, 6, 18))),
        (9, 0, lot("COST", "12", "5953.8", date(2023, 5, 16))),
        (10, 0, lot("NEE", "90", "7862.4", date(2021, 11, 22))),
        (11, 0, lot("CAT", "30", "6781.5", date(2023, 10, 31))),
        (12, 0, lot("PG", "45", "3192.3", date(2018, 5, 2))),
        (13, 0, trade(SHORT, "TSLA", "20", "479.86", date(2024, 12, 17))),
        # The file's cash already holds what the short sale brought.
        (13, 1, money("-9597.2", date(2024, 12, 17), None)),
        (14, 0, lot("SPY", "40", "14666", date(2022, 6, 16))),
        (15, 0, lot("MTUM", "60", "8373.6", date(2023, 11, 1))),
        (16, 0, lot("QUAL", "100", "11323", date(2023, 1, 5))),
        (17, 0, lot("USMV", "80", "5815.2", date(2022, 3, 8))),
        (18, 0, opened("SPX260417P06000000", "2", "134.03", Side.BUY, date(2025, 9, 17))),
        (18, 1, money("26806", date(2025, 9, 17), None)),
        (19, 0, opened("SPX260417C07200000", "1", "122.5", Side.SELL, date(2025, 9, 17))),
        (19, 1, money("-12250", date(2025, 9, 17), None)),
        (20, 0, money("15230.55")),
        (21, 0, lot("HOME_RENTAL_1", "1", "500000", date(2022, 1, 1))),
    ]


def test_generic_keeps_tags_and_strategies():
    rows = {row.line: row for row in read("generic_portfolio").rows}

    assert (rows[2].tags, rows[2].strategy) == ((), "LONG")
    assert (rows[14].tags, rows[14].strategy) == (("factor",), "LONG")
    assert (rows[19].tags, rows[19].strategy) == (("overwrite",), "SHORT")


def test_schwab_positions():
    assert entries("schwab_positions") == [
        (4, 0, lot("AAPL", "150", "18598.5")),
        (5, 0, lot("MSFT", "80", "13226.4")),
        (6, 0, lot("NVDA", "300", "37560")),
        (7, 0, lot("GOOGL", "60", "5533.2")),
        (8, 0, lot("JPM", "70", "7336")),
        (9, 0, lot("XOM", "120", "8010")),
        (10, 0, lot("UNH", "25", "7680")),
        (11, 0, lot("COST", "12", "5953.8")),
        (12, 0, lot("NEE", "90", "7862.4")),
        (13, 0, lot("CAT", "30", "6781.5")),
        (14, 0, lot("PG", "45", "3192.3")),
        (15, 0, trade(SHORT, "TSLA", "20", "479.86", REPORTED)),
        (15, 1, money("-9597.2")),
        (16, 0, lot("SPY", "40", "14666")),
        (17, 0, opened("SPX260417P06000000", "2", "134.0325", Side.BUY)),
        (17, 1, money("26806.5")),
        (18, 0, money("15230.55")),
    ]
    assert ignored("schwab_positions") == [19]


def test_schwab_transactions():
    assert entries("schwab_transactions") == [
        (2, 0, opened("SPX260417C07200000", "1", "122.5", Side.SELL, date(2025, 9, 17), "0.66")),
        # Booked on the 15th as of the 12th.
        (3, 0, dividend("XOM", "118.8", date(2025, 9, 12))),
        (4, 0, dividend("AAPL", "39", date(2025, 8, 14))),
        (5, 0, trade(BUY, "UNH", "25", "307.2", date(2025, 6, 18))),
        (6, 0, trade(SHORT, "TSLA", "20", "479.86", date(2024, 12, 17), "0.27")),
        (7, 0, trade(BUY, "NVDA", "300", "125.2", date(2024, 6, 12))),
        (8, 0, trade(SELL, "WMT", "30", "92.64", date(2024, 12, 2), "0.08")),
        # 20 came for 10.
        (9, 0, Split(symbol="WMT", numerator=3, denominator=1, trade_date=date(2024, 2, 26))),
        (10, 0, trade(BUY, "WMT", "10", "151.88", date(2023, 5, 15))),
        (11, 0, trade(BUY, "AAPL", "150", "123.99", date(2021, 3, 15))),
        (12, 0, trade(BUY, "MSFT", "80", "165.33", date(2020, 4, 6))),
        (
            13,
            0,
            CashMovement(
                kind=TransactionKind.INTEREST, amount=Decimal("1.27"), currency="USD", trade_date=date(2020, 3, 30)
            ),
        ),
    ]


def test_fidelity_positions():
    assert entries("fidelity_positions") == [
        (2, 0, lot("AMZN", "200", "17216")),
        (3, 0, lot("META", "40", "3556.4")),
        (4, 0, lot("LLY", "30", "15648")),
        (5, 0, lot("V", "55", "7465.7")),
        (6, 0, lot("KO", "300", "12174")),
        (7, 0, lot("INTC", "500", "33270")),
        (8, 0, lot("QUAL", "100", "11323")),
        (9, 0, opened("SPX260417C07200000", "1", "110.25", Side.SELL)),
        (9, 1, money("-11025")),
        (10, 0, money("8450.12")),
    ]
    assert ignored("fidelity_positions") == [11, 13, 14]


def test_ibkr_flex_open_positions():
    assert entries("ibkr_flex_open_positions") == [
        (2, 0, lot("AAPL", "100", "16689")),
        (3, 0, lot("BRK B", "20", "7000")),
        (4, 0, trade(SHORT, "SPY", "50", "632.08", REPORTED)),
        (4, 1, money("-31604")),
        (5, 0, opened("SPX260417P06000000", "3", "128.205", Side.BUY)),
        (5, 1, money("38461.5")),
        (6, 0, opened("SPX260417C07200000", "3", "128.625", Side.SELL)),
        (6, 1, money("-38587.5")),
    ]


def test_robinhood_activity():
    assert entries("robinhood_activity") == [
        (2, 0, trade(BUY, "NVDA", "10", "177.82", date(2025, 9, 12), settlement_date=date(2025, 9, 15))),
        # What the amount has beyond quantity and price is fees.
        (
            4,
            0,
            opened(
                "SPY251219C00680000",
                "1",
                "12.35",
                Side.BUY,
                date(2025, 9, 11),
                "0.04",
                settlement_date=date(2025, 9, 12),
            ),
        ),
        (
            5,
            0,
            opened(
                "SPY251219C00680000",
                "1",
                "11.02",
                Side.SELL,
                date(2025, 9, 8),
                "0.04",
                TransactionKind.OPTION_CLOSE,
                settlement_date=date(2025, 9, 9),
            ),
        ),
        (
            6,
            0,
            OptionEvent(
                kind=TransactionKind.OPTION_EXPIRY,
                symbol="TSLA250815P00290000",
                quantity=Decimal(1),
                trade_date=date(2025, 8, 15),
            ),
        ),
        (7, 0, dividend("AAPL", "26", date(2025, 8, 14))),
        (
            8,
            0,
            CashMovement(
                kind=TransactionKind.CONTRIBUTION, amount=Decimal(5000), currency="USD", trade_date=date(2025, 7, 1)
            ),
        ),
    ]
    # The blank line is none; what it is provided for says nothing for a ledger.
    assert ignored("robinhood_activity") == [10]


def test_ghostfolio():
    note = "different date format on purpose"
    assert entries("ghostfolio_import") == [
        (2, 0, trade(BUY, "AAPL", "150", "123.99", date(2021, 3, 15), "0")),
        (3, 0, trade(BUY, "MSFT", "80", "165.33", date(2020, 4, 6), "0")),
        (4, 0, trade(BUY, "COST", "12", "496.15", date(2023, 5, 16), "0")),
        (5, 0, dividend("AAPL", "39", date(2025, 8, 14), currency="USD", note="quarterly")),
        (6, 0, trade(SELL, "TSLA", "20", "479.86", date(2024, 12, 17), "1", note=note)),
        (7, 0, trade(BUY, "Penthouse Apartment", "1", "500000", date(2022, 1, 1), "0")),
    ]
    # 15-03-2021 has no other reading, so the column's 06-04-2020 has none.
    assert not any(row.needs_review for row in read("ghostfolio_import").rows)


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("generic_portfolio", "generic"),
        ("schwab_positions", "schwab-positions"),
        ("schwab_transactions", "schwab-transactions"),
        ("fidelity_positions", "fidelity-positions"),
        ("ibkr_flex_open_positions", "ibkr-positions"),
        ("robinhood_activity", "robinhood-activity"),
        ("ghostfolio_import", "ghostfolio"),
    ],
)
def test_the_header_shows_the_format_and_the_name_of_one_says_it(name, format):
    assert read(name).format.name == format
    assert read(name, format=format).rows == read(name).rows
    other = "generic" if format != "generic" else "ghostfolio"
    with pytest.raises(InvalidInput, match="expected a header with the columns") as refused:
        read(name, format=other)
    assert refused.value.field == ("file_id",)


def test_a_name_that_is_no_format_s():
    with pytest.raises(InvalidInput, match="expected one of fidelity-positions, foliograph, generic") as refused:
        read("ghostfolio_import", format="etrade")
    assert refused.value.field == ("format",)


@pytest.mark.parametrize("format", [each for each in FORMATS.values() if each.template], ids=lambda each: each.name)
def test_a_template_is_a_file_of_its_format(format):
    document = read_file(format.template.encode(), None, None, TODAY)

    assert document.format is format
    assert len(document.rows) >= 2
    assert not any(row.is_refused or row.needs_review for row in document.rows)


def test_how_sure_a_reading_is():
    # A snapshot does not say when units were bought.
    assert {row.confidence for row in read("schwab_positions").rows if row.entry} == {0.8}
    assert {row.confidence for row in read("ibkr_flex_open_positions").rows} == {0.8}
    assert {row.confidence for row in read("generic_portfolio").rows} == {1.0}
    (split,) = (row for row in read("schwab_transactions").rows if isinstance(row.entry, Split))
    assert (split.confidence, split.needs_review) == (0.7, True)
    assert split.problems[0].message == "took 20 units for 10 as a split of 3 for 1"


def test_an_order_that_was_asked_for_is_taken():
    text = "symbol,quantity,entry_price,entry_date\nAAA,1,10,06/04/2020\n"

    day = read_file(text.encode(), None, DateOrder.DAY_FIRST, TODAY).rows[0]
    month = read_file(text.encode(), None, DateOrder.MONTH_FIRST, TODAY).rows[0]

    assert day.entry is not None
    assert month.entry is not None
    assert (day.entry.trade_date, month.entry.trade_date) == (date(2020, 4, 6), date(2020, 6, 4))
    assert not day.needs_review
