"""Nothing that a test does may leave this machine."""

import asyncio
import socket

import pytest

from tests.support.network import NetworkBlocked, is_loopback

# 192.0.2.0/24 is reserved for documentation: nobody is there even if the guard fails.
ELSEWHERE = ("192.0.2.1", 9)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "", None, b"127.0.0.1", "::1%lo"])
def test_loopback(host: str | bytes | None) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "0.0.0.0", "example.org", "2001:db8::1", b"example.org"])
def test_elsewhere(host: str | bytes) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("verb", ["connect", "connect_ex"])
def test_connections_are_refused(verb: str) -> None:
    with socket.socket() as plug, pytest.raises(NetworkBlocked, match=r"192\.0\.2\.1 port 9"):
        getattr(plug, verb)(ELSEWHERE)


def test_datagrams_are_refused() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as plug, pytest.raises(NetworkBlocked):
        plug.sendto(b"anyone there?", ELSEWHERE)


def test_names_are_not_looked_up() -> None:
    with pytest.raises(NetworkBlocked, match=r"example\.org"):
        socket.getaddrinfo("example.org", 80)


async def test_asyncio_is_held_too() -> None:
    with pytest.raises(NetworkBlocked):
        await asyncio.open_connection(*ELSEWHERE)


def test_loopback_still_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=1):
        pass
