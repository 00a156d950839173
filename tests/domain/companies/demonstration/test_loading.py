"""The figures of the demonstration are made known once, each with its source and its formula."""

from datetime import date

from domain.companies.board import Boards
from domain.companies.demonstration.figures import read_figures
from domain.companies.demonstration.loading import SOURCE, load_demonstration
from domain.companies.models import Company, CompanyPublication, CompanySnapshot
from domain.companies.snapshots import latest_snapshots, snapshot_history


async def test_every_figure_is_stored_with_where_it_comes_from(resources):
    told = read_figures()

    assert await load_demonstration(resources) == len({each.as_of for each in told})

    assert await CompanySnapshot.all().count() == len(told)
    companies = {company.ticker: company.id for company in await Company.all()}
    histories = await snapshot_history(
        list(companies.values()), date(2000, 1, 1), date(2100, 1, 1), resources.clock.now()
    )
    stored = {(each.company_id, each.as_of): each for history in histories.values() for each in history}
    for each in told:
        snapshot = stored[companies[each.ticker], each.as_of]
        for code, figure in each.figures.items():
            assert snapshot.figures[code] == figure.value
            assert snapshot.origin_of(code).source == figure.source
            assert snapshot.origin_of(code).note == figure.formula


async def test_it_is_loaded_once(resources):
    await load_demonstration(resources)

    assert await load_demonstration(resources) == 0

    assert await CompanyPublication.filter(source=SOURCE).count() == len({each.as_of for each in read_figures()})


async def test_what_is_latest_is_of_the_last_day_and_carries_nothing_of_years_ago(resources):
    await load_demonstration(resources)
    board = await resources.shared(Boards).latest()
    row = board.tickers["AAPL"]

    apple = board.companies[row]
    last = max(each.as_of for each in read_figures() if each.ticker == "AAPL")
    assert apple.as_of == last
    assert board.value(row, "per") is not None
    assert board.value(row, "return1Y") is None, "the prices end in 2022"
    (snapshot,) = await latest_snapshots([apple.id])
    assert snapshot is not None
    assert (snapshot.texts["exchange"], snapshot.texts["industry"]) == ("XNAS", apple.industry)
