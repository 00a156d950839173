"""What is typed to enter."""

import strawberry


@strawberry.input(description="Who signs in.")
class LoginInput:
    """An address and a password."""

    email: str = strawberry.field(description="E-mail address of the account.")
    password: str = strawberry.field(description="Its password.")


@strawberry.input(description="Which session goes on.")
class RefreshSessionInput:
    """A refresh token."""

    refresh_token: str = strawberry.field(description="The newest refresh token of the session.")
