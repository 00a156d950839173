"""Every port, made real for a test: by the project's own wiring, but for the clock and the cost of a password."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from domain.infra.crypto.access_tokens import RsaAccessTokens
from domain.infra.crypto.passwords import Argon2Parameters, open_password_hasher
from domain.infra.crypto.secrets import load_secrets
from domain.infra.crypto.signing_keys import KeyRing
from domain.infra.rates import MemoryAttemptLimiter
from domain.infra.settings import Profile, Settings
from domain.infra.transaction import units_of_work
from domain.kernel.ports import Resources
from domain.wiring import open_resources

# As little as Argon2 allows: 0.1 ms.
CHEAP = Argon2Parameters(memory=8, iterations=1, lanes=1)


class ManualClock:
    """Real time that stands still until a test moves it."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = (start or datetime.now(UTC)).replace(microsecond=0)

    def now(self) -> datetime:
        """Return the present in UTC."""
        return self._now

    def seconds(self) -> float:
        """Return the same as a number of seconds, for what measures durations."""
        return self._now.timestamp()

    def advance(self, duration: timedelta | None = None, **parts: float) -> None:
        """Let time pass: `advance(seconds=11)`."""
        self._now += duration or timedelta(**parts)


class _Given(Settings):
    """Settings of what is given, checked as ever.  To read the environment takes longer than to open a database."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (pydantic passes all by name)
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


@asynccontextmanager
async def open_test_resources(
    database_url: str, folder: Path, keys: Path, clock: ManualClock | None = None
) -> AsyncIterator[Resources]:
    """Open the ports over a migrated database.  `keys` is a folder that tests may share: making keys takes a while."""
    settings = _Given(
        profile=Profile.DEMO,
        data_dir=folder,
        database_url=database_url,
        jwt_keys_dir=keys,
        secret_key_file=keys / "secret.key",
    )
    clock = clock or ManualClock()
    async with open_resources(settings) as opened, open_password_hasher(CHEAP) as passwords:
        yield replace(
            opened,
            clock=clock,
            unit_of_work=units_of_work(clock, opened.bus, opened.job_doorbell),
            passwords=passwords,
            access_tokens=RsaAccessTokens(KeyRing(load_secrets(settings).signing_keys), clock),
            attempts=MemoryAttemptLimiter(clock.seconds),
        )
