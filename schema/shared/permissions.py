"""Who may ask a field of the root: each says so, and nothing is open by default.

    @strawberry.field(description="…", metadata=allowed(Access.USER))

`guard(schema)`, once the schema is built, refuses one that does not say, and puts the check before every other.  What
somebody may see of what a field answers is the affair of the slice's predicate, `accessible`.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum, auto
from typing import Any, Final

import strawberry
from graphql import GraphQLField

from domain.kernel.actor import Actor, Role
from domain.kernel.errors import Forbidden, Unauthenticated

_ACCESS: Final = "access"
_DEFINITION: Final = "strawberry-definition"

Resolve = Callable[..., Any]


class Access(Enum):
    """Who may ask."""

    ANYBODY = auto()
    USER = auto()
    DEVELOPER = auto()
    ADMIN = auto()


# An administrator may do what a developer may.
_ROLES: Final[Mapping[Access, frozenset[Role]]] = {
    Access.DEVELOPER: frozenset({Role.DEVELOPER, Role.ADMIN}),
    Access.ADMIN: frozenset({Role.ADMIN}),
}


def allowed(access: Access) -> Mapping[str, object]:
    """Return the metadata of a root field that says who may ask it."""
    return {_ACCESS: access}


def check(actor: Actor, access: Access) -> None:
    """Let the actor pass.  Raises `Unauthenticated` for nobody, `Forbidden` for who has not the role."""
    if access is Access.ANYBODY:
        return
    if not actor.is_authenticated:
        raise Unauthenticated("expected an access token, got none; sign in first")
    wanted = _ROLES.get(access)
    if wanted is not None and wanted.isdisjoint(actor.roles):
        raise Forbidden(f"expected role {access.name}, got {', '.join(sorted(actor.roles)) or 'none'}")


def root_fields(schema: strawberry.Schema) -> Iterator[tuple[str, str, GraphQLField]]:
    """Iterate over the operation type's name, the field's name and the field of all fields of the root."""
    built = schema._schema  # noqa: SLF001 - Strawberry gives no other way to the schema that it built
    for root in (built.query_type, built.mutation_type, built.subscription_type):
        if root is not None:
            yield from ((root.name, name, field) for name, field in root.fields.items())


def access_of(field: GraphQLField) -> Access | None:
    """Return who may ask a field of the root, None if it does not say."""
    metadata = getattr(field.extensions.get(_DEFINITION), "metadata", {})
    found = metadata.get(_ACCESS)
    return found if isinstance(found, Access) else None


def guard(schema: strawberry.Schema) -> None:
    """Put the check before each field of the root.  Raises TypeError for fields that do not say who may ask them."""
    silent = [f"{root}.{name}" for root, name, field in root_fields(schema) if access_of(field) is None]
    if silent:
        raise TypeError(
            f"expected metadata=allowed(Access.…) on each field of the root, got none on {', '.join(silent)}"
        )
    for _, _, field in root_fields(schema):
        access = access_of(field)
        if access is None or access is Access.ANYBODY:
            continue
        # A subscription is checked when it begins; its events are then resolved from what its stream gives.
        if field.subscribe is not None:
            field.subscribe = _guarded(field.subscribe, access)
        elif field.resolve is not None:
            field.resolve = _guarded(field.resolve, access)


def _guarded(resolve: Resolve, access: Access) -> Resolve:
    def resolve_guarded(source: Any, info: Any, **arguments: Any) -> Any:
        check(info.context.actor, access)
        return resolve(source, info, **arguments)

    return resolve_guarded
