"""Folders, buckets and servers, asked where they really are: on this disk, and on servers of this machine."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import asyncssh
import boto3
import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials
from moto.server import ThreadedMotoServer

from domain.infra.clock import SystemClock
from domain.infra.feeds.bucket import BucketSource
from domain.infra.feeds.folder import FolderSource
from domain.infra.feeds.patience import PatientSource
from domain.infra.feeds.sftp import SftpAccess, SftpSource
from domain.infra.feeds.signing import Credentials, canonical_path, canonical_query, signed_headers
from domain.infra.http import open_web
from domain.kernel.feeds import Found, SourceFailed, SourceRefused

PATTERNS = ("*.csv", "*.XLSB")
FILES = {"a.csv": b"ticker,per\nAAPL,31\n", "b.xlsb": b"PK", "c.txt": b"no", ".hidden.csv": b"no"}
STORAGE = Credentials(key="AKIAEXAMPLE", secret="a-secret-of-the-tests")
ODD = "feeds/Übersicht + 100%/a b=c&d~'(1)'.csv"


# A folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "watched"
    (path / "below.csv").mkdir(parents=True)
    for name, content in FILES.items():
        (path / name).write_bytes(content)
    return path


async def test_a_folder(folder: Path):
    source = FolderSource(folder, PATTERNS)

    found = await source.files()

    assert [(each.name, each.size) for each in found] == [("a.csv", 19), ("b.xlsb", 2)]
    assert [await source.fetch(each) for each in found] == [FILES["a.csv"], FILES["b.xlsb"]]


async def test_links_in_a_folder_are_not_followed(folder: Path, tmp_path: Path):
    (secret := tmp_path / "secret").write_bytes(b"hush")
    (folder / "link.csv").symlink_to(secret)
    source = FolderSource(folder, PATTERNS)

    assert [each.name for each in await source.files()] == ["a.csv", "b.xlsb"]
    for name in ("link.csv", "../secret"):
        with pytest.raises(SourceFailed):
            await source.fetch(Found(name, 4, "1"))


async def test_a_file_that_is_being_written_is_not_taken(folder: Path):
    source = FolderSource(folder, PATTERNS)
    found = (await source.files())[0]
    with (folder / "a.csv").open("ab") as file:
        file.write(b"MSFT,30\n")

    with pytest.raises(SourceFailed, match="changed"):
        await source.fetch(found)
    assert (await source.files())[0].version != found.version


async def test_a_large_file_is_not_fetched(folder: Path):
    os.truncate(folder / "a.csv", 10 * 2**20 + 1)
    source = FolderSource(folder, PATTERNS)

    with pytest.raises(SourceRefused, match="at most 10485760 bytes, got 10485761"):
        await source.fetch((await source.files())[0])


async def test_a_folder_that_has_gone(tmp_path: Path):
    with pytest.raises(SourceFailed, match="got FileNotFoundError"):
        await FolderSource(tmp_path / "gone", PATTERNS).files()


# A bucket


def _free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    """A server of S3's protocol with a bucket, by its address."""
    server = ThreadedMotoServer("127.0.0.1", _free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id=STORAGE.key,
        aws_secret_access_key=STORAGE.secret,
    )
    client.create_bucket(Bucket="feeds")
    for name, content in FILES.items():
        client.put_object(Bucket="feeds", Key=f"weekly/{name}", Body=content)
    client.put_object(Bucket="feeds", Key=ODD, Body=b"odd")
    client.put_object(Bucket="feeds", Key="large.csv", Body=bytes(10 * 2**20 + 1))
    for number in range(1_100):
        client.put_object(Bucket="feeds", Key=f"many/{number:04}.{'csv' if number % 2 else 'txt'}", Body=b"1")
    client.close()
    yield url
    server.stop()


@pytest.fixture
async def buckets(storage: str) -> AsyncIterator[Callable[..., BucketSource]]:
    """What makes a source of a prefix and a bucket."""
    clock = SystemClock()
    async with open_web(clock, allows_private=True) as web:
        yield lambda prefix, bucket="feeds": BucketSource(
            web, clock, storage, bucket, STORAGE, patterns=PATTERNS, prefix=prefix
        )


async def test_a_bucket(buckets):
    source = buckets("weekly/")

    found = await source.files()

    assert [(each.name, each.size) for each in found] == [("weekly/a.csv", 19), ("weekly/b.xlsb", 2)]
    assert [await source.fetch(each) for each in found] == [FILES["a.csv"], FILES["b.xlsb"]]


async def test_odd_names_in_a_bucket(buckets):
    source = buckets("feeds/Übersicht + 100%/")

    found = await source.files()

    assert [each.name for each in found] == [ODD]
    assert await source.fetch(found[0]) == b"odd"


async def test_a_bucket_of_more_than_a_page(buckets):
    found = await buckets("many/").files()

    assert [each.name for each in found] == [f"many/{number:04}.csv" for number in range(1, 1_100, 2)]


async def test_a_large_object_is_not_fetched(buckets):
    source = buckets("large")

    with pytest.raises(SourceRefused, match="at most 10485760 bytes, got 10485761"):
        await source.fetch((await source.files())[0])


async def test_an_object_that_has_changed_is_not_taken(buckets):
    source = buckets("weekly/")
    found = (await source.files())[0]

    with pytest.raises(SourceFailed, match="changed"):
        await source.fetch(Found(found.name, found.size, '"another"'))
    with pytest.raises(SourceRefused, match="got status 404"):
        await source.fetch(Found("weekly/gone.csv", 1, '"x"'))
    with pytest.raises(SourceRefused, match="got status 404"):
        await buckets("", "none").files()


async def test_private_storage_is_not_asked(storage: str):
    clock = SystemClock()
    async with open_web(clock) as web:
        for url in (storage, "https://127.0.0.1", "https://localhost"):
            with pytest.raises(SourceFailed) as failed:
                await BucketSource(web, clock, url, "feeds", STORAGE, patterns=PATTERNS).files()
            assert STORAGE.secret not in str(failed.value)


@pytest.mark.parametrize("name", ["weekly/a.csv", ODD, "삼성.csv", "a//b.csv"])
def test_signatures_are_those_of_amazons_own_client(name: str):
    at = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    path = canonical_path(f"/feeds/{name}")
    query = canonical_query({"prefix": name, "list-type": "2", "continuation-token": "a+/=="})
    request = AWSRequest("GET", f"https://storage.example.com{path}?{query}")
    request.context["timestamp"] = "20260304T050607Z"
    request.headers["X-Amz-Date"] = "20260304T050607Z"
    request.headers["X-Amz-Content-SHA256"] = S3SigV4Auth(None, "s3", "eu-west-1").payload(request)
    signer = S3SigV4Auth(BotocoreCredentials(STORAGE.key, STORAGE.secret), "s3", "eu-west-1")

    ours = signed_headers(
        "storage.example.com",
        path,
        query,
        Credentials(key=STORAGE.key, secret=STORAGE.secret, region="eu-west-1"),
        at,
    )

    text = signer.string_to_sign(request, signer.canonical_request(request))
    assert ours["authorization"].rpartition("=")[2] == signer.signature(text, request)
    assert STORAGE.secret not in repr(STORAGE)


# A server


@pytest.fixture(scope="module")
def host_key() -> asyncssh.SSHKey:
    return asyncssh.generate_private_key("ssh-ed25519")


@pytest.fixture
async def server(folder: Path, tmp_path: Path, host_key: asyncssh.SSHKey) -> AsyncIterator[SftpAccess]:
    """An SFTP server over the folder, and how it is reached."""
    user_key = asyncssh.generate_private_key("ssh-ed25519")
    (tmp_path / "keys").write_bytes(user_key.export_public_key())

    def chrooted(channel: "asyncssh.SSHServerChannel[bytes]") -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=str(folder).encode())

    listening = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_host_keys=[host_key],
        authorized_client_keys=str(tmp_path / "keys"),
        sftp_factory=chrooted,
    )
    yield SftpAccess(
        host="127.0.0.1",
        port=listening.get_port(),
        user="feeds",
        host_key=host_key.export_public_key().decode(),
        key=user_key.export_private_key().decode(),
    )
    listening.close()
    await listening.wait_closed()


def _sftp(access: SftpAccess, **changes: str) -> SftpSource:
    fields = {name: getattr(access, name) for name in SftpAccess.__slots__}
    return SftpSource(SftpAccess(**(fields | changes)), "/", patterns=PATTERNS, allows_private=True)


async def test_a_server(server: SftpAccess, folder: Path):
    (folder / "link.csv").symlink_to(folder / "a.csv")
    source = _sftp(server)

    found = await source.files()

    assert [(each.name, each.size) for each in found] == [("a.csv", 19), ("b.xlsb", 2)]
    assert [await source.fetch(each) for each in found] == [FILES["a.csv"], FILES["b.xlsb"]]
    with pytest.raises(SourceFailed, match="which is none any more"):
        await source.fetch(Found("link.csv", 19, "1"))


async def test_a_file_on_a_server_that_has_changed_is_not_taken(server: SftpAccess, folder: Path):
    source = _sftp(server)
    found = (await source.files())[0]
    (folder / "a.csv").write_bytes(b"more than there was before")

    with pytest.raises(SourceFailed, match="changed"):
        await source.fetch(found)
    with pytest.raises(SourceFailed, match="got SFTPNoSuchFile"):
        await source.fetch(Found("gone.csv", 1, "1"))


async def test_a_server_with_another_key_is_not_trusted(server: SftpAccess):
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()

    with pytest.raises(SourceRefused, match="got HostKeyNotVerifiable"):
        await _sftp(server, host_key=other).files()


async def test_a_user_who_is_not_let_in(server: SftpAccess):
    other = asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode()

    with pytest.raises(SourceRefused, match="got PermissionDenied"):
        await _sftp(server, key=other).files()
    assert "PRIVATE KEY" not in repr(server)


async def test_a_private_server_is_not_asked(server: SftpAccess):
    with pytest.raises(SourceRefused, match="expected a public address"):
        await SftpSource(server, "/", patterns=PATTERNS).files()


async def test_a_server_that_is_not_there(server: SftpAccess):
    with pytest.raises(SourceFailed, match="got ConnectionRefusedError"):
        await _sftp(server, port=_free_port()).files()  # type: ignore[arg-type]


# Patience


class Flaky:
    """A source that fails so many times before it answers."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.asked = 0

    async def files(self) -> list[Found]:
        self.asked += 1
        if self.faults:
            raise self.faults.pop(0)
        return [Found("a.csv", 1, "1")]

    async def fetch(self, found: Found) -> bytes:
        await self.files()
        return b"1"


@pytest.mark.parametrize("failures", range(5))
async def test_a_source_is_asked_three_times_more(failures: int):
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)

    flaky = Flaky(*[SourceFailed("not now")] * failures)
    source = PatientSource(flaky, pause)

    if failures == 4:
        with pytest.raises(SourceFailed):
            await source.fetch(Found("a.csv", 1, "1"))
    else:
        assert await source.fetch(Found("a.csv", 1, "1")) == b"1"
    assert pauses == [60, 120, 240][:failures]


async def test_what_is_refused_is_not_asked_again():
    flaky = Flaky(SourceRefused("never"))

    with pytest.raises(SourceRefused):
        await PatientSource(flaky).files()
    assert flaky.asked == 1
