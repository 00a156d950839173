"""`python -m workers`."""

import asyncio
import sys

from domain.infra.settings import InvalidSettings, load_settings
from domain.infra.telemetry import configure_logging
from workers.main import run_until_told


def main() -> int:
    """Run a worker; return 2 with one line when it cannot be configured."""
    try:
        settings = load_settings()
        configure_logging(settings)
        asyncio.run(run_until_told(settings))
    except InvalidSettings as problem:
        print(f"foliograph: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
