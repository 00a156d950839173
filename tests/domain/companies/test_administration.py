"""Administrators add companies, say what they are, and take them out of the lists."""

import pytest

from domain.audit.models import AuditEntry
from domain.companies import administration
from domain.companies.events import CompaniesChanged
from domain.companies.models import Company
from domain.companies.preparing import position
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NameTaken, NotFound, VersionConflict
from domain.kernel.ids import new_id

ADMIN = Actor(user_id=new_id(), roles=frozenset({Role.USER, Role.ADMIN}))
TEXTS = {"name": " Apple Inc. ", "industry": "Hardware", "exchange": "NASDAQ", "currency": "USD", "rating": "Buy"}


@pytest.fixture
def administer(resources):
    async def administer(command, *arguments, **options):
        async with resources.unit_of_work(ADMIN) as work:
            return await command(work, *arguments, **options)

    return administer


@pytest.fixture
async def apple(administer):
    return await administer(administration.create_company, "AAPL", TEXTS)


async def test_a_company_that_is_added_is_there_announced_and_on_record(resources, administer):
    async with resources.bus.listen(CompaniesChanged.CHANNEL) as heard:
        made = await administer(administration.create_company, "AAPL", TEXTS)

        event = await heard.next()

    stored = await Company.get(id=made.id)
    assert (stored.name, stored.exchange, stored.rating, stored.version) == ("Apple Inc.", "XNAS", "Buy", 1)
    assert isinstance(event, CompaniesChanged)
    assert stored.sequence == event.sequence
    entry = await AuditEntry.get(subject_id=made.id)
    assert (entry.action, entry.actor_id) == ("company.create", ADMIN.user_id)


@pytest.mark.parametrize(
    ("ticker", "texts", "field"),
    [
        ("aapl", TEXTS, "ticker"),
        ("", TEXTS, "ticker"),
        ("A" * 13, TEXTS, "ticker"),
        ("AAPL\n", TEXTS, "ticker"),
        ("AAPL", {}, "name"),
        ("AAPL", {**TEXTS, "name": "  "}, "name"),
        ("AAPL", {**TEXTS, "name": "a\u202eb"}, "name"),
        ("AAPL", {**TEXTS, "name": "x" * 201}, "name"),
        ("AAPL", {**TEXTS, "exchange": "the moon"}, "exchange"),
        ("AAPL", {**TEXTS, "currency": "usd"}, "currency"),
        ("AAPL", {**TEXTS, "rating": "Maybe"}, "rating"),
        ("AAPL", {**TEXTS, "sequence": "7"}, "sequence"),
    ],
)
async def test_what_no_company_can_be_is_refused(administer, ticker, texts, field):
    with pytest.raises(InvalidInput) as refused:
        await administer(administration.create_company, ticker, texts)

    assert refused.value.field == (field,)
    assert await Company.all().count() == 0
    assert await position() is None


async def test_a_ticker_is_one_companys(administer, apple):
    with pytest.raises(NameTaken):
        await administer(administration.create_company, "AAPL", TEXTS)

    assert await Company.all().count() == 1


async def test_only_what_is_given_is_changed(administer, apple):
    await administer(administration.update_company, apple.id, {"rating": None, "name": "Apple"}, expected_version=1)

    stored = await Company.get(id=apple.id)
    assert (stored.name, stored.rating, stored.industry, stored.version) == ("Apple", None, "Hardware", 2)
    assert stored.sequence == 2


async def test_a_name_is_never_taken_away(administer, apple):
    with pytest.raises(InvalidInput):
        await administer(administration.update_company, apple.id, {"name": None})


async def test_who_has_seen_an_older_version_is_refused(administer, apple):
    await administer(administration.update_company, apple.id, {"analyst": "A. N. Other"})

    with pytest.raises(VersionConflict):
        await administer(administration.deactivate_company, apple.id, expected_version=1)

    assert (await Company.get(id=apple.id)).is_active


async def test_one_that_is_taken_out_of_the_lists_can_come_back(administer, apple):
    gone = await administer(administration.deactivate_company, apple.id)
    assert not (await Company.get(id=apple.id)).is_active

    await administer(administration.reactivate_company, apple.id, expected_version=gone.version)

    assert (await Company.get(id=apple.id)).is_active


async def test_an_unknown_one_is_not_found(administer):
    with pytest.raises(NotFound):
        await administer(administration.deactivate_company, new_id())

    assert await position() is None
