import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.infra.crypto.access_tokens import RsaAccessTokens
from domain.infra.crypto.secrets import create_secrets, signing_keys_path
from domain.infra.crypto.signing_keys import KeyRing
from domain.infra.settings import Profile, Settings
from domain.kernel.actor import Role
from domain.kernel.errors import Unauthenticated
from tests.support.resources import ManualClock

START = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def ring(tmp_path_factory):
    settings = Settings(profile=Profile.DEMO, data_dir=tmp_path_factory.mktemp("installation"))
    create_secrets(settings)
    return KeyRing(signing_keys_path(settings))


@pytest.fixture
def clock():
    return ManualClock(START)


@pytest.fixture
def tokens(ring, clock):
    return RsaAccessTokens(ring, clock)


@pytest.fixture
def issued(tokens):
    return tokens.issue(user_id=uuid4(), tenant_id=uuid4(), session_id=uuid4(), roles=frozenset(Role))


def decoded(part):
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def encoded(value):
    text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def test_a_token_proves_whom_it_was_made_for(tokens, clock):
    user_id, tenant_id, session_id = uuid4(), uuid4(), uuid4()

    token, expires_at = tokens.issue(
        user_id=user_id, tenant_id=tenant_id, session_id=session_id, roles=frozenset({Role.USER, Role.ADMIN})
    )
    actor = tokens.actor_of(token)

    assert (actor.user_id, actor.tenant_id, actor.session_id) == (user_id, tenant_id, session_id)
    assert actor.roles == {Role.USER, Role.ADMIN}
    assert actor.expires_at == expires_at == clock.now() + timedelta(minutes=15)
    assert not actor.is_system


def test_a_token_says_what_rfc_9068_wants(tokens, ring, clock):
    token, _ = tokens.issue(user_id=uuid4(), tenant_id=uuid4(), session_id=uuid4(), roles=frozenset({Role.USER}))
    header, claims, _ = token.split(".")

    assert decoded(header) == {"alg": "RS256", "kid": ring.current(clock.now()).key_id, "typ": "at+jwt"}
    assert sorted(decoded(claims)) == ["aud", "exp", "iat", "iss", "jti", "nbf", "roles", "sid", "sub", "tid"]
    assert decoded(claims)["exp"] == START.timestamp() + 900


def test_two_tokens_differ(tokens):
    who = {"user_id": uuid4(), "tenant_id": uuid4(), "session_id": uuid4(), "roles": frozenset({Role.USER})}

    assert tokens.issue(**who)[0] != tokens.issue(**who)[0]


def test_others_can_check_a_token_by_the_published_keys(tokens, issued):
    keys = jwt.PyJWKSet.from_dict({"keys": tokens.published_keys()})
    token, _ = issued

    kid = jwt.get_unverified_header(token)["kid"]
    claims = jwt.decode(
        token,
        keys[kid],
        ["RS256"],
        audience="foliograph-api",
        issuer="foliograph",
        options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
    )

    assert claims["roles"] == ["ADMIN", "DEVELOPER", "USER"]
    assert all("d" not in key and "p" not in key for key in tokens.published_keys())


def test_a_token_ends_after_15_minutes_to_the_second(tokens, issued, clock):
    token, expires_at = issued
    clock.advance(seconds=899)
    assert tokens.actor_of(token).expires_at == expires_at

    clock.advance(seconds=1)

    with pytest.raises(Unauthenticated, match="expired"):
        tokens.actor_of(token)


def test_a_token_is_not_taken_before_its_time_but_for_clocks_that_differ(tokens, ring, issued):
    token, _ = issued

    assert RsaAccessTokens(ring, ManualClock(START.replace(hour=11, minute=59, second=30))).actor_of(token)
    with pytest.raises(Unauthenticated, match="not valid yet"):
        RsaAccessTokens(ring, ManualClock(START.replace(hour=11, minute=59, second=29))).actor_of(token)


class Forge:
    """Makes wrong tokens out of a right one."""

    def __init__(self, ring, token):
        self.key = ring.current(START)
        self.header, self.claims = (decoded(part) for part in token.split(".")[:2])
        self.token = token
        self.parts = token.split(".")

    def signed(self, header=(), claims=(), key=None, algorithm="RS256", without=()):
        payload = {name: value for name, value in {**self.claims, **dict(claims)}.items() if name not in without}
        return self.signed_text(json.dumps(payload), header, key, algorithm)

    def signed_text(self, payload, header=(), key=None, algorithm="RS256"):
        head = encoded({**self.header, **dict(header)})
        message = f"{head}.{encoded(payload)}"
        signer = jwt.get_algorithm_by_name(algorithm)
        signature = signer.sign(message.encode(), signer.prepare_key(key or self.key.private))
        return f"{message}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"

    def hmac_with_public_key(self):
        # The classic confusion: the public key, which everybody has, taken for a shared secret.
        pem = self.key.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        message = f"{encoded({**self.header, 'alg': 'HS256'})}.{self.parts[1]}"
        signature = hmac.digest(pem, message.encode(), hashlib.sha256)
        return f"{message}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"

    def respelled_signature(self):
        # An RSA signature of 256 bytes leaves four bits of its last letter unused.
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        last = alphabet.index(self.token[-1])
        assert last % 16 == 0
        return self.token[:-1] + alphabet[last + 1]


OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)

WRONG = {
    "nothing": lambda _: "",
    "no dots": lambda _: "token",
    "two parts": lambda f: ".".join(f.parts[:2]),
    "four parts": lambda f: f.token + ".x",
    "empty signature": lambda f: ".".join(f.parts[:2]) + ".",
    "alg none": lambda f: f"{encoded({**f.header, 'alg': 'none'})}.{f.parts[1]}.",
    "alg none with a signature": lambda f: f"{encoded({**f.header, 'alg': 'none'})}.{f.parts[1]}.{f.parts[2]}",
    "alg nOnE": lambda f: f"{encoded({**f.header, 'alg': 'nOnE'})}.{f.parts[1]}.{f.parts[2]}",
    "alg HS256 with the public key": lambda f: f.hmac_with_public_key(),
    "alg RS512 with our key": lambda f: f.signed({"alg": "RS512"}, algorithm="RS512"),
    "alg PS256 with our key": lambda f: f.signed({"alg": "PS256"}, algorithm="PS256"),
    "alg ES256": lambda f: f.signed({"alg": "ES256"}, key=ec.generate_private_key(ec.SECP256R1()), algorithm="ES256"),
    "alg missing": lambda f: f"{encoded({'kid': f.key.key_id, 'typ': 'at+jwt'})}.{f.parts[1]}.{f.parts[2]}",
    "alg a list": lambda f: f"{encoded({**f.header, 'alg': ['RS256']})}.{f.parts[1]}.{f.parts[2]}",
    "another key under our name": lambda f: f.signed(key=OTHER_KEY),
    "header crit": lambda f: f.signed({"crit": ["exp"]}),
    "header jku": lambda f: f.signed({"jku": "https://attacker.example/keys"}),
    "header jwk": lambda f: f.signed({"jwk": {"kty": "RSA"}}, key=OTHER_KEY),
    "header x5u": lambda f: f.signed({"x5u": "https://attacker.example/cert"}),
    "header b64": lambda f: f.signed({"b64": False}),
    "header not an object": lambda f: f"{encoded([])}.{f.parts[1]}.{f.parts[2]}",
    "header not JSON": lambda f: f"{encoded('{')}.{f.parts[1]}.{f.parts[2]}",
    "typ JWT": lambda f: f.signed({"typ": "JWT"}),
    "typ missing": lambda f: f"{encoded({'alg': 'RS256', 'kid': f.key.key_id})}.{f.parts[1]}.{f.parts[2]}",
    "kid unknown": lambda f: f.signed({"kid": "0123456789abcdef"}),
    "kid a path": lambda f: f.signed({"kid": "../../dev/null"}),
    "kid a query": lambda f: f.signed({"kid": "' OR 1=1 --"}),
    "kid in capitals": lambda f: f.signed({"kid": "ABC"}),
    "kid too long": lambda f: f.signed({"kid": "a" * 33}),
    "kid with a line break": lambda f: f.signed({"kid": f.key.key_id + "\n"}),
    "kid a number": lambda f: f.signed({"kid": 7}),
    "kid null": lambda f: f.signed({"kid": None}),
    "exp a string": lambda f: f.signed(claims={"exp": str(f.claims["exp"])}),
    "exp 1e308": lambda f: f.signed(claims={"exp": 1e308}),
    "exp NaN": lambda f: f.signed(claims={"exp": float("nan")}),
    "exp Infinity": lambda f: f.signed(claims={"exp": float("inf")}),
    "exp a fraction": lambda f: f.signed(claims={"exp": f.claims["exp"] + 0.5}),
    "exp true": lambda f: f.signed(claims={"exp": True}),
    "exp null": lambda f: f.signed(claims={"exp": None}),
    "exp 2**70": lambda f: f.signed(claims={"exp": 2**70}),
    "exp later than we give": lambda f: f.signed(claims={"exp": f.claims["exp"] + 1}),
    "exp before nbf": lambda f: f.signed(claims={"exp": f.claims["nbf"]}),
    "iat in the future": lambda f: f.signed(claims={name: f.claims[name] + 3600 for name in ("iat", "nbf", "exp")}),
    "nbf before iat": lambda f: f.signed(claims={"nbf": f.claims["iat"] - 1}),
    "times before 1970": lambda f: f.signed(claims={"iat": -(2**62), "nbf": -(2**62), "exp": -(2**62) + 900}),
    "iss of another": lambda f: f.signed(claims={"iss": "attacker"}),
    "aud of another": lambda f: f.signed(claims={"aud": "other-api"}),
    "aud a list": lambda f: f.signed(claims={"aud": ["foliograph-api"]}),
    "sub no UUID": lambda f: f.signed(claims={"sub": "admin"}),
    "sub a number": lambda f: f.signed(claims={"sub": 1}),
    "sid no UUID": lambda f: f.signed(claims={"sid": "x"}),
    "roles a string": lambda f: f.signed(claims={"roles": "ADMIN"}),
    "roles unknown": lambda f: f.signed(claims={"roles": ["ROOT"]}),
    "roles null": lambda f: f.signed(claims={"roles": None}),
    "claims a list": lambda f: f.signed_text("[]"),
    "claims not JSON": lambda f: f.signed_text("{} {}"),
    "trailing ==": lambda f: f.token + "==",
    "trailing space": lambda f: f.token + " ",
    "trailing line break": lambda f: f.token + "\n",
    "another spelling of the signature": lambda f: f.respelled_signature(),
    "claims changed": lambda f: f"{f.parts[0]}.{encoded({**f.claims, 'roles': ['ADMIN']})}.{f.parts[2]}",
    "not ASCII": lambda f: f.token[:-1] + "é",
    "full-width digits": lambda f: f.parts[0] + "." + f.parts[1] + ".１２３４",
    "a lone surrogate": lambda f: f.token + "\ud800",
    "too long": lambda f: f.signed(claims={"padding": "x" * 3000}),
}
CLAIMS = ("iss", "aud", "sub", "sid", "tid", "roles", "jti", "iat", "nbf", "exp")


@pytest.mark.parametrize("claim", CLAIMS)
def test_no_claim_may_be_missing(tokens, ring, issued, claim):
    with pytest.raises(Unauthenticated):
        tokens.actor_of(Forge(ring, issued[0]).signed(without=(claim,)))


@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_our_token_is_refused(tokens, ring, issued, case):
    forge = Forge(ring, issued[0])
    # The forge itself is not what is wrong.
    assert tokens.actor_of(forge.signed()) == tokens.actor_of(issued[0])

    with pytest.raises(Unauthenticated) as refused:
        tokens.actor_of(WRONG[case](forge))

    assert "PRIVATE" not in refused.value.message
    assert issued[0] not in refused.value.message


def test_what_was_checked_once_is_known_again_and_bounded(tokens, issued, monkeypatch):
    token, _ = issued
    actor = tokens.actor_of(token)
    monkeypatch.setattr("domain.infra.crypto.access_tokens._REMEMBERED", 3)

    for _ in range(5):
        other, _ = tokens.issue(user_id=uuid4(), tenant_id=uuid4(), session_id=uuid4(), roles=frozenset())
        tokens.actor_of(other)

    assert len(tokens._known) <= 4
    assert tokens.actor_of(token) == actor
