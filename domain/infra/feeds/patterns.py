"""Which files of a source are asked for, and what is refused of any source."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Final

from domain.kernel.feeds import Found, SourceRefused

MOST_FILES: Final = 1_000
LARGEST: Final = 10 * 2**20


def matches(name: str, patterns: Sequence[str]) -> bool:
    """Whether the last part of a name is one of those asked for, as `*.csv`; names that begin with a dot never are."""
    last = name.rpartition("/")[2].casefold()
    return not last.startswith(".") and any(fnmatchcase(last, pattern.casefold()) for pattern in patterns)


def refuse_large(found: Found) -> None:
    """Raise `SourceRefused` for a file that is larger than any that is read."""
    if found.size > LARGEST:
        raise SourceRefused(f"expected a file of at most {LARGEST} bytes, got {found.size} of {found.name[:200]!r}")
