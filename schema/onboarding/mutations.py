"""Arriving."""

import strawberry

from domain.identity import commands as identity
from domain.identity import credentials, queries
from domain.identity.errors import RegistrationClosed
from domain.identity.proofs import admit_registration
from domain.identity.types import Proof
from domain.onboarding import commands
from schema.context import Info
from schema.identity.types import Session, begin_session
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals


@strawberry.input(description="Who opens an account.")
class RegisterInput:
    """An address, a password and a name."""

    email: str = strawberry.field(description="E-mail address, at most 254 bytes. The part before @ in ASCII.")
    password: str = strawberry.field(description="Password of 8 to 256 characters.")
    display_name: str | None = strawberry.field(
        description="Name to show, at most 80 characters; by default the part of the address before @.", default=None
    )


@strawberry.type(description="The session of the new account, or why there is none.")
class RegisterPayload:
    """The answer of `register`."""

    session: Session | None = strawberry.field(description="The first session of the new account.", default=None)
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type
class OnboardingMutation:
    """The mutations of arriving."""

    @strawberry.mutation(
        description=(
            "Open an account with a first portfolio, and a session, where the installation lets people register by "
            "themselves. The only field of its operation."
        ),
        metadata=allowed(Access.ANYBODY),
    )
    @answers_refusals(RegisterPayload)
    async def register(self, info: Info, input: RegisterInput) -> RegisterPayload:
        """Check and hash, then create all in one unit of work."""
        resources = info.context.resources
        if not resources.registration_is_open:
            raise RegistrationClosed("expected an invitation: the installation lets nobody register by themselves")
        email = credentials.canonical_email(input.email)
        password = credentials.checked_password(input.password)
        name = credentials.checked_display_name(input.display_name, email)
        await admit_registration(resources.attempts, info.context.client.address)
        if await queries.is_taken(email):
            raise identity.taken()
        password_hash = await resources.passwords.hash(password)
        async with resources.unit_of_work(identity.newcomer()) as work:
            user = await commands.register_user(work, email=email, display_name=name, password_hash=password_hash)
            proof = Proof(user_id=user.id, tenant_id=user.tenant_id, password_hash=password_hash)
            opened = await identity.open_session(work, resources.refresh_tokens, proof)
        return RegisterPayload(session=begin_session(info, opened))
