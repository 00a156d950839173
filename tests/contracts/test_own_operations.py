"""The project's own documents: valid, each with a name, and run by a test."""

from pathlib import Path

import pytest
from graphql import FragmentDefinitionNode, parse, validate
from graphql.utilities import separate_operations

from schema.root import build_schema
from tests.support.source import ROOT

OWN = ROOT / "tests" / "operations_own"
DOCUMENTS = sorted(OWN.glob("*.graphql"))


def test_there_are_some() -> None:
    assert DOCUMENTS


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_operation_is_valid(path: Path) -> None:
    schema = build_schema()._schema
    operations = separate_operations(parse(path.read_text()))

    assert operations
    assert {name: found for name, each in operations.items() if (found := validate(schema, each))} == {}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_fragment_is_used(path: Path) -> None:
    document = parse(path.read_text())
    defined = {node.name.value for node in document.definitions if isinstance(node, FragmentDefinitionNode)}

    assert {name for name in defined if f"...{name}" not in path.read_text()} == set()
