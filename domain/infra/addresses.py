"""Which addresses may be connected to: a name is resolved once, and the connection goes where it was resolved to."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from typing import Final

import httpcore
from httpcore._backends.auto import AutoBackend

# What `is_global` does not know: addresses that stand for IPv4 ones behind a gateway, and 6to4's relays.
_TRANSLATED: Final = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))

# Of a host with many addresses: whoever waits does not wait for all of them.
_MOST_TRIED: Final = 4


class PrivateAddress(Exception):
    """A server's address is not a public one."""


def is_public(address: str) -> bool:
    """Whether anybody on the internet would reach the same server at this address."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif found.is_site_local or any(found in network for network in _TRANSLATED):
            return False
    return found.is_global and not found.is_multicast


async def resolve(host: str, port: int, *, allows_private: bool) -> list[str]:
    """Return the addresses of a host, at most four.  Raises `PrivateAddress` where one is not public, and OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not allows_private and not all(map(is_public, addresses)):
        raise PrivateAddress(f"expected a public address for {host[:100]}, got one that is not")
    return addresses[:_MOST_TRIED]


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects as httpcore does, to public addresses alone."""

    def __init__(self, *, allows_private: bool) -> None:
        self._backend = AutoBackend()
        self._allows_private = allows_private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve once, and connect to what was resolved: to the next address where one cannot be reached."""
        try:
            addresses = await resolve(host, port, allows_private=self._allows_private)
        except (PrivateAddress, OSError) as error:
            raise httpcore.ConnectError(str(error)) from None
        fault: Exception = httpcore.ConnectError(f"expected an address of {host[:100]}, got none")
        for address in addresses:
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                fault = error
        raise fault

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - httpcore's own interface
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no configuration asks for it."""
        raise httpcore.ConnectError(f"expected an address of the network, got {path}")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._backend.sleep(seconds)
