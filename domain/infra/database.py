"""Opens the database.  One Tortoise app holds the tables of all slices."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import asyncpg
from tortoise import Tortoise, connections
from tortoise.backends.base.client import BaseDBAsyncClient

APP = "models"
MODELS = tuple(
    f"domain.{slice_}.models"
    for slice_ in (
        *("audit", "jobs", "files", "vault", "calculations", "identity"),
        *(
            "market",
            "market.sourcing",
            "market.publications",
            "companies",
            "companies.pipeline",
            "companies.polling",
            "portfolios",
            "portfolios.imports",
            "risk",
        ),
    )
)

# Money is lost neither by a killed process nor by a power cut.
_SQLITE_PRAGMAS = {"journal_mode": "WAL", "synchronous": "FULL", "foreign_keys": "ON", "busy_timeout": 5000}
_COMMAND_TIMEOUT = 5.0


def is_sqlite(url: str) -> bool:
    """Whether the URL names a SQLite file."""
    return url.startswith("sqlite:")


def sqlite_path(url: str) -> Path:
    """Return the file of a SQLite URL."""
    return Path(url.removeprefix("sqlite:").removeprefix("//"))


def tortoise_config(url: str, *, pool: int = 10, with_aerich: bool = False) -> dict[str, Any]:
    """Return Tortoise's configuration for this database."""
    models = [*MODELS, "aerich.models"] if with_aerich else list(MODELS)
    return {
        "connections": {"default": _sqlite(url) if is_sqlite(url) else _postgres(url, pool)},
        "apps": {APP: {"models": models, "default_connection": "default"}},
        "use_tz": True,
        "timezone": "UTC",
    }


def _sqlite(url: str) -> dict[str, Any]:
    credentials = {"file_path": str(sqlite_path(url)), **_SQLITE_PRAGMAS}
    return {"engine": "domain.infra.sqlite_client", "credentials": credentials}


def _postgres(url: str, pool: int) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    credentials: dict[str, Any] = {
        "host": options.get("host", parts.hostname or "localhost"),
        "port": parts.port or int(options.get("port", "5432")),
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password or ""),
        "database": unquote(parts.path.lstrip("/")) or "postgres",
        "minsize": 1,
        "maxsize": pool,
        "command_timeout": _COMMAND_TIMEOUT,
        "server_settings": {"lock_timeout": "3000", "idle_in_transaction_session_timeout": "30000"},
    }
    if options.get("sslmode") in ("verify-full", "verify-ca", "require"):
        context = ssl.create_default_context(cafile=options.get("sslrootcert"))
        context.check_hostname = options["sslmode"] == "verify-full"
        if options["sslmode"] == "require":
            context.verify_mode = ssl.CERT_NONE
        credentials["ssl"] = context
    return {"engine": "domain.infra.postgres_client", "credentials": credentials}


@asynccontextmanager
async def open_database(url: str, *, pool: int = 10) -> AsyncIterator[BaseDBAsyncClient]:
    """Connect, and close at the end whatever happens: a forgotten close keeps the process alive."""
    if is_sqlite(url):
        sqlite_path(url).parent.mkdir(parents=True, exist_ok=True)
    await Tortoise.init(config=tortoise_config(url, pool=pool), _enable_global_fallback=True)
    try:
        yield connections.get("default")
    finally:
        await Tortoise.close_connections()


class Turn(IntEnum):
    """What processes that start together do one after another; the numbers of advisory locks, any that differ."""

    MIGRATE = 4_703_118_253
    LOAD_DEMONSTRATION = 4_703_118_254


@asynccontextmanager
async def turn(url: str, what: Turn) -> AsyncIterator[None]:
    """Wait until no other process does this, and keep others waiting meanwhile.  Who dies lets the next one in."""
    # A SQLite file has one process, which holds the data folder.
    if is_sqlite(url):
        yield
        return
    # A connection of its own: it waits without a time limit, and its end frees the lock.
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", int(what))
        yield
    finally:
        await connection.close()


async def probe(database: BaseDBAsyncClient) -> None:
    """Ask the database for nothing.  Raises what it raises when it does not answer."""
    await database.execute_query("SELECT 1")
