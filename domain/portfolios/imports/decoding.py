"""Bytes of a file to its text."""

import codecs
from typing import Final

from domain.kernel.errors import InvalidInput

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY: Final = (
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
)
# Enough of a file to see whether every second byte of it is nothing, as in UTF-16 without a mark.
_SAMPLE: Final = 4_096


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16, UTF-32 or Windows-1252.  Raises `InvalidInput`."""
    for start, what in _BINARY:
        if data.startswith(start):
            raise InvalidInput(f"expected a text file with separated columns (CSV), got {what}", field=("file_id",))
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    raise InvalidInput("expected a text in UTF-8, UTF-16 or Windows-1252, got other bytes", field=("file_id",))


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) >= 4 and max(even, odd) > len(sample) // 5:
        return ("utf-16-le" if odd > even else "utf-16-be",)
    return ("utf-8", "cp1252")
