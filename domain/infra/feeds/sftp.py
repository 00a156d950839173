"""A folder of an SFTP server as a source."""

import asyncio
import posixpath
import stat
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, cast

import asyncssh

from domain.infra.addresses import PrivateAddress, resolve
from domain.infra.feeds.patterns import LARGEST, MOST_FILES, matches, refuse_large
from domain.kernel.feeds import Found, SourceFailed, SourceRefused

_WITHIN: Final = 60.0
# Entries of a folder that are looked at: the server may send them without end.
_MOST_ENTRIES: Final = 20_000
_CHUNK: Final = 2**18


@dataclass(frozen=True, slots=True, kw_only=True)
class SftpAccess:
    """How a server is reached.  `host_key` is its public key, as a line of `known_hosts` has it behind the host
    (`ssh-ed25519 AAAA…`): any other is refused.
    """

    host: str
    port: int = 22
    user: str
    host_key: str
    password: str = field(default="", repr=False)
    # A private key in OpenSSH's format, and what it is locked with.
    key: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)


class SftpSource:
    """The files of one folder, and of none below it.  Links are not followed."""

    def __init__(
        self, access: SftpAccess, folder: str, *, patterns: Sequence[str], allows_private: bool = False
    ) -> None:
        self._access = access
        self._folder = folder
        self._patterns = patterns
        self._allows_private = allows_private

    async def files(self) -> list[Found]:
        """Return the files that match, by name.  Raises `SourceFailed` and `SourceRefused`."""
        files: list[Found] = []
        async with self._opened() as client:
            looked_at = 0
            async for entry in client.scandir(self._folder):
                looked_at += 1
                if looked_at > _MOST_ENTRIES:
                    raise SourceRefused(f"expected a folder of at most {_MOST_ENTRIES} entries, got more")
                name = str(entry.filename)
                if _is_file(entry.attrs) and "/" not in name and matches(name, self._patterns):
                    files.append(_found(name, entry.attrs))
        return sorted(files, key=lambda found: found.name)[:MOST_FILES]

    async def fetch(self, found: Found) -> bytes:
        """Return the bytes of a file.  Raises `SourceFailed` where it has changed since, and `SourceRefused`."""
        refuse_large(found)
        path = posixpath.join(self._folder, posixpath.basename(found.name))
        content = bytearray()
        async with self._opened() as client:
            if not _is_file(await client.lstat(path)):
                raise SourceFailed(f"expected a file, got {found.name[:200]!r}, which is none any more")
            async with client.open(path, "rb") as file:
                while len(content) <= LARGEST and (part := await file.read(_CHUNK)):
                    # asyncssh types what is read as text, which it is only for files opened as such.
                    content += cast("bytes", part)
            if _found(found.name, await client.lstat(path)) != found or len(content) != found.size:
                raise SourceFailed(f"expected a file as it was listed, got {found.name[:200]!r} changed")
        return bytes(content)

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[asyncssh.SFTPClient]:
        try:
            async with asyncio.timeout(_WITHIN), self._connected() as connection, connection.start_sftp_client() as it:
                yield it
        except TimeoutError:
            raise SourceFailed(f"expected an answer within {_WITHIN:g} s, got none") from None
        except PrivateAddress as error:
            raise SourceRefused(str(error)) from None
        except (asyncssh.HostKeyNotVerifiable, asyncssh.KeyImportError, asyncssh.PermissionDenied) as error:
            raise SourceRefused(
                f"expected the host and the user that are configured, got {type(error).__name__}"
            ) from None
        except (asyncssh.Error, OSError) as error:
            raise SourceFailed(f"expected an answer, got {type(error).__name__}") from None

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[asyncssh.SSHClientConnection]:
        """Connect to where the host's name was resolved to, and to nothing that the user's own files say."""
        access = self._access
        addresses = await resolve(access.host, access.port, allows_private=self._allows_private)
        keys = [asyncssh.import_private_key(access.key, access.passphrase or None)] if access.key else None
        async with asyncssh.connect(
            addresses[0],
            access.port,
            username=access.user,
            password=access.password or None,
            client_keys=keys,
            known_hosts=([asyncssh.import_public_key(access.host_key)], [], []),
            config=None,
            agent_path=None,
            x509_trusted_certs=None,
        ) as connection:
            yield connection


def _is_file(attributes: asyncssh.SFTPAttrs) -> bool:
    return attributes.permissions is not None and stat.S_ISREG(attributes.permissions)


def _found(name: str, attributes: asyncssh.SFTPAttrs) -> Found:
    size = attributes.size or 0
    return Found(name, size, f"{attributes.mtime}-{size}")
