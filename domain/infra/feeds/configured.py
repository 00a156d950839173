"""The places that are configured, where files of companies' figures are looked for."""

from typing import Final

from domain.infra.feeds.bucket import BucketSource
from domain.infra.feeds.folder import FolderSource
from domain.infra.feeds.patience import PatientSource
from domain.infra.feeds.signing import Credentials
from domain.infra.settings import InvalidSettings, Settings
from domain.kernel.feeds import Source
from domain.kernel.ports import Clock
from domain.kernel.web import Web

# A private key is far shorter.
_LONGEST_KEY: Final = 65_536


def company_sources(settings: Settings, web: Web, clock: Clock) -> dict[str, Source]:
    """Return each place by its name, `folder`, `s3`, `sftp`; each is asked again where it did not answer.

    Raises `InvalidSettings` where a file with a private key cannot be read.
    """
    found: dict[str, Source] = {}
    patterns = settings.company_patterns
    if settings.company_files is not None:
        found["folder"] = FolderSource(settings.company_files, patterns)
    if settings.company_s3_url:
        credentials = Credentials(
            key=settings.company_s3_key.get_secret_value(),
            secret=settings.company_s3_secret.get_secret_value(),
            region=settings.company_s3_region,
        )
        found["s3"] = BucketSource(
            web,
            clock,
            settings.company_s3_url,
            settings.company_s3_bucket,
            credentials,
            patterns=patterns,
            prefix=settings.company_s3_prefix,
        )
    if settings.company_sftp_host:
        found["sftp"] = _sftp_source(settings)
    return {name: PatientSource(source) for name, source in found.items()}


def _sftp_source(settings: Settings) -> Source:
    from domain.infra.feeds.sftp import SftpAccess, SftpSource

    access = SftpAccess(
        host=settings.company_sftp_host,
        port=settings.company_sftp_port,
        user=settings.company_sftp_user,
        host_key=settings.company_sftp_host_key,
        password=settings.company_sftp_password.get_secret_value(),
        key=_private_key(settings),
    )
    return SftpSource(
        access,
        settings.company_sftp_folder,
        patterns=settings.company_patterns,
        allows_private=settings.allow_private_addresses,
    )


def _private_key(settings: Settings) -> str:
    path = settings.company_sftp_key_file
    if path is None:
        return ""
    try:
        with path.open(encoding="ascii") as file:
            return file.read(_LONGEST_KEY)
    except (OSError, UnicodeError) as error:
        raise InvalidSettings(
            f"FOLIOGRAPH_COMPANY_SFTP_KEY_FILE: expected a file that can be read, got {type(error).__name__}"
        ) from None
