"""Proving who one is by a password: outside of any transaction, which would hold up all others while Argon2 works."""

import hashlib
import ipaddress
from dataclasses import dataclass
from typing import Final

from domain.identity.credentials import canonical_email, typed_password
from domain.identity.errors import AccountLocked, InvalidCredentials
from domain.identity.models import User
from domain.identity.types import Proof
from domain.kernel.errors import InvalidInput, RateLimited
from domain.kernel.ports import AttemptLimiter, PasswordHasher


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many attempts there may be within how many seconds."""

    limit: int
    seconds: float


PER_ACCOUNT: Final = Allowance(10, 15 * 60)
PER_ADDRESS: Final = Allowance(100, 15 * 60)
REGISTRATIONS_PER_ADDRESS: Final = Allowance(20, 60 * 60)


async def prove_password(
    passwords: PasswordHasher, attempts: AttemptLimiter, *, email: str, password: str, client_address: str
) -> Proof:
    """Return the proof that the password is the one of the account.

    Whether the account exists shows neither in the answer nor in its time: who has none is checked as long.  Raises
    `InvalidCredentials`, `AccountLocked`, `RateLimited` for the client's address, `Unavailable`.
    """
    address = _canonical_or_none(email)
    account = f"login:account:{_digest(address or email)}"
    await _admit(attempts, f"login:address:{network(client_address)}", PER_ADDRESS)
    try:
        await _admit(attempts, account, PER_ACCOUNT)
    except RateLimited as limited:
        raise AccountLocked(limited.message) from None
    user = await User.get_or_none(email=address or "")
    typed = typed_password(password)
    encoded = user.password_hash if user is not None and typed is not None else None
    if not await passwords.verify(encoded, typed or "") or user is None:
        raise InvalidCredentials("expected the e-mail address and the password of an account, got others")
    await attempts.forget(account)
    return Proof(user_id=user.id, tenant_id=user.tenant_id, password_hash=user.password_hash)


async def admit_registration(attempts: AttemptLimiter, client_address: str) -> None:
    """Count one attempt to register.  Raises `RateLimited`."""
    await _admit(attempts, f"register:address:{network(client_address)}", REGISTRATIONS_PER_ADDRESS)


def network(client_address: str) -> str:
    """Return what one client cannot change at will: its IPv4 address, or the 64 bits of its IPv6 network."""
    try:
        address = ipaddress.ip_address(client_address.partition("%")[0])
    except ValueError:
        return client_address[:64]
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address.packed, 64), strict=False))


async def _admit(attempts: AttemptLimiter, key: str, allowance: Allowance) -> None:
    await attempts.admit(key, limit=allowance.limit, seconds=allowance.seconds)


def _canonical_or_none(email: str) -> str | None:
    try:
        return canonical_email(email)
    except InvalidInput:
        return None


def _digest(email: str) -> str:
    return hashlib.sha256(email.encode("utf-8", "surrogatepass")).hexdigest()
