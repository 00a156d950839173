"""Asks providers for quotes: what they agree on, or why there is nothing."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from domain.kernel.absence import AbsenceReason
from domain.market.consensus import Consensus, Observation, consensus
from domain.market.providers.asked import QuotesAsked
from domain.market.providers.observed import ObservedQuote
from domain.market.providers.provider import Capability, FaultKind, ProviderFault
from domain.market.sourcing.choice import nobody, ranked, resolved
from domain.market.sourcing.line import Line
from domain.market.sourcing.racing import Attempt, all_of, first_of
from domain.market.sourcing.types import ServiceLevel, Strategy
from domain.market.types import ConsensusMethod

# Seconds for an answer to whoever asked us, for one provider before the next is tried too, and for several together.
DEADLINE: Final = 3.0
PATIENCE: Final = 1.0
TOGETHER: Final = 2.0
_MOST_TOGETHER: Final = 3
# A price from the future, or older than this, is not the latest one of anything that trades.
_AHEAD: Final = timedelta(minutes=1)
_OLDEST: Final = timedelta(days=5)

# Why there is no price, by what the provider said that was asked last.
_REASONS: Final = {
    FaultKind.NOT_FOUND: AbsenceReason.NOT_COVERED,
    FaultKind.REFUSED: AbsenceReason.NOT_COVERED,
    FaultKind.RATE_LIMITED: AbsenceReason.RATE_LIMITED,
    FaultKind.OUTDATED: AbsenceReason.STALE,
    FaultKind.DOWN: AbsenceReason.PROVIDER_DOWN,
    FaultKind.GARBLED: AbsenceReason.PROVIDER_DOWN,
    FaultKind.WRONG_SYMBOL: AbsenceReason.PROVIDER_DOWN,
}


@dataclass(frozen=True, slots=True)
class _Said:
    """What one provider told of the symbols that it was asked for, and what was wrong with the others."""

    line: Line
    quotes: dict[str, ObservedQuote]
    faults: dict[str, ProviderFault]


@dataclass(frozen=True, slots=True)
class Told:
    """What providers agree on of one symbol, and the fullest of their quotes."""

    consensus: Consensus
    quote: ObservedQuote


@dataclass(frozen=True, slots=True)
class Untold:
    """Why there is no price of a symbol."""

    reason: AbsenceReason
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How quotes are asked for; seconds."""

    strategy: Strategy = Strategy.ADAPTIVE
    level: ServiceLevel = ServiceLevel.HIGH
    method: ConsensusMethod = ConsensusMethod.WEIGHTED_AVERAGE
    deadline: float = DEADLINE
    patience: float = PATIENCE
    together: float = TOGETHER


DEFAULT: Final = Manner()


async def ask_quotes(
    lines: Sequence[Line], symbols: Collection[str], now: datetime, manner: Manner
) -> dict[str, Told | Untold]:
    """Return what is told of each symbol, or why nothing is, within the deadline."""
    chosen = ranked(lines, Capability.QUOTES, manner.level, manner.strategy)
    wanted = sorted(set(symbols))
    if not chosen:
        return dict.fromkeys(wanted, _untold(nobody(lines, Capability.QUOTES)))
    strategy = resolved(manner.strategy, chosen)
    if strategy is Strategy.CONSENSUS:
        said, fault = await _together(chosen, wanted, now, manner)
    else:
        said, fault = await _in_turn(chosen, wanted, now, manner, gives_up=strategy is Strategy.PROGRESSIVE)
    return {symbol: _told(symbol, said, fault, manner.method) for symbol in wanted}


async def _together(
    chosen: Sequence[Line], wanted: Sequence[str], now: datetime, manner: Manner
) -> tuple[list[_Said], ProviderFault | None]:
    """Ask several at once, and of what none of them told, the others."""
    due = asyncio.get_running_loop().time() + manner.deadline
    attempts = [_attempt(line, wanted, now, manner.together) for line in chosen[:_MOST_TOGETHER]]
    found = await all_of(attempts, within=manner.together)
    said = [each for each in found if not isinstance(each, ProviderFault)]
    fault = next((each for each in reversed(found) if isinstance(each, ProviderFault)), None)
    missing = _missing(wanted, said)
    rest = chosen[_MOST_TOGETHER:]
    if missing and rest:
        left = replace(manner, deadline=due - asyncio.get_running_loop().time())
        more, last = await _in_turn(rest, missing, now, left, gives_up=False)
        return said + more, last or fault
    return said, fault


async def _in_turn(
    chosen: Sequence[Line], wanted: Sequence[str], now: datetime, manner: Manner, *, gives_up: bool
) -> tuple[list[_Said], ProviderFault | None]:
    """Ask until every symbol is told of, each provider once, or time is over."""
    loop = asyncio.get_running_loop()
    due = loop.time() + manner.deadline
    said: list[_Said] = []
    left = list(chosen)
    while left and due > loop.time() and (missing := _missing(wanted, said)):
        within = due - loop.time()
        attempts = [_attempt(line, missing, now, within) for line in left]
        try:
            found = await first_of(attempts, patience=manner.patience, gives_up=gives_up, within=within)
        except ProviderFault as fault:
            return said, fault
        said.append(found)
        # Those before it have failed, and who knows one symbol knows no more at once.
        left = left[left.index(found.line) + 1 :]
    return said, None


def _missing(wanted: Sequence[str], said: Sequence[_Said]) -> list[str]:
    told = {symbol for each in said for symbol in each.quotes}
    return [symbol for symbol in wanted if symbol not in told]


def _attempt(line: Line, wanted: Sequence[str], now: datetime, seconds: float) -> Attempt[_Said]:
    endpoint = line.endpoint(Capability.QUOTES)
    assert endpoint is not None
    batches = [tuple(wanted[start : start + endpoint.most]) for start in range(0, len(wanted), endpoint.most)]

    async def attempt() -> _Said:
        parts = await all_of(
            [lambda batch=batch: _ask(line, batch, now, seconds) for batch in batches],  # type: ignore[misc]
            within=seconds,
        )
        said = _Said(line, {}, {})
        for batch, part in zip(batches, parts, strict=True):
            if isinstance(part, ProviderFault):
                said.faults.update(dict.fromkeys(batch, part))
                continue
            for quote in part:
                if (outdated := _outdated(quote, now)) is not None:
                    said.faults[quote.symbol] = outdated
                else:
                    said.quotes[quote.symbol] = quote
        if not said.quotes:
            raise next(iter(said.faults.values()))
        return said

    return attempt


async def _ask(line: Line, batch: tuple[str, ...], now: datetime, seconds: float) -> tuple[ObservedQuote, ...]:
    def check(found: tuple[ObservedQuote, ...]) -> None:
        _check(batch, found, now)

    return await line.ask(Capability.QUOTES, QuotesAsked(batch), seconds, check)


def _check(batch: Collection[str], found: Sequence[ObservedQuote], now: datetime) -> None:
    """Refuse answers about something else, and prices that cannot be of now.  Raises `ProviderFault`."""
    if not found:
        raise ProviderFault(FaultKind.NOT_FOUND, f"expected quotes of {', '.join(batch)[:100]}, got none")
    for quote in found:
        if quote.symbol not in batch:
            raise ProviderFault(
                FaultKind.WRONG_SYMBOL, f"expected quotes of {', '.join(batch)[:100]}, got one of {quote.symbol[:40]}"
            )
    outdated = [_outdated(quote, now) for quote in found]
    if outdated[0] is not None and all(outdated):
        raise outdated[0]


def _outdated(quote: ObservedQuote, now: datetime) -> ProviderFault | None:
    """Return what is wrong with the time of a quote; one alone says nothing against the provider: it may be halted."""
    if now - _OLDEST <= quote.at <= now + _AHEAD:
        return None
    return ProviderFault(
        FaultKind.OUTDATED, f"expected a price of now of {quote.symbol[:40]}, got one of {quote.at.isoformat()}"
    )


def _told(symbol: str, said: Sequence[_Said], fault: ProviderFault | None, method: ConsensusMethod) -> Told | Untold:
    heard = [(each.line, each.quotes[symbol]) for each in said if symbol in each.quotes]
    agreed = consensus(
        [
            Observation(
                provider=line.name,
                price=quote.price,
                at=quote.at,
                weight=Decimal(str(line.provider.reliability)),
                is_delayed=quote.is_delayed,
            )
            for line, quote in heard
        ],
        method,
    )
    if agreed is not None:
        return Told(agreed, max((quote for _, quote in heard), key=_fullness))
    own = [each.faults[symbol] for each in said if symbol in each.faults]
    last = fault or (own[-1] if own else None)
    if last is None:
        return Untold(AbsenceReason.NO_PRICE, f"no provider told a price of {symbol}")
    return _untold(last)


def _untold(fault: ProviderFault) -> Untold:
    return Untold(_REASONS[fault.kind], fault.message)


def _fullness(quote: ObservedQuote) -> int:
    return sum(getattr(quote, name) is not None for name in ("open", "high", "low", "volume", "bid", "ask"))
