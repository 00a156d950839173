"""Keeps uploaded files in a folder, each under its SHA-256."""

import asyncio
import hashlib
import os
import re
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO, Final

from domain.kernel.errors import PayloadTooLarge

_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


class LocalFileStore:
    """Files below one folder; several API processes share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, chunks: AsyncIterator[bytes], *, limit: int) -> tuple[str, int]:
        """Store a stream; return its SHA-256 in hex and its size.  Raises `PayloadTooLarge` past `limit` bytes, and
        keeps nothing.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(dir=self._folder, prefix="incoming-")
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > limit:
                        raise PayloadTooLarge(f"expected a file of at most {limit} bytes, got more")
                    digest.update(chunk)
                    await asyncio.to_thread(file.write, chunk)
                await asyncio.to_thread(_flush, file)
            await asyncio.to_thread(partial.replace, self._path(digest.hexdigest()))
        finally:
            await asyncio.to_thread(partial.unlink, missing_ok=True)
        return digest.hexdigest(), size

    async def read(self, sha256: str) -> bytes:
        """Return the bytes.  Raises KeyError when there are none."""
        if _DIGEST.fullmatch(sha256) is None:
            # No other name leads out of the folder.
            raise KeyError(sha256)
        try:
            return await asyncio.to_thread(self._path(sha256).read_bytes)
        except FileNotFoundError:
            raise KeyError(sha256) from None

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
