import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from domain.infra.crypto import signing_keys
from domain.infra.crypto.access_tokens import RsaAccessTokens
from domain.infra.crypto.secrets import create_secrets, load_secrets, secret_key_path, signing_keys_path
from domain.infra.crypto.signing_keys import OVERLAP, KeyRing, StoredKey, rotate_signing_keys, signing_keys_text
from domain.infra.settings import InvalidSettings, Profile, Settings
from domain.kernel.errors import Unauthenticated
from tests.support.resources import ManualClock


@pytest.fixture
def installation(tmp_path):
    return Settings(profile=Profile.DEMO, data_dir=tmp_path / "data")


@pytest.fixture
def production(installation):
    return installation.model_copy(update={"profile": Profile.PRODUCTION})


@pytest.fixture
def path(installation):
    create_secrets(installation)
    return signing_keys_path(installation)


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def at_once(monkeypatch):
    """Key rings look at their file at every use."""
    monkeypatch.setattr(signing_keys, "_READ_EVERY", 0.0)


def issue(tokens):
    return tokens.issue(user_id=uuid4(), tenant_id=uuid4(), session_id=uuid4(), roles=frozenset())[0]


def key_of(token):
    return jwt.get_unverified_header(token)["kid"]


def test_keys_are_made_private_and_once(installation):
    first = load_secrets(installation)
    again = load_secrets(installation)

    folder = first.signing_keys.parent
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert sorted(file.name for file in folder.iterdir()) == ["secret.key", "signing-keys.json"]
    assert first.refresh_key == again.refresh_key
    assert len(first.refresh_key) == 32
    assert first.refresh_key.hex() not in repr(first)


def test_processes_that_start_together_agree(installation):
    script = (
        "import sys; from pathlib import Path;"
        "from domain.infra.settings import Settings, Profile; from domain.infra.crypto.secrets import load_secrets;"
        "found = load_secrets(Settings(profile=Profile.DEMO, data_dir=Path(sys.argv[1])));"
        "print(found.refresh_key.hex(), hash(found.signing_keys.read_text()) and found.signing_keys.read_text())"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(installation.data_dir)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    outputs = [process.communicate(timeout=60) for process in running]

    assert [process.returncode for process in running] == [0] * 4, outputs
    assert len({output for output, _ in outputs}) == 1
    assert sorted(file.name for file in signing_keys_path(installation).parent.iterdir()) == [
        "secret.key",
        "signing-keys.json",
    ]


def test_production_makes_no_keys(production):
    with pytest.raises(InvalidSettings, match=r"python -m workers\.admin create-keys") as refused:
        load_secrets(production)

    assert "\n" not in str(refused.value)
    assert not production.data_dir.exists()


@pytest.mark.parametrize("which", [signing_keys_path, secret_key_path])
def test_production_refuses_keys_that_everybody_can_read(path, production, which):
    assert load_secrets(production).signing_keys == path
    which(production).chmod(0o644)

    with pytest.raises(InvalidSettings, match="readable by its owner only, got mode 0644"):
        load_secrets(production)


@pytest.mark.parametrize(
    ("content", "got"),
    [
        ("", "got 0"),
        ("not base64!", "got: "),
        ("c2hvcnQ=", "got 5"),
        ("A" * 43 + "=", "got 1 different ones"),
        ("Y2hhbmdlbWVjaGFuZ2VtZWNoYW5nZW1lY2hhbmdlbWU=", "different ones"),
    ],
)
def test_a_weak_secret_is_refused_and_not_printed(path, installation, content, got):
    secret_key_path(installation).write_text(content)

    with pytest.raises(
        InvalidSettings, match="FOLIOGRAPH_SECRET_KEY_FILE: expected 32 random bytes as base64"
    ) as refused:
        load_secrets(installation)

    assert got in str(refused.value)
    assert not content or content not in str(refused.value)


def weak_key():
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - that is the point
    return signing_keys_text([StoredKey.of(weak, signs_from=datetime.now(UTC))])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"keys": []}',
        b'{"keys": [{"kid": "a", "private_key": "x", "signs_from": "2026-01-01T00:00:00+00:00"}]}',
        weak_key(),
        weak_key().replace(b'"kid": "', b'"kid": "../'),
    ],
)
def test_damaged_or_weak_signing_keys_are_refused(path, installation, content):
    path.write_bytes(content)

    with pytest.raises(InvalidSettings, match=r"FOLIOGRAPH_JWT_KEYS_DIR: expected signing keys in .*, got") as refused:
        load_secrets(installation)

    assert "\n" not in str(refused.value)
    assert "PRIVATE KEY" not in str(refused.value)


def test_a_rotation_fails_no_token(path, clock, at_once):
    issuing, checking = (RsaAccessTokens(KeyRing(path), clock) for _ in range(2))
    before = issue(issuing)

    new_key = rotate_signing_keys(path, clock.now())

    # Nobody signs with the new key before everybody has read it.
    assert key_of(issue(issuing)) != new_key
    assert [key["kid"] for key in checking.published_keys()] == [key_of(before), new_key]
    clock.advance(seconds=10)
    after = issue(issuing)
    assert key_of(after) == new_key
    assert checking.actor_of(after)
    assert checking.actor_of(before)


def test_the_old_key_is_refused_after_the_overlap(path, clock, at_once):
    tokens = RsaAccessTokens(KeyRing(path), clock)
    old = key_of(issue(tokens))
    rotate_signing_keys(path, clock.now())
    clock.advance(seconds=10)
    ring = KeyRing(path)
    clock.advance(OVERLAP - timedelta(seconds=1))
    assert ring.find(old, clock.now()) is not None

    clock.advance(seconds=1)

    assert ring.find(old, clock.now()) is None
    assert len(ring.published(clock.now())) == 1


def test_a_token_of_a_key_that_was_dropped_is_refused_although_it_was_known(path, clock, at_once):
    tokens = RsaAccessTokens(KeyRing(path), clock)
    token = issue(tokens)
    assert tokens.actor_of(token)
    # Somebody replaces all keys at once, because they were stolen.
    other = signing_keys_text(
        [StoredKey.of(rsa.generate_private_key(public_exponent=65537, key_size=2048), signs_from=clock.now())]
    )
    path.write_bytes(other)

    with pytest.raises(Unauthenticated, match="no key of ours"):
        tokens.actor_of(token)


def test_a_rotation_drops_what_has_expired_and_keeps_the_mode(path, clock):
    path.chmod(0o640)
    first = json.loads(path.read_bytes())["keys"][0]["kid"]
    rotate_signing_keys(path, clock.now())
    clock.advance(hours=1)

    rotate_signing_keys(path, clock.now())

    kept = [key["kid"] for key in json.loads(path.read_bytes())["keys"]]
    assert len(kept) == 2
    assert first not in kept
    assert path.stat().st_mode & 0o777 == 0o640


def test_two_do_not_rotate_at_once(path, clock):
    path.with_name("signing-keys.json.next").touch()

    with pytest.raises(FileExistsError):
        rotate_signing_keys(path, clock.now())

    assert len(json.loads(path.read_bytes())["keys"]) == 1


def test_a_rotation_that_fails_changes_nothing(path, clock):
    path.write_bytes(b"damaged")

    with pytest.raises(ValueError, match="expected signing keys"):
        rotate_signing_keys(path, clock.now())

    assert [file.name for file in path.parent.iterdir() if file.name.startswith("signing")] == ["signing-keys.json"]


def test_what_is_in_memory_outlives_a_damaged_file(path, clock, at_once):
    tokens = RsaAccessTokens(KeyRing(path), clock)
    path.write_bytes(b"damaged")

    assert tokens.actor_of(issue(tokens))


def test_another_process_sees_a_rotation_within_5_seconds(path):
    ring = KeyRing(path)
    now = datetime.now(UTC)
    new_key = rotate_signing_keys(path, now)
    began = time.monotonic()

    while ring.find(new_key, now) is None:
        assert time.monotonic() - began < 5
        time.sleep(0.1)

    assert time.monotonic() - began > 0.5
