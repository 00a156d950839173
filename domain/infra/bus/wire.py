"""Events as text: JSON of the class's name and its fields, written and read by the type hints of the dataclass."""

import dataclasses
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, Flag
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

import orjson

from domain.kernel.events import Event, event_types

_known: dict[str, type[Event]] = {}


class Undecodable(ValueError):
    """A message that is no event of this program: another version wrote it, or a stranger."""


@dataclass(frozen=True, slots=True)
class _Codec:
    """How values of one type are written as JSON values, and read back."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _itself(value: Any) -> Any:
    return value


_AS_IT_IS = _Codec(_itself, _itself)
_PLAIN = {
    str: _AS_IT_IS,
    bool: _AS_IT_IS,
    types.NoneType: _AS_IT_IS,
    # JSON of 64 bits at most: a longer number travels as text.
    int: _Codec(lambda number: number if -(2**63) <= number < 2**63 else str(number), int),
    UUID: _Codec(str, UUID),
    Decimal: _Codec(str, Decimal),
    date: _Codec(date.isoformat, date.fromisoformat),
    datetime: _Codec(datetime.isoformat, datetime.fromisoformat),
}


def encode(event: Event) -> str:
    """Write an event.  Raises `TypeError` for a field that the bus cannot carry, or when two events share one name."""
    kind: Any = type(event)
    return orjson.dumps((_name_of(kind), _dataclass_codec(kind).write(event))).decode()


def decode(text: str) -> Event:
    """Read an event.  Raises `Undecodable`.

    Fields unknown here are passed over, so that two versions can run side by side.
    """
    try:
        name, fields = orjson.loads(text)
        kind: Any = _kind_named(name)
        event = _dataclass_codec(kind).read(fields)
    except Exception as error:
        raise Undecodable(f"expected an event of this program, got {text[:200]!r}: {error!r}") from error
    assert isinstance(event, Event)
    return event


def _kind_named(name: str) -> type[Event]:
    if name not in _known:
        _known.update(event_types())
    return _known[name]


@cache
def _name_of(kind: type[Event]) -> str:
    named = event_types()[kind.__name__]
    if named is not kind:
        paths = f"{kind.__module__}.{kind.__qualname__} and {named.__module__}.{named.__qualname__}"
        raise TypeError(f"expected one event of the name {kind.__name__}, got {paths}")
    return kind.__name__


def _codec(hint: Any) -> _Codec:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return _optional_codec(hint)
    if typing.get_origin(hint) is tuple:
        return _tuple_codec(hint)
    if isinstance(hint, type) and issubclass(hint, Enum) and not issubclass(hint, Flag):
        return _Codec(attrgetter("name"), lambda name: hint[name])
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _dataclass_codec(hint)
    raise TypeError(f"expected a type that the bus can carry (see `Event`), got {hint!r}")


def _optional_codec(hint: Any) -> _Codec:
    some = [choice for choice in typing.get_args(hint) if choice is not types.NoneType]
    if len(some) != 1:
        raise TypeError(f"expected one type or None, got {hint!r}")
    codec = _codec(some[0])
    return _Codec(_unless_none(codec.write), _unless_none(codec.read))


def _unless_none(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else convert(value)


def _tuple_codec(hint: Any) -> _Codec:
    hints = typing.get_args(hint)
    if len(hints) == 2 and hints[1] is Ellipsis:
        element = _codec(hints[0])
        return _Codec(_each(element.write), _each(element.read))
    codecs = [_codec(each) for each in hints]
    return _Codec(_one_by_one([codec.write for codec in codecs]), _one_by_one([codec.read for codec in codecs]))


def _each(convert: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda values: tuple(map(convert, values))


def _one_by_one(converts: list[Callable[[Any], Any]]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda values: tuple(convert(value) for convert, value in zip(converts, values, strict=True))


@cache
def _dataclass_codec(kind: type[Any]) -> _Codec:
    hints = typing.get_type_hints(kind)
    codecs = {field.name: _codec(hints[field.name]) for field in dataclasses.fields(kind)}
    writers = [(name, codec.write) for name, codec in codecs.items()]
    readers = {name: codec.read for name, codec in codecs.items()}

    def write(value: Any) -> dict[str, Any]:
        return {name: convert(getattr(value, name)) for name, convert in writers}

    def read(fields: dict[str, Any]) -> Any:
        return kind(**{name: readers[name](value) for name, value in fields.items() if name in readers})

    return _Codec(write, read)
