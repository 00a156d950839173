"""Text that spreadsheets would run as a formula, and the mark that keeps them from it."""

from typing import Final

# What a cell that is a formula begins with, in ASCII and in the wide forms that spreadsheets take for the same; and
# what, at its beginning, hides such a one.
FORMULAS: Final = ("=", "+", "-", "@", "|", "\t", "\r", "\n", "＝", "＋", "－", "＠", "｜")
_MARK: Final = "'"


def guarded(text: str) -> str:
    """Return text that no spreadsheet runs: with an apostrophe before what would be a formula."""
    if not text or text[0].isalnum():
        return text
    begins = text.lstrip(" ")
    is_marked = begins.startswith(_MARK) and begins[1:].startswith((*FORMULAS, _MARK))
    return f"{_MARK}{text}" if is_marked or begins.startswith(FORMULAS) else text


def unguarded(text: str) -> str:
    """Return the text that was guarded."""
    begins = text[1:].lstrip(" ")
    return text[1:] if text.startswith(_MARK) and begins.startswith((*FORMULAS, _MARK)) else text
