"""Tables of bars as TimescaleDB's hypertables: for an administrator, where the extension is there.

After the reference of TimescaleDB's API: `create_hypertable` and `by_range` since 2.13, `add_columnstore_policy` since
2.18.  Decision 18 tells what has been tried of it.
"""

from dataclasses import dataclass
from typing import Final

from domain.kernel.errors import NotSupported
from domain.storage import statements
from domain.storage.statements import Statement

_NEEDED: Final = (2, 13)
_NEEDED_TO_COMPRESS: Final = (2, 18)

_VERSION: Final = Statement(
    postgres="SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'", sqlite="SELECT NULL"
)


@dataclass(frozen=True, slots=True)
class Hypertable:
    """A table, the column of its key by which it is parted, and how much of that column a part has."""

    table: str
    column: str
    interval: str


# Of daily bars all sessions of an instrument are read at once: in parts of a month that would be hundreds of them.
HYPERTABLES: Final = (
    Hypertable("daily_bars", "session", "1 year"),
    Hypertable("bar_revisions", "session", "1 year"),
    Hypertable("intraday_bars", "at", "1 month"),
)

# Intraday bars do not change any more when they are so old.  Daily ones do: each dividend adjusts all of an instrument.
_COMPRESSING: Final = (
    (
        "ALTER TABLE intraday_bars SET (timescaledb.enable_columnstore = true, "
        "timescaledb.segmentby = 'instrument, minutes', timescaledb.orderby = '\"at\" DESC')"
    ),
    "CALL add_columnstore_policy('intraday_bars', after => INTERVAL '90 days', if_not_exists => TRUE)",
)


def plan(version: str, *, compresses: bool) -> list[str]:
    """Return the statements that make hypertables with this version of the extension.  Pure.

    What is a hypertable already stays as it is.  Raises `NotSupported` for a version that is too old.
    """
    needed = _NEEDED_TO_COMPRESS if compresses else _NEEDED
    if tuple(int(part) for part in version.split("-", maxsplit=1)[0].split(".")[:2]) < needed:
        wanted = ".".join(map(str, needed))
        raise NotSupported(f"expected the extension timescaledb of version {wanted} or later, got {version}")
    made = [
        f"SELECT create_hypertable('{each.table}', by_range('{each.column}', INTERVAL '{each.interval}'), "
        "create_default_indexes => FALSE, if_not_exists => TRUE, migrate_data => TRUE)"
        for each in HYPERTABLES
    ]
    return [*made, *_COMPRESSING] if compresses else made


async def make_hypertables(*, compresses: bool = False) -> list[str]:
    """Make hypertables of the tables of bars, with all that is in them, and return which.

    Each table is locked while its rows move.  Raises `NotSupported` on SQLite, and without the extension.
    """
    if statements.is_sqlite():
        raise NotSupported("expected PostgreSQL with the extension timescaledb, got SQLite")
    found = await statements.fetch(_VERSION)
    if not found:
        raise NotSupported(
            "expected the extension timescaledb in this database, got none: install it on the server, then run "
            "CREATE EXTENSION timescaledb; bars work the same without it"
        )
    for text in plan(found[0][0], compresses=compresses):
        await statements.fetch(Statement(postgres=text, sqlite=""))
    return [each.table for each in HYPERTABLES]
