"""Tags and strategies of a file: put with its positions, within the limits of tags, and taken off by the undo."""

from domain.portfolios import strategies, tags
from domain.portfolios.imports.models import ImportRow
from domain.portfolios.imports.stored_rows import problems_of
from domain.portfolios.models import PositionTag, Strategy, StrategyMember, Tag
from domain.portfolios.types import RowState
from tests.factories.imports import states

HEADER = "symbol,quantity,entry_price,entry_date,strategy,tags\n"
AAA = 'AAA,20,10,2022-11-14,Core,"growth, tech"\n'
BBB = "BBB,5,90,2022-11-14,Core,growth\n"
FILE = HEADER + AAA + BBB


async def labels(owner, portfolio):
    """Return the names of tags, and of the strategy, by symbol."""
    (tagged,) = await tags.position_tags(owner, [portfolio.id])
    (grouped,) = await strategies.strategies_of(owner, [portfolio.id])
    return (
        sorted([tag.name for tag in each] for each in tagged.values()),
        [(each.row.name, len(each.places)) for each in grouped],
    )


async def remarks(importing):
    rows = await ImportRow.filter(importing_id=importing.id).order_by("line")
    return [(row.line, each.message) for row in rows for each in problems_of(row) if each.code is None]


async def add_tag(small_market, owner, name):
    async with small_market.unit_of_work(owner) as work:
        return await tags.create_tag(work, name=name)


async def test_a_preview_puts_nothing(preview, owner, portfolio):
    await preview(FILE)

    assert await labels(owner, portfolio) == ([], [])
    assert await Tag.all().count() == 0


async def test_positions_have_what_their_rows_name(preview, confirm, owner, portfolio):
    await confirm(await preview(FILE))

    assert await labels(owner, portfolio) == ([["growth"], ["growth", "tech"]], [("Core", 2)])


async def test_the_same_file_again_changes_nothing(preview, confirm, owner, portfolio):
    await confirm(await preview(FILE))
    await PositionTag.all().delete()

    again = await confirm(await preview(FILE))

    assert await states(again) == [RowState.KNOWN] * 2
    assert await labels(owner, portfolio) == ([], [("Core", 2)])


async def test_an_undo_takes_off_what_the_import_put(preview, confirm, undo, owner, portfolio):
    importing = await confirm(await preview(FILE))

    await undo(importing)

    assert await labels(owner, portfolio) == ([], [])
    assert [await table.all().count() for table in (Tag, PositionTag, Strategy, StrategyMember)] == [0, 0, 0, 0]


async def test_what_was_there_before_outlives_the_undo(small_market, preview, confirm, undo, owner, portfolio):
    growth = await add_tag(small_market, owner, "growth")
    first = await confirm(await preview(HEADER + AAA))
    place = await PositionTag.get(tag_id=growth.id)
    second = await confirm(await preview(HEADER + "AAA,7,11,2022-11-15,Core,growth\n"))

    await undo(second)
    assert await labels(owner, portfolio) == ([["growth", "tech"]], [("Core", 1)])
    await undo(first)

    assert await labels(owner, portfolio) == ([], [])
    assert [tag.name for tag in await Tag.all()] == ["growth"]
    assert not await PositionTag.exists(id=place.id)


async def test_a_tag_that_is_used_elsewhere_since_stays(small_market, preview, confirm, undo, owner, portfolio):
    importing = await confirm(await preview(FILE))
    made = await Tag.get(name="tech")
    own = await PositionTag.get(tag_id=made.id)
    (other,) = await PositionTag.exclude(instrument_id=own.instrument_id)
    place = (other.account_id, other.instrument_id)
    async with small_market.unit_of_work(owner) as work:
        await tags.set_position_tags(work, portfolio.id, place, [made.id])

    await undo(importing)

    assert await labels(owner, portfolio) == ([["tech"]], [])
    assert [tag.name for tag in await Tag.all()] == ["tech"]


async def test_beyond_the_limits_a_tag_is_left_out_with_a_remark(small_market, preview, confirm, owner, portfolio):
    for number in range(tags.MOST_TAGS - 1):
        await add_tag(small_market, owner, f"tag {number}")

    importing = await confirm(await preview(FILE))

    assert await states(importing) == [RowState.RECORDED] * 2
    assert await labels(owner, portfolio) == ([["growth"], ["growth"]], [("Core", 2)])
    assert await remarks(importing) == [(2, "the tag 'tech' was not put: expected at most 100 tags of a user")]


async def test_a_position_has_ten_tags_at_most(preview, confirm, owner, portfolio):
    names = ",".join(f"t{number:02}" for number in range(12))

    importing = await confirm(await preview(HEADER + f'AAA,20,10,2022-11-14,,"{names}"\n'))

    assert await labels(owner, portfolio) == ([[f"t{number:02}" for number in range(10)]], [])
    assert [line for line, _ in await remarks(importing)] == [2, 2]
    assert await Tag.all().count() == 10


async def test_a_position_stays_in_its_strategy(preview, confirm, owner, portfolio):
    await confirm(await preview(HEADER + AAA))

    importing = await confirm(await preview(HEADER + "AAA,1,10,2022-11-15,Other,\n"))

    assert await labels(owner, portfolio) == ([["growth", "tech"]], [("Core", 1)])
    ((_, message),) = await remarks(importing)
    assert message == "the position was not put into the strategy 'Other': the position is in another, and stays there"
