"""The clients that front ends use, against the running server: each test on Node is one test here."""

from collections.abc import Callable

import pytest

from tests.clients.node_tests import Outcome, declared_names

pytestmark = [pytest.mark.clients, pytest.mark.timeout(300)]

_TESTS = [
    pytest.param(file, name, id=f"{file.removesuffix('.test.mjs')}: {name}")
    for file in ("apollo.test.mjs", "urql.test.mjs", "graphql-ws.test.mjs")
    for name in declared_names(file)
]


@pytest.mark.parametrize(("file", "name"), _TESTS)
def test_on_node(file: str, name: str, outcomes_of: Callable[[str], dict[str, Outcome]]) -> None:
    outcome = outcomes_of(file)[name]

    assert outcome.passed, outcome.detail
