"""Errors as clients see them: a code, a request id, and nothing of the inside."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
import structlog
from graphql import FieldNode, GraphQLError
from starlette.responses import Response
from strawberry.exceptions import StrawberryInputCoercionError

from domain.kernel.errors import BadRequest, DeadlineExceeded, Failure, FailureCode, NotFound, RateLimited, Refusal

MASKED_MESSAGE: Final = "internal error"
JSON: Final = "application/json; charset=utf-8"

# Of a request that was not executed for this reason.
STATUSES: Final[Mapping[FailureCode, int]] = {
    FailureCode.BAD_REQUEST: 400,
    FailureCode.BAD_USER_INPUT: 400,
    FailureCode.COST_LIMIT: 400,
    FailureCode.PERSISTED_QUERY_NOT_FOUND: 400,
    FailureCode.UNAUTHENTICATED: 401,
    FailureCode.FORBIDDEN: 403,
    FailureCode.NOT_FOUND: 404,
    FailureCode.TIMEOUT: 504,
    FailureCode.PAYLOAD_TOO_LARGE: 413,
    FailureCode.RATE_LIMITED: 429,
    FailureCode.UNAVAILABLE: 503,
    FailureCode.STORAGE_FULL: 507,
    FailureCode.INTERNAL: 500,
}

Translate = Callable[[BaseException], Failure | None]
FormattedError = dict[str, Any]

_log = structlog.get_logger("api.errors")


def no_translation(_error: BaseException) -> Failure | None:
    """Leave every exception to be masked."""
    return None


@dataclass(frozen=True, slots=True)
class ErrorFormat:
    """Turns exceptions into GraphQL errors.

    `translate` says what an exception of the infrastructure means (a lost connection is `Unavailable`), None when it is
    a bug.
    """

    translate: Translate = no_translation

    def graphql(
        self, error: GraphQLError, request_id: str, fingerprint: str | None, *, executing: bool
    ) -> FormattedError:
        """Return an error of a document (or, if `executing`, of one of its fields) with its place in it."""
        formatted = self.any(_origin(error), request_id, fingerprint, executing=executing, path=error.path)
        if error.locations:
            formatted["locations"] = [{"line": line, "column": column} for line, column in error.locations]
        if error.path is not None:
            formatted["path"] = error.path
        return formatted

    def any(
        self,
        error: BaseException,
        request_id: str,
        fingerprint: str | None = None,
        *,
        executing: bool = True,
        path: list[str | int] | None = None,
    ) -> FormattedError:
        """Return any exception as an error without a place; what nobody may see is logged and masked.

        The log names the document by its hash and never holds its text.
        """
        failure = error if isinstance(error, Failure) else self.translate(error)
        if failure is not None:
            return _formatted(failure.message, failure.code, request_id, failure)
        if isinstance(error, Refusal):
            code = FailureCode.NOT_FOUND if isinstance(error, NotFound) else FailureCode.BAD_USER_INPUT
            return _formatted(error.message, code, request_id)
        if isinstance(error, GraphQLError) and (not executing or _is_about_input(error)):
            return _formatted(error.message, FailureCode.BAD_REQUEST, request_id)
        _log.error("request failed", request_id=request_id, document=fingerprint, path=path, exc_info=error)
        return _formatted(MASKED_MESSAGE, FailureCode.INTERNAL, request_id)


ERRORS: Final = ErrorFormat()


class HttpRefusal(BadRequest):
    """The request cannot be answered by this method, to this media type, or in any that the client takes."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})


class SlowBody(DeadlineExceeded):
    """The body was not whole in time: the client's doing, where an answer that is late is ours."""

    status: Final = 408


def failure_response(
    error: BaseException, request_id: str, errors: ErrorFormat = ERRORS, media_type: str = JSON
) -> Response:
    """Return the HTTP response to a request that was not executed."""
    formatted = errors.any(error, request_id)
    code = FailureCode(formatted["extensions"]["code"])
    status, headers = STATUSES[code], dict[str, str]()
    if isinstance(error, HttpRefusal):
        status, headers = error.status, error.headers
    if isinstance(error, SlowBody):
        status = error.status
    if code is FailureCode.UNAUTHENTICATED:
        headers["www-authenticate"] = "Bearer"
    if "retryAfter" in formatted["extensions"]:
        headers["retry-after"] = str(math.ceil(formatted["extensions"]["retryAfter"]))
    if code in {FailureCode.PAYLOAD_TOO_LARGE, FailureCode.TIMEOUT}:
        # What is left of the body would be taken for the next request.
        headers["connection"] = "close"
    return Response(orjson.dumps({"errors": [formatted]}), status, headers, media_type)


def _formatted(message: str, code: FailureCode, request_id: str, failure: Failure | None = None) -> FormattedError:
    extensions: dict[str, object] = {"code": code.value, "requestId": request_id}
    if isinstance(failure, RateLimited):
        extensions["retryAfter"] = failure.retry_after
    return {"message": message, "extensions": extensions}


def _origin(error: GraphQLError) -> BaseException:
    """Return what was raised, without the wrappings that graphql-core puts around it to say where."""
    origin: BaseException = error
    while isinstance(origin, GraphQLError) and origin.original_error is not None:
        origin = origin.original_error
    return origin


def _is_about_input(error: GraphQLError) -> bool:
    # An argument's error points at the argument; that of a value which a resolver returned, and no client may see, at
    # the field.
    if isinstance(error, StrawberryInputCoercionError):
        return True
    return error.nodes is not None and not isinstance(error.nodes[0], FieldNode)
