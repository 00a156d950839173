"""Values sealed at their place: nothing is read that was changed, moved, or belongs to another."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.infra.crypto.field_cipher import AesFieldCipher
from domain.kernel.ids import new_id
from domain.kernel.ports import Place, SealBroken, WrappedKey

TENANT, ROW = new_id(), new_id()
PLACE = Place("accounts", "number", ROW)


@pytest.fixture
def cipher():
    return AesFieldCipher(bytes(range(32)))


@pytest.fixture
def key(cipher):
    return cipher.new_key(TENANT)


@given(st.text(max_size=100))
def test_what_was_sealed_is_read_at_its_place(text):
    cipher = AesFieldCipher(bytes(range(32)))
    key = cipher.new_key(TENANT)

    assert cipher.decrypt(key, PLACE, cipher.encrypt(key, PLACE, text)) == text


def test_a_value_is_never_sealed_alike(cipher, key):
    assert len({cipher.encrypt(key, PLACE, "12345678") for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize(
    "other",
    [
        Place("accounts", "number", new_id()),
        Place("accounts", "routing_number", ROW),
        Place("users", "number", ROW),
    ],
)
def test_what_was_moved_to_another_row_column_or_table_is_refused(cipher, key, other):
    sealed = cipher.encrypt(key, PLACE, "12345678")

    with pytest.raises(SealBroken):
        cipher.decrypt(key, other, sealed)


def test_each_flipped_bit_is_found(cipher, key):
    version, _, body = cipher.encrypt(key, PLACE, "12345678").partition(":")
    plain = base64.b64decode(body)
    for bit in range(len(plain) * 8):
        changed = bytearray(plain)
        changed[bit // 8] ^= 1 << bit % 8

        with pytest.raises(SealBroken):
            cipher.decrypt(key, PLACE, f"{version}:{base64.b64encode(changed).decode()}")


@pytest.mark.parametrize("sealed", ["", "1:", "1:AAAA", "2:AAAA", "nothing", "1:***", "1:" + "A" * 64])
def test_what_was_never_sealed_is_refused(cipher, key, sealed):
    with pytest.raises(SealBroken):
        cipher.decrypt(key, PLACE, sealed)


def test_another_tenant_s_key_opens_nothing(cipher, key):
    sealed = cipher.encrypt(key, PLACE, "12345678")

    with pytest.raises(SealBroken):
        cipher.decrypt(cipher.new_key(TENANT), PLACE, sealed)
    with pytest.raises(SealBroken):
        cipher.decrypt(WrappedKey(new_id(), key.text), PLACE, sealed)
    with pytest.raises(SealBroken):
        cipher.decrypt(None, PLACE, sealed)


def test_a_key_is_wrapped_anew_and_values_stay(cipher, key):
    sealed = cipher.encrypt(key, PLACE, "12345678")
    old, new = bytes(range(32)), bytes(range(1, 33))
    both = AesFieldCipher(new, former=[old])

    rewrapped = both.rewrapped(key)

    assert rewrapped != key
    assert both.rewrapped(rewrapped) == rewrapped
    assert both.decrypt(key, PLACE, sealed) == "12345678"
    assert AesFieldCipher(new).decrypt(rewrapped, PLACE, sealed) == "12345678"
    with pytest.raises(SealBroken):
        AesFieldCipher(new).decrypt(key, PLACE, sealed)
    with pytest.raises(SealBroken):
        cipher.decrypt(rewrapped, PLACE, sealed)


def test_an_index_is_the_same_for_equal_values_of_one_tenant_and_purpose(cipher, key):
    index = cipher.index(key, "accounts:number", "12345678")

    assert len(index) == 64
    assert index == cipher.index(key, "accounts:number", "12345678")
    others = {
        cipher.index(key, "accounts:number", "12345679"),
        cipher.index(key, "users:number", "12345678"),
        cipher.index(cipher.new_key(TENANT), "accounts:number", "12345678"),
    }
    assert len(others | {index}) == 4


def test_nothing_of_a_value_or_a_key_is_in_what_is_stored_or_shown(cipher, key):
    sealed = cipher.encrypt(key, PLACE, "12345678")

    assert "12345678" not in sealed
    assert b"12345678" not in base64.b64decode(sealed[2:])
    assert bytes(range(32)).hex() not in repr(vars(cipher)) + key.text
