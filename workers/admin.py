"""What an administrator of an installation does at its terminal: `python -m workers.admin COMMAND`.

It acts as the system, on the database and the keys that the environment names.  Exits with 0 when it was done, 1 when
it was refused, 2 when the arguments or the environment are not what was expected.
"""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tortoise.exceptions import DBConnectionError, OperationalError

from domain.identity import commands, credentials, queries
from domain.identity.commands import newcomer
from domain.infra.crypto.secrets import create_secrets, load_secrets
from domain.infra.crypto.signing_keys import ACTIVATION_DELAY, rotate_signing_keys
from domain.infra.settings import InvalidSettings, Settings, load_settings
from domain.kernel.actor import SYSTEM, Role
from domain.kernel.errors import Failure, Refusal
from domain.kernel.ports import Resources
from domain.market.hypertables import make_hypertables
from domain.onboarding.commands import register_user
from domain.wiring import open_resources
from workers.company_files import import_files

Command = Callable[[Resources, argparse.Namespace], Awaitable[None]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    parsed = _parser().parse_args(arguments)
    try:
        _run(load_settings(), parsed)
    except InvalidSettings as error:
        return _complain(str(error), 2)
    except (Refusal, Failure, ValueError) as error:
        return _complain(str(error), 1)
    except FileExistsError as error:
        return _complain(
            f"expected nobody else to rotate the keys, got {error.filename}; remove it if it is a remnant", 1
        )
    except (OperationalError, DBConnectionError, OSError) as error:
        return _complain(f"expected a database that is up and migrated, and files to write, got: {error}", 1)
    return 0


def _run(settings: Settings, parsed: argparse.Namespace) -> None:
    if parsed.command == "create-keys":
        _create_keys(settings)
    elif parsed.command == "rotate-keys":
        _rotate_keys(settings)
    else:
        asyncio.run(_with_resources(settings, _COMMANDS[parsed.command], parsed))


async def _with_resources(settings: Settings, command: Command, parsed: argparse.Namespace) -> None:
    async with open_resources(settings) as resources:
        await command(resources, parsed)


async def _create_user(resources: Resources, parsed: argparse.Namespace) -> None:
    email = credentials.canonical_email(parsed.email)
    name = credentials.checked_display_name(parsed.name, email)
    # Never an argument: those are seen by everybody on the machine.
    typed = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    password_hash = await resources.passwords.hash(credentials.checked_password(typed))
    async with resources.unit_of_work(newcomer()) as work:
        user = await register_user(work, email=email, display_name=name, password_hash=password_hash)
    print(f"{user.email}: account made")


async def _grant_role(resources: Resources, parsed: argparse.Namespace) -> None:
    async with resources.unit_of_work(SYSTEM) as work:
        user = await commands.grant_role(work, parsed.email, parsed.role)
    print(f"{user.email}: {user.granted_roles}")


async def _revoke_role(resources: Resources, parsed: argparse.Namespace) -> None:
    async with resources.unit_of_work(SYSTEM) as work:
        user = await commands.revoke_role(work, parsed.email, parsed.role)
    print(f"{user.email}: {user.granted_roles or 'no role'}; signed out everywhere")


async def _list_users(resources: Resources, _: argparse.Namespace) -> None:
    assert resources is not None
    for user in await queries.all_users(SYSTEM):
        print(f"{user.email}\t{user.granted_roles}\t{user.created_at:%Y-%m-%d}\t{user.display_name}")


async def _make_hypertables(resources: Resources, parsed: argparse.Namespace) -> None:
    assert resources is not None
    for table in await make_hypertables(compresses=parsed.compress):
        print(f"{table}: a hypertable")


async def _import_companies(resources: Resources, parsed: argparse.Namespace) -> None:
    missed = 0
    async for is_published, line in import_files(resources, parsed.files):
        print(line)
        missed += not is_published
    if missed:
        raise ValueError(f"expected all files to be published, {missed} of {len(parsed.files)} were not")


def _create_keys(settings: Settings) -> None:
    made = create_secrets(settings)
    for path in made:
        print(f"{path}: made")
    if not made:
        print("all keys are there; none was made")


def _rotate_keys(settings: Settings) -> None:
    path = load_secrets(settings).signing_keys
    key_id = rotate_signing_keys(path, datetime.now(UTC))
    print(f"{key_id}: signs in {ACTIVATION_DELAY.seconds} s; the key before is accepted until its tokens have expired")


def _complain(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m workers.admin", description="Administer an installation.")
    found = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    found.add_parser("create-keys", help="make the keys that are missing, as production needs before its first start")
    found.add_parser("rotate-keys", help="sign access tokens with a new key; no token that is out becomes invalid")
    create = found.add_parser("create-user", help="make an account; the password is read from the terminal or stdin")
    create.add_argument("email")
    create.add_argument("--name", help="name to show; by default the part of the address before @")
    for name, text in (
        ("grant-role", "give a user a role"),
        ("revoke-role", "take a role and end the user's sessions"),
    ):
        change = found.add_parser(name, help=text)
        change.add_argument("email")
        change.add_argument("role", type=lambda role: Role(role.upper()), choices=list(Role), metavar="|".join(Role))
    part = found.add_parser("make-hypertables", help="part the tables of bars by time, with PostgreSQL's TimescaleDB")
    part.add_argument("--compress", action="store_true", help="and compress intraday bars that are older than 90 days")
    bring = found.add_parser("import-companies", help="bring in files of companies' figures, a day in the name of each")
    bring.add_argument("files", type=Path, nargs="+", metavar="FILE", help="such as all_2025-10-31.json")
    found.add_parser("list-users", help="print address, roles, day of registration and name of everybody")
    return parser


_COMMANDS: Final[dict[str, Command]] = {
    "create-user": _create_user,
    "grant-role": _grant_role,
    "revoke-role": _revoke_role,
    "list-users": _list_users,
    "make-hypertables": _make_hypertables,
    "import-companies": _import_companies,
}


if __name__ == "__main__":
    sys.exit(main())
