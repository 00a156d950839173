"""Whether things go by themselves when nobody refers to them, or only when the garbage collector comes."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_for_the_collector() -> Iterator[None]:
    """Assert that nothing that was made within is left for the garbage collector to find."""
    was_enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
        found = gc.collect()
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()
    assert not found, f"{found} objects refer to each other in circles"
