import asyncio
import statistics
import time

import pytest

from domain.identity.errors import AccountLocked, InvalidCredentials
from domain.identity.proofs import PER_ACCOUNT, PER_ADDRESS, network, prove_password
from domain.infra.crypto.passwords import Argon2Parameters, open_password_hasher
from domain.infra.rates import MemoryAttemptLimiter
from domain.kernel.errors import RateLimited
from tests.factories.identity import PASSWORD, make_person


class CountingHasher:
    """Counts what reaches the real hasher, and which of it had a hash to be compared with."""

    def __init__(self, hasher):
        self._hasher = hasher
        self.verified = []

    async def verify(self, encoded, password):
        self.verified.append(encoded is not None)
        return await self._hasher.verify(encoded, password)


@pytest.fixture
async def person(resources):
    return await make_person(resources)


@pytest.fixture
def hasher(resources):
    return CountingHasher(resources.passwords)


@pytest.fixture
def prove(resources, hasher):
    async def attempt(email="reader@example.com", password=PASSWORD, address="192.0.2.1"):
        return await prove_password(hasher, resources.attempts, email=email, password=password, client_address=address)

    return attempt


async def test_the_right_password_proves_the_user(person, prove, hasher):
    proof = await prove(email=" READER@example.com ")

    assert proof.user_id == person.user.id
    assert hasher.verified == [True]


@pytest.mark.parametrize(
    ("email", "password", "compared"),
    [
        ("reader@example.com", "wrong password", True),
        ("reader@example.com", "", True),
        ("nobody@example.com", PASSWORD, False),
        ("not an address", PASSWORD, False),
        ("", "", False),
        ("reader@example.com", "x" * 100_000, False),
        ("reader@example.com", "\ud800", False),
        ("\ud800@example.com", PASSWORD, False),
    ],
)
async def test_whatever_is_wrong_the_answer_and_the_work_are_the_same(person, prove, hasher, email, password, compared):
    with pytest.raises(InvalidCredentials) as refused:
        await prove(email, password)

    assert refused.value.message == "expected the e-mail address and the password of an account, got others"
    assert refused.value.field == ()
    assert hasher.verified == [compared]


@pytest.mark.parametrize("email", ["reader@example.com", "nobody@example.com", "no address"])
async def test_of_200_attempts_from_20_addresses_10_reach_argon2(person, prove, hasher, email):
    attempts = [prove(email, f"guess {number}", f"192.0.2.{number % 20}") for number in range(200)]

    refusals = await asyncio.gather(*attempts, return_exceptions=True)

    assert len(hasher.verified) == PER_ACCOUNT.limit == 10
    assert sum(isinstance(refusal, InvalidCredentials) for refusal in refusals) == 10
    assert sum(isinstance(refusal, AccountLocked) for refusal in refusals) == 190


async def test_a_locked_account_refuses_the_right_password_until_the_window_has_passed(person, prove, clock):
    for _ in range(10):
        with pytest.raises(InvalidCredentials):
            await prove(password="wrong password")
    with pytest.raises(
        AccountLocked, match="expected at most 10 attempts in 15 minutes, got one more; try again in 900 s"
    ):
        await prove()

    clock.advance(minutes=15)

    assert (await prove()).user_id == person.user.id


async def test_a_success_clears_the_count(person, prove):
    for _ in range(5):
        for _ in range(9):
            with pytest.raises(InvalidCredentials):
                await prove(password="wrong password")
        await prove()


async def test_one_address_tries_100_accounts_and_no_more(prove, hasher):
    for number in range(100):
        with pytest.raises(InvalidCredentials):
            await prove(f"reader{number}@example.com")

    with pytest.raises(RateLimited) as limited:
        await prove("reader@example.com")

    assert len(hasher.verified) == PER_ADDRESS.limit
    assert limited.value.retry_after == PER_ADDRESS.seconds


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_a_client_is_counted_by_what_it_cannot_change(address, expected):
    assert network(address) == expected


async def test_an_unknown_user_takes_as_long_as_a_wrong_password(sqlite_databases, tmp_path, keys_folder):
    """200 interleaved samples of 3 ms each: medians within 15 %, which early returns miss by a factor of ten."""
    async with open_password_hasher(Argon2Parameters(memory=4096, iterations=1, lanes=1)) as passwords:
        known = await passwords.hash(PASSWORD)
        samples: dict[str | None, list[float]] = {known: [], None: []}
        for _ in range(100):
            for encoded, taken in samples.items():
                began = time.perf_counter()
                assert not await passwords.verify(encoded, "wrong password")
                taken.append(time.perf_counter() - began)

    wrong, unknown = (statistics.median(taken) for taken in samples.values())
    assert abs(wrong - unknown) / wrong < 0.15, (wrong, unknown)


async def test_the_attempts_of_others_do_not_count():
    limiter = MemoryAttemptLimiter(lambda: 0.0)
    for _ in range(10):
        await limiter.admit("one", limit=10, seconds=1)

    await limiter.admit("other", limit=10, seconds=1)

    with pytest.raises(RateLimited):
        await limiter.admit("one", limit=10, seconds=1)
