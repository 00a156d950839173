"""The project's own documents of accounts, sharing and exports."""

from collections.abc import Mapping
from typing import Final

from graphql import parse, print_ast
from graphql.utilities import separate_operations

from tests.support.source import ROOT

_TEXT = (ROOT / "tests" / "operations_own" / "sharing.graphql").read_text()

OWN: Final[Mapping[str, str]] = {
    name: print_ast(document) for name, document in separate_operations(parse(_TEXT)).items()
}
