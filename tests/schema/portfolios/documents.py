"""The documents of portfolios and jobs that the front ends send."""

from collections.abc import Mapping
from typing import Final

from graphql import parse, print_ast
from graphql.utilities import separate_operations

from tests.support.graphql import OPERATIONS

_OWN = OPERATIONS.parent / "operations_own"

_TEXTS = [
    *((OPERATIONS / f"{name}.graphql").read_text() for name in ("portfolios", "jobs")),
    *(path.read_text() for path in sorted(_OWN.glob("*.graphql"))),
]

DOCUMENTS: Final[Mapping[str, str]] = {
    name: print_ast(document) for text in _TEXTS for name, document in separate_operations(parse(text)).items()
}
"""Each operation by its name, alone: those of later slices are not valid yet."""
