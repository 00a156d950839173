"""What tells an entry again in a file of our own: its import's fingerprint, or its id where it was recorded by hand."""

import re
from uuid import UUID

_ENTRY = "entry:"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def fingerprint_of(key: UUID) -> str:
    """Return the fingerprint of an entry that no import has given one."""
    return f"{_ENTRY}{key}"


def entry_told_by(fingerprint: str) -> UUID | None:
    """Return the id of the entry that this is the fingerprint of, None where it is an import's."""
    if not fingerprint.startswith(_ENTRY):
        return None
    try:
        return UUID(fingerprint.removeprefix(_ENTRY))
    except ValueError:
        return None


def is_fingerprint(text: str) -> bool:
    """Whether this could be one."""
    return _DIGEST.fullmatch(text) is not None or entry_told_by(text) is not None
