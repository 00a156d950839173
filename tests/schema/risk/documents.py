"""The documents of risk: those of the front ends, and the project's own."""

from collections.abc import Mapping
from typing import Final

from graphql import parse, print_ast
from graphql.utilities import separate_operations

from tests.support.graphql import OPERATIONS

_TEXTS = (
    (OPERATIONS / "risk.graphql").read_text(),
    (OPERATIONS.parent / "operations_own" / "risk.graphql").read_text(),
)

DOCUMENTS: Final[Mapping[str, str]] = {
    name: print_ast(document) for text in _TEXTS for name, document in separate_operations(parse(text)).items()
}
"""Each operation by its name, alone."""
