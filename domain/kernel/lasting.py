"""Large things that stay: the garbage collector, whose walk through them would stop the loop, is kept out of them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_NEVER: Final = 1_000_000_000


class _Making:
    """How many are being made, and how often all was walked through before."""

    count = 0
    threshold = gc.get_threshold()


@contextmanager
def made_to_stay() -> Iterator[None]:
    """Make within what is large and is kept: it is not walked through while it grows, nor later.

    It goes when nobody refers to it, so that it must hold no circles.  Circles of others that are given up meanwhile,
    and that are older than the collector's first two generations, stay for good: a few kilobytes.  To be entered and
    left by the event loop's thread; several may be under way.
    """
    with made_to_pass():
        try:
            yield
        finally:
            gc.collect(1)
            gc.freeze()


@contextmanager
def made_to_pass() -> Iterator[None]:
    """Make within what is large and given up at the end: it is not walked through meanwhile.

    As `made_to_stay`, but for what stays.
    """
    making = _Making
    if not making.count:
        making.threshold = gc.get_threshold()
        gc.set_threshold(*making.threshold[:2], _NEVER)
    making.count += 1
    try:
        yield
    finally:
        making.count -= 1
        if not making.count:
            gc.set_threshold(*making.threshold)
