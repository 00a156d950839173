"""Places where files of others come to lie: what is there, and the port that looks."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Found:
    """A file that lies at a source.  `version` is another one whenever its content is."""

    name: str
    size: int
    version: str


class SourceFailed(Exception):
    """A source did not answer as it should; asked again later it may.  The message tells no secret."""


class SourceRefused(Exception):
    """A source will answer no better later: what is configured of it is wrong.  The message tells no secret."""


class Source(Protocol):
    """A folder, a bucket or a server that is looked at every now and then."""

    async def files(self) -> list[Found]:
        """Return the files that match what was configured, by name, at most 1,000.

        Raises `SourceFailed` and `SourceRefused`.
        """
        ...

    async def fetch(self, found: Found) -> bytes:
        """Return the bytes of a file that was listed, at most 10 MB of them.

        Raises `SourceFailed`, also where the file has gone or changed, and `SourceRefused` for a larger one.
        """
        ...
