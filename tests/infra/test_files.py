"""Where the bytes of uploads are kept."""

import asyncio
import hashlib
import stat

import pytest

from domain.infra.files import LocalFileStore
from domain.kernel.errors import PayloadTooLarge


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def store(folder):
    return LocalFileStore(folder)


async def chunks(*parts, error=None):
    for part in parts:
        yield part
        await asyncio.sleep(0)
    if error is not None:
        raise error


async def test_bytes_are_found_by_their_digest(store, folder):
    digest, size = await store.keep(chunks(b"ab", b"", b"cd"), limit=4)

    assert (digest, size) == (hashlib.sha256(b"abcd").hexdigest(), 4)
    assert await store.read(digest) == b"abcd"
    (file,) = folder.iterdir()
    # Nobody else on the machine reads it.
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("parts", [(b"abcde",), (b"abcd", b"e"), (b"a",) * 5])
async def test_one_byte_too_many_leaves_nothing(store, folder, parts):
    with pytest.raises(PayloadTooLarge, match="expected a file of at most 4 bytes, got more"):
        await store.keep(chunks(*parts), limit=4)

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("error", [ConnectionResetError(), asyncio.CancelledError()])
async def test_a_stream_that_breaks_leaves_nothing(store, folder, error):
    with pytest.raises(type(error)):
        await store.keep(chunks(b"ab", error=error), limit=4)

    assert list(folder.iterdir()) == []


async def test_what_is_there_already_stays_readable_while_it_is_sent_again(store, folder):
    digest, _ = await store.keep(chunks(b"ab"), limit=4)

    again = asyncio.create_task(store.keep(chunks(b"a", b"b"), limit=4))
    while not again.done():
        assert await store.read(digest) == b"ab"

    assert await again == (digest, 2)
    assert [path.name for path in folder.iterdir()] == [digest]


@pytest.mark.parametrize("name", ["0" * 64, "", "../files", "nothing"])
async def test_what_is_not_there_is_a_key_error(store, folder, name):
    folder.mkdir()
    with pytest.raises(KeyError):
        await store.read(name)
