"""Which places of files are configured, and that no secret of theirs is shown."""

from pathlib import Path

import pytest

from domain.infra.clock import SystemClock
from domain.infra.feeds.configured import company_sources
from domain.infra.http import open_web
from domain.infra.settings import InvalidSettings, Settings, load_settings

FOLDER = {"FILES": "/feeds"}
S3 = {"S3_URL": "https://storage.example", "S3_BUCKET": "feeds", "S3_KEY": "a-key", "S3_SECRET": "a-secret"}
SFTP = {"SFTP_HOST": "feeds.example", "SFTP_USER": "us", "SFTP_HOST_KEY": "ssh-ed25519 A", "SFTP_PASSWORD": "a-secret"}


def _configured(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(f"FOLIOGRAPH_COMPANY_{name}", value)
    return load_settings()


async def _names(settings: Settings) -> list[str]:
    clock = SystemClock()
    async with open_web(clock) as web:
        return list(company_sources(settings, web, clock))


@pytest.mark.parametrize(
    ("variables", "names"),
    [({}, []), (FOLDER, ["folder"]), (S3, ["s3"]), (SFTP, ["sftp"]), (FOLDER | S3 | SFTP, ["folder", "s3", "sftp"])],
)
async def test_places(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], names: list[str]):
    settings = _configured(monkeypatch, variables)

    assert await _names(settings) == names
    assert "a-secret" not in repr(settings)


def test_patterns_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch):
    assert _configured(monkeypatch, {"PATTERNS": "*.xlsb, feed-*.csv"}).company_patterns == ("*.xlsb", "feed-*.csv")


@pytest.mark.parametrize("missing", [*S3, *SFTP])
def test_half_a_place_is_refused(monkeypatch: pytest.MonkeyPatch, missing: str):
    whole = S3 if missing in S3 else SFTP

    with pytest.raises(InvalidSettings, match=r"together|needs") as refused:
        _configured(monkeypatch, {name: value for name, value in whole.items() if name != missing})

    assert "a-secret" not in str(refused.value)


def test_storage_needs_an_address_that_is_encrypted(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(InvalidSettings, match="FOLIOGRAPH_COMPANY_S3_URL: expected https"):
        _configured(monkeypatch, S3 | {"S3_URL": "http://storage.example"})


async def test_a_key_that_cannot_be_read_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    settings = _configured(monkeypatch, SFTP | {"SFTP_KEY_FILE": str(tmp_path / "none")})

    with pytest.raises(InvalidSettings, match=r"FOLIOGRAPH_COMPANY_SFTP_KEY_FILE: .* got FileNotFoundError"):
        await _names(settings)
