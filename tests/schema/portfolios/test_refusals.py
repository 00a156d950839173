"""Wrong input of every kind is a user error with its field, and changes nothing."""

import pytest

from domain.audit.models import AuditEntry
from domain.market.models import Instrument
from domain.portfolios.models import Portfolio, Posting, Transaction
from schema.shared.node import global_id
from tests.schema.portfolios.documents import DOCUMENTS
from tests.support.graphql import codes

DAY = {"tradeDate": "2022-11-16"}
TRADE = DAY | {"symbol": "AAA", "quantity": "2", "price": "10.50"}
CALL, WRITTEN, EXPIRED = "AAA221216C00012000", "BBB221216P00095000", "AAA221115C00010000"
OPTION = DAY | {"symbol": CALL, "quantity": "1", "price": "1.5"}
EVENT = DAY | {"symbol": CALL, "quantity": "1"}
TRANSFER = DAY | {"symbol": "AAA", "quantity": "2"}
ARRIVING = {"openedOn": "2020-02-28", "quantity": "2", "costBasis": "20"}
SPLIT = DAY | {"symbol": "AAA", "numerator": 2, "denominator": 1}
SPIN_OFF = SPLIT | {"newSymbol": "BBB", "costFraction": "0.25"}
MERGER = DAY | {"symbol": "AAA"}
STOCK = MERGER | {"newSymbol": "BBB", "numerator": 1, "denominator": 3}
CHANGE = DAY | {"symbol": "AAA", "newSymbol": "BBB"}
INCOME = DAY | {"symbol": "AAA", "amount": "1"}
REINVESTED = INCOME | {"quantity": "0.5"}
CASH = DAY | {"amount": "100"}
EXCHANGE = DAY | {"sold": "10", "soldCurrency": "USD", "bought": "9", "boughtCurrency": "EUR"}

# What is there: 10 AAA in the lots 2 and 3, 5 BBB owed, 2 calls held, 1 put written.
FIRST = [
    {"contribution": CASH | {"amount": "10000", "tradeDate": "2022-11-14"}},
    {"buy": TRADE | {"quantity": "6", "tradeDate": "2022-11-14"}},
    {"buy": TRADE | {"quantity": "4", "tradeDate": "2022-11-15"}},
    {"shortSale": TRADE | {"symbol": "BBB", "quantity": "5", "tradeDate": "2022-11-14"}},
    {"optionOpen": OPTION | {"quantity": "2", "tradeDate": "2022-11-14"}},
    {"optionOpen": OPTION | {"symbol": WRITTEN, "side": "SELL", "tradeDate": "2022-11-14"}},
]


def lot(key, quantity, portfolio="any"):
    return {"lotId": global_id("Lot", portfolio, key), "quantity": quantity}


INVALID, UNKNOWN, SHORT = "INVALID_INPUT", "UNKNOWN_INSTRUMENT", "INSUFFICIENT_QUANTITY"
EARLY, FUTURE, CURRENCY = "DATE_OUT_OF_RANGE", "DATE_IN_FUTURE", "UNKNOWN_CURRENCY"
REFUSALS = [
    # What is not held, or not so much of it, or not then.
    ("sell", TRADE | {"quantity": "10.0000000001"}, SHORT, "quantity"),
    ("sell", TRADE | {"symbol": "BBB", "quantity": "1"}, SHORT, "quantity"),
    ("sell", TRADE | {"quantity": "7", "tradeDate": "2022-11-14"}, SHORT, "quantity"),
    ("coverShort", TRADE | {"symbol": "BBB", "quantity": "6"}, SHORT, "quantity"),
    ("coverShort", TRADE | {"quantity": "1"}, SHORT, "quantity"),
    ("transferOut", TRANSFER | {"quantity": "11"}, SHORT, "quantity"),
    ("optionClose", OPTION | {"quantity": "3", "side": "SELL"}, SHORT, "quantity"),
    ("optionExercise", EVENT | {"quantity": "3"}, SHORT, "quantity"),
    ("optionExercise", EVENT | {"symbol": WRITTEN}, SHORT, "quantity"),
    ("optionAssignment", EVENT, SHORT, "quantity"),
    ("optionExpiry", EVENT | {"quantity": "3"}, SHORT, "quantity"),
    ("returnOfCapital", INCOME | {"symbol": "OLD"}, SHORT, "symbol"),
    ("split", SPLIT | {"symbol": "OLD"}, SHORT, "symbol"),
    ("spinOff", SPIN_OFF | {"symbol": "OLD"}, SHORT, "symbol"),
    ("merger", MERGER | {"symbol": "OLD", "cashPerUnit": "3"}, SHORT, "symbol"),
    ("symbolChange", CHANGE | {"symbol": "OLD"}, SHORT, "symbol"),
    # Dates.
    ("buy", TRADE | {"tradeDate": "2022-11-13"}, EARLY, "tradeDate"),
    ("buy", TRADE | {"symbol": "NEW", "tradeDate": "2022-11-16"}, EARLY, "tradeDate"),
    ("dividend", INCOME | {"tradeDate": "2022-11-13"}, EARLY, "tradeDate"),
    ("transferIn", TRANSFER | {"tradeDate": "1900-01-01", "lots": [ARRIVING]}, EARLY, "tradeDate"),
    ("symbolChange", CHANGE | {"newSymbol": "NEW"}, EARLY, "tradeDate"),
    ("contribution", CASH | {"tradeDate": "2022-11-22"}, FUTURE, "tradeDate"),
    ("split", SPLIT | {"tradeDate": "2023-01-01"}, FUTURE, "tradeDate"),
    ("optionExpiry", EVENT | {"tradeDate": "2022-12-16"}, FUTURE, "tradeDate"),
    ("optionOpen", OPTION | {"symbol": EXPIRED}, EARLY, "tradeDate"),
    ("optionExercise", EVENT | {"symbol": EXPIRED}, EARLY, "tradeDate"),
    ("optionOpen", OPTION | {"settlementDate": "2022-11-15"}, EARLY, "settlementDate"),
    # Instruments and contracts.
    ("buy", TRADE | {"symbol": "aaa"}, UNKNOWN, "symbol"),
    ("buy", TRADE | {"symbol": ""}, UNKNOWN, "symbol"),
    ("buy", TRADE | {"symbol": "A" * 5000}, UNKNOWN, "symbol"),
    ("buy", TRADE | {"symbol": "AAA'; --"}, UNKNOWN, "symbol"),
    ("buy", TRADE | {"symbol": CALL}, UNKNOWN, "symbol"),
    ("dividend", INCOME | {"symbol": "SP500"}, UNKNOWN, "symbol"),
    ("merger", STOCK | {"newSymbol": "NONE"}, UNKNOWN, "newSymbol"),
    ("spinOff", SPIN_OFF | {"newSymbol": CALL}, UNKNOWN, "newSymbol"),
    ("optionOpen", OPTION | {"symbol": "AAA"}, UNKNOWN, "symbol"),
    ("optionOpen", OPTION | {"symbol": "ZZZ221216C00012000"}, UNKNOWN, "symbol"),
    ("optionOpen", OPTION | {"symbol": "AAA221316C00012000"}, UNKNOWN, "symbol"),
    ("optionOpen", OPTION | {"symbol": "AAA221216X00012000"}, UNKNOWN, "symbol"),
    ("optionOpen", OPTION | {"symbol": "AAA221216C00000000"}, UNKNOWN, "symbol"),
    ("optionOpen", OPTION | {"symbol": "AAA221216C0001200"}, UNKNOWN, "symbol"),
    ("optionExercise", EVENT | {"symbol": "AAA٢٢1216C00012000"}, UNKNOWN, "symbol"),
    # Numbers that are none of theirs.
    ("buy", TRADE | {"quantity": "-1"}, INVALID, "quantity"),
    ("buy", TRADE | {"quantity": "0"}, INVALID, "quantity"),
    ("buy", TRADE | {"quantity": "999999999999999999", "price": "999999999999"}, INVALID, "quantity"),
    ("shortSale", TRADE | {"price": "-0.01"}, INVALID, "price"),
    ("coverShort", TRADE | {"fees": "-1"}, INVALID, "fees"),
    ("sell", TRADE | {"feeParts": {"sec": "-0.01"}}, INVALID, "feeParts sec"),
    ("sell", TRADE | {"fees": "1", "feeParts": {"sec": "0.01", "taf": "0.01"}}, INVALID, "fees"),
    ("dividend", INCOME | {"amount": "-1"}, INVALID, "amount"),
    ("returnOfCapital", INCOME | {"amount": "0"}, INVALID, "amount"),
    ("reinvestedDividend", REINVESTED | {"quantity": "0"}, INVALID, "quantity"),
    ("reinvestedDividend", REINVESTED | {"amount": "-1"}, INVALID, "amount"),
    ("interest", CASH | {"amount": "0"}, INVALID, "amount"),
    ("fee", CASH | {"amount": "-5"}, INVALID, "amount"),
    ("withdrawal", CASH | {"amount": "0.000000001"}, INVALID, "amount"),
    ("optionOpen", OPTION | {"quantity": "-1"}, INVALID, "quantity"),
    ("optionOpen", OPTION | {"quantity": "99999999999999999", "price": "9999"}, INVALID, "quantity"),
    ("optionExpiry", EVENT | {"quantity": "0"}, INVALID, "quantity"),
    ("optionExpiry", EVENT | {"fees": "1"}, INVALID, "fees"),
    ("optionExercise", EVENT | {"quantity": "999999999999999999"}, INVALID, "quantity"),
    # Ratios and fractions.
    ("split", SPLIT | {"numerator": 0}, INVALID, "numerator"),
    ("split", SPLIT | {"denominator": 0}, INVALID, "denominator"),
    ("split", SPLIT | {"numerator": -2}, INVALID, "numerator"),
    ("split", SPLIT | {"numerator": 1_000_000_001}, INVALID, "numerator"),
    ("split", SPLIT | {"cashInLieu": "1"}, INVALID, "cashInLieu"),
    ("split", SPLIT | {"denominator": 3, "cashInLieu": "0"}, INVALID, "cashInLieu"),
    ("split", SPLIT | {"denominator": 3, "cashInLieu": "-1"}, INVALID, "cashInLieu"),
    ("spinOff", SPIN_OFF | {"costFraction": "1.0000000001"}, INVALID, "costFraction"),
    ("spinOff", SPIN_OFF | {"costFraction": "-0.1"}, INVALID, "costFraction"),
    ("spinOff", SPIN_OFF | {"newSymbol": "AAA"}, INVALID, "newSymbol"),
    ("spinOff", SPIN_OFF | {"newSymbol": "EEE"}, INVALID, "newSymbol"),
    ("spinOff", SPIN_OFF | {"denominator": 0}, INVALID, "denominator"),
    ("merger", MERGER, INVALID, ""),
    ("merger", MERGER | {"cashPerUnit": "0"}, INVALID, ""),
    ("merger", MERGER | {"cashPerUnit": "-1"}, INVALID, "cashPerUnit"),
    ("merger", STOCK | {"numerator": None}, INVALID, "numerator"),
    ("merger", STOCK | {"numerator": 0}, INVALID, "numerator"),
    ("merger", STOCK | {"cashPerUnit": "1"}, INVALID, "newPrice"),
    ("merger", STOCK | {"cashPerUnit": "1", "newPrice": "-1"}, INVALID, "newPrice"),
    ("merger", STOCK | {"denominator": 1, "cashInLieu": "1"}, INVALID, "cashInLieu"),
    ("merger", STOCK | {"newSymbol": "EEE"}, INVALID, "newSymbol"),
    ("symbolChange", CHANGE | {"newSymbol": "AAA"}, INVALID, "newSymbol"),
    # Lots.
    ("sell", TRADE | {"lots": [lot("2", "1")]}, INVALID, "lots"),
    ("sell", TRADE | {"lots": [lot("2", "3")]}, INVALID, "lots"),
    ("sell", TRADE | {"lots": [lot("2", "1"), lot("2", "1")]}, INVALID, "lots"),
    ("sell", TRADE | {"lots": [lot("2", "-1"), lot("3", "3")]}, INVALID, "lots"),
    ("sell", TRADE | {"lots": [lot("99", "2")]}, SHORT, "lots"),
    ("sell", TRADE | {"quantity": "7", "lots": [lot("2", "7")]}, SHORT, "lots"),
    ("sell", TRADE | {"lots": [lot("", "2")]}, INVALID, "lots"),
    ("sell", TRADE | {"lots": [{"lotId": "no id", "quantity": "2"}]}, INVALID, "lots"),
    ("sell", TRADE | {"lots": [lot("2", "1")] * 1_001}, INVALID, "lots"),
    ("transferOut", TRANSFER | {"choices": [lot("2", "1")]}, INVALID, "lots"),
    ("transferOut", TRANSFER | {"lots": [ARRIVING]}, INVALID, "lots"),
    ("transferIn", TRANSFER, INVALID, "lots"),
    ("transferIn", TRANSFER | {"lots": []}, INVALID, "lots"),
    ("transferIn", TRANSFER | {"lots": [ARRIVING, ARRIVING]}, INVALID, "lots"),
    ("transferIn", TRANSFER | {"lots": [ARRIVING | {"quantity": "-2"}]}, INVALID, "lots"),
    ("transferIn", TRANSFER | {"lots": [ARRIVING | {"costBasis": "-1"}]}, INVALID, "lots"),
    ("transferIn", TRANSFER | {"lots": [ARRIVING | {"openedOn": "2022-11-17"}]}, EARLY, "lots"),
    ("transferIn", TRANSFER | {"lots": [ARRIVING], "choices": [lot("2", "2")]}, INVALID, "choices"),
    ("transferIn", DAY, INVALID, ""),
    ("transferIn", DAY | {"symbol": "AAA"}, INVALID, ""),
    ("transferOut", TRANSFER | {"amount": "1"}, INVALID, ""),
    # Money.
    ("contribution", CASH | {"currency": "XYZ"}, CURRENCY, "currency"),
    ("fee", CASH | {"currency": "usd"}, CURRENCY, "currency"),
    ("dividend", INCOME | {"currency": "$$$"}, CURRENCY, "currency"),
    ("transferOut", DAY | {"amount": "1", "currency": "EURO"}, CURRENCY, "currency"),
    ("currencyExchange", EXCHANGE | {"soldCurrency": "XYZ"}, CURRENCY, "soldCurrency"),
    ("currencyExchange", EXCHANGE | {"boughtCurrency": ""}, CURRENCY, "boughtCurrency"),
    ("currencyExchange", EXCHANGE | {"boughtCurrency": "USD"}, INVALID, "boughtCurrency"),
    ("currencyExchange", EXCHANGE | {"sold": "0"}, INVALID, "sold"),
    ("currencyExchange", EXCHANGE | {"bought": "-9"}, INVALID, "bought"),
    ("returnOfCapital", INCOME | {"currency": "EUR"}, INVALID, "currency"),
    # Words.
    ("symbolChange", CHANGE | {"note": "x" * 2_001}, INVALID, "note"),
    ("optionExpiry", EVENT | {"note": "\u202eabc"}, INVALID, "note"),
    ("merger", MERGER | {"cashPerUnit": "1", "note": "a\u0000b"}, INVALID, "note"),
]


@pytest.fixture
def recording(client, portfolio):
    """Send a transaction; return the whole response."""

    async def send(transaction, key="key"):
        told = {"portfolioId": global_id("Portfolio", portfolio.id), "idempotencyKey": key, "transaction": transaction}
        return await client.execute(DOCUMENTS["RecordTransaction"], {"input": told})

    return send


@pytest.fixture
async def filled(recording):
    for number, transaction in enumerate(FIRST):
        response = await recording(transaction, f"first {number}")
        assert response["data"]["recordTransaction"]["userErrors"] == [], transaction


async def stored():
    counts = [await model.all().count() for model in (Transaction, Posting, AuditEntry)]
    return counts, await Portfolio.all().values_list("version", flat=True)


async def test_every_refusal_names_its_field_and_changes_nothing(recording, filled):
    before = await stored()
    wrong: list[object] = []
    for kind, told, code, field in REFUSALS:
        response = await recording({kind: told})
        payload = (response.get("data") or {}).get("recordTransaction") or {}
        errors = [(each["code"], each["field"]) for each in payload.get("userErrors", ())]
        if errors != [(code, ["transaction", kind, *field.split()])] or payload["transaction"] is not None:
            wrong.append((kind, told, code, field, response))
        if await stored() != before:
            wrong.append((kind, told, "changed something"))
            break

    assert wrong == []
    # A contract that was asked for and refused may be there: it is a fact of the market.
    assert await Instrument.filter(symbol__startswith="ZZZ").count() == 0


NUMBERS = ["NaN", "Infinity", "-Infinity", "1e99999", "0x10", "1_000", "", "9" * 41]
PLACES = [
    ("transferIn", TRANSFER | {"lots": [ARRIVING]}, "quantity"),
    ("currencyExchange", EXCHANGE, "sold"),
    ("spinOff", SPIN_OFF, "costFraction"),
    ("merger", STOCK, "newPrice"),
    ("optionOpen", OPTION, "price"),
    ("split", SPLIT | {"denominator": 3}, "cashInLieu"),
]


@pytest.mark.parametrize(("kind", "told", "field"), PLACES, ids=[kind for kind, _, _ in PLACES])
async def test_what_is_no_number_is_refused_before_anything_is_read(recording, filled, kind, told, field):
    before = await stored()

    for number in (*NUMBERS, 1e400, 1.5):
        response = await recording({kind: told | {field: number}})
        assert codes(response) == ["BAD_REQUEST"], (number, response)
        assert await stored() == before


@pytest.mark.parametrize(("kind", "told", "field"), PLACES, ids=[kind for kind, _, _ in PLACES])
async def test_a_number_that_no_column_holds_is_refused_with_its_field(recording, filled, kind, told, field):
    before = await stored()

    for number in ("1e400", "1e-400", "9" * 19):
        answered = (await recording({kind: told | {field: number}}))["data"]["recordTransaction"]["userErrors"]
        assert [(each["code"], each["field"]) for each in answered] == [("INVALID_INPUT", ["transaction", kind, field])]
        assert await stored() == before


async def test_a_ratio_that_no_integer_holds_is_refused(recording, filled):
    before = await stored()

    for number in (2**31, 10**30, -(2**31) - 1, 1.5, "2"):
        assert codes(await recording({"split": SPLIT | {"numerator": number}})) == ["BAD_REQUEST"], number
        assert await stored() == before
