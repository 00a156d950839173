"""Reading as the product reads: in a process of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from domain.companies.reading.reading import read_table
from domain.companies.reading.tables import Table
from domain.infra.compute import open_compute
from domain.infra.sandbox import ProcessSandbox

Read = Callable[[bytes], Awaitable[Table]]


@pytest.fixture
async def read() -> AsyncIterator[Read]:
    """What reads the bytes of a file."""
    sandbox = ProcessSandbox()
    async with open_compute() as compute:
        yield lambda data: read_table(data, sandbox=sandbox, compute=compute)
