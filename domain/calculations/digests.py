"""What a calculation was made of, as a few digits: equal for equal numbers, and for no others."""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray


def digest_of(parts: Iterable[NDArray[np.generic] | str]) -> str:
    """Return 64 hex digits of arrays and texts, in their order: of type, shape and every byte."""
    digest = blake2b(digest_size=32)
    for part in parts:
        if isinstance(part, str):
            plain = part.encode()
            digest.update(b"t%d:" % len(plain))
            digest.update(plain)
        else:
            digest.update(f"a{part.dtype.str}{part.shape}:".encode())
            digest.update(np.ascontiguousarray(part).data)
    return digest.hexdigest()
