"""Instruments that one operation reads, each once, however many of its parts ask."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from domain.kernel.errors import BadUserInput
from domain.market import queries
from domain.market.types import InstrumentRow


class Instruments:
    """What was read so far.

    For one operation alone: what it has read it does not read again, and so sees no change.
    """

    def __init__(self) -> None:
        self._by_id: dict[UUID, InstrumentRow | None] = {}
        self._by_symbol: dict[str, InstrumentRow | None] = {}
        # Who comes while another reads finds what the other has read.
        self._reading = asyncio.Lock()

    async def by_id(self, ids: Sequence[UUID]) -> list[InstrumentRow | None]:
        """Return the instrument of each id, in the order asked: one statement, none where all were read."""
        async with self._reading:
            missing = [key for key in dict.fromkeys(ids) if key not in self._by_id]
            if missing:
                self._by_id.update(zip(missing, await queries.instruments_by_id(missing), strict=True))
        return [self._by_id[key] for key in ids]

    async def by_symbol(self, symbols: Sequence[str]) -> dict[str, InstrumentRow]:
        """Return the instruments of these symbols; what is unknown is missing.  Statements as of `by_id`."""
        async with self._reading:
            missing = [symbol for symbol in symbols if symbol not in self._by_symbol]
            if missing:
                found = await queries.instruments_by_symbol(missing)
                self._by_symbol.update((symbol, found.get(symbol)) for symbol in missing)
        known = ((symbol, self._by_symbol[symbol]) for symbol in symbols)
        return {symbol: row for symbol, row in known if row is not None}

    async def known(self, symbols: Sequence[str]) -> list[InstrumentRow]:
        """Return the instrument of each symbol, in the order asked.  Raises `BadUserInput`, which names the unknown."""
        found = await self.by_symbol(symbols)
        unknown = [symbol for symbol in symbols if symbol not in found]
        if unknown:
            raise BadUserInput(f"expected symbols of known instruments, got {', '.join(map(repr, unknown[:10]))}")
        return [found[symbol] for symbol in symbols]
