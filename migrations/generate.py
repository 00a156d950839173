"""Writes a migration for both databases: `python -m migrations.generate NAME`.

aerich writes SQL of one dialect.  It is run here without a database, once for each, and the two are merged into one
file whose `upgrade` and `downgrade` answer with the SQL of the database they are given.
"""

import argparse
import asyncio
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aerich.migrate import Migrate
from aerich.utils import get_formatted_compressed_data, get_models_describe
from tortoise import Tortoise, connections
from tortoise.fields import DecimalField
from tortoise.utils import get_schema_sql

from domain.infra.database import APP, tortoise_config

_FOLDER = Path(__file__).resolve().parent
_DIALECTS = {"sqlite": "sqlite::memory:", "postgres": "postgres://nobody@localhost/none"}

# NaN is refused before it reaches a column; should it not be, the database refuses it.
_CHECKS = {"sqlite": "CHECK (\"{column}\" NOT GLOB '*[Nn]*')", "postgres": "CHECK (\"{column}\" <> 'NaN')"}

_TEMPLATE = '''from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE = {{
    "sqlite": """{upgrade[sqlite]}""",
    "postgres": """{upgrade[postgres]}""",
}}

DOWNGRADE = {{
    "sqlite": """{downgrade[sqlite]}""",
    "postgres": """{downgrade[postgres]}""",
}}


async def upgrade(db: BaseDBAsyncClient) -> str:
    return UPGRADE[db.capabilities.dialect]


async def downgrade(db: BaseDBAsyncClient) -> str:
    return DOWNGRADE[db.capabilities.dialect]


MODELS_STATE = (
{state}
)
'''


@dataclass(frozen=True)
class _Change:
    upgrade: str
    downgrade: str
    state: str


async def _change(url: str) -> _Change:
    """Return what leads from the latest migration to the models as they are."""
    config = tortoise_config(url, with_aerich=True)
    await Tortoise.init(config=config)
    try:
        connection: Any = connections.get("default")
        dialect = connection.capabilities.dialect
        state = get_formatted_compressed_data(get_models_describe(APP))
        await Migrate.init(config, APP, str(_FOLDER), offline=True)
        if Migrate.get_last_version_module() is None:
            created = _collated(_checked(get_schema_sql(connection, safe=False), dialect), dialect)
            tables = re.findall(r'CREATE TABLE "(\w+)"', created)
            # The table of migrations stays: what it says of this one is deleted through it.
            dropped = "\n".join(f'DROP TABLE "{table}";' for table in reversed(tables) if table != "aerich")
            return _Change(
                created.replace('CREATE TABLE "aerich"', 'CREATE TABLE IF NOT EXISTS "aerich"'), dropped, state
            )
        before = _without_comments(Migrate._last_version_content or {})
        after = _without_comments(get_models_describe(APP) or {})
        for operators in (Migrate.upgrade_operators, Migrate.downgrade_operators):
            operators.clear()
        Migrate.diff_models(before, after)
        Migrate.diff_models(after, before, upgrade=False)
        Migrate._merge_operators()
        up, down = _script(Migrate.upgrade_operators), _script(Migrate.downgrade_operators)
        return _Change(_collated(_checked(up, dialect), dialect), _collated(_checked(down, dialect), dialect), state)
    finally:
        await Tortoise.close_connections()


def _without_comments(described: Any) -> Any:
    """Leave out what is said of tables and columns: SQLite cannot change it, and an enum's lists its values."""
    if isinstance(described, dict):
        return {
            key: None
            if key in ("description", "docstring") and not isinstance(value, dict)
            else _without_comments(value)
            for key, value in described.items()
        }
    return [_without_comments(each) for each in described] if isinstance(described, list) else described


def _script(operators: list[str]) -> str:
    return "\n".join(f"{operator.rstrip(';')};" for operator in operators)


def _collated(script: str, dialect: str) -> str:
    """Make PostgreSQL sort text by its bytes, as SQLite does, whatever language the server was set up in."""
    return re.sub(r"(VARCHAR\(\d+\))", r'\1 COLLATE "C"', script) if dialect == "postgres" else script


def _checked(script: str, dialect: str) -> str:
    """Add to each column of exact numbers, of a new table or a new one of an old table, that it holds numbers."""
    for model in Tortoise.apps[APP].values():
        table = model._meta.db_table
        exact = [
            field.source_field or name
            for name, field in model._meta.fields_map.items()
            if isinstance(field, DecimalField)
        ]
        statements = rf'CREATE TABLE (?:IF NOT EXISTS )?"{table}" \((?s:.*?)\n\)|ALTER TABLE "{table}" ADD .*'
        script = re.sub(statements, lambda found: _with_checks(found.group(), exact, dialect), script)  # noqa: B023
    return script


def _with_checks(statement: str, columns: Sequence[str], dialect: str) -> str:
    for column in columns:
        check = _CHECKS[dialect].format(column=column)
        statement = re.sub(rf'("{column}" \w+\([\d,]+\)(?: NOT NULL)?)(?! CHECK)', rf"\1 {check}", statement)
    return statement


def main() -> int:
    """Write the file, or say that nothing has changed."""
    parser = argparse.ArgumentParser(prog="python -m migrations.generate")
    parser.add_argument("name", help="what the migration does, in words joined by underscores")
    arguments = parser.parse_args()
    changes = {dialect: asyncio.run(_change(url)) for dialect, url in _DIALECTS.items()}
    if not any(change.upgrade for change in changes.values()):
        print("the models have not changed since the latest migration")
        return 1
    states = {change.state for change in changes.values()}
    if len(states) != 1:
        print("expected one state of the models on both databases, got two", file=sys.stderr)
        return 2
    latest = Migrate.get_last_version_file()
    number = int(latest.split("_", 1)[0]) + 1 if latest else 0
    path = _FOLDER / APP / f"{number}_{arguments.name}.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        _TEMPLATE.format(
            upgrade={dialect: change.upgrade for dialect, change in changes.items()},
            downgrade={dialect: change.downgrade for dialect, change in changes.items()},
            state=states.pop(),
        )
    )
    print(path.relative_to(_FOLDER.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
