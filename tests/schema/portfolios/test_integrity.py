"""`portfolio.integrity`: each invariant with its verdict, and what a damaged ledger says."""

import pytest

from domain.portfolios.integrity import Invariant
from domain.storage import statements
from schema.shared.node import global_id
from tests.factories.portfolios import TUESDAY, buy, contribution, record, reverse, sell
from tests.support.statements import counted_statements

INTEGRITY = """
query ($id: ID!) {
  portfolio(id: $id) {
    integrity { id version holds transactions postings checks { name description holds seen expected } }
  }
}
"""


@pytest.fixture
def examine(ask, portfolio):
    async def run(**more):
        found = await ask(INTEGRITY, id=global_id("Portfolio", portfolio.id), **more)
        return None if found is None else found["integrity"]

    return run


@pytest.fixture
async def filled(small_market, owner, portfolio):
    await record(small_market, owner, portfolio.id, contribution("1000"), buy("AAA", "10", "10.50", fees="1"))
    mistaken = await record(small_market, owner, portfolio.id, buy("BBB", "1", "90"))
    await reverse(small_market, owner, mistaken)
    await record(small_market, owner, portfolio.id, sell("AAA", "4", "12", TUESDAY))
    return portfolio


async def damage(text):
    await statements.connection().execute_query(text)


def broken(found):
    return {check["name"] for check in found["checks"] if not check["holds"]}


async def test_every_invariant_of_a_sound_ledger_holds(examine, filled):
    found = await examine()

    assert (found["holds"], found["version"], found["transactions"], found["postings"]) == (True, 5, 5, 19)
    assert [check["name"] for check in found["checks"]] != []
    assert {check["name"] for check in found["checks"]} == {each.value for each in Invariant}
    assert broken(found) == set()
    seen = {check["name"]: (check["seen"], check["expected"]) for check in found["checks"]}
    assert seen["CASH_IS_POSTED"] == ("USD 942", "USD 942")
    assert seen["POSITIONS_ARE_POSTED"] == ("AAA 6", "AAA 6")
    assert seen["COSTS_ARE_INVESTED"] == ("USD 58", "USD 58")
    assert seen["MONEY_BALANCES"] == ("0", "0")


async def test_an_empty_ledger_is_sound(examine):
    found = await examine()

    assert (found["holds"], found["version"], found["transactions"]) == (True, 0, 0)


async def test_a_stranger_sees_none(examine, filled, stranger):
    assert await examine(actor=stranger) is None


DAMAGES = [
    (
        "UPDATE postings SET amount = '1.50000000' WHERE book = 'CAPITAL'",
        {"MONEY_BALANCES"},
    ),
    (
        "UPDATE postings SET units = '7.0000000000' WHERE book = 'HOLDINGS' AND units = '-4.0000000000'",
        {"UNITS_BALANCE", "POSITIONS_ARE_POSTED"},
    ),
    (
        "UPDATE transactions SET amount = '-107.00000000' WHERE sequence = 2",
        {"AMOUNTS_ARE_POSTED", "COSTS_ARE_INVESTED", "REPLAY_AGREES"},
    ),
    (
        "UPDATE transactions SET amount = '-91.00000000' WHERE sequence = 3",
        {"AMOUNTS_ARE_POSTED", "REVERSALS_ARE_SINGLE"},
    ),
    (
        "UPDATE transactions SET sequence = 9 WHERE sequence = 5",
        {"SEQUENCE_IS_WHOLE", "POSITIONS_ARE_POSTED", "CASH_IS_POSTED"},
    ),
    ("UPDATE portfolios SET version = 6", {"SEQUENCE_IS_WHOLE"}),
    ("DELETE FROM audit_entries WHERE action = 'transaction.reversal'", {"CHANGES_ARE_AUDITED"}),
    (
        "UPDATE transactions SET quantity = '11.0000000000' WHERE sequence = 5",
        {"POSITIONS_ARE_POSTED", "REPLAY_AGREES", "CASH_IS_POSTED"},
    ),
]


@pytest.mark.parametrize(("told", "expected"), DAMAGES, ids=[text[:60] for text, _ in DAMAGES])
async def test_a_damaged_ledger_says_what_is_wrong(examine, filled, told, expected):
    await damage(told)

    found = await examine()

    assert not found["holds"]
    assert broken(found) == expected
    assert all(check["seen"] != check["expected"] for check in found["checks"] if not check["holds"])


async def test_what_has_grown_beside_the_rows_is_found(examine, filled):
    # The state is at hand before the row is changed behind its back.
    assert (await examine())["holds"]
    await damage("UPDATE transactions SET amount = '-106.50000000' WHERE sequence = 2")

    assert "REPLAY_AGREES" in broken(await examine())


async def test_its_statements_do_not_grow_with_the_ledger(examine, filled, small_market, owner):
    await examine()
    with counted_statements() as few:
        await examine()
    await record(small_market, owner, filled.id, *[contribution("1") for _ in range(20)])
    await examine()
    with counted_statements() as many:
        await examine()

    assert len(many) == len(few) <= 12, many
