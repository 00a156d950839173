"""`python -m migrations upgrade`, `downgrade NUMBER`, `pending`: on the database that the environment names."""

import argparse
import asyncio
import sys

from domain.infra.settings import InvalidSettings, load_settings
from migrations import runner


def main() -> int:
    """Run one command; print a line for each migration."""
    parser = argparse.ArgumentParser(prog="python -m migrations")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("upgrade", help="apply what is missing")
    commands.add_parser("pending", help="list what is missing")
    down = commands.add_parser("downgrade", help="undo a version and all later ones")
    down.add_argument("version", type=int, help="the number at the start of the migration's name")
    arguments = parser.parse_args()
    try:
        names = asyncio.run(_run(arguments))
    except (InvalidSettings, runner.NoDatabase) as problem:
        print(f"foliograph: {problem}", file=sys.stderr)
        return 2
    for name in names:
        print(name)
    return 0


async def _run(arguments: argparse.Namespace) -> list[str]:
    url = load_settings().database
    if arguments.command == "upgrade":
        return await runner.upgrade(url)
    if arguments.command == "pending":
        return await runner.pending(url)
    return await runner.downgrade(url, arguments.version)


if __name__ == "__main__":
    sys.exit(main())
