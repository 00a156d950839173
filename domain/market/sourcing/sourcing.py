"""All configured providers as this process asks them, and how they do, for other processes to read."""

import asyncio
import logging
import random
import time
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market.providers.file import FILE
from domain.market.providers.provider import Capability, FaultKind, Provider, ProviderFault
from domain.market.providers.registry import PROVIDERS
from domain.market.sourcing import conditions
from domain.market.sourcing.allowance import Allowance
from domain.market.sourcing.breaker import Breaker
from domain.market.sourcing.choice import nobody, ranked
from domain.market.sourcing.conditions import Condition
from domain.market.sourcing.line import Line
from domain.market.sourcing.quoting import DEFAULT, Manner, Told, Untold, ask_quotes
from domain.market.sourcing.racing import first_of
from domain.market.sourcing.types import ServiceLevel

# Seconds between two writings of how providers do, and for an answer that nobody waits for at a screen.
_WRITING: Final = 1.0
_UNHURRIED: Final = 20.0
# For how long what could not be had is not asked for again, and what was told: who read the stored quotes before it was
# stored there would ask at once.
_UNTOLD_HOLDS: Final = timedelta(seconds=10)
_TOLD_HOLDS: Final = timedelta(seconds=1)
# Seconds that such a question may wait for allowance: with five calls a minute, for some ten of them.
_PATIENT: Final = 120.0

_log = logging.getLogger(__name__)


class Sourcing:
    """The lines of one process.  `resources.shared(Sourcing)` is the process's own."""

    def __init__(
        self, resources: Resources, providers: Sequence[Provider] = PROVIDERS, manner: Manner = DEFAULT
    ) -> None:
        self.manner = manner
        self._resources = resources
        self._changed: set[Line] = set()
        self._writing: asyncio.Task[None] | None = None
        # What was asked a moment ago is not asked again at once: by symbol, and when it was answered.
        self._answers: dict[str, tuple[datetime, Told | Untold]] = {}
        known = {provider.name: provider for provider in providers}
        self.lines = tuple(
            Line(
                provider=known[access.name],
                access=access,
                web=resources.market_files if access.name == FILE.name and resources.market_files else resources.web,
                clock=resources.clock,
                compute=resources.compute,
                breaker=Breaker(time.monotonic, random.random),
                allowance=Allowance(
                    resources.clock,
                    time.monotonic,
                    known[access.name].calls_per_minute,
                    known[access.name].calls_per_day,
                ),
                on_change=self._note,
            )
            for access in resources.market_access
            if access.name in known
        )

    def offers(self, capability: Capability) -> bool:
        """Whether any provider can be asked for this."""
        return any(line.offers(capability) for line in self.lines)

    async def quotes(self, symbols: Collection[str], manner: Manner | None = None) -> dict[str, Told | Untold]:
        """Return what providers tell of each symbol now, or why nothing; or told a moment ago."""
        now = self._resources.clock.now()
        self._answers = {symbol: each for symbol, each in self._answers.items() if _holds(*each, now)}
        found = {symbol: self._answers[symbol][1] for symbol in symbols if symbol in self._answers}
        asked = set(symbols) - found.keys()
        if asked:
            told = await ask_quotes(self.lines, asked, now, manner or self.manner)
            answered = self._resources.clock.now()
            self._answers |= {symbol: (answered, each) for symbol, each in told.items()}
            found |= told
        return found

    async def ask(
        self, capability: Capability, asked: Any, level: ServiceLevel = ServiceLevel.LOW
    ) -> tuple[Line, tuple[Any, ...]]:
        """Return who answered, and what, asking one after another; for what nobody waits for at a screen.

        Where all allowances are used up for now it waits a little.  Raises the fault of the one that was asked last,
        `ProviderFault`; `RATE_LIMITED` where none may be asked any more.
        """
        chosen = await self._ready(capability, level)

        async def attempt(line: Line) -> tuple[Line, tuple[Any, ...]]:
            return line, await line.ask(capability, asked, _UNHURRIED, _CHECKS.get(capability), _PATIENT)

        attempts = [lambda line=line: attempt(line) for line in chosen]
        longest = _UNHURRIED + _PATIENT
        return await first_of(attempts, patience=longest, gives_up=True, within=longest * len(chosen))

    async def _ready(self, capability: Capability, level: ServiceLevel) -> list[Line]:
        waited = 0.0
        while not (chosen := ranked(self.lines, capability, level)):
            waits = [wait for line in self.lines if (wait := line.wait(capability)) is not None]
            if not waits or waited + min(waits) > _PATIENT:
                raise nobody(self.lines, capability)
            await asyncio.sleep(min(waits))
            waited += min(waits)
        return chosen

    async def conditions(self) -> list[Condition]:
        """Return how the configured providers do, in the order in which they are configured.  One statement."""
        return await conditions.read(self.lines, self._resources.clock.now().date())

    def _note(self, line: Line) -> None:
        self._changed.add(line)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_soon())

    async def _write_soon(self) -> None:
        await asyncio.sleep(_WRITING)
        try:
            await self.write()
        except Exception:  # noqa: BLE001 - logged; what is known is written with the next change
            _log.exception("how providers do could not be written")

    async def write(self) -> None:
        """Tell other processes how the lines do that were asked since."""
        lines, self._changed = self._changed, set()
        if not lines:
            return
        try:
            async with self._resources.unit_of_work(SYSTEM) as work:
                told = await conditions.put(work, sorted(lines, key=lambda line: line.name))
        except BaseException:
            self._changed |= lines
            raise
        for each in told:
            each.settle()


def _holds(answered: datetime, answer: Told | Untold, now: datetime) -> bool:
    # Not before it was answered: a clock that was put back would hold it for long.
    return timedelta(0) <= now - answered < (_UNTOLD_HOLDS if isinstance(answer, Untold) else _TOLD_HOLDS)


def _knows(found: tuple[Any, ...]) -> None:
    if not found:
        raise ProviderFault(FaultKind.NOT_FOUND, "expected a profile, got none")


# Where an empty answer is none; of all else there may be nothing.
_CHECKS: Final = {Capability.PROFILES: _knows}
