"""Global ids, and the interface of all that is stored."""

import base64
import binascii
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry

from domain.kernel.errors import BadUserInput, NotFound

if TYPE_CHECKING:
    from schema.context import Context

NodeLoader = Callable[["Context", Sequence[UUID]], Awaitable[Sequence[Any]]]

_LOADERS: dict[str, NodeLoader] = {}


@strawberry.interface(description="A stored entity, found again by its id.")
class Node:
    """What `node` and `nodes` answer."""

    id: strawberry.ID = strawberry.field(description="Opaque and global: the same object has it everywhere and always.")


def global_id(kind: str, *key: object) -> strawberry.ID:
    """Return the id of an object of this kind: opaque to clients."""
    return _spelled(kind, *key)


# The same few thousand objects are shown again and again; 5 MB at most.
@lru_cache(maxsize=16_384, typed=True)
def _spelled(kind: str, *key: object) -> strawberry.ID:
    plain = ":".join((kind, *(str(part) for part in key)))
    return strawberry.ID(base64.urlsafe_b64encode(plain.encode()).decode().rstrip("="))


def parse_global_id(value: str) -> tuple[str, str] | None:
    """Return the kind and the key of an id, or None for what is no id of ours."""
    try:
        plain = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    kind, separator, key = plain.partition(":")
    # One object has one id: what decodes to it but is spelled otherwise is none.
    return (kind, key) if separator and global_id(kind, key) == value else None


def stored_key(kind: str, value: str) -> UUID | None:
    """Return the UUID in an id of this kind, or None: an id of another kind is of something that is not there."""
    parsed = parse_global_id(value)
    if parsed is None or parsed[0] != kind:
        return None
    try:
        key = UUID(parsed[1])
    except ValueError:
        return None
    # UUIDs can be spelled in several ways, ids in one.
    return key if str(key) == parsed[1] else None


def key_of(kind: str, value: str, field: str) -> UUID:
    """Return the key in an id of this kind.  Raises `NotFound` at this field of the input."""
    key = stored_key(kind, value)
    if key is None:
        raise NotFound(f"no such {kind.lower()}", field=(field,))
    return key


def loads_nodes(kind: str) -> Callable[[NodeLoader], NodeLoader]:
    """Register how the entities of a type are found by `node` and `nodes`: what the actor may not see is None."""

    def register(loader: NodeLoader) -> NodeLoader:
        _LOADERS[kind] = loader
        return loader

    return register


def node_kinds() -> frozenset[str]:
    """Return the names of the types that `node` can answer."""
    return frozenset(_LOADERS)


async def find_nodes(context: "Context", ids: Sequence[str]) -> list[Any]:
    """Return the objects of these ids in the order asked, None where nothing is seen.  One batch for each kind."""
    if len(ids) > 100:
        raise BadUserInput(f"expected at most 100 ids, got {len(ids)}")
    wanted: dict[str, dict[str, UUID]] = {}
    for value in ids:
        parsed = parse_global_id(value)
        key = stored_key(parsed[0], value) if parsed else None
        if parsed and key and parsed[0] in _LOADERS:
            wanted.setdefault(parsed[0], {})[value] = key
    found: dict[str, Any] = {}
    for kind, keys in wanted.items():
        rows = await _LOADERS[kind](context, list(keys.values()))
        found.update(zip(keys, rows, strict=True))
    return [found.get(value) for value in ids]
