"""Keeps the tests on this machine: what leaves loopback is an error.

Only this process is watched; a server that a test starts as a process of its own is not.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest


class NetworkBlocked(OSError):
    """A test tried to reach an address outside loopback, or to look up a name."""


def block(patch: pytest.MonkeyPatch) -> None:
    """Refuse connections, datagrams and look-ups that leave this machine, until `patch` is undone."""
    for name, place in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
        patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name), place))
    patch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))


def is_loopback(host: object) -> bool:
    """Whether this host, a name or an address, is this machine. None and the empty name are: they bind."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in {"", "localhost", "testserver"}:
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _guarded(original: Callable[..., Any], place: int) -> Callable[..., Any]:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[place]
        # Addresses of AF_UNIX are paths, not tuples.
        if isinstance(address, tuple) and not is_loopback(address[0]):
            raise NetworkBlocked(f"tests stay on loopback, but one would reach {address[0]} port {address[1]}")
        return original(self, *arguments)

    return guarded


def _guarded_lookup(original: Callable[..., Any]) -> Callable[..., Any]:
    def lookup(host: Any, *arguments: Any, **options: Any) -> Any:
        if not is_loopback(host) and not _is_address(host):
            raise NetworkBlocked(f"tests stay on loopback, but one would look up {host!r}")
        return original(host, *arguments, **options)

    return lookup


def _is_address(host: object) -> bool:
    try:
        ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host))
    except ValueError:
        return False
    return True
