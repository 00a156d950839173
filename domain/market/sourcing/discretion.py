"""What is told of faults tells no secret: providers repeat what they were sent."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, quote_plus

# What is shorter is found in every other word, and keeps nobody out.
_SHORTEST: Final = 4


def without_secrets(message: str, secrets: Iterable[str]) -> str:
    """Return a message without secrets, as they are or as an address has them, nor the beginning of one at its end."""
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            for form in {secret, quote(secret, safe=""), quote_plus(secret)}:
                message = _without_beginning(message.replace(form, "…"), form)
    return message


def _without_beginning(message: str, secret: str) -> str:
    """Return a message without what is left of a secret that it was cut off in: it shows a little of an answer.

    Behind the cut there may be a closing quotation mark and an ellipsis.
    """
    shown = message.rstrip("…'\"")
    for length in range(len(secret) - 1, _SHORTEST - 1, -1):
        if shown.endswith(secret[:length]):
            return f"{shown[:-length]}…"
    return message
