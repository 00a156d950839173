"""Accounts: what may be said of one, that numbers are sealed at their rows, and when one can be closed."""

import logging
from decimal import Decimal
from typing import Any

import pytest
from tortoise import connections

from domain.audit.models import AuditEntry
from domain.infra.database import sqlite_path
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ports import SealBroken
from domain.portfolios import account_numbers, accounts
from domain.portfolios.account_numbers import checked_number, checked_routing_number, masked, number_place
from domain.portfolios.entries import CurrencyExchange
from domain.portfolios.models import Account, Portfolio
from domain.portfolios.types import AccountKind
from domain.vault import queries as vault
from tests.factories.portfolios import MONDAY, NOW, TUESDAY, buy, contribution, reverse, sell, withdrawal

NUMBER, ROUTING = "7003-55 91QZ77", "021000021"


@pytest.fixture
def opening(small_market, owner, portfolio):
    """Open an account."""

    async def run(*, actor=owner, portfolio_id=portfolio.id, name="Roth", kind=AccountKind.ROTH_IRA, **change):
        async with small_market.unit_of_work(actor) as work:
            told: Any = {"name": name, "kind": kind, **change}
            account, _ = await accounts.create_account(work, small_market.field_cipher, portfolio_id, told)
        return await Account.get(id=account.id)

    return run


@pytest.fixture
def changing(small_market, owner):
    async def run(account, *, actor=owner, **change):
        async with small_market.unit_of_work(actor) as work:
            told: Any = change
            await accounts.update_account(work, small_market.field_cipher, account.id, told)
        return await Account.get(id=account.id)

    return run


@pytest.fixture
def closing(small_market, owner):
    async def run(account, *, actor=owner):
        async with small_market.unit_of_work(actor) as work:
            await accounts.close_account(work, account.id)
        return await Account.get(id=account.id)

    return run


async def test_an_account_has_what_was_said(opening, portfolio, owner):
    account = await opening(institution="A Bank", number=NUMBER, routing_number=ROUTING)

    assert (account.portfolio_id, account.tenant_id) == (portfolio.id, owner.tenant_id)
    assert (account.name, account.kind, account.institution) == ("Roth", AccountKind.ROTH_IRA, "A Bank")
    assert (masked(account.number_end), masked(account.routing_end)) == ("•••• QZ77", "•••• 0021")
    assert (account.is_default, account.closed_at) == (False, None)


async def test_a_number_is_sealed_at_its_row_and_column(small_market, opening, owner):
    account, other = await opening(number=NUMBER, routing_number=ROUTING), await opening(number="5550001234")
    cipher, tenant = small_market.field_cipher, owner.tenant_id

    assert await vault.opened(cipher, tenant, number_place(account.id), account.number) == NUMBER
    for place, sealed in [
        (number_place(other.id), account.number),
        (number_place(account.id), other.number),
        (number_place(account.id), account.routing_number),
    ]:
        with pytest.raises(SealBroken):
            await vault.opened(cipher, tenant, place, sealed)


async def test_numbers_are_nowhere_in_the_clear(small_market, opening, changing, closing, databases, caplog):
    with caplog.at_level(logging.DEBUG):
        account = await opening(number=NUMBER, routing_number=ROUTING)
        await changing(account, number="8812-7766-3310")
        await closing(account)

    hidden = [NUMBER, "70035591QZ77", "8812-7766-3310", "881277663310", ROUTING]
    assert not [text for text in hidden if text in caplog.text]
    assert "INSERT" in caplog.text
    audited = str(await AuditEntry.all().values())
    assert not [text for text in hidden if text in audited]
    connection = connections.get("default")
    if connection.capabilities.dialect == "sqlite":
        path = sqlite_path(f"sqlite:{connection.filename}")
        stored = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
        assert b"ROTH_IRA" in stored
        assert not [text for text in hidden if text.encode() in stored]
    else:
        assert not [text for text in hidden if text in str(await Account.all().values())]


async def test_an_account_is_found_by_its_number_however_it_is_spelled(
    small_market, opening, owner, stranger, portfolio
):
    account = await opening(number=NUMBER)
    await opening(number="5550001234")

    async def find(actor, number):
        return await accounts.account_by_number(actor, small_market.field_cipher, portfolio.id, number)

    assert (await find(owner, "7003 5591-qz77")).id == account.id
    assert await find(owner, "70035591QZ78") is None
    assert await find(stranger, NUMBER) is None


async def test_nothing_is_found_before_a_number_was_said(small_market, owner, portfolio):
    assert await accounts.account_by_number(owner, small_market.field_cipher, portfolio.id, NUMBER) is None


@pytest.mark.parametrize("number", ["1234", "AB-12 cd", "9" * 34, " 123456 "])
def test_numbers_that_are_taken(number):
    assert checked_number(number) == number.strip()


@pytest.mark.parametrize(
    "number", ["", "123", "1--3", "9" * 35, "12345\n", "12 345_6", "１２３４５６", "12345é", "=1234", "1234\x00"]
)
def test_numbers_that_are_refused_are_not_repeated(number):
    with pytest.raises(InvalidInput) as raised:
        checked_number(number)

    assert raised.value.field == ("number",)
    assert not number.strip() or number not in raised.value.message


# Of the second: 7 × 2 + 1 × 1 + 7 × 2 + 1 × 1 = 30, a multiple of 10.
@pytest.mark.parametrize("number", ["111000025", "021000021", "011000015", "121000374"])
def test_routing_numbers_whose_check_digit_is_right(number):
    assert checked_routing_number(number) == number


@pytest.mark.parametrize("number", ["111000026", "021000012", "000000000", "12345678", "0210000211", "02100002A", ""])
def test_routing_numbers_that_are_refused(number):
    with pytest.raises(InvalidInput) as raised:
        checked_routing_number(number)

    assert raised.value.field == ("routing_number",)


def test_any_digit_that_was_mistyped_is_found():
    for place in range(9):
        for digit in set("0123456789") - {ROUTING[place]}:
            with pytest.raises(InvalidInput):
                checked_routing_number(f"{ROUTING[:place]}{digit}{ROUTING[place + 1 :]}")


def test_no_more_than_half_of_a_short_number_is_shown():
    assert [account_numbers._end(number) for number in ("1234", "123456", "12345678", "123456789")] == [
        "34",
        "456",
        "5678",
        "6789",
    ]


async def test_what_is_not_said_stays_and_null_takes_away(opening, changing):
    account = await opening(institution="A Bank", number=NUMBER, routing_number=ROUTING)

    changed = await changing(account, name="Rollover", kind=AccountKind.TRADITIONAL_IRA)
    assert (changed.name, changed.kind, changed.institution) == ("Rollover", AccountKind.TRADITIONAL_IRA, "A Bank")
    assert (changed.number, changed.number_end, changed.routing_end) == (account.number, "QZ77", "0021")

    changed = await changing(account, institution=None, number=None)
    assert (changed.institution, changed.number, changed.number_end, changed.number_index) == (None,) * 4
    assert changed.routing_number == account.routing_number


@pytest.mark.parametrize("change", [{"name": " "}, {"name": "x" * 201}, {"institution": ""}, {"number": "1"}])
async def test_what_is_refused_changes_nothing(opening, changing, change, stored):
    account = await opening()
    before = await stored(), await Account.filter(id=account.id).values()

    with pytest.raises(InvalidInput) as raised:
        await changing(account, **change)

    assert raised.value.field == tuple(change)
    assert (await stored(), await Account.filter(id=account.id).values()) == before


async def test_a_stranger_s_account_is_not_there(opening, changing, closing, stranger, portfolio):
    account = await opening()

    for refused in (opening(actor=stranger), changing(account, actor=stranger, name="Mine")):
        with pytest.raises(NotFound):
            await refused
    with pytest.raises(NotFound):
        await closing(account, actor=stranger)
    assert (await Account.get(id=account.id)).closed_at is None


async def test_a_modelling_session_has_the_accounts_of_its_portfolio(small_market, opening, owner, portfolio):
    fork = await Portfolio.create(
        tenant_id=owner.tenant_id,
        owner_id=owner.user_id,
        name="What if",
        base_currency="USD",
        fork_of_id=portfolio.id,
        fork_version=0,
        created_at=NOW,
    )

    with pytest.raises(InvalidInput, match="expected a portfolio, got a modelling session"):
        await opening(portfolio_id=fork.id)


async def test_no_more_than_a_hundred(opening, portfolio, owner):
    await Account.bulk_create(
        Account(tenant_id=owner.tenant_id, portfolio_id=portfolio.id, name=f"{n}", kind=AccountKind.HSA, created_at=NOW)
        for n in range(accounts.MOST_ACCOUNTS - 1)
    )

    with pytest.raises(InvalidInput, match="expected at most 100 accounts"):
        await opening()


async def test_an_empty_account_closes_and_takes_no_more(small_market, opening, closing, owner, portfolio, record_it):
    account = await opening()
    await record_it(contribution("100"), buy("AAA", "10", "10"), account_id=account.id)
    last = await record_it(sell("AAA", "10", "10", TUESDAY), withdrawal("100", TUESDAY), account_id=account.id)

    closed = await closing(account)

    assert closed.closed_at is not None
    assert (await closing(account)).closed_at == closed.closed_at
    with pytest.raises(InvalidInput, match="expected an open account, got Roth, closed on") as raised:
        await record_it(contribution("1"), account_id=account.id)
    assert raised.value.field == ("account_id",)
    with pytest.raises(InvalidInput, match="expected an open account"):
        await reverse(small_market, owner, last)


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([contribution("100")], "0 positions, 100 USD"),
        ([buy("AAA", "1", "100")], "1 positions, -100 USD"),
        ([contribution("100"), buy("AAA", "10", "10")], "1 positions"),
        (
            [
                contribution("100"),
                CurrencyExchange(
                    sold=Decimal(100),
                    sold_currency="USD",
                    bought=Decimal(90),
                    bought_currency="EUR",
                    trade_date=MONDAY,
                ),
            ],
            "0 positions, 90 EUR",
        ),
    ],
)
async def test_an_account_that_holds_or_owes_stays_open(opening, closing, record_it, entries, found):
    account = await opening()
    # What another account holds is no matter.
    await record_it(contribution("7"))
    await record_it(*entries, account_id=account.id)

    with pytest.raises(InvalidInput) as raised:
        await closing(account)

    assert raised.value.message == f"expected an account that holds and owes nothing, got {found}"
    assert (await Account.get(id=account.id)).closed_at is None


async def test_the_default_account_stays_open(closing, portfolio):
    with pytest.raises(InvalidInput, match="expected another account, got the default one"):
        await closing(await Account.get(portfolio_id=portfolio.id))
