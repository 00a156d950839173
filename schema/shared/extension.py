"""How a higher slice adds fields to a lower slice's type, before the schema is built."""

from collections.abc import Callable
from typing import Any, TypeVar

Extension = TypeVar("Extension", bound=type[Any])


def extends(target: type[Any]) -> Callable[[Extension], Extension]:
    """Append the fields of the decorated Strawberry type to `target`.  A name that is there already raises TypeError.

    The decorated class is a `@strawberry.type` whose fields have resolvers that take `root: strawberry.Parent[...]`.
    """

    def append(extension: Extension) -> Extension:
        fields, added = target.__strawberry_definition__.fields, extension.__strawberry_definition__.fields
        present = {field.python_name for field in fields}
        for field in added:
            if field.python_name in present:
                raise TypeError(f"expected a new field for {target.__name__}, got {field.python_name}, which it has")
        fields.extend(added)
        return extension

    return append
