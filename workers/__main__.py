"""`python -m workers`."""

import asyncio
import sys

from domain.infra.database import is_sqlite
from domain.infra.settings import InvalidSettings, Settings, load_settings
from domain.infra.telemetry import configure_logging
from workers.main import run_until_told


def main() -> int:
    """Run a worker; return 2 with one line when it cannot be configured."""
    try:
        settings = load_settings()
        _expect_others(settings)
        configure_logging(settings)
        asyncio.run(run_until_told(settings))
    except InvalidSettings as problem:
        print(f"foliograph: {problem}", file=sys.stderr)
        return 2
    return 0


def _expect_others(settings: Settings) -> None:
    # A SQLite file has one writer; and without Redis nobody would hear what this process does.
    if is_sqlite(settings.database) or not settings.redis_url:
        raise InvalidSettings(
            "a worker of its own needs PostgreSQL (FOLIOGRAPH_DATABASE_URL) and Redis (FOLIOGRAPH_REDIS_URL): where "
            "one is missing, the API's process runs the worker"
        )


if __name__ == "__main__":
    sys.exit(main())
