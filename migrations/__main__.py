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
        url = load_settings().database
    except InvalidSettings as problem:
        print(f"foliograph: {problem}", file=sys.stderr)
        return 2
    if arguments.command == "upgrade":
        names = asyncio.run(runner.upgrade(url))
    elif arguments.command == "pending":
        names = asyncio.run(runner.pending(url))
    else:
        names = asyncio.run(runner.downgrade(url, arguments.version))
    for name in names:
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
