"""How fields are read that hold a plain value: an attribute, or what a method without arguments returns.

Each function here completes what it expects exactly as graphql-core would, and raises on anything else.
"""

from collections.abc import Callable, Mapping
from inspect import isasyncgenfunction, iscoroutinefunction
from math import isfinite
from operator import attrgetter
from types import CoroutineType
from typing import Any, Final, NamedTuple

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
    Undefined,
)
from graphql.execution.collect_fields import GroupedFieldSet
from strawberry.schema import schema_converter
from strawberry.types.field import StrawberryField

Read = Callable[[Any], Any]
Complete = Callable[[Any], Any]

_DEFINITION: Final = "strawberry-definition"
_WITHOUT: Final = "without arguments"
_LARGEST_INT: Final = 2**31 - 1


class NotPlain(Exception):
    """Something here is for graphql-core to complete, or to complain about."""


class Plan(NamedTuple):
    """How to execute one selection set on one object type: what is read in one go, and the rest."""

    fields: GroupedFieldSet
    plain: tuple[tuple[str, Read, Complete], ...]
    rest: GroupedFieldSet

    def read(self, source: Any) -> dict[str, Any]:
        """Return the plain fields of an object.  Raises anything: then graphql-core has to do it."""
        if not _ordinary[source.__class__]:
            raise NotPlain
        return {key: complete(read(source)) for key, read, complete in self.plain}


class _Ordinary(dict[type, bool]):
    """Whether the instances of a class are values: nothing to await, to iterate over asynchronously, or to raise."""

    def __missing__(self, kind: type) -> bool:
        ordinary = not (
            issubclass(kind, BaseException | type(None) | type(Undefined))
            or hasattr(kind, "__await__")
            or hasattr(kind, "__aiter__")
        )
        self[kind] = ordinary
        return ordinary


_ordinary: Final = _Ordinary()


def plain_without_arguments(read: Read) -> Mapping[str, object]:
    """Return the metadata of a field that is plain where none of its arguments is given: `read` answers the same as its
    resolver does with all defaults.
    """
    return {_WITHOUT: read}


def reader(definition: GraphQLField, *, has_arguments: bool = False) -> Read | None:
    """Return what reads a plain field from its object, None when the field is not plain.

    `has_arguments` says whether the document gives it some.
    """
    field = definition.extensions.get(_DEFINITION)
    if not isinstance(field, StrawberryField) or type(field).get_result is not StrawberryField.get_result:
        return None
    if field.extensions or field.is_subscription or not _is_untouched(definition.resolve):
        return None
    if definition.args:
        return None if has_arguments else field.metadata.get(_WITHOUT)
    resolver = field.base_resolver
    if resolver is None:
        return attrgetter(field.python_name) if field.default_resolver is getattr else None
    # Only `self`: no info, no arguments.
    takes = [p for p in resolver.signature.parameters.values() if p is not resolver.self_parameter]
    if resolver.is_async or resolver.self_parameter is None or takes:
        return None
    return _method(resolver.wrapped_func)


def _is_untouched(resolve: Any) -> bool:
    # Whatever was put before Strawberry's resolver, such as a check of who may ask, is never passed by.
    return getattr(resolve, "__module__", None) == schema_converter.__name__ and not hasattr(resolve, "__wrapped__")


def _method(function: Any) -> Read:
    def read(source: Any) -> Any:
        value = function(source)
        if value.__class__ is CoroutineType:
            # graphql-core calls the method again; this one is never awaited.
            value.close()
            raise NotPlain
        return value

    return read


def is_asynchronous(function: Callable[..., Any] | None) -> bool:
    """Whether calling this gives something to await."""
    return function is not None and (iscoroutinefunction(function) or isasyncgenfunction(function))


def constant(value: Any, _source: Any) -> Any:
    """Read what is the same for every object."""
    return value


def unchanged(value: Any) -> Any:
    """Complete what needs no completing."""
    return value


def list_of(item: Complete, values: Any) -> list[Any]:
    """Complete a list, item by item."""
    if values.__class__ is list or values.__class__ is tuple:
        return [item(value) for value in values]
    raise NotPlain


def object_of(is_type_of: Callable[[Any, Any], Any], plan: Plan, source: Any) -> dict[str, Any]:
    """Complete an object that has to be of the right type; the functions that Strawberry makes need no info for it."""
    if is_type_of(source, None) is not True:
        raise NotPlain
    return plan.read(source)


def nullable(present: Complete) -> Complete:
    """Return what completes a value that may be None."""

    def complete(value: Any) -> Any:
        return None if value is None else present(value)

    return complete


def leaf(kind: GraphQLLeafType) -> Complete:
    """Return what completes a scalar or enum that is not null, as `Executor.complete_leaf_value` does."""
    coerce = kind.coerce_output_value

    def complete(value: Any) -> Any:
        if not _ordinary[value.__class__]:
            raise NotPlain
        coerced = coerce(value)
        if coerced is None or coerced is Undefined:
            raise NotPlain
        return coerced

    if isinstance(kind, GraphQLEnumType):
        return _enum(kind, complete)
    return _EXACT[kind](complete) if kind in _EXACT else complete


def _enum(kind: GraphQLEnumType, otherwise: Complete) -> Complete:
    members = getattr(kind, "wrapped_cls", ())
    names = {member: kind.coerce_output_value(member) for member in members}

    def complete(value: Any) -> Any:
        # By class first: a string equal to a StrEnum's member has its hash, and is another value.
        return names[value] if value.__class__ is members else otherwise(value)

    return complete


def _text(otherwise: Complete) -> Complete:
    return lambda value: value if value.__class__ is str else otherwise(value)


def _float(otherwise: Complete) -> Complete:
    return lambda value: value if value.__class__ is float and isfinite(value) else otherwise(value)


def _integer(otherwise: Complete) -> Complete:
    return lambda value: (
        value if value.__class__ is int and -_LARGEST_INT <= value <= _LARGEST_INT else otherwise(value)
    )


def _boolean(otherwise: Complete) -> Complete:
    return lambda value: value if value is True or value is False else otherwise(value)


_EXACT: Final[Mapping[Any, Callable[[Complete], Complete]]] = {
    GraphQLString: _text,
    GraphQLID: _text,
    GraphQLFloat: _float,
    GraphQLInt: _integer,
    GraphQLBoolean: _boolean,
}
