"""The checks of GraphQL over HTTP that the package graphql-http makes of any server, by its own client."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn

from api.graphiql.node import Node, find_node
from tests.api.example import Api
from tests.support.left_out import leave_out

AUDIT = Path(__file__).parent / "audit"
CHECKS = 61


@pytest.fixture(scope="module")
def node() -> Node:
    """Node, and the audit's packages as its lock file names them."""
    found = find_node()
    if found is None:
        leave_out("Node 20 or newer: install it, or run make node-environment")
    lock, installed = AUDIT / "package-lock.json", AUDIT / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        try:
            found.install(AUDIT, timeout=100)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            leave_out(f"the packages of tests/api/audit, which npm could not install: {error}")
    return found


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """The endpoint, served on a port of its own."""
    server = uvicorn.Server(uvicorn.Config(Api().app, port=0, log_level="warning", lifespan="off", ws="none"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has nothing else to wait for
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/graphql"
    server.should_exit = True
    await serving


@pytest.mark.clients
async def test_the_audit_shows_no_error_and_no_warning(node: Node, address: str):
    process = await asyncio.create_subprocess_exec(
        str(node.program), "audit.mjs", address, cwd=AUDIT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    said, complaints = await asyncio.wait_for(process.communicate(), 60)

    assert process.returncode == 0, complaints.decode()
    checks = [line.split("\t") for line in said.decode().splitlines()]
    assert [check for check in checks if check[0] != "ok"] == []
    assert len(checks) == CHECKS
