"""Trying one after another, or several at once, under a deadline."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, TypeVar

from domain.market.providers.provider import FaultKind, ProviderFault

Found = TypeVar("Found")
Attempt = Callable[[], Awaitable[Found]]


async def first_of(attempts: Sequence[Attempt[Found]], *, patience: float, gives_up: bool, within: float) -> Found:
    """Return what the first attempt gives that succeeds.

    The next one begins when one has failed, or has not ended within `patience` seconds, and is then given up or not.
    Raises the last fault, or one of `DOWN` when time is over.
    """
    loop = asyncio.get_running_loop()
    due = loop.time() + within
    waiting = list(attempts)
    running: set[asyncio.Future[Found]] = set()
    fault = ProviderFault(FaultKind.DOWN, f"expected an answer within {within:g} s, got none")
    try:
        while waiting or running:
            if waiting:
                running.add(asyncio.ensure_future(waiting.pop(0)()))
            left = due - loop.time()
            if left <= 0:
                break
            done, running = await asyncio.wait(
                running,
                timeout=min(left, patience) if waiting else left,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for ended in done:
                error = ended.exception()
                if error is None:
                    _cancel(done)
                    return ended.result()
                if not isinstance(error, ProviderFault):
                    raise error
                fault = error
            if not done and gives_up and waiting:
                _cancel(running)
                running = set()
    finally:
        _cancel(running)
    raise fault


async def all_of(attempts: Sequence[Attempt[Found]], *, within: float) -> list[Found | ProviderFault]:
    """Return what each attempt gives within so many seconds, in their order: what it found, or its fault."""
    running = [asyncio.ensure_future(attempt()) for attempt in attempts]
    late = ProviderFault(FaultKind.DOWN, f"expected an answer within {within:g} s, got none")
    found: list[Found | ProviderFault] = []
    try:
        if running:
            await asyncio.wait(running, timeout=within)
        for task in running:
            error = task.exception() if task.done() else late
            if error is not None and not isinstance(error, ProviderFault):
                raise error
            found.append(task.result() if error is None else error)
    finally:
        # Also where nobody waits for this any more.
        _cancel(running)
    return found


def _cancel(running: Iterable[asyncio.Future[Any]]) -> None:
    for task in running:
        if task.done():
            # Looked at, so that nobody complains of a fault that came too late.
            if not task.cancelled():
                task.exception()
        else:
            task.cancel()
