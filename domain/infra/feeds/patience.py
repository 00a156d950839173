"""Asks a source again where it did not answer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from domain.kernel.feeds import Found, Source, SourceFailed

Result = TypeVar("Result")

# After the first failure, the second, the third: 60 s, 120 s, 240 s.
_RETRIES: Final = 3
_FIRST_PAUSE: Final = 60.0


class PatientSource:
    """Asks up to three times more, after 60 s, 120 s and 240 s; what is refused is not asked again."""

    def __init__(self, source: Source, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._source = source
        self._pause = pause

    async def files(self) -> list[Found]:
        """Return the files that match.  Raises `SourceFailed` after the last try, and `SourceRefused`."""
        return await self._tried(self._source.files)

    async def fetch(self, found: Found) -> bytes:
        """Return the bytes of a file.  Raises `SourceFailed` after the last try, and `SourceRefused`."""
        return await self._tried(lambda: self._source.fetch(found))

    async def _tried(self, ask: Callable[[], Awaitable[Result]]) -> Result:
        for retry in range(_RETRIES):
            try:
                return await ask()
            except SourceFailed:
                await self._pause(_FIRST_PAUSE * 2**retry)
        return await ask()
