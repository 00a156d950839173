"""Tickers as they should be written, whatever a feed has added to them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from domain.companies.catalogue import FIELDS
from domain.companies.quality.examination import Examination
from domain.companies.quality.findings import Correction, Finding, FindingKind, Severity
from domain.companies.values import is_token

_PATTERN = re.compile(next(field.pattern or "" for field in FIELDS if field.code == "ticker"))
_LONGEST = 10
# What vendors put around a ticker to name its market. A single letter after a dot is a class of shares.
_AROUND = re.compile(
    r"^(?:\$|(?:NASDAQ|NYSE|AMEX|XNAS|XNYS|US|KRX|KOSPI|KOSDAQ)[:/])"
    r"|(?:[.:_/ -](?:US|USA|OQ|XNAS|XNYS|NYSE|NASDAQ|KS|KQ|EQUITY))+$"
)


def plain_ticker(text: str) -> str:
    """Return a ticker without blanks, in capitals and without the name of a market."""
    upper = text.strip().upper()
    return _AROUND.sub("", upper) or upper


def is_ticker(text: str) -> bool:
    """Whether a company can be known by this: letters, digits, dots and dashes, not all of them signs, up to 10."""
    return len(text) <= _LONGEST and bool(_PATTERN.match(text)) and any(map(str.isalnum, text))


def _suffix(text: str) -> str:
    upper = text.strip().upper()
    return upper.removeprefix(plain_ticker(upper))


def check_tickers(examination: Examination) -> Iterator[Finding]:
    """Find tickers that are not written as all others are: blanks, small letters, names of markets, other signs."""
    if "ticker" not in examination.table.columns:
        return
    tickers = examination.table.tickers
    usual = _usual_suffixes(tickers)
    for row, (text, stripped) in enumerate(zip(tickers, examination.plain_tickers, strict=True)):
        if stripped == text and len(text) <= _LONGEST and _PATTERN.match(text):
            continue
        if not text.strip() or is_token(text):
            continue
        plain = text.strip().upper() if _suffix(text) in usual else stripped
        if plain == text and len(text) <= _LONGEST and _PATTERN.match(text):
            continue
        good = bool(_PATTERN.match(plain)) and len(plain) <= _LONGEST
        correction = Correction(plain, "written as the other tickers are", 0.98) if good and plain != text else None
        expected = f"a ticker such as {plain}" if good else f"a ticker of A-Z, 0-9, dots and dashes, up to {_LONGEST}"
        yield Finding(FindingKind.PATTERN, "ticker", row, text, expected, Severity.ERROR, 0.99, correction)


def _usual_suffixes(tickers: Sequence[str]) -> set[str]:
    # A market that a quarter of all tickers name is how this feed writes them.
    counts = Counter(_suffix(text) for text in tickers if not text.isalnum())
    return {suffix for suffix, count in counts.items() if suffix and count > max(len(tickers) / 4, 3)}
