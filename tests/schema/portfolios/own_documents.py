"""The documents that are the project's own: what the front ends' do not ask."""

from collections.abc import Mapping
from typing import Final

from graphql import parse, print_ast
from graphql.utilities import separate_operations

from tests.support.graphql import OPERATIONS

_OWN = OPERATIONS.parent / "operations_own"

MODELLING: Final[Mapping[str, str]] = {
    name: print_ast(document)
    for name, document in separate_operations(parse((_OWN / "modelling.graphql").read_text())).items()
}
"""Portfolios as a whole, and modeling sessions: each operation by its name, alone."""
