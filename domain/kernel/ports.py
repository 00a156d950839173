"""What the domain needs from the world, made real in `domain/infra`."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from domain.kernel.actor import Actor, Role
from domain.kernel.errors import Failure
from domain.kernel.events import Bus
from domain.kernel.feeds import Source
from domain.kernel.runs import RunStore
from domain.kernel.sandbox import Sandbox
from domain.kernel.web import Access, Web
from domain.kernel.work import Work

Result = TypeVar("Result")


class Clock(Protocol):
    """Real time.  The market's time is `domain.market.queries.market_now`."""

    def now(self) -> datetime:
        """Return the present in UTC."""
        ...


class Compute(Protocol):
    """Runs what would hold up the event loop."""

    async def run(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """Run a pure function in another thread or process, and return what it returns."""
        ...


class PasswordHasher(Protocol):
    """Argon2id in a thread of its own, behind a queue of bounded length."""

    async def hash(self, password: str) -> str:
        """Return the encoded hash.  Raises `Unavailable` when the queue is full."""
        ...

    async def verify(self, encoded: str | None, password: str) -> bool:
        """Whether the password belongs to the hash; against None it takes as long and answers False.

        Raises `Unavailable` when the queue is full.
        """
        ...


class JobDoorbell(Protocol):
    """Tells an engine that a job is waiting; to ring in vain loses nothing, the row in `jobs` is the truth."""

    async def ring(self, job_id: UUID) -> None:
        """Wake an engine for this job."""
        ...


class AccessTokens(Protocol):
    """Signs and checks access tokens.  Keys live in memory; nothing of a token is stored."""

    def issue(
        self, *, user_id: UUID, tenant_id: UUID, session_id: UUID, roles: frozenset[Role]
    ) -> tuple[str, datetime]:
        """Return a signed token and when it expires."""
        ...

    def actor_of(self, token: str) -> Actor:
        """Return whom a token proves.  Raises `Unauthenticated` for any token that is not ours, whole and in time."""
        ...

    def published_keys(self) -> list[dict[str, str]]:
        """Return the public keys with which others can check tokens, as JSON Web Keys."""
        ...


class RefreshTokens(Protocol):
    """Makes refresh tokens: opaque, 256 bits."""

    def first(self) -> str:
        """Return a new random token, which opens a session."""
        ...

    def successor(self, token: str) -> str:
        """Return the token that follows this one, always the same: its HMAC under the server's key."""
        ...

    def digest(self, token: str) -> str:
        """Return what is stored of a token: the hex of its SHA-256."""
        ...


class AttemptLimiter(Protocol):
    """Counts attempts, not requests."""

    async def admit(self, key: str, *, limit: int, seconds: float) -> None:
        """Count one attempt of this key.  Raises `RateLimited` when there were `limit` within the last `seconds`."""
        ...

    async def forget(self, key: str) -> None:
        """Forget the attempts of this key: the last one succeeded."""
        ...


class SealBroken(Exception):
    """What was encrypted cannot be read: it was changed, moved to another place, or its key is gone."""


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A tenant's data key as it is stored: encrypted."""

    tenant_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an encrypted value is stored, and can be read from alone."""

    table: str
    column: str
    row_id: UUID


class FieldCipher(Protocol):
    """Encrypts single values under the data key of a tenant."""

    def new_key(self, tenant_id: UUID) -> WrappedKey:
        """Return a new random data key of a tenant."""
        ...

    def rewrapped(self, key: WrappedKey) -> WrappedKey:
        """Return the same data key under the installation's present secret.  Raises `SealBroken`."""
        ...

    def encrypt(self, key: WrappedKey, place: Place, text: str) -> str:
        """Return a value as it is stored at one place: never the same twice.  Raises `SealBroken`."""
        ...

    def decrypt(self, key: WrappedKey | None, place: Place, sealed: str) -> str:
        """Return the value that was stored at this place.  Raises `SealBroken`, also without a key."""
        ...

    def index(self, key: WrappedKey, purpose: str, text: str) -> str:
        """Return 64 hex digits, the same for equal values of one tenant and purpose, that tell nothing of them."""
        ...


class FileStore(Protocol):
    """Keeps the bytes of uploaded files by their SHA-256."""

    async def keep(self, chunks: AsyncIterator[bytes], *, limit: int) -> tuple[str, int]:
        """Store a stream; return its SHA-256 in hex and its size.  Raises `PayloadTooLarge` past `limit` bytes, and
        keeps nothing.
        """
        ...

    async def read(self, sha256: str) -> bytes:
        """Return the bytes.  Raises KeyError when there are none."""
        ...


Shared = TypeVar("Shared")


@dataclass(frozen=True, kw_only=True)
class Resources:
    """Every port, made real: what `domain.wiring` opens once for a process, and all that resolvers and handlers are
    given.
    """

    clock: Clock
    bus: Bus
    unit_of_work: Callable[[Actor], AbstractAsyncContextManager[Work]]
    compute: Compute
    sandbox: Sandbox
    runs: RunStore
    passwords: PasswordHasher
    access_tokens: AccessTokens
    refresh_tokens: RefreshTokens
    field_cipher: FieldCipher
    attempts: AttemptLimiter
    files: FileStore
    job_doorbell: JobDoorbell
    # Raises whatever the database raises when it does not answer.
    probe_database: Callable[[], Awaitable[None]]
    # What an exception of the infrastructure means to whoever asked; None for a bug.
    failure_of: Callable[[BaseException], Failure | None]
    registration_is_open: bool
    web: Web
    # Outside sources of market data that are configured, in the order in which they are to be asked.
    market_access: tuple[Access, ...] = ()
    # The one among them that is a folder of files, as if it were a server.
    market_files: Web | None = None
    # Days for which bars of one minute, five minutes and an hour are kept.
    intraday_days: tuple[int, int, int] = (30, 180, 1_095)
    # Places where files of companies' figures are looked for, by name: `folder`, `s3`, `sftp`.
    company_sources: Mapping[str, Source] = field(default_factory=dict)
    _shared: dict[Any, Any] = field(default_factory=dict, repr=False)

    def shared(self, kind: "Callable[[Resources], Shared]") -> Shared:
        """Return what a slice keeps as long as the process lives, made at the first call."""
        if kind not in self._shared:
            self._shared[kind] = kind(self)
        found: Shared = self._shared[kind]
        return found
