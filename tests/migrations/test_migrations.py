"""One folder of migrations, on both databases: up with rows present, down again, and up once more."""

import asyncio
import os
import subprocess
import sys

import pytest
from tortoise.exceptions import BaseORMException
from tortoise.fields import DecimalField

from domain.companies.models import Company
from domain.infra.database import open_database
from domain.market.models import Instrument
from migrations import generate, runner
from tests.migrations.every_table import MODELS, NOW, fill
from tests.support.source import ROOT

FILES = sorted((ROOT / "migrations" / "models").glob("[0-9]*.py"), key=lambda path: int(path.name.split("_")[0]))
NAMES = [path.name for path in FILES]
RAW_TABLES = ("daily_bars", "bar_revisions", "intraday_bars", "economic_points", "option_quotes")


async def rows():
    """All rows of all tables, as values that can be compared."""
    return {model.__name__: sorted(map(repr, await model.all().values())) for model in MODELS}


async def contents(connection):
    """The same, in the tables and columns that the database has, whatever the models have come to since."""
    found = {}
    for table in sorted(await tables(connection) - {"aerich"}):
        _, rows_ = await connection.execute_query(f"SELECT * FROM {table}")  # noqa: S608 (a name of our own)
        found[table] = sorted(([*map(dict, rows_)]), key=repr)
    return found


def cut(rows_, like):
    """The same rows with only those columns that others have."""
    columns = {name for row in like for name in row}
    return [{name: value for name, value in row.items() if name in columns} for row in rows_]


async def tables(connection):
    if connection.capabilities.dialect == "sqlite":
        _, found = await connection.execute_query("SELECT name FROM sqlite_master WHERE type = 'table'")
    else:
        _, found = await connection.execute_query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {row[0] for row in found} - {"sqlite_sequence"}


async def shape(connection):
    """What the database itself says of its tables, columns, indexes and constraints."""
    if connection.capabilities.dialect == "sqlite":
        _, found = await connection.execute_query("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        return [tuple(row) for row in found]
    statements = (
        """SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length,
           numeric_precision, numeric_scale, collation_name FROM information_schema.columns
           WHERE table_schema = 'public' ORDER BY 1, ordinal_position""",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
        """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
           WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2""",
    )
    return [tuple(row) for text in statements for row in (await connection.execute_query(text))[1]]


async def test_an_empty_database_grows_by_every_migration(empty_database_url):
    assert await runner.pending(empty_database_url) == NAMES
    assert await runner.upgrade(empty_database_url) == NAMES

    assert await runner.pending(empty_database_url) == []
    assert await runner.upgrade(empty_database_url) == []
    async with open_database(empty_database_url) as connection:
        assert {model._meta.db_table for model in MODELS} | {"aerich", *RAW_TABLES} == await tables(connection)


async def test_rows_survive_each_migration_down_and_up(empty_database_url):
    await runner.upgrade(empty_database_url)
    async with open_database(empty_database_url) as connection:
        await fill()
        before, shape_before = await contents(connection), await shape(connection)
    assert all(before[model._meta.db_table] for model in MODELS)

    left = before
    # Undo the later ones, whose tables and columns hold values too: what is left is what was there.
    for number in range(len(FILES) - 1, 0, -1):
        assert await runner.downgrade(empty_database_url, number) == NAMES[number : number + 1]
        assert await runner.pending(empty_database_url) == NAMES[number:]
        async with open_database(empty_database_url) as connection:
            left = await contents(connection)
        assert left == {table: cut(before[table], found) for table, found in left.items()}
    assert await runner.upgrade(empty_database_url) == NAMES[1:]

    async with open_database(empty_database_url) as connection:
        again = await contents(connection)
        assert {table: cut(again[table], found) for table, found in left.items()} == left
        assert sorted(await shape(connection), key=repr) == sorted(shape_before, key=repr)


async def test_companies_of_no_publication_were_added_by_hand(empty_database_url):
    await runner.upgrade(empty_database_url)
    async with open_database(empty_database_url):
        await fill()
        by_a_publication = await Company.get()
        await Company.create(
            ticker="BBB", name="Bbb", sequence=1, created_at=NOW.replace(microsecond=1), changed_at=NOW
        )

    await runner.downgrade(empty_database_url, NAMES.index("12_mark_companies_added_by_hand.py"))
    await runner.upgrade(empty_database_url)

    async with open_database(empty_database_url):
        found = {row.ticker: row.is_added_by_hand for row in await Company.all()}
    assert found == {by_a_publication.ticker: False, "BBB": True}


async def test_bars_survive_an_upgrade_that_has_nothing_to_do(database_url):
    async with open_database(database_url) as connection:
        await insert_bar(connection, close="1.5")
    assert await runner.upgrade(database_url) == []

    async with open_database(database_url) as connection:
        _, found = await connection.execute_query("SELECT close FROM daily_bars")
        assert [row[0] for row in found] == [1.5]


async def test_all_the_way_down_leaves_no_table_and_the_way_up_is_open(empty_database_url):
    await runner.upgrade(empty_database_url)
    async with open_database(empty_database_url) as connection:
        expected = await shape(connection)

    assert sorted(await runner.downgrade(empty_database_url, 0)) == sorted(NAMES)

    async with open_database(empty_database_url) as connection:
        assert await tables(connection) == {"aerich"}
    assert await runner.upgrade(empty_database_url) == NAMES
    async with open_database(empty_database_url) as connection:
        assert await shape(connection) == expected


async def test_processes_that_start_together_migrate_once(postgres_databases):
    url = await postgres_databases.empty()
    try:
        printed = await asyncio.gather(*[upgrade_in_a_process(url) for _ in range(4)])
    finally:
        await postgres_databases.discard(url)

    assert sorted(printed) == [[], [], [], NAMES]


async def upgrade_in_a_process(url: str) -> list[str]:
    """Start `python -m migrations upgrade` and return the lines that it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "migrations",
        "upgrade",
        cwd=ROOT,
        env={**os.environ, "FOLIOGRAPH_DATABASE_URL": url, "FOLIOGRAPH_PROFILE": "development"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaints = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, complaints.decode()
    return said.decode().splitlines()


async def test_sorting_is_by_bytes_on_both(database):
    names = ["a", "B", "Z", "_", "é", "aa", "À", "1"]
    for number, name in enumerate(names):
        await Instrument.create(
            number=number, symbol=name, name=name, kind="STOCK", currency="USD", first_session=NOW.date(), source="x"
        )

    found = [row.symbol for row in await Instrument.all().order_by("symbol")]

    assert found == sorted(names, key=str.encode)


MONEY_COLUMNS = [
    ("transactions", "quantity"),
    ("transactions", "price"),
    ("transactions", "fees"),
    ("transactions", "amount"),
    ("transactions", "fx_rate"),
    ("portfolios", "drift_threshold"),
    ("targets", "weight"),
    ("option_contracts", "strike"),
    ("option_contracts", "deliverable"),
    ("corporate_actions", "cost_fraction"),
    ("corporate_actions", "cash"),
    ("postings", "amount"),
    ("postings", "units"),
    ("marks", "total_value"),
    ("marks", "invested_value"),
    ("marks", "cash_balance"),
    ("marks", "cost_basis"),
    ("quotes", "price"),
    ("quotes", "previous_close"),
    ("quotes", "open"),
    ("quotes", "high"),
    ("quotes", "low"),
    ("quotes", "bid"),
    ("quotes", "ask"),
    ("quote_consensus", "price"),
    ("price_overrides", "price"),
    ("price_overrides", "replaced"),
    ("provider_states", "cost"),
]


async def put(connection, table, column, value):
    await connection.execute_script(f"UPDATE {table} SET {column} = {value}")  # noqa: S608 (of this file's own words)


@pytest.mark.parametrize(("table", "column"), MONEY_COLUMNS)
async def test_no_column_of_money_takes_a_nan(database, table, column):
    await fill()
    kept = await rows()

    for value in ("NaN", "nan", "-NaN", "sNaN", "Infinity", "-Infinity", "inf"):
        with pytest.raises(BaseORMException):
            await put(database, table, column, f"'{value}'")
    if database.capabilities.dialect == "sqlite":
        # What has no text: an infinite real.
        with pytest.raises(BaseORMException):
            await put(database, table, column, "9e999")

    assert await rows() == kept
    await put(database, table, column, "'1.5'")
    assert await rows() != kept


def test_every_column_of_money_is_tried():
    found = {
        (model._meta.db_table, field.source_field or name)
        for model in MODELS
        for name, field in model._meta.fields_map.items()
        if isinstance(field, DecimalField)
    }

    assert found == set(MONEY_COLUMNS)


async def insert_bar(connection, **columns):
    given = {
        "instrument": "1",
        "session": "'2022-11-21'",
        "close": "1",
        "adjusted_close": "1",
        "source": "'x'",
        **columns,
    }
    names, values = ", ".join(given), ", ".join(given.values())
    await connection.execute_script(f"INSERT INTO daily_bars ({names}) VALUES ({values})")  # noqa: S608 (as above)


@pytest.mark.parametrize("column", ["open", "high", "low", "close", "adjusted_close"])
async def test_no_bar_has_a_price_that_is_none(database, column):
    values = {"sqlite": ("9e999", "-9e999"), "postgres": ("'NaN'", "'Infinity'", "'-Infinity'")}
    refused = [*values[database.capabilities.dialect], *(("0", "-1", "NULL") if "close" in column else ())]
    for value in refused:
        with pytest.raises(BaseORMException):
            await insert_bar(database, **{column: value})

    _, found = await database.execute_query("SELECT count(*) AS n FROM daily_bars")
    assert found[0][0] == 0
    await insert_bar(database, **{column: "1.5"})


async def test_the_models_have_not_changed_since_the_latest_migration():
    answered = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "migrations.generate", "nothing"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )

    assert answered.stdout == "the models have not changed since the latest migration\n", answered.stderr
    assert answered.returncode == 1
    assert sorted((ROOT / "migrations" / "models").glob("[0-9]*.py")) == sorted(FILES)


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
async def test_a_new_table_and_a_new_column_are_checked_too(database, dialect):
    kind = {"sqlite": "VARCHAR(40)", "postgres": "DECIMAL(28,8)"}[dialect]
    created = f'CREATE TABLE IF NOT EXISTS "marks" (\n    "total_value" {kind},\n    "other" {kind}\n);'
    added = f'ALTER TABLE "marks" ADD "total_value" {kind};\nALTER TABLE "marks" ADD "session" DATE;'

    for script in (created, added):
        checked = generate._checked(script, dialect)
        assert checked.count("CHECK") == 1
        assert f'"total_value" {kind} {generate._CHECKS[dialect].format(column="total_value")}' in checked


async def test_a_broken_address_is_one_line(tmp_path, unused_tcp_port):
    other = tmp_path / "other.sqlite3"
    other.write_text("this is no database, but it is long enough to be taken for one" * 100)
    addresses = [
        f"postgres://nobody:secret@127.0.0.1:{unused_tcp_port}/none",
        "postgres://nobody:secret@127.0.0.1:99999/none",
        f"sqlite:{other}",
        f"sqlite:{tmp_path}",
    ]
    for url in addresses:
        for ask in (runner.pending, runner.upgrade, lambda url: runner.downgrade(url, 0)):
            with pytest.raises(runner.NoDatabase) as raised:
                await ask(url)
            message = str(raised.value)
            assert message.startswith("cannot open the database: ")
            assert "\n" not in message
            assert "secret" not in message


async def test_a_wrong_password_is_one_line(postgres_databases):
    url = await postgres_databases.empty()
    name = url.rsplit("/", 1)[1]
    try:
        with pytest.raises(runner.NoDatabase, match="cannot open the database: "):
            await runner.pending(url.replace(name, f"{name}_not_there"))
    finally:
        await postgres_databases.discard(url)
