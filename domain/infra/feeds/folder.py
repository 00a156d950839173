"""A folder of this machine as a source."""

import asyncio
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from domain.infra.feeds.patterns import LARGEST, MOST_FILES, matches, refuse_large
from domain.kernel.feeds import Found, SourceFailed


class FolderSource:
    """The files of one folder, and of none below it.  Links are not followed: they may lead anywhere."""

    def __init__(self, folder: Path, patterns: Sequence[str]) -> None:
        self._folder = folder
        self._patterns = patterns

    async def files(self) -> list[Found]:
        """Return the files that match, by name.  Raises `SourceFailed`."""
        try:
            return await asyncio.to_thread(self._files)
        except OSError as error:
            raise SourceFailed(f"expected a folder that can be read, got {type(error).__name__}") from None

    async def fetch(self, found: Found) -> bytes:
        """Return the bytes of a file.  Raises `SourceFailed` where it has changed since, and `SourceRefused`."""
        refuse_large(found)
        try:
            return await asyncio.to_thread(self._fetch, found)
        except OSError as error:
            raise SourceFailed(f"expected a file that can be read, got {type(error).__name__}") from None

    def _files(self) -> list[Found]:
        with os.scandir(self._folder) as entries:
            files = [
                _found(entry.name, entry.stat(follow_symlinks=False))
                for entry in entries
                if entry.is_file(follow_symlinks=False) and matches(entry.name, self._patterns)
            ]
        return sorted(files, key=lambda found: found.name)[:MOST_FILES]

    def _fetch(self, found: Found) -> bytes:
        if Path(found.name).name != found.name:
            raise FileNotFoundError(found.name)
        # Between the list and now somebody may have put a link there.
        handle = os.open(self._folder / found.name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as file:
            before = os.fstat(handle)
            content = file.read(LARGEST + 1)
            if not stat.S_ISREG(before.st_mode) or _found(found.name, os.fstat(handle)) != found:
                # It is still being written: the next look finds it whole.
                raise SourceFailed(f"expected a file as it was listed, got {found.name[:200]!r} changed")
        return content


def _found(name: str, status: os.stat_result) -> Found:
    return Found(name, status.st_size, f"{status.st_mtime_ns}-{status.st_ino}-{status.st_size}")
