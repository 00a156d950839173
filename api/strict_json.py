"""JSON from outside: what a standard parser would guess at, or choke on, is refused."""

import json
from math import isfinite
from typing import Any, Final, NoReturn

from domain.kernel.errors import BadRequest
from domain.kernel.text import forbidden_character

MAXIMUM_DEPTH: Final = 64
# No number of ours is longer; int() of a long one takes quadratic time.
MAXIMUM_DIGITS: Final = 40


def loads(body: bytes | str) -> Any:
    """Return the value that a text holds.  Raises `BadRequest`.

    Refused beside what is not JSON: a byte order mark, NaN and infinities (1e999 too), numbers of more than 40
    characters, names given twice, more than 64 levels, and text with control characters, lone surrogates or changes of
    the direction of writing.
    """
    try:
        value = _DECODER.decode(body if isinstance(body, str) else body.decode())
        _check(value)
    except UnicodeDecodeError:
        raise BadRequest("expected UTF-8, got other bytes") from None
    except json.JSONDecodeError as error:
        raise BadRequest(f"expected JSON, got an error at character {error.pos}: {error.msg}") from None
    except RecursionError:
        raise BadRequest(f"expected JSON of at most {MAXIMUM_DEPTH} levels, got many more") from None
    return value


def _check(value: Any) -> None:
    waiting = [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        if isinstance(item, str):
            found = forbidden_character(item)
            if found is not None:
                raise BadRequest(f"expected text without control characters, got {found}")
        elif isinstance(item, dict | list):
            if depth > MAXIMUM_DEPTH:
                raise BadRequest(f"expected JSON of at most {MAXIMUM_DEPTH} levels, got more")
            waiting.extend((key, depth) for key in item if isinstance(item, dict))
            waiting.extend((inner, depth + 1) for inner in (item.values() if isinstance(item, dict) else item))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise BadRequest("expected each name of an object once, got one twice")
    return members


def _integer(digits: str) -> int:
    if len(digits) > MAXIMUM_DIGITS:
        raise BadRequest(f"expected a number of at most {MAXIMUM_DIGITS} characters, got {len(digits)}")
    return int(digits)


def _number(digits: str) -> float:
    value = float(digits)
    if len(digits) > MAXIMUM_DIGITS or not isfinite(value):
        raise BadRequest(
            f"expected a finite number of at most {MAXIMUM_DIGITS} characters, got {digits[:MAXIMUM_DIGITS]}"
        )
    return value


def _constant(name: str) -> NoReturn:
    raise BadRequest(f"expected a number, got {name}")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_number, parse_constant=_constant
)
