"""Rotation of refresh tokens against a model in memory: whatever is done in whatever order, both say the same."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from domain.identity import commands, queries
from domain.identity.models import RefreshToken, Session, User
from domain.identity.types import OpenSession
from domain.kernel.actor import NOBODY, Actor
from tests.factories.identity import make_person, open_session
from tests.support.resources import ManualClock, open_test_resources

START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Token:
    """One token of the model."""

    family: "Family"
    expires_at: datetime
    used_at: datetime | None = None
    successor: str | None = None


@dataclass
class Family:
    """One session of the model."""

    expires_at: datetime
    actor: Actor
    revoked: bool = False
    tokens: list[str] = field(default_factory=list)


def rotation_machine(url, folder, keys):  # noqa: C901 - a machine is one class
    class Rotation(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.runner = asyncio.Runner()
            self.clock = ManualClock(START)
            self.tokens: dict[str, Token] = {}
            self.families: list[Family] = []

        def run(self, awaitable):
            async def wait():
                return await awaitable

            return self.runner.run(wait())

        @initialize()
        def begin(self):
            self.opening = open_test_resources(url, folder, keys, self.clock)
            self.resources = self.run(self.opening.__aenter__())
            self.run(User.all().delete())
            self.person = self.run(make_person(self.resources))
            self.run(Session.all().delete())

        def teardown(self):
            if hasattr(self, "opening"):
                self.run(self.opening.__aexit__(None, None, None))
            self.runner.close()

        @rule()
        @precondition(lambda self: len(self.families) < 3)
        def sign_in(self):
            opened = self.run(open_session(self.resources, self.person.user))
            actor = Actor(user_id=self.person.user.id, session_id=opened.session_id)
            family = Family(self.clock.now() + timedelta(days=30), actor)
            self.families.append(family)
            self._add(family, opened)

        @rule(step=st.sampled_from([1, 5, 10, 11, 3600, 86_400, 6 * 86_400]))
        def wait(self, step):
            self.clock.advance(seconds=step)

        @rule(data=st.data())
        @precondition(lambda self: self.tokens)
        def refresh(self, data):
            # The newest tokens are the most interesting ones, but every one ever made may come back.
            text = data.draw(st.sampled_from(list(self.tokens)[::-1]))
            token, now = self.tokens[text], self.clock.now()

            answer = self.run(self._refresh(text))

            if token.expires_at <= now or token.family.revoked:
                assert not isinstance(answer, OpenSession)
            elif token.used_at is None:
                assert isinstance(answer, OpenSession)
                token.used_at, token.successor = now, answer.refresh_token
                self._add(token.family, answer)
            elif now - token.used_at <= timedelta(seconds=10):
                assert isinstance(answer, OpenSession)
                assert answer.refresh_token == token.successor
                assert answer.refresh_token_expires_at == self.tokens[answer.refresh_token].expires_at
            else:
                assert not isinstance(answer, OpenSession)
                token.family.revoked = True

        @rule(data=st.data())
        @precondition(lambda self: self.families)
        def log_out(self, data):
            family = data.draw(st.sampled_from(self.families))
            self.run(self._close(family.actor))
            family.revoked = True

        @invariant()
        def sessions_stand_as_in_the_model(self):
            for family in self.families:
                standing = self.run(queries.standing(family.actor, self.clock.now()))
                assert (standing is not None) == (not family.revoked and self.clock.now() < family.expires_at)

        @invariant()
        def a_family_has_one_token_that_was_not_used(self):
            if not self.families:
                return
            unused = self.run(RefreshToken.filter(used_at=None).values_list("session_id", flat=True))
            assert len(unused) == len(set(unused))

        async def _refresh(self, text):
            async with self.resources.unit_of_work(NOBODY) as work:
                return await commands.refresh_session(work, self.resources.refresh_tokens, text)

        async def _close(self, actor):
            async with self.resources.unit_of_work(actor) as work:
                await commands.close_session(work)

        def _add(self, family, opened):
            assert opened.refresh_token not in self.tokens
            expires_at = min(self.clock.now() + timedelta(days=7), family.expires_at)
            assert opened.refresh_token_expires_at == expires_at
            self.tokens[opened.refresh_token] = Token(family, expires_at)

    return Rotation


@pytest.mark.timeout(300)
def test_rotation_is_what_its_model_says(sqlite_databases, tmp_path, keys_folder):
    url = asyncio.run(sqlite_databases.migrated())

    run_state_machine_as_test(
        rotation_machine(url, tmp_path, keys_folder),
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
