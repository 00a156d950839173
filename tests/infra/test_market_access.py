"""Which sources of market data are configured, and how each is reached."""

import pytest

from domain.infra.settings import KEYLESS, SOURCES, InvalidSettings, Profile, load_settings
from domain.kernel.web import Access
from domain.market.providers.registry import PROVIDERS

KEYS = {f"FOLIOGRAPH_{provider.name.upper()}_KEY": f"key of {provider.name}" for provider in PROVIDERS}
SECRET = {f"FOLIOGRAPH_{name.upper()}_SECRET": f"secret of {name}" for name in ("alpaca", "yahoo")}


def _configured(monkeypatch: pytest.MonkeyPatch, **variables: str) -> tuple[Access, ...]:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return load_settings().market_access


def test_what_can_be_configured_is_what_there_is():
    assert tuple(provider.name for provider in PROVIDERS) == SOURCES
    assert frozenset(provider.name for provider in PROVIDERS if not provider.needs_key) == KEYLESS
    assert [provider.name for provider in PROVIDERS if provider.needs_secret] == ["alpaca"]


def test_without_keys_there_is_none(monkeypatch: pytest.MonkeyPatch):
    assert _configured(monkeypatch) == ()


def test_each_gets_its_own_key_and_no_other(monkeypatch: pytest.MonkeyPatch):
    found = _configured(monkeypatch, **KEYS, **SECRET)

    assert [each.name for each in found] == [provider.name for provider in PROVIDERS if provider.name != "file"]
    assert all(each.key == f"key of {each.name}" for each in found)
    assert {each.name: each.secret for each in found if each.secret} == {
        "alpaca": "secret of alpaca", "yahoo": "secret of yahoo"
    }  # fmt: skip


def test_they_are_asked_in_the_order_that_is_given(monkeypatch: pytest.MonkeyPatch):
    found = _configured(monkeypatch, FOLIOGRAPH_PROVIDERS="yahoo, fmp", FOLIOGRAPH_FMP_KEY="abcd")

    assert found == (Access(name="yahoo"), Access(name="fmp", key="abcd"))


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("https://proxy.example", "false"),
        ("https://proxy.example:443/tiingo/", "false"),
        ("http://127.0.0.1:9000/x", "true"),
        ("https://proxy.local:8443", "true"),
    ],
)
def test_another_address_is_taken_without_the_stroke_at_its_end(
    monkeypatch: pytest.MonkeyPatch, url: str, private: str
):
    (found,) = _configured(
        monkeypatch,
        FOLIOGRAPH_TIINGO_KEY="abcd",
        FOLIOGRAPH_TIINGO_URL=url,
        FOLIOGRAPH_ALLOW_PRIVATE_ADDRESSES=private,
    )

    assert found.url == url.rstrip("/")


def test_the_demonstration_asks_nobody(monkeypatch: pytest.MonkeyPatch):
    assert _configured(monkeypatch, **KEYS, **SECRET, FOLIOGRAPH_PROFILE=Profile.DEMO.value) == ()


def test_no_key_is_shown(monkeypatch: pytest.MonkeyPatch):
    found = _configured(monkeypatch, **KEYS, **SECRET)

    assert "key of" not in f"{found!r}{load_settings()!r}"
    assert "secret of" not in f"{found!r}{load_settings()!r}"


def test_a_folder_of_files_is_asked_first(monkeypatch: pytest.MonkeyPatch):
    found = _configured(monkeypatch, FOLIOGRAPH_MARKET_FILES="/prices", FOLIOGRAPH_FMP_KEY="abcd")

    assert found == (Access(name="file"), Access(name="fmp", key="abcd"))


@pytest.mark.parametrize("given", ["FOLIOGRAPH_YAHOO_KEY", "FOLIOGRAPH_YAHOO_SECRET"])
def test_a_crumb_needs_its_cookie(monkeypatch: pytest.MonkeyPatch, given: str):
    with pytest.raises(InvalidSettings, match="YAHOO_KEY and FOLIOGRAPH_YAHOO_SECRET need one another"):
        _configured(monkeypatch, **{given: "one"})


def test_files_need_their_folder(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(InvalidSettings, match="file needs FOLIOGRAPH_MARKET_FILES"):
        _configured(monkeypatch, FOLIOGRAPH_PROVIDERS="file")


def test_for_how_long_parts_of_sessions_are_kept(monkeypatch: pytest.MonkeyPatch):
    assert load_settings().intraday_days == (30, 180, 1_095)
    monkeypatch.setenv("FOLIOGRAPH_INTRADAY_DAYS", "7, 90,400")
    assert load_settings().intraday_days == (7, 90, 400)
    for wrong in ("7,90", "0,1,2", "1,2,many", "1,2,99999999"):
        monkeypatch.setenv("FOLIOGRAPH_INTRADAY_DAYS", wrong)
        with pytest.raises(InvalidSettings, match="FOLIOGRAPH_INTRADAY_DAYS"):
            load_settings()
