"""Keeps a file that was written, as an upload is kept: the maker's own (decision 0011)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from domain.files.commands import store_file
from domain.files.queries import FileRow
from domain.kernel.ports import FileStore
from domain.kernel.work import Work

# A ledger of a hundred thousand entries takes some 20 MB.
_LARGEST: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written."""

    name: str
    content_type: str
    content: bytes


async def keep_bytes(files: FileStore, content: bytes, *, limit: int = _LARGEST) -> tuple[str, int]:
    """Store the bytes of a file; return their SHA-256 and how many they are: they lie there before a row says so.

    Raises `PayloadTooLarge` past `limit` bytes.
    """

    async def chunks() -> AsyncIterator[bytes]:
        yield content

    return await files.keep(chunks(), limit=limit)


async def keep_row(work: Work, written: Written, sha256: str, size: int) -> FileRow:
    """Let the actor have a file whose bytes are stored."""
    return await store_file(work, name=written.name, content_type=written.content_type, size=size, sha256=sha256)
