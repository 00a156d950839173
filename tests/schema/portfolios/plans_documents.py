"""This project's own documents of corporate actions, allocations, plans and templates."""

from collections.abc import Mapping
from typing import Final

from graphql import parse, print_ast
from graphql.utilities import separate_operations

from tests.support.graphql import OPERATIONS

_TEXT = (OPERATIONS.parent / "operations_own" / "plans.graphql").read_text()

PLANS: Final[Mapping[str, str]] = {
    name: print_ast(document) for name, document in separate_operations(parse(_TEXT)).items()
}
"""Each operation by its name, alone."""
