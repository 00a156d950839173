"""What only Redis can show: confirmation, sequence, round trips, processes, addresses."""

import asyncio
import itertools
import random
import ssl
import subprocess
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from redis.asyncio import Redis

from domain.infra.bus.opening import open_bus
from domain.infra.bus.redis_backend import RedisBackend
from domain.infra.bus.wire import encode
from domain.kernel.events import Resync
from tests.infra.bus.samples import AAA, BBB, tick

PREFIX = "foliograph:0:"
ROOT = Path(__file__).parents[3]


async def heard(listener, seconds: float = 2.0):
    async with asyncio.timeout(seconds):
        return await listener.next()


@pytest.fixture
async def redis(redis_url):
    async with Redis.from_url(redis_url) as client:
        yield client


@pytest.fixture
async def bus(redis_url):
    async with open_bus(redis_url) as opened:
        yield opened


async def subscribers(redis, channel):
    return dict(await redis.pubsub_numsub(PREFIX + channel))[(PREFIX + channel).encode()]


async def test_the_subscription_is_active_when_listen_returns_and_ends_with_its_last_listener(bus, redis):
    async with bus.listen(AAA):
        assert await subscribers(redis, AAA) == 1
        async with bus.listen(AAA, BBB):
            assert await subscribers(redis, AAA) == 1
        assert await subscribers(redis, AAA) == 1

    async with asyncio.timeout(2):
        while await subscribers(redis, AAA) or await subscribers(redis, BBB):  # noqa: ASYNC110 (Redis tells nobody)
            await asyncio.sleep(0.01)


async def test_a_gap_in_the_sequence_is_a_resync(bus, redis):
    async with bus.listen(AAA) as listener:
        await bus.publish([tick(1)])
        assert await heard(listener) == tick(1)

        await redis.incr(f"{PREFIX}sequence:{AAA}")
        await bus.publish([tick(3)])
        assert await heard(listener) == Resync(AAA)

        await bus.publish([tick(4)])
        assert await heard(listener) == tick(4)


async def test_what_comes_twice_or_out_of_order_is_never_passed_off_as_whole(bus, redis):
    order = list(range(200))
    random.Random(7).shuffle(order)
    shuffled = sorted(range(200), key=lambda place: place + order[place] % 20)
    async with bus.listen(AAA) as listener, bus.listen(BBB) as last:
        received: list[Any] = []
        for place in (*shuffled[:100], 5, 5, *shuffled[100:]):
            await redis.publish(PREFIX + AAA, f"{place} {encode(tick(place))}")
            await bus.publish([tick(place, "BBB")])
            await heard(last)
            await asyncio.sleep(0)
            received += listener.drain()

        for before, after in itertools.pairwise(received):
            if not (isinstance(before, Resync) or isinstance(after, Resync)):
                assert after.sequence == before.sequence + 1
        assert Resync(AAA) in received


@pytest.mark.parametrize("message", [b"", b"nonsense", b"7 nonsense", b"\xff\xfe \xff", b'1 ["NoSuchEvent",{}]'])
async def test_a_message_that_is_no_event_is_a_resync(bus, redis, message):
    async with bus.listen(AAA) as listener:
        await redis.publish(PREFIX + AAA, message)
        if message:
            assert await heard(listener) == Resync(AAA)

        await bus.publish([tick(1)])
        assert await heard(listener) in {tick(1), Resync(AAA)}
        await bus.publish([tick(2)])
        assert await heard(listener) == tick(2)


async def test_many_events_are_one_round_trip(bus, redis):
    async def calls():
        return (await redis.info("commandstats")).get("cmdstat_evalsha", {"calls": 0})["calls"]

    await bus.publish([tick(0)])
    before = await calls()
    await bus.publish([tick(n, f"T{n}") for n in range(400)])

    assert await calls() == before + 1


async def test_sequences_are_forgotten_a_day_after_their_last_message(bus, redis):
    await bus.publish([tick(1)])

    assert 86_000 < await redis.ttl(f"{PREFIX}sequence:{AAA}") <= 86_400


async def test_scripts_that_redis_has_forgotten_are_sent_again(bus, redis):
    async with bus.listen(AAA) as listener:
        await bus.publish([tick(1)])
        await redis.script_flush()
        await bus.publish([tick(2)])

        assert [await heard(listener), await heard(listener)] == [tick(1), tick(2)]


async def test_databases_of_one_redis_are_apart(bus, redis_url):
    async with open_bus(redis_url.removesuffix("/0") + "/1") as other, bus.listen(AAA) as listener:
        await other.publish([tick(1)])
        await bus.publish([tick(2)])

        assert await heard(listener) == tick(2)


async def test_two_processes_exchange_events(bus, redis_url):
    peer = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.infra.bus.peer", redis_url, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert peer.stdin
    assert peer.stdout
    try:
        async with asyncio.timeout(20), bus.listen(BBB) as listener:
            # Its log comes first.
            while await peer.stdout.readline() != b"ready\n":
                pass
            await bus.publish([tick(n) for n in range(3)])

            assert [await listener.next() for _ in range(3)] == [tick(1_000 + n, "BBB") for n in range(3)]
    finally:
        peer.stdin.close()
        await peer.wait()
    assert peer.returncode == 0


@pytest.mark.parametrize(
    "options", ["?decode_responses=True", "?protocol=3&socket_timeout=0.01&health_check_interval=1"]
)
async def test_options_of_the_address_do_not_break_it(redis_url, options):
    async with open_bus(redis_url + options) as bus, bus.listen(AAA) as listener:
        await asyncio.sleep(0.1)
        await bus.publish([tick(1)])

        assert await heard(listener) == tick(1)


def test_refuses_an_address_that_is_none_of_redis():
    with pytest.raises(ValueError, match="scheme"):
        RedisBackend("http://localhost")


async def test_a_wrong_password_leaves_it_disconnected_and_fails_nothing(redis_url):
    parts = urlsplit(redis_url)
    async with open_bus(f"redis://:wrong@{parts.hostname}:{parts.port}/0") as bus:
        await bus.publish([tick(1)])

        assert not bus.connected


@asynccontextmanager
async def behind_tls(redis_url, folder):
    """The same Redis behind TLS: the address, with the certificate to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "redis.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
    parts = urlsplit(redis_url)

    async def copy(reader, writer):
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    async def serve(reader, writer):
        there, back = await asyncio.open_connection(parts.hostname, parts.port)
        await asyncio.gather(copy(reader, back), copy(there, writer))

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    server = await asyncio.start_server(serve, "localhost", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"rediss://:{parts.password or ''}@localhost:{port}/0?ssl_ca_certs={pem}"
    finally:
        server.close()
        await asyncio.sleep(0.05)


async def test_travels_over_tls(redis_url, tmp_path):
    async with behind_tls(redis_url, tmp_path) as url, open_bus(url) as bus, bus.listen(AAA) as listener:
        await bus.publish([tick(1)])

        assert await heard(listener) == tick(1)
