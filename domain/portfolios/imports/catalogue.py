"""The formats that can be read: a module of `formats` is one, found by being there."""

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Final

from domain.kernel.errors import InvalidInput
from domain.portfolios.imports import formats
from domain.portfolios.imports.mapping import Format


def _found() -> dict[str, Format]:
    modules = [
        importlib.import_module(f"{formats.__name__}.{each.name}") for each in pkgutil.iter_modules(formats.__path__)
    ]
    return {each.FORMAT.name: each.FORMAT for each in modules}


FORMATS: Final[Mapping[str, Format]] = _found()


def format_of(name: str) -> Format:
    """Return the format of this name.  Raises `InvalidInput`."""
    if name not in FORMATS:
        raise InvalidInput(f"expected one of {', '.join(sorted(FORMATS))}, got {name[:40]!r}", field=("format",))
    return FORMATS[name]
