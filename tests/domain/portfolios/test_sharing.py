"""Sharing: who gets what, at once and no longer; nothing tells who has an account."""

import random
from datetime import timedelta

import pytest

from domain.audit.models import AuditEntry
from domain.kernel.absence import AbsenceReason
from domain.kernel.actor import NOBODY, SYSTEM, Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.paging import page_request
from domain.portfolios import queries, shares, sharing
from domain.portfolios.access import Permission, accessible
from domain.portfolios.marking import mark_portfolios
from domain.portfolios.models import Portfolio, Share
from domain.portfolios.shares import Grant
from domain.portfolios.types import PortfolioPermission, SharePermission
from tests.factories.identity import make_person
from tests.factories.portfolios import FRIDAY, NOW, buy, contribution, open_portfolio, record, reverse, value

VIEWER, EDITOR = SharePermission.VIEWER, SharePermission.EDITOR
ALL = page_request(100, None, None, None)


@pytest.fixture
def share(small_market, owner, portfolio):
    """Share the portfolio."""

    async def run(email, permission=VIEWER, *, hidden=False, actor=owner, portfolio_id=portfolio.id):
        async with small_market.unit_of_work(actor) as work:
            made, _ = await sharing.share_portfolio(
                work, portfolio_id, email=email, permission=permission, hides_amounts=hidden
            )
        return made

    return run


@pytest.fixture
def unshare(small_market, owner, portfolio):
    async def run(email, *, actor=owner):
        async with small_market.unit_of_work(actor) as work:
            await sharing.unshare_portfolio(work, portfolio.id, email=email)

    return run


@pytest.fixture
async def friend(small_market):
    return (await make_person(small_market, "friend@example.com")).actor


@pytest.fixture
async def filled(small_market, portfolio, record_it):
    await record_it(contribution("1000"), buy("AAA", "30", "10"))
    async with small_market.unit_of_work(SYSTEM) as work:
        await mark_portfolios(work, [portfolio.id], FRIDAY, NOW)
    return portfolio


async def may(actor, portfolio):
    """What an actor may do with a portfolio."""
    return {each for each in Permission if await accessible(actor, each).filter(id=portfolio.id).exists()}


OUTLINE, VIEW, EDIT = ({Permission.OUTLINE}, {Permission.OUTLINE, Permission.VIEW}, set(Permission) - {Permission.OWN})


@pytest.mark.parametrize(
    ("permission", "hidden", "expected"), [(VIEWER, True, OUTLINE), (VIEWER, False, VIEW), (EDITOR, False, EDIT)]
)
async def test_each_share_gives_what_it_says(share, portfolio, owner, friend, stranger, permission, hidden, expected):
    await share("Friend@Example.com", permission, hidden=hidden)

    assert await may(friend, portfolio) == expected
    assert await may(owner, portfolio) == await may(SYSTEM, portfolio) == set(Permission)
    assert await may(stranger, portfolio) == await may(NOBODY, portfolio) == set()


async def test_a_share_is_changed_and_taken_back_at_once(share, unshare, portfolio, friend):
    first = await share("friend@example.com", EDITOR)
    again = await share("friend@example.com", VIEWER, hidden=True)

    assert (again.id, again.created_at) == (first.id, first.created_at)
    assert await may(friend, portfolio) == OUTLINE
    await unshare("friend@example.com")
    assert await may(friend, portfolio) == set()
    with pytest.raises(NotFound) as raised:
        await unshare("friend@example.com")
    assert raised.value.field == ("email",)


async def test_an_address_without_an_account_is_answered_alike_and_gives_nothing_later(
    small_market, share, owner, portfolio, friend
):
    known, unknown = await share("friend@example.com"), await share("nobody@example.com")

    told = [(each.permission, each.hides_amounts, each.created_at) for each in (known, unknown)]
    assert told[0] == told[1]
    listed = (await shares.shares_of(owner, [portfolio.id]))[0]
    assert [each.email for each in listed] == ["friend@example.com", "nobody@example.com"]
    newcomer = (await make_person(small_market, "nobody@example.com")).actor
    assert await may(newcomer, portfolio) == set()
    await share("nobody@example.com")
    assert await may(newcomer, portfolio) == VIEW


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "nothing"}, "email"),
        ({"email": "owner@example.com"}, "email"),
        ({"email": "OWNER@example.com"}, "email"),
        ({"email": "friend@example.com", "permission": EDITOR, "hidden": True}, "hides_amounts"),
    ],
)
async def test_what_is_refused_shares_nothing(share, given, field):
    with pytest.raises(InvalidInput) as raised:
        await share(**given)

    assert raised.value.field == (field,)
    assert await Share.all().count() == 0


async def test_only_the_owner_shares(share, unshare, stranger, friend):
    await share("friend@example.com", EDITOR)

    for actor in (stranger, friend):
        with pytest.raises(NotFound):
            await share("stranger@example.com", actor=actor)
        with pytest.raises(NotFound):
            await unshare("friend@example.com", actor=actor)
    assert await Share.all().count() == 1


async def test_at_most_a_hundred(share, portfolio, owner):
    await Share.bulk_create(
        Share(
            tenant_id=owner.tenant_id, portfolio_id=portfolio.id, email=f"{n}@b.cd", permission=VIEWER, created_at=NOW
        )
        for n in range(sharing.MOST_SHARES)
    )

    await share("7@b.cd", EDITOR)
    with pytest.raises(InvalidInput, match="expected at most 100 shares"):
        await share("friend@example.com")


async def test_the_audit_does_not_hold_addresses(share, unshare):
    await share("friend@example.com")
    await unshare("friend@example.com")

    written = await AuditEntry.filter(action__startswith="portfolio.").values("action", "before", "after")
    assert [each["action"] for each in written] == ["portfolio.create", "portfolio.share", "portfolio.unshare"]
    assert "friend" not in str(written)


async def test_grants_say_what_an_actor_may(share, portfolio, owner, friend, stranger):
    await share("friend@example.com", VIEWER, hidden=True)

    assert await shares.grants(owner, [portfolio.id]) == [Grant(PortfolioPermission.OWNER, hides_amounts=False)]
    assert await shares.grants(friend, [portfolio.id]) == [Grant(PortfolioPermission.VIEWER, hides_amounts=True)]
    assert await shares.grants(stranger, [portfolio.id]) == [None]


async def test_what_is_shared_is_found_by_who_it_is_shared_with(small_market, share, owner, friend, portfolio):
    own = await open_portfolio(small_market, friend, "Mine")
    await share("friend@example.com")

    async def found(actor, user):
        page = await shares.shared_page(actor, user.user_id, ALL, with_total=True)
        return [row.id for row in page.rows], page.total

    assert await found(friend, friend) == ([portfolio.id], 1)
    assert await found(owner, owner) == await found(owner, friend) == ([], 0)
    page = await queries.portfolio_page(friend, friend.user_id, ALL, with_total=False)
    assert [row.id for row in page.rows] == [own.id]


async def test_an_editor_records_in_another_s_portfolio(small_market, share, filled, owner, friend, stranger):
    await share("friend@example.com", EDITOR)

    transaction = await record(small_market, friend, filled.id, contribution("50"))
    await reverse(small_market, friend, transaction)

    assert (transaction.recorded_by, transaction.tenant_id) == (friend.user_id, filled.tenant_id)
    await share("friend@example.com", VIEWER)
    for actor in (friend, stranger):
        with pytest.raises(NotFound):
            await record(small_market, actor, filled.id, contribution("50"))
    assert (await Portfolio.get(id=filled.id)).version == 4


async def test_a_viewer_sees_what_the_owner_sees(share, filled, owner, friend):
    await share("friend@example.com")

    assert await value(friend, filled.id) == await value(owner, filled.id)
    for read in (queries.transaction_page, queries.mark_page):
        theirs, own = [await read(actor, filled.id, ALL, with_total=True) for actor in (friend, owner)]
        assert ([row.id for row in theirs.rows], theirs.total) == ([row.id for row in own.rows], own.total)
        assert theirs.rows


async def test_hidden_amounts_are_nowhere(share, filled, owner, friend):
    await share("friend@example.com", hidden=True)
    whole = await value(owner, filled.id)

    veiled = await value(friend, filled.id)

    assert veiled.cash == ()
    money = ("total_value", "invested_value", "cash_balance", "cost_basis", "unrealized_gain", "day_change")
    assert [getattr(veiled, name) for name in money] == [None] * 6
    hidden = [each for each in veiled.absences if each.message == "hidden by the owner"]
    assert {each.field: each.reason for each in hidden} == dict.fromkeys(money, AbsenceReason.NOT_APPLICABLE)
    assert veiled.day_change_percent == whole.day_change_percent is not None
    ((position,), (before,)) = veiled.positions, whole.positions
    units = ("quantity", "average_cost", "cost_basis", "market_value", "unrealized_gain", "day_change")
    assert [getattr(position, name) for name in units] == [None] * 6
    assert {each.field for each in position.absences} == set(units)
    assert (position.weight, position.price, position.kind) == (before.weight, before.price, before.kind)
    assert position.weight is not None


async def test_rows_of_a_portfolio_whose_amounts_are_hidden_are_not_found(share, filled, owner, friend):
    transactions = [row.id for row in (await queries.transaction_page(owner, filled.id, ALL, with_total=False)).rows]
    marks = [row.id for row in (await queries.mark_page(owner, filled.id, ALL, with_total=False)).rows]
    assert len(transactions) == 2
    assert len(marks) == 1

    await share("friend@example.com", hidden=True)

    for read in (queries.transaction_page, queries.mark_page):
        page = await read(friend, filled.id, ALL, with_total=True)
        assert (list(page.rows), page.total) == ([], 0)
    assert await queries.transactions_by_id(friend, transactions) == [None, None]
    assert await queries.postings_of(friend, transactions) == [[], []]
    assert await queries.marks_by_id(friend, marks) == [None]
    assert (await queries.portfolios_by_id(friend, [filled.id]))[0] is not None
    assert await queries.portfolios_by_id(friend, [filled.id], Permission.VIEW) == [None]


async def test_what_is_deleted_is_there_for_nobody(share, portfolio, owner, friend):
    await share("friend@example.com", EDITOR)
    await Portfolio.filter(id=portfolio.id).update(deleted_at=NOW)

    for actor in (owner, friend, SYSTEM):
        assert await may(actor, portfolio) == set()


async def make_fork(portfolio, actor):
    return await Portfolio.create(
        tenant_id=portfolio.tenant_id,
        owner_id=actor.user_id,
        name="What if",
        base_currency="USD",
        fork_of_id=portfolio.id,
        fork_version=0,
        created_at=NOW + timedelta(days=1),
    )


async def test_a_fork_is_its_maker_s_while_they_see_all_of_its_beginning(
    share, unshare, portfolio, owner, friend, stranger
):
    await share("friend@example.com")
    theirs, own = await make_fork(portfolio, friend), await make_fork(portfolio, owner)

    assert await may(friend, theirs) == await may(owner, own) == set(Permission)
    for actor in (owner, stranger):
        assert await may(actor, theirs) == set()
    assert await may(friend, own) == set()
    await share("friend@example.com", hidden=True)
    assert await may(friend, theirs) == set()
    await share("friend@example.com")
    assert await may(friend, theirs) == set(Permission)
    await unshare("friend@example.com")
    assert await may(friend, theirs) == set()
    await Portfolio.filter(id=portfolio.id).update(deleted_at=NOW)
    assert await may(owner, own) == set()


async def test_a_fork_is_not_shared(share, portfolio, owner):
    fork = await make_fork(portfolio, owner)

    with pytest.raises(InvalidInput, match="expected a portfolio, got a modelling session"):
        await share("friend@example.com", portfolio_id=fork.id)


async def test_ten_thousand_pairs_of_users_and_portfolios_see_what_a_plain_reading_of_the_shares_gives(resources):
    chance = random.Random(20221121)
    actors = [Actor(user_id=new_id()) for _ in range(100)]
    made = [
        Portfolio(
            tenant_id=actor.tenant_id,
            owner_id=actor.user_id,
            name="P",
            base_currency="USD",
            created_at=NOW,
            deleted_at=NOW if chance.random() < 0.1 else None,
        )
        for actor in actors
    ]
    await Portfolio.bulk_create(made)
    shared = {
        (portfolio.id, actor.user_id): (chance.choice((VIEWER, EDITOR)), chance.random() < 0.4)
        for portfolio in made
        for actor in chance.sample(actors, 10)
    }
    await Share.bulk_create(
        Share(
            tenant_id=actors[0].tenant_id,
            portfolio_id=portfolio_id,
            user_id=user_id,
            email=f"{user_id}@b.cd",
            permission=permission,
            hides_amounts=hidden,
            created_at=NOW,
        )
        for (portfolio_id, user_id), (permission, hidden) in shared.items()
    )

    def reads(actor, portfolio, asked):
        if portfolio.deleted_at or portfolio.owner_id == actor.user_id:
            return not portfolio.deleted_at
        permission, hidden = shared.get((portfolio.id, actor.user_id), (None, False))
        allowed = {Permission.OUTLINE: (VIEWER, EDITOR), Permission.VIEW: (VIEWER, EDITOR), Permission.EDIT: (EDITOR,)}
        return permission in allowed.get(asked, ()) and (asked is Permission.OUTLINE or not hidden)

    for asked in Permission:
        for actor in actors:
            found = {key for (key,) in await accessible(actor, asked).values_list("id")}
            assert found == {portfolio.id for portfolio in made if reads(actor, portfolio, asked)}
