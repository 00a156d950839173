"""Tables of bars that may be parted by time: refused without the extension, and what would be asked of it."""

from collections.abc import AsyncIterator

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.executor import EXECUTOR_CACHE

from domain.infra.database import open_database
from domain.kernel.errors import NotSupported
from domain.market import hypertables
from domain.storage import statements
from domain.storage.statements import Statement
from tests.support.databases import Databases

# The functions as TimescaleDB's reference has them, and a note of each call in place of what they do.
_DOCUMENTED = """
    CREATE TYPE dimension_info AS (column_name name, partition_interval interval);
    CREATE TABLE asked (relation regclass, dimension dimension_info, indexes boolean, again boolean, migrates boolean);
    CREATE TABLE policies (hypertable regclass, older interval, again boolean);
    CREATE FUNCTION by_range(column_name name, partition_interval interval DEFAULT NULL, partition_func regproc
        DEFAULT NULL) RETURNS dimension_info LANGUAGE sql
        AS 'SELECT ROW(column_name, partition_interval)::dimension_info';
    CREATE FUNCTION create_hypertable(relation regclass, dimension dimension_info, create_default_indexes boolean
        DEFAULT TRUE, if_not_exists boolean DEFAULT FALSE, migrate_data boolean DEFAULT FALSE) RETURNS void LANGUAGE sql
        AS 'INSERT INTO asked VALUES (relation, dimension, create_default_indexes, if_not_exists, migrate_data)';
    CREATE PROCEDURE add_columnstore_policy(hypertable regclass, after interval DEFAULT NULL, if_not_exists boolean
        DEFAULT FALSE) LANGUAGE sql AS 'INSERT INTO policies VALUES (hypertable, after, if_not_exists)';
"""
_ASKED = "SELECT relation::text, (dimension).column_name::text, (dimension).partition_interval::text FROM asked"


@pytest.fixture
async def postgres(postgres_databases: Databases) -> AsyncIterator[BaseDBAsyncClient]:
    url = await postgres_databases.migrated()
    EXECUTOR_CACHE.clear()
    async with open_database(url) as connection:
        yield connection
    await postgres_databases.discard(url)


async def _fetch(text: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await statements.fetch(Statement(postgres=text, sqlite=text))]


async def test_without_the_extension_it_is_refused_and_nothing_changes(database: object):
    expected = (
        "got SQLite" if statements.is_sqlite() else "expected the extension timescaledb in this database, got none"
    )

    with pytest.raises(NotSupported, match=expected):
        await hypertables.make_hypertables()

    assert await _fetch("SELECT count(*) FROM daily_bars") == [(0,)]


@pytest.mark.parametrize(
    ("version", "compresses", "is_taken"),
    [
        ("2.12.2", False, False),
        ("2.13.0", False, True),
        ("2.17.2", True, False),
        ("2.18.0", True, True),
        ("2.23.1-dev", True, True),
        ("3.0.0", True, True),
    ],
)
def test_versions_that_have_what_is_asked_of_them(version: str, compresses: bool, is_taken: bool):
    if is_taken:
        assert len(hypertables.plan(version, compresses=compresses)) == (5 if compresses else 3)
    else:
        with pytest.raises(NotSupported, match=rf"or later, got {version}"):
            hypertables.plan(version, compresses=compresses)


async def test_what_is_asked_fits_the_documented_functions(postgres: BaseDBAsyncClient):
    await postgres.execute_script(_DOCUMENTED)
    for text in hypertables.plan("2.18.0", compresses=True):
        # Its options of a table are a namespace that plain PostgreSQL does not know.
        if not text.startswith("ALTER TABLE"):
            await _fetch(text)

    assert await _fetch(_ASKED) == [
        ("daily_bars", "session", "1 year"),
        ("bar_revisions", "session", "1 year"),
        ("intraday_bars", "at", "1 mon"),
    ]
    assert await _fetch("SELECT DISTINCT indexes, again, migrates FROM asked") == [(False, True, True)]
    assert await _fetch("SELECT hypertable::text, older::text, again FROM policies") == [
        ("intraday_bars", "90 days", True)
    ]


@pytest.mark.parametrize("each", hypertables.HYPERTABLES, ids=lambda each: each.table)
async def test_the_key_is_ready_for_monthly_partitions(postgres: BaseDBAsyncClient, each: hypertables.Hypertable):
    await postgres.execute_script(
        f"CREATE TABLE parted (LIKE {each.table} INCLUDING ALL) PARTITION BY RANGE ({each.column});"
        "CREATE TABLE parted_may PARTITION OF parted FOR VALUES FROM ('2024-05-01') TO ('2024-06-01');"
    )

    keys = await _fetch(
        "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'p' AND conrelid::regclass::text LIKE"
        " 'parted%' ORDER BY 1"
    )
    referring = await _fetch(
        f"SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND confrelid = '{each.table}'::regclass"  # noqa: S608
    )

    assert keys == [("parted",), ("parted_may",)]
    assert referring == [(0,)], "a hypertable is referred to by none"
