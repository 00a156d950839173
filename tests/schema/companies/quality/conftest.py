"""An administrator, files of hers, and the documents of the pipeline."""

import pytest
from graphql import parse, print_ast
from graphql.utilities import separate_operations

from domain.companies.pipeline.ingesting import ingest
from domain.kernel.actor import Role
from schema.shared.node import global_id, stored_key
from tests.factories.companies import cross_section
from tests.factories.company_files import csv_of, no_report
from tests.factories.identity import make_person
from tests.factories.imports import upload
from tests.support.graphql import OPERATIONS, GraphQLClient

DOCUMENTS = {
    name: print_ast(document)
    for folder in (OPERATIONS, OPERATIONS.parent / "operations_own")
    for name, document in separate_operations(parse((folder / "quality.graphql").read_text())).items()
}


@pytest.fixture
async def admin(resources):
    return (await make_person(resources, "admin@example.com", Role.ADMIN)).actor


@pytest.fixture
def ask(resources, admin):
    """Send a document; return its first field."""

    async def send(document, *, actor=admin, **variables):
        data = await GraphQLClient(resources, actor).data(DOCUMENTS.get(document, document), variables)
        return next(iter(data.values()))

    return send


@pytest.fixture
def cells():
    return cross_section(60, 2)


@pytest.fixture
def blocked(cells):
    """Of 60 companies six have percent signs."""
    for row in range(20, 26):
        cells["net_margin"][row] = f"{float(cells['net_margin'][row]) * 100:.2f}%"
    return cells


@pytest.fixture
def brought(resources, admin, ask):
    """Upload a file, and bring it to the gate; return the run's id."""

    async def run(columns, **said):
        data = columns if isinstance(columns, bytes) else csv_of(columns)
        file = await upload(resources, admin, data)
        given = {"fileId": global_id("File", file.id), **said}
        answer = await ask("IngestCompanies", input=given)
        assert answer["userErrors"] == []
        assert answer["run"]["state"] == "QUEUED"
        key = stored_key("PipelineRun", answer["run"]["id"])
        assert key is not None
        await ingest(resources, key, no_report)
        return answer["run"]["id"]

    return run
