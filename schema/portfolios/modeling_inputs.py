"""Inputs and payloads of the mutations of modeling sessions."""

import strawberry

from schema.portfolios.inputs import TransactionInput
from schema.portfolios.modeling import ModelingSession, ModelingSnapshot
from schema.portfolios.transactions import Transaction
from schema.portfolios.types import Portfolio
from schema.shared.cost import sized
from schema.shared.problems import UserError

_PROBLEMS = strawberry.field(description="What the user can mend; empty when it was done.", default_factory=list)
_KEY = "Chosen by the client, 1 to 200 characters: the same key and input again answers the first result."
_SESSION = "The session."
_SESSION_NOW = "The session as it is now."
_VERSION = "Refuse with VERSION_CONFLICT unless the session's portfolio is at this version."


@strawberry.input(description="A modeling session to begin.")
class CreateModelingSessionInput:
    """Of what, and its name."""

    portfolio_id: strawberry.ID = strawberry.field(description="The portfolio, as it is now.")
    name: str = strawberry.field(description="1 to 200 characters.")
    idempotency_key: str = strawberry.field(description=_KEY)
    expected_version: int | None = strawberry.field(
        description="Refuse with VERSION_CONFLICT unless the portfolio is at this version.", default=None
    )


@strawberry.input(description="Trades to try.")
class AddProFormaTradesInput:
    """In which session, and what."""

    session_id: strawberry.ID = strawberry.field(description=_SESSION)
    account_id: strawberry.ID | None = strawberry.field(
        description="The account; by default the portfolio's default one.", default=None
    )
    transactions: list[TransactionInput] = strawberry.field(
        description="1 to 100 transactions, in the order in which they are recorded: all of them or none."
    )
    idempotency_key: str = strawberry.field(description=_KEY)
    expected_version: int | None = strawberry.field(description=_VERSION, default=None)


@strawberry.input(description="A modeling session to store the impacts of.")
class SaveModelingSessionInput:
    """Which, and a name."""

    session_id: strawberry.ID = strawberry.field(description=_SESSION)
    name: str = strawberry.field(description="Name of the snapshot, 1 to 200 characters.")
    expected_version: int | None = strawberry.field(description=_VERSION, default=None)


@strawberry.input(description="A modeling session to turn into transactions.")
class CommitModelingSessionInput:
    """Which, and the state that it was thought for."""

    session_id: strawberry.ID = strawberry.field(description=_SESSION)
    expected_version: int = strawberry.field(
        description="Refuse with VERSION_CONFLICT unless `base`, the portfolio to record in, is at this version."
    )
    idempotency_key: str = strawberry.field(description=_KEY)


@strawberry.input(description="A modeling session to take away.")
class DiscardModelingSessionInput:
    """Which."""

    session_id: strawberry.ID = strawberry.field(description=_SESSION)
    expected_version: int | None = strawberry.field(description=_VERSION, default=None)


@strawberry.type(description="The new session, or why there is none.")
class CreateModelingSessionPayload:
    """The answer of `createModelingSession`."""

    modeling_session: ModelingSession | None = strawberry.field(description="The new session.", default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The trades with their session, or why none was recorded.")
class AddProFormaTradesPayload:
    """The answer of `addProFormaTrades`."""

    transactions: list[Transaction] | None = strawberry.field(
        description="The entries of the session's ledger, at most 100; null when none was recorded.",
        default=None,
        metadata=sized(100),
    )
    modeling_session: ModelingSession | None = strawberry.field(description=_SESSION_NOW, default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The snapshot with its session, or why there is none.")
class SaveModelingSessionPayload:
    """The answer of `saveModelingSession`."""

    snapshot: ModelingSnapshot | None = strawberry.field(description="What was stored.", default=None)
    modeling_session: ModelingSession | None = strawberry.field(description=_SESSION_NOW, default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The transactions with their portfolio, or why none was recorded.")
class CommitModelingSessionPayload:
    """The answer of `commitModelingSession`."""

    transactions: list[Transaction] | None = strawberry.field(
        description="The new entries of the portfolio's ledger, at most 1,000; null when none was recorded.",
        default=None,
        metadata=sized(100),
    )
    portfolio: Portfolio | None = strawberry.field(description="The portfolio as it is now.", default=None)
    modeling_session: ModelingSession | None = strawberry.field(description=_SESSION_NOW, default=None)
    user_errors: list[UserError] = _PROBLEMS


@strawberry.type(description="The id of the session that is gone, or why it is not.")
class DiscardModelingSessionPayload:
    """The answer of `discardModelingSession`."""

    discarded_session_id: strawberry.ID | None = strawberry.field(
        description="The id that nothing has any more.", default=None
    )
    user_errors: list[UserError] = _PROBLEMS
