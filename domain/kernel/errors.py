"""The two ways in which something is not done.

Exception
├── Refusal            the user's input can be mended: becomes a `UserError` in the payload of a mutation
│   └── one class for each `RefusalCode`
└── Failure            not the input's fault, or no payload to put it in: becomes a GraphQL error with `extensions.code`
    └── one class for each `FailureCode`
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar


class RefusalCode(StrEnum):
    """What a user can mend, as `UserErrorCode` in the API."""

    INVALID_INPUT = "INVALID_INPUT"
    NOT_FOUND = "NOT_FOUND"
    VERSION_CONFLICT = "VERSION_CONFLICT"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    INVALID_CREDENTIALS = "INVALID_CREDENTIALS"
    ACCOUNT_LOCKED = "ACCOUNT_LOCKED"
    EMAIL_TAKEN = "EMAIL_TAKEN"
    REGISTRATION_CLOSED = "REGISTRATION_CLOSED"
    SESSION_EXPIRED = "SESSION_EXPIRED"
    INSUFFICIENT_QUANTITY = "INSUFFICIENT_QUANTITY"
    UNKNOWN_INSTRUMENT = "UNKNOWN_INSTRUMENT"
    UNKNOWN_CURRENCY = "UNKNOWN_CURRENCY"
    DATE_IN_FUTURE = "DATE_IN_FUTURE"
    DATE_OUT_OF_RANGE = "DATE_OUT_OF_RANGE"
    NOT_CANCELLABLE = "NOT_CANCELLABLE"
    ALREADY_REVERSED = "ALREADY_REVERSED"
    NOT_SUPPORTED = "NOT_SUPPORTED"
    ACTION_ALREADY_BOOKED = "ACTION_ALREADY_BOOKED"
    ROWS_REFUSED = "ROWS_REFUSED"
    NAME_TAKEN = "NAME_TAKEN"
    LIMIT_REACHED = "LIMIT_REACHED"
    GATE_BLOCKED = "GATE_BLOCKED"
    WRONG_STATE = "WRONG_STATE"
    BUILT_UPON = "BUILT_UPON"


class Refusal(Exception):
    """What the user asked cannot be done as asked; nothing was changed.

    `field` is the path in the input, outermost first, empty when no single field is at fault.
    """

    code: ClassVar[RefusalCode]

    def __init__(self, message: str, *, field: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.field = tuple(field)


class InvalidInput(Refusal):
    """A value of the input is not one that was expected."""

    code = RefusalCode.INVALID_INPUT


class NotFound(Refusal):
    """The object does not exist, or the actor may not know that it does."""

    code = RefusalCode.NOT_FOUND


class VersionConflict(Refusal):
    """The object has changed since the version that the caller expected."""

    code = RefusalCode.VERSION_CONFLICT


class IdempotencyKeyReused(Refusal):
    """The key was used before with another input."""

    code = RefusalCode.IDEMPOTENCY_KEY_REUSED


class NotSupported(Refusal):
    """A kind that the contract names and this version does not carry out yet."""

    code = RefusalCode.NOT_SUPPORTED


class NameTaken(Refusal):
    """Something else of the same kind and owner has this name."""

    code = RefusalCode.NAME_TAKEN


class LimitReached(Refusal):
    """There would be more of something than there may be."""

    code = RefusalCode.LIMIT_REACHED


class FailureCode(StrEnum):
    """`extensions.code` of a GraphQL error."""

    BAD_REQUEST = "BAD_REQUEST"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    RATE_LIMITED = "RATE_LIMITED"
    COST_LIMIT = "COST_LIMIT"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE"
    TIMEOUT = "TIMEOUT"
    UNAVAILABLE = "UNAVAILABLE"
    STORAGE_FULL = "STORAGE_FULL"
    INTERNAL = "INTERNAL"


class Failure(Exception):
    """Something outside the user's input, or an input that has no payload to answer in."""

    code: ClassVar[FailureCode]

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(Failure):
    """The request has not the form that the protocol asks."""

    code = FailureCode.BAD_REQUEST


class Unauthenticated(Failure):
    """Nobody is signed in, or the proof of identity is not valid (any more)."""

    code = FailureCode.UNAUTHENTICATED


class Forbidden(Failure):
    """The actor is known and has not the role that this needs."""

    code = FailureCode.FORBIDDEN


class NothingThere(Failure):
    """A subscription asked for what does not exist or is not the actor's."""

    code = FailureCode.NOT_FOUND


class BadUserInput(Failure):
    """An argument of a query is not one that was expected."""

    code = FailureCode.BAD_USER_INPUT


class RateLimited(Failure):
    """Too many attempts; `retry_after` seconds from now it may be tried again."""

    code = FailureCode.RATE_LIMITED

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class CostLimit(Failure):
    """The document asks for more objects than one answer may hold."""

    code = FailureCode.COST_LIMIT


class PersistedQueryNotFound(Failure):
    """No document is stored under the hash that was sent."""

    code = FailureCode.PERSISTED_QUERY_NOT_FOUND


class PayloadTooLarge(Failure):
    """The body is longer than the limit."""

    code = FailureCode.PAYLOAD_TOO_LARGE


class DeadlineExceeded(Failure):
    """The answer was not ready in time."""

    code = FailureCode.TIMEOUT


class Unavailable(Failure):
    """Something this needs does not answer now; the same request may succeed later."""

    code = FailureCode.UNAVAILABLE


class StorageFull(Failure):
    """Nothing more can be stored until space is freed; nothing was changed."""

    code = FailureCode.STORAGE_FULL
