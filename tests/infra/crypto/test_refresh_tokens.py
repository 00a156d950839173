import re

import pytest

from domain.infra.crypto.refresh_tokens import HmacRefreshTokens

KEY = bytes(range(32))


def test_tokens_have_256_bits_and_differ():
    tokens = HmacRefreshTokens(KEY)
    made = {tokens.first() for _ in range(100)}

    assert len(made) == 100
    assert all(re.fullmatch("[A-Za-z0-9_-]{43}", token) for token in made)


def test_a_successor_is_always_the_same_and_depends_on_the_key():
    tokens, other = HmacRefreshTokens(KEY), HmacRefreshTokens(KEY[::-1])
    token = tokens.first()

    assert tokens.successor(token) == tokens.successor(token) == HmacRefreshTokens(KEY).successor(token)
    assert tokens.successor(token) != other.successor(token)
    assert tokens.successor(token) not in (token, tokens.successor(tokens.successor(token)))


def test_the_digest_is_sha_256():
    assert HmacRefreshTokens(KEY).digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="expected a key of at least 32 bytes, got 31"):
        HmacRefreshTokens(KEY[:31])
