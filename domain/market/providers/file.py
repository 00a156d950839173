"""Files of daily bars in a folder, one for each symbol: `AAPL.csv` or `AAPL.parquet`, which is read as CSV too.

The first row names the columns, in any case: date and close are needed; open, high, low, volume, adjusted close, VWAP,
trades, dividends and splits are taken where they are there.  Dates are ISO; numbers have a point.  What instruments are
stands in `instruments.csv`: symbol and name; kind, exchange (a MIC), currency, sector, industry, country, CUSIP, ISIN.

Chains of options are files `chains/AAPL.csv`, named after the underlying as it is listed here.  They need a contract
(an OCC symbol) and asof; type, expiry and strike must agree with the contract.  Bid, ask, last, volume, open interest,
IV (an annual fraction), the underlying's last price and the multiplier are taken where they are there.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from domain.kernel.dates import session_close, trade_day
from domain.kernel.web import Answer, Request
from domain.market.occ import parse_occ
from domain.market.providers.asked import BarsAsked, ChainAsked, QuotesAsked, SymbolAsked
from domain.market.providers.observed import (
    ObservedAction,
    ObservedBar,
    ObservedContract,
    ObservedProfile,
    ObservedQuote,
    Unread,
)
from domain.market.providers.provider import Credentials, Endpoint, FaultKind, Parsed, Provider, ProviderFault, Tier
from domain.market.providers.reading import MAXIMUM_ENTRIES, Record, check_status, garbled, whole_ratio
from domain.market.types import ActionKind, InstrumentKind

# What a column may be called, without spaces and underscores, in small letters.
_NAMES: Final[Mapping[str, Sequence[str]]] = {
    "date": ("date", "day", "session", "timestamp", "datetime"),
    "open": ("open",),
    "high": ("high",),
    "low": ("low",),
    "close": ("close", "price", "last"),
    "adjusted": ("adjclose", "adjustedclose", "closeadjusted"),
    "volume": ("volume", "vol"),
    "vwap": ("vwap",),
    "trades": ("trades", "transactions", "numberoftrades"),
    "dividend": ("dividend", "dividends", "divcash"),
    "split": ("split", "splits", "stocksplits", "splitfactor", "splitcoefficient"),
}
_CHAIN_NAMES: Final[Mapping[str, Sequence[str]]] = {
    "contract": ("contract", "contractsymbol", "occ", "occsymbol", "optionsymbol"),
    "asof": ("asof", "quotedate", "quotetime"),
    "type": ("type", "right", "optiontype"),
    "expiry": ("expiry", "expiration", "expirationdate"),
    "strike": ("strike", "strikeprice"),
    "bid": ("bid",),
    "ask": ("ask",),
    "last": ("last", "lastprice"),
    "volume": ("volume",),
    "interest": ("openinterest",),
    "volatility": ("iv", "impliedvolatility"),
    "underlying": ("underlyinglast", "underlyingprice"),
    "multiplier": ("multiplier",),
}
_LONGEST_FIELD: Final = 1_000
# The file of what instruments are, and its columns: each is called by its name alone.
_MASTER: Final = "file:instruments"
_KINDS: Final = ("STOCK", "ETF", "MUTUAL_FUND", "INDEX")
_DESCRIPTION: Final = ("exchange", "currency", "sector", "industry", "country", "cusip", "isin")


def _build(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    del base_url, credentials  # The folder is configured.
    return Request(url=f"file:{asked.symbol}")


def _build_quotes(asked: QuotesAsked, base_url: str, credentials: Credentials) -> Request:
    del base_url, credentials
    return Request(url=f"file:{asked.symbols[0]}")


def _build_profile(asked: SymbolAsked, base_url: str, credentials: Credentials) -> Request:
    del asked, base_url, credentials
    return Request(url=_MASTER)


def _parse_profile(asked: SymbolAsked, answer: Answer) -> Parsed[ObservedProfile]:
    spellings = {name: (name,) for name in ("symbol", "name", "kind", *_DESCRIPTION)}
    for each in _rows(answer, spellings, ("symbol", "name")):
        if each.text("symbol") == asked.symbol:
            kind = (each.text("kind") or InstrumentKind.STOCK).upper()
            if kind not in _KINDS:
                raise garbled(f"one of {', '.join(_KINDS)} as kind of {each.what}", kind)
            profile = ObservedProfile(
                symbol=asked.symbol,
                name=each.needed_text("name"),
                kind=InstrumentKind(kind),
                **{name: each.text(name) for name in _DESCRIPTION},  # type: ignore[arg-type]
            )
            return Parsed((profile,))
    raise ProviderFault(FaultKind.NOT_FOUND, f"expected {asked.symbol} in instruments.csv, got no such row")


def _rows(
    answer: Answer,
    spellings: Mapping[str, Sequence[str]] = _NAMES,
    needed: Sequence[str] = ("date", "close"),
) -> Iterator[Record]:
    """Yield the rows by our names of columns, each with its number in what it is called."""
    for each in _each_row(answer, spellings, needed):
        if isinstance(each, ProviderFault):
            raise each
        yield each


def _each_row(
    answer: Answer, spellings: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Iterator[Record | ProviderFault]:
    """Yield the rows, and in the place of one that has other fields than the first row names, what is wrong with it."""
    check_status(answer)
    try:
        text = answer.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise garbled("a file in UTF-8", f"byte {error.start}") from None
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        heads = next(lines, [])
        columns = _columns(heads, spellings, needed)
        for number, line in enumerate(lines, 2):
            if number > MAXIMUM_ENTRIES:
                raise garbled(f"at most {MAXIMUM_ENTRIES} rows", number)
            if len(line) == len(heads) and all(len(field) <= _LONGEST_FIELD for field in line):
                yield Record({name: line[place] for name, place in columns.items()}, f"row {number}")
            elif line:
                yield garbled(f"{len(heads)} fields in row {number}", len(line))
    except csv.Error as error:
        raise garbled("a file of comma-separated values", str(error)) from None


def _columns(heads: Sequence[str], spellings: Mapping[str, Sequence[str]], needed: Sequence[str]) -> dict[str, int]:
    plain = [head.strip().lower().replace(" ", "").replace("_", "") for head in heads]
    found = {
        name: next(place for place, head in enumerate(plain) if head in told)
        for name, told in spellings.items()
        if any(head in told for head in plain)
    }
    for name in needed:
        if name not in found:
            raise garbled(f"a column {name} in the first row", ", ".join(heads))
    return found


def _parse_bars(asked: BarsAsked, answer: Answer) -> Parsed[ObservedBar]:
    bars = [_bar(each) for each in _rows(answer)]
    kept = {bar.session: bar for bar in bars if asked.start <= bar.session <= asked.end}
    return Parsed(tuple(kept[session] for session in sorted(kept)))


def _bar(each: Record) -> ObservedBar:
    return ObservedBar(
        session=each.needed_day("date"),
        close=each.needed_price("close"),
        open=each.price("open"),
        high=each.price("high"),
        low=each.price("low"),
        adjusted_close=each.price("adjusted"),
        volume=each.whole("volume"),
        vwap=each.price("vwap"),
        trades=each.whole("trades"),
    )


def _parse_actions(asked: BarsAsked, answer: Answer) -> Parsed[ObservedAction]:
    found: list[ObservedAction] = []
    for each in _rows(answer):
        day = each.needed_day("date")
        if not asked.start <= day <= asked.end:
            continue
        if (cash := each.price("dividend")) is not None:
            found.append(ObservedAction(symbol=asked.symbol, kind=ActionKind.DIVIDEND, ex_date=day, cash=cash))
        ratio = each.number("split")
        if ratio and ratio != 1:
            new, old = whole_ratio(ratio)
            split = ObservedAction(
                symbol=asked.symbol, kind=ActionKind.SPLIT, ex_date=day, numerator=new, denominator=old
            )
            found.append(split)
    return Parsed(tuple(sorted(found, key=lambda action: action.ex_date)))


def _parse_quotes(asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
    bars = sorted((_bar(each) for each in _rows(answer)), key=lambda bar: bar.session)
    if not bars:
        raise ProviderFault(FaultKind.NOT_FOUND, f"expected bars of {asked.symbols[0]}, got none")
    last = bars[-1]
    quote = ObservedQuote(
        symbol=asked.symbols[0],
        price=last.close,
        at=min(session_close(last.session), answer.received_at),
        previous_close=bars[-2].close if len(bars) > 1 else None,
        open=last.open,
        high=last.high,
        low=last.low,
        volume=last.volume,
        is_delayed=True,
    )
    return Parsed((quote,))


def _build_chain(asked: ChainAsked, base_url: str, credentials: Credentials) -> Request:
    del base_url, credentials
    return Request(url=f"file:chains/{asked.underlying}")


def _parse_chain(asked: ChainAsked, answer: Answer) -> Parsed[ObservedContract | Unread]:
    rows = (_contract_or_why(asked, each, answer) for each in _each_row(answer, _CHAIN_NAMES, ("contract", "asof")))
    return Parsed(
        tuple(each for each in rows if isinstance(each, Unread) or asked.expiry is None or each.expiry == asked.expiry)
    )


def _contract_or_why(asked: ChainAsked, each: Record | ProviderFault, answer: Answer) -> ObservedContract | Unread:
    if isinstance(each, ProviderFault):
        return Unread(each.message)
    try:
        return _contract(asked, each, answer)
    except ProviderFault as fault:
        return Unread(fault.message)


def _contract(asked: ChainAsked, each: Record, answer: Answer) -> ObservedContract:
    symbol = parse_occ(each.needed_text("contract").upper())
    if symbol is None:
        raise garbled(f"an OCC symbol as contract of {each.what}", each.get("contract"))
    right, expiry, strike = each.text("type"), each.day("expiry"), each.number("strike")
    if right is not None and right.upper() not in (symbol.right.value, symbol.right.value[0]):
        raise garbled(f"{symbol.right.value} as type of {each.what}", right)
    if expiry not in (None, symbol.expiry):
        raise garbled(f"{symbol.expiry} as expiry of {each.what}", str(expiry))
    if strike not in (None, symbol.strike):
        raise garbled(f"{symbol.strike} as strike of {each.what}", str(strike))
    return ObservedContract(
        underlying=asked.underlying,
        right=symbol.right,
        style=symbol.style,
        strike=symbol.strike,
        expiry=symbol.expiry,
        multiplier=each.whole("multiplier") or 100,
        bid=each.price("bid"),
        ask=each.price("ask"),
        last=each.price("last"),
        volume=each.whole("volume"),
        open_interest=each.whole("interest"),
        implied_volatility=each.volatility("volatility"),
        at=_quoted_at(each, answer),
        root=symbol.root,
        underlying_price=each.price("underlying"),
    )


def _quoted_at(each: Record, answer: Answer) -> datetime:
    """Return when a row was quoted: of a date alone, its close, or now where that is still to come."""
    day = each.needed_day("asof")
    if len(each.needed_text("asof")) > len("2025-10-01"):
        return each.needed_instant("asof")
    is_today = day == trade_day(answer.received_at)
    return min(session_close(day), answer.received_at) if is_today else session_close(day)


FILE: Final = Provider(
    name="file",
    title="Files",
    base_url="file:",
    tier=Tier.INSTITUTIONAL,
    priority=0,
    reliability=1.0,
    needs_key=False,
    quotes=Endpoint(_build_quotes, _parse_quotes),
    daily_bars=Endpoint(_build, _parse_bars),
    actions=Endpoint(_build, _parse_actions),
    profiles=Endpoint(_build_profile, _parse_profile),
    option_chains=Endpoint(_build_chain, _parse_chain),
)
