"""Refusals as the payloads of mutations carry them."""

import dataclasses
import functools
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import ParamSpec, TypeVar

import strawberry

from domain.kernel.errors import InvalidInput, Refusal, RefusalCode
from schema.shared.naming import camel
from schema.shared.scalars import STORABLE, is_storable

UserErrorCode = strawberry.enum(RefusalCode, name="UserErrorCode", description="What is wrong with an input.")

Parameters = ParamSpec("Parameters")
Payload = TypeVar("Payload")


@strawberry.type(description="What the user can mend. `field` is the path in the input.")
class UserError:
    """A refusal, in a payload."""

    code: UserErrorCode = strawberry.field(description="What kind of problem it is.")  # type: ignore[valid-type]
    message: str = strawberry.field(description="What was expected and what came.")
    field: list[str] | None = strawberry.field(
        description="Path in the input, outermost first, at most 10 parts; null when no field is at fault."
    )


def user_error(refusal: Refusal) -> UserError:
    """Return the payload's form of a refusal."""
    path = [camel(part) for part in refusal.field]
    return UserError(code=refusal.code, message=refusal.message, field=path or None)


def answers_refusals(
    payload: Callable[..., Payload],
) -> Callable[[Callable[Parameters, Awaitable[Payload]]], Callable[Parameters, Awaitable[Payload]]]:
    """Make a mutation answer a refusal with this payload, all null but for `user_errors`.

    A number of the input that is too large or too fine for any column is refused before the resolver begins.  A later
    refusal passes through the resolver's unit of work, which it rolls back, before it is answered.
    """

    def decorate(resolver: Callable[Parameters, Awaitable[Payload]]) -> Callable[Parameters, Awaitable[Payload]]:
        @functools.wraps(resolver)
        async def answer(*arguments: Parameters.args, **named: Parameters.kwargs) -> Payload:
            try:
                _check_numbers(named.get("input"), ())
                return await resolver(*arguments, **named)
            except Refusal as refusal:
                return payload(user_errors=[user_error(refusal)])

        return answer

    return decorate


def _check_numbers(said: object, path: tuple[str, ...]) -> None:
    if isinstance(said, Decimal):
        if not is_storable(said):
            raise InvalidInput(f"expected {STORABLE}, got {said}", field=path)
    elif isinstance(said, strawberry.Some):
        _check_numbers(said.value, path)
    elif isinstance(said, list):
        for number, each in enumerate(said):
            _check_numbers(each, (*path, str(number)))
    elif dataclasses.is_dataclass(said):
        for member in dataclasses.fields(said):
            _check_numbers(getattr(said, member.name), (*path, member.name))
