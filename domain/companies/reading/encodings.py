"""The encoding of a text: UTF-8, UTF-16, Korean (EUC-KR, cp949) or Windows-1252."""

import codecs
import re
from typing import Final

from domain.companies.reading.tables import FaultKind, FileFault

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Enough to see whether every second byte is nothing, as in UTF-16 without a mark.
_SAMPLE: Final = 4_096
_CHUNK: Final = 2**16
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]+")
# Runs of bytes beyond ASCII that are looked at: more change no opinion.
_MOST_RUNS: Final = 50_000
# Of characters beyond ASCII in Korean text, at least so many are in KS X 1001, which EUC-KR holds; letters of
# Windows-1252 that cp949 takes for Korean are mostly in its extension.
_KOREAN: Final = 0.9


def encoding_of(data: bytes) -> str:
    """Return the name of the encoding in which all of a text can be read.  Raises `FileFault`."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _unmarked_utf16(data)
    if encoding is None:
        place = data.find(b"\0")
        if place >= 0:
            raise FileFault(FaultKind.CHARACTER, "expected text, got a NUL byte", row=_row(data, place))
        encoding = "utf-8"
    fault = _first_fault(data, encoding)
    if fault is None:
        return encoding
    if encoding != "utf-8":
        raise FileFault(
            FaultKind.ENCODING,
            f"expected text in {encoding.removesuffix('-sig').upper()}, as its "
            f"beginning says, got other bytes at byte {fault + 1}",
            row=_row(data, fault),
        )
    return _legacy(data, fault)


def _legacy(data: bytes, place: int) -> str:
    runs = [run.group() for run in _first_runs(data)]
    utf8 = [text for run in runs if (text := _decoded(run, "utf-8")) is not None]
    if _is_korean(data):
        if any("가" <= character <= "힣" for text in utf8 for character in text):
            raise _mixed(data, place)
        return "cp949"
    if utf8:
        raise _mixed(data, place)
    if _first_fault(data, "cp1252") is None:
        return "cp1252"
    message = "expected text in UTF-8, UTF-16, EUC-KR or Windows-1252, got other bytes"
    raise FileFault(FaultKind.ENCODING, message, row=_row(data, place))


def _is_korean(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("cp949")()
    characters: set[str] = set()
    try:
        for start in range(0, len(data), _CHUNK):
            characters.update(decoder.decode(data[start : start + _CHUNK], final=start + _CHUNK >= len(data)))
    except UnicodeError:
        return False
    beyond = [character for character in characters if not character.isascii()]
    return sum(map(_is_standard, beyond)) >= _KOREAN * len(beyond)


def _mixed(data: bytes, place: int) -> FileFault:
    message = "expected one encoding, got UTF-8 and another one in the same file"
    return FileFault(FaultKind.ENCODING, message, row=_row(data, place))


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) < 4 or len(sample) % 2 or len(data) % 2 or max(even, odd) <= len(sample) // 5 or min(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _first_fault(data: bytes, encoding: str) -> int | None:
    """Return at which byte a text cannot be read any further, or None; it is not kept."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), _CHUNK):
        try:
            decoder.decode(data[start : start + _CHUNK], final=start + _CHUNK >= len(data))
        except UnicodeError as error:
            return start + (error.start if isinstance(error, UnicodeDecodeError) else 0)
    return None


def _first_runs(data: bytes) -> list[re.Match[bytes]]:
    found = _BEYOND_ASCII.finditer(data)
    return [run for run, _ in zip(found, range(_MOST_RUNS), strict=False)]


def _decoded(run: bytes, encoding: str) -> str | None:
    try:
        return run.decode(encoding)
    except UnicodeError:
        return None


def _is_standard(character: str) -> bool:
    try:
        # Syllables of the extension are spelled in eight bytes.
        return len(character.encode("euc_kr")) == 2
    except UnicodeError:
        return False


def _row(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1
