"""What text from outside may hold."""

import re
import unicodedata
from typing import Final

# Control characters but for tab, line feed and carriage return; lone surrogates; and what changes the direction of
# writing (Unicode's Bidi_Control), by which one text can be made to look like another.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_LINE_BREAKS: Final = re.compile("[\t\n\r\x80-\x9f\u2028\u2029]")


def forbidden_character(text: str) -> str | None:
    """Return the first character that no text of ours may hold, as U+XXXX, or None."""
    found = _FORBIDDEN.search(text)
    return None if found is None else f"U+{ord(found.group()):04X}"


def as_name(text: str) -> str:
    """Return text that a user gave as a name: composed (NFC), without spaces around. Raises `ValueError` if it has line
    breaks.
    """
    found = _LINE_BREAKS.search(text) or _FORBIDDEN.search(text)
    if found is not None:
        raise ValueError(f"expected one line of text, got U+{ord(found.group()):04X}")
    return unicodedata.normalize("NFC", text).strip()


def camel(name: str) -> str:
    """Return a name as the API spells it."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
