"""Signing in, staying in, and signing out."""

import strawberry

from domain.identity import commands, queries
from domain.identity.proofs import prove_password
from domain.kernel.actor import Actor
from domain.kernel.errors import Refusal
from schema.context import Info
from schema.identity.inputs import LoginInput, RefreshSessionInput
from schema.identity.types import MfaChallenge, Session, begin_session
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

_PROBLEMS = strawberry.field(description="What the user can mend; empty when it was done.", default_factory=list)


@strawberry.type(description="A session, or a challenge for the second factor, or why neither.")
class LoginPayload:
    """The answer of `login`."""

    session: Session | None = strawberry.field(description="The session; null when there is a challenge.", default=None)
    mfa_challenge: MfaChallenge | None = strawberry.field(
        description="What an account with a second factor answers first; null for one without.", default=None
    )
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The session with its next refresh token, or why not.")
class RefreshSessionPayload:
    """The answer of `refreshSession`."""

    session: Session | None = strawberry.field(description="The session that goes on.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="Whether the session was ended.")
class LogoutPayload:
    """The answer of `logout`."""

    done: bool = strawberry.field(
        description="Whether the session is over: its tokens stop within a second.", default=False
    )
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type
class IdentityMutation:
    """The mutations of identity."""

    @strawberry.mutation(
        description=(
            "Open a session by e-mail address and password. At most 10 attempts fail for one address in 15 minutes; "
            "then the answer is ACCOUNT_LOCKED, for addresses without an account too. The only field of its operation."
        ),
        metadata=allowed(Access.ANYBODY),
    )
    @answers_refusals(LoginPayload)
    async def login(self, info: Info, input: LoginInput) -> LoginPayload:
        """Check the password, then open a session in a unit of work of its own."""
        resources = info.context.resources
        proof = await prove_password(
            resources.passwords,
            resources.attempts,
            email=input.email,
            password=input.password,
            client_address=info.context.client.address,
        )
        actor = Actor(user_id=proof.user_id, tenant_id=proof.tenant_id)
        async with resources.unit_of_work(actor) as work:
            opened = await commands.open_session(work, resources.refresh_tokens, proof)
        return LoginPayload(session=begin_session(info, opened))

    @strawberry.mutation(
        description=(
            "Change a refresh token for the next one and a new access token. Within 10 s the same token answers the "
            "same; a later use ends the session, because somebody has a copy. The only field of its operation."
        ),
        metadata=allowed(Access.ANYBODY),
    )
    @answers_refusals(RefreshSessionPayload)
    async def refresh_session(self, info: Info, input: RefreshSessionInput) -> RefreshSessionPayload:
        """Rotate, and raise a refusal only after what it changed was committed."""
        resources = info.context.resources
        # Nonsense opens no transaction.
        if not await queries.is_refresh_token(resources.refresh_tokens.digest(input.refresh_token)):
            raise commands.sign_in_again()
        async with info.context.unit_of_work() as work:
            opened = await commands.refresh_session(work, resources.refresh_tokens, input.refresh_token)
        if isinstance(opened, Refusal):
            raise opened
        return RefreshSessionPayload(session=begin_session(info, opened))

    @strawberry.mutation(
        description="End the session of the access token that came with the request, with all its tokens and sockets.",
        metadata=allowed(Access.USER),
    )
    @answers_refusals(LogoutPayload)
    async def logout(self, info: Info) -> LogoutPayload:
        """Revoke the session."""
        async with info.context.unit_of_work() as work:
            await commands.close_session(work)
        return LogoutPayload(done=True)
