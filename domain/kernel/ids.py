"""Identifiers that sort by the time they were made."""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a UUID of version 7: 48 bits of milliseconds since 1970, then 74 random bits (RFC 9562, 5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (
        (milliseconds & (1 << 48) - 1) << 80
        | 0x7 << 76
        | (random >> 68 & 0xFFF) << 64
        | 0b10 << 62
        | random & (1 << 62) - 1
    )
    return UUID(int=value)
