"""Argon2id, in a thread of its own: one hash takes about 185 ms of CPU, which the event loop has not to spare."""

import asyncio
import base64
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from argon2 import PasswordHasher as Argon2
from argon2 import Type
from argon2.exceptions import InvalidHashError, VerificationError

from domain.kernel.errors import Unavailable

# One password is being hashed, and so many may wait: the last for about 4 s.
WAITING: Final = 20

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Argon2Parameters:
    """The cost of a guess.  `memory` is in KiB."""

    memory: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4


class ThreadedPasswordHasher:
    """One password after the other.  Its thread leaves the interpreter's lock free while it works."""

    def __init__(self, parameters: Argon2Parameters, executor: ThreadPoolExecutor) -> None:
        self._argon2 = Argon2(
            time_cost=parameters.iterations,
            memory_cost=parameters.memory,
            parallelism=parameters.lanes,
            hash_len=32,
            salt_len=16,
            type=Type.ID,
        )
        # Who has no account is checked against this: of the same cost, and the hash of no password that anybody knows.
        self._nobody = (
            f"$argon2id$v=19$m={parameters.memory},t={parameters.iterations},p={parameters.lanes}"
            f"${_base64(bytes(16))}${_base64(bytes(32))}"
        )
        self._executor = executor
        self._places = threading.BoundedSemaphore(1 + WAITING)

    async def hash(self, password: str) -> str:
        """Return the encoded hash.  Raises `Unavailable` when the queue is full."""
        return await self._run(lambda: self._argon2.hash(password))

    async def verify(self, encoded: str | None, password: str) -> bool:
        """Whether the password belongs to the hash; against None it takes as long and answers False.

        Raises `Unavailable` when the queue is full.
        """
        matches = await self._run(lambda: self._matches(encoded or self._nobody, password))
        return matches and encoded is not None

    def _matches(self, encoded: str, password: str) -> bool:
        try:
            return self._argon2.verify(encoded, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[[], Result]) -> Result:
        if not self._places.acquire(blocking=False):
            raise Unavailable(
                f"expected at most {WAITING} passwords waiting to be checked, got one more; try again soon"
            )
        future = self._executor.submit(work)
        # A caller that goes away leaves the queue at once, but keeps its place while its password is being hashed.
        future.add_done_callback(self._leave)
        return await asyncio.wrap_future(future)

    def _leave(self, _: Future[Result]) -> None:
        self._places.release()


@asynccontextmanager
async def open_password_hasher(parameters: Argon2Parameters | None = None) -> AsyncIterator[ThreadedPasswordHasher]:
    """Start the thread, and at the end wait for the password that it is at; those that wait are given up."""
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="passwords")
    try:
        yield ThreadedPasswordHasher(parameters or Argon2Parameters(), executor)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).rstrip(b"=").decode()
