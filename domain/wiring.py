"""The composition root: the only place where ports are made real.  The API and the workers both enter it."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from domain.infra.bus.opening import open_bus
from domain.infra.clock import SystemClock
from domain.infra.compute import open_compute
from domain.infra.crypto.access_tokens import open_access_tokens
from domain.infra.crypto.field_cipher import AesFieldCipher
from domain.infra.crypto.passwords import open_password_hasher
from domain.infra.crypto.refresh_tokens import HmacRefreshTokens
from domain.infra.crypto.secrets import load_secrets
from domain.infra.database import open_database, probe
from domain.infra.doorbell import open_doorbell
from domain.infra.feeds.configured import company_sources
from domain.infra.files import LocalFileStore
from domain.infra.http import open_web
from domain.infra.market_files import FolderWeb
from domain.infra.outages import failure_of
from domain.infra.rates import open_attempt_limiter
from domain.infra.run_store import open_run_store
from domain.infra.sandbox import ProcessSandbox
from domain.infra.settings import Registration, Settings
from domain.infra.transaction import units_of_work
from domain.kernel.ports import Resources
from domain.market import history


@asynccontextmanager
async def background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Do something beside all else, as long as the context lasts."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def open_resources(settings: Settings) -> AsyncIterator[Resources]:
    """Open the database, the bus and all else that one process needs, and close them in the reverse order."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    clock = SystemClock()
    secrets = load_secrets(settings)
    async with (
        open_database(settings.database, pool=settings.database_pool) as database,
        open_bus(settings.redis_url or None) as bus,
        open_doorbell(settings.redis_url or None) as doorbell,
        open_attempt_limiter(settings.redis_url or None) as attempts,
        open_password_hasher() as passwords,
        open_compute() as compute,
        open_web(clock, allows_private=settings.allow_private_addresses) as web,
        background(history.follow_changes(bus)),
        open_run_store(unit_of_work := units_of_work(clock, bus, doorbell)) as runs,
    ):
        yield Resources(
            clock=clock,
            bus=bus,
            unit_of_work=unit_of_work,
            compute=compute,
            sandbox=ProcessSandbox(),
            runs=runs,
            passwords=passwords,
            access_tokens=open_access_tokens(secrets, clock),
            refresh_tokens=HmacRefreshTokens(secrets.refresh_key),
            field_cipher=AesFieldCipher(secrets.wrapping_key),
            attempts=attempts,
            files=LocalFileStore(settings.data_dir / "files"),
            job_doorbell=doorbell,
            probe_database=lambda: probe(database),
            failure_of=failure_of,
            registration_is_open=settings.registration_policy is Registration.OPEN,
            web=web,
            market_access=settings.market_access,
            intraday_days=settings.intraday_days,
            company_sources=company_sources(settings, web, clock),
            market_files=None if settings.market_files is None else FolderWeb(settings.market_files, clock),
        )
