"""What is made known of companies is known, may be asked for as it was, and may be taken back."""

from datetime import timedelta

import pytest

from domain.companies import board, snapshots
from domain.companies.administration import create_company, deactivate_company, update_company
from domain.companies.board import Boards
from domain.companies.errors import Overtaken
from domain.companies.events import CompaniesChanged
from domain.companies.models import Company, CompanySnapshot
from domain.companies.preparing import position, prepare
from domain.companies.publishing import publish, withdraw
from domain.companies.types import Origin, Publication, Record
from domain.kernel.absence import AbsenceReason
from domain.kernel.actor import SYSTEM
from domain.kernel.errors import NotFound
from domain.market.types import DataQuality
from domain.storage import statements
from domain.storage.statements import statement
from tests.factories.publications import FUTURE, MONDAY, NEXT, make_known
from tests.support.statements import counted_statements

APPLE = Record(ticker="AAPL", texts={"name": "Apple", "industry": "Hardware"}, figures={"per": 30.0, "roe": 150.5})
NVIDIA = Record(ticker="NVDA", texts={"name": "NVIDIA"}, figures={"per": 52.0})
BOTH = (APPLE, NVIDIA)
# What a session has counted is told to others a little later.
FLUSH = statement("SELECT pg_stat_force_next_flush()::text")
ENTRIES = statement("SELECT SUM(idx_tup_read)::bigint FROM pg_stat_user_indexes WHERE relname LIKE 'compan%'")


async def company_id(ticker):
    return (await Company.get(ticker=ticker)).id


async def latest(ticker):
    (found,) = await snapshots.latest_snapshots([await company_id(ticker)])
    return found


async def test_what_is_published_is_the_latest_with_where_it_comes_from(resources):
    published = await make_known(resources, BOTH)

    assert (published.companies, published.added, published.position.sequence) == (2, 2, 1)
    apple = await latest("AAPL")
    assert apple is not None
    assert apple.figures == {"per": 30.0, "roe": 150.5}
    assert apple.origin_of("per") == Origin(source="a feed", grade=DataQuality.GOOD, as_of=MONDAY)
    nvidia = await latest("NVDA")
    assert nvidia is not None
    assert (nvidia.absence_of("per"), nvidia.absence_of("roe"), nvidia.absence_of("pbr")) == (
        None,
        AbsenceReason.NOT_REPORTED,
        AbsenceReason.NOT_COVERED,
    )


async def test_it_is_announced_after_it_is_stored(resources):
    async with resources.bus.listen(CompaniesChanged.CHANNEL) as heard:
        published = await make_known(resources, BOTH)

        event = await heard.next()

    assert event == CompaniesChanged(epoch=published.position.epoch, sequence=1)


async def test_what_a_source_does_not_cover_is_carried_over_and_says_so(resources):
    await make_known(resources, BOTH)

    await make_known(
        resources, [Record(ticker="AAPL", figures={"pbr": 40.0})], as_of=NEXT, covered=["pbr", "per"], source="another"
    )

    apple = await latest("AAPL")
    assert apple is not None
    assert apple.figures == {"pbr": 40.0, "roe": 150.5}, "its source covers per, and says nothing of it"
    assert apple.origin_of("roe") == Origin(source="a feed", grade=DataQuality.GOOD, as_of=MONDAY)
    assert apple.origin_of("pbr") == Origin(source="another", grade=DataQuality.GOOD, as_of=NEXT)
    assert apple.texts == {"name": "Apple", "industry": "Hardware"}


@pytest.mark.parametrize(
    ("days", "value", "grade"),
    [(135, 30.0, DataQuality.GOOD), (136, 30.0, DataQuality.FAIR), (500, 30.0, DataQuality.FAIR), (501, None, None)],
)
async def test_a_value_carried_over_is_believed_less_as_it_ages_and_then_no_more(resources, days, value, grade):
    await make_known(resources, BOTH)

    await make_known(resources, [Record(ticker="AAPL")], as_of=MONDAY + timedelta(days=days), covered=["pbr"])

    apple = await latest("AAPL")
    assert apple is not None
    assert apple.figures.get("per") == value
    assert value is None or apple.origin_of("per").grade is grade
    assert apple.absence_of("per") is (None if value else AbsenceReason.NOT_COVERED)


async def test_what_is_published_of_an_earlier_day_changes_nothing_of_the_present(resources):
    await make_known(resources, BOTH, as_of=NEXT)

    await make_known(resources, [Record(ticker="AAPL", texts={"name": "Old"}, figures={"per": 10.0})], as_of=MONDAY)

    apple = await latest("AAPL")
    assert apple is not None
    assert (apple.as_of, apple.figures["per"]) == (NEXT, 30.0)
    assert (await Company.get(ticker="AAPL")).name == "Apple"
    (before,) = await snapshots.snapshots_as_of([apple.company_id], MONDAY, FUTURE)
    assert before is not None
    assert before.figures["per"] == 10.0


async def test_what_was_known_before_a_correction_can_be_asked_for(resources, clock):
    await make_known(resources, BOTH)
    first = await latest("AAPL")
    clock.advance(seconds=1)
    await make_known(resources, [Record(ticker="AAPL", figures={"per": 31.0})])

    second = await latest("AAPL")

    assert first is not None
    assert second is not None
    assert (first.as_of, second.as_of) == (MONDAY, MONDAY)
    (then,) = await snapshots.snapshots_as_of([first.company_id], MONDAY, first.recorded_at)
    (now,) = await snapshots.snapshots_as_of([first.company_id], MONDAY, second.recorded_at)
    assert then is not None
    assert now is not None
    assert (then.figures["per"], now.figures["per"]) == (30.0, 31.0)


async def test_what_is_withdrawn_is_as_if_it_had_never_been_and_the_past_remembers(resources, clock):
    await make_known(resources, BOTH)
    wrongs = [Record(ticker="AAPL", texts={"name": "Wrong"}, figures={"per": 3.0}), Record(ticker="XXXX")]
    second = await make_known(resources, wrongs, as_of=NEXT)
    wrong = await latest("AAPL")
    clock.advance(seconds=1)

    async with resources.unit_of_work(SYSTEM) as work:
        await withdraw(work, second.id)

    apple = await latest("AAPL")
    assert apple is not None
    assert wrong is not None
    assert (apple.figures["per"], (await Company.get(ticker="AAPL")).name) == (30.0, "Apple")
    unknown = await Company.get(ticker="XXXX")
    assert (unknown.snapshot_id, unknown.is_active) == (None, False)
    (then,) = await snapshots.snapshots_as_of([apple.company_id], NEXT, wrong.recorded_at)
    assert then is not None
    assert then.figures["per"] == 3.0
    history = await snapshots.snapshot_history([apple.company_id], MONDAY, NEXT, FUTURE)
    assert [each.as_of for each in history[apple.company_id]] == [MONDAY]


async def say(resources, ticker, **texts):
    async with resources.unit_of_work(SYSTEM) as work:
        await update_company(work, await company_id(ticker), texts)


async def withdrawn(resources, published):
    async with resources.unit_of_work(SYSTEM) as work:
        await withdraw(work, published.id)


async def test_what_an_administrator_has_said_stands_until_a_publication_says_otherwise(resources):
    await make_known(resources, [Record(ticker="AAPL", texts={"name": "Apple", "industry": "Hardware"})])
    await say(resources, "AAPL", name="Apple Inc.", industry="Phones", analyst="A. House")

    published = await make_known(resources, [Record(ticker="AAPL", texts={"name": "Apple!"})], as_of=NEXT)

    apple = await Company.get(ticker="AAPL")
    assert (apple.name, apple.industry, apple.analyst) == ("Apple!", "Phones", "A. House")

    await withdrawn(resources, published)

    apple = await Company.get(ticker="AAPL")
    assert (apple.name, apple.industry, apple.analyst) == ("Apple", "Phones", "A. House")


async def test_what_an_administrator_says_after_a_publication_stays_when_that_is_withdrawn(resources):
    first = await make_known(resources, [APPLE])
    second = await make_known(resources, [Record(ticker="AAPL", texts={"name": "Orange"})], as_of=NEXT)
    await say(resources, "AAPL", name="Pear", sector="Fruit")

    await withdrawn(resources, second)
    await withdrawn(resources, first)

    apple = await Company.get(ticker="AAPL")
    assert (apple.name, apple.sector, apple.is_active) == ("Pear", "Fruit", False)


async def test_withdrawing_what_is_of_an_earlier_day_leaves_what_is_said_of_a_company_now(resources):
    earlier = await make_known(resources, [Record(ticker="AAPL", texts={"name": "Apple", "industry": "Phones"})])
    await make_known(resources, [Record(ticker="AAPL", texts={"name": "Apple", "industry": "Hardware"})], as_of=NEXT)
    await say(resources, "AAPL", industry="Phones")

    await withdrawn(resources, earlier)

    assert (await Company.get(ticker="AAPL")).industry == "Phones"


async def test_a_company_that_an_administrator_has_added_stays_when_all_numbers_are_withdrawn(resources, clock):
    async with resources.unit_of_work(SYSTEM) as work:
        await create_company(work, "AAPL", {"name": "Apple"})
    clock.advance(timedelta(seconds=1))
    published = await make_known(resources, BOTH)

    await withdrawn(resources, published)

    assert (await Company.get(ticker="AAPL")).is_active
    assert not (await Company.get(ticker="NVDA")).is_active


async def test_what_an_administrator_has_taken_out_of_the_lists_stays_out_when_its_first_numbers_come(resources):
    async with resources.unit_of_work(SYSTEM) as work:
        await create_company(work, "AAPL", {"name": "Apple"})
        await deactivate_company(work, await company_id("AAPL"))

    published = await make_known(resources, BOTH)

    assert not (await Company.get(ticker="AAPL")).is_active

    await withdrawn(resources, published)
    await make_known(resources, BOTH)

    assert not (await Company.get(ticker="AAPL")).is_active
    assert (await Company.get(ticker="NVDA")).is_active


@pytest.mark.parametrize("databases", ["postgres"], indirect=True)
async def test_withdrawing_thousands_does_not_look_through_all_of_them_for_each(resources):
    count = 2_000
    records = [Record(ticker=f"T{number}", texts={"name": f"No. {number}"}) for number in range(count)]
    await make_known(resources, records)
    published = await make_known(resources, records, as_of=NEXT)
    before = await index_entries_read()

    await withdrawn(resources, published)

    read = await index_entries_read() - before
    assert 0 < read < 30 * count


async def index_entries_read():
    await statements.fetch(FLUSH)
    ((found,),) = await statements.fetch(ENTRIES)
    return found


async def test_nothing_is_withdrawn_twice(resources):
    published = await make_known(resources, BOTH)
    async with resources.unit_of_work(SYSTEM) as work:
        await withdraw(work, published.id)

    with pytest.raises(NotFound):
        async with resources.unit_of_work(SYSTEM) as work:
            await withdraw(work, published.id)

    at = await position()
    assert at is not None
    assert at.sequence == 2


async def test_what_was_overtaken_is_not_published(resources):
    publication = Publication(source="slow", as_of=MONDAY, covered=["per"], records=[APPLE])
    prepared = await prepare(publication, FUTURE, resources.compute)
    await make_known(resources, BOTH)

    with pytest.raises(Overtaken):
        async with resources.unit_of_work(SYSTEM) as work:
            await publish(work, prepared)

    assert await CompanySnapshot.all().count() == 2


async def test_two_records_of_one_company_are_refused(resources):
    with pytest.raises(ValueError, match="one record of each company"):
        await make_known(resources, [APPLE, APPLE])

    assert await position() is None


async def test_the_board_follows_by_what_has_changed(resources):
    boards = resources.shared(Boards)
    assert (await boards.latest()).companies == ()
    await make_known(resources, BOTH)
    first = await boards.latest()
    later = [Record(ticker="AMD", figures={"per": 40.0}), Record(ticker="NVDA", figures={"per": 50.0})]
    await make_known(resources, later)

    latest_board = await boards.latest()

    assert [company.ticker for company in latest_board.companies] == ["AAPL", "AMD", "NVDA"]
    assert latest_board.numbers("per").tolist() == [30.0, 40.0, 50.0]
    assert (latest_board.value(0, "roe"), latest_board.value(1, "roe")) == (150.5, None)
    assert first.numbers("per").tolist() == [30.0, 52.0], "a board that somebody holds stays as it was"
    assert (await Boards(resources).latest()).companies == latest_board.companies
    with counted_statements() as made:
        await boards.latest()
    assert len(made) == 1


async def test_a_board_is_read_in_parts(resources, monkeypatch):
    await make_known(resources, BOTH)
    await make_known(resources, [Record(ticker=name, figures={"per": 1.0}) for name in ("A", "B", "ZZ")])
    whole = await resources.shared(Boards).latest()
    monkeypatch.setattr(board, "_PART", 2)

    with counted_statements() as made:
        found = await Boards(resources).latest()

    assert found.companies == whole.companies
    assert found.numbers("per").tolist() == [1.0, 30.0, 1.0, 52.0, 1.0]
    assert len(made) == 4, "where changes stand, and 2, 2 and 1 companies"
