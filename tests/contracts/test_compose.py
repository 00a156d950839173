"""The many-process set-up is accepted by docker compose, and is the one that the issue of it names."""

import json
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from tests.support.left_out import leave_out
from tests.support.source import PRODUCT, ROOT

WITH_DATABASE = {"migrations", "api-1", "api-2", "worker-1", "worker-2"}


def compose(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([*_program(), *arguments], input=text, cwd=ROOT, capture_output=True, text=True, check=False)


def _program() -> list[str]:
    """Version 2 is a plugin of docker; version 1, and some distributions' 2, a program of its own."""
    docker = shutil.which("docker")
    if docker and not subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        return [docker, "compose"]
    alone = shutil.which("docker-compose")
    return (
        [alone]
        if alone
        else leave_out("no docker compose: neither docker's plugin nor docker-compose is on this machine")
    )


@pytest.fixture
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return found


def test_docker_compose_accepts_it() -> None:
    done = compose("config", "--quiet")

    assert done.returncode == 0, done.stderr


def test_one_database_one_redis_two_apis_two_workers(services: dict[str, Any]) -> None:
    assert set(services) == {"postgres", "redis", *WITH_DATABASE}
    assert [services[name]["command"] for name in ("api-1", "worker-1", "migrations")] == [
        ["python", "-m", "api"],
        ["python", "-m", "workers"],
        ["python", "-m", "migrations", "upgrade"],
    ]


def test_nobody_starts_before_the_migrations_are_done(services: dict[str, Any]) -> None:
    for name in WITH_DATABASE - {"migrations"}:
        assert services[name]["depends_on"]["migrations"]["condition"] == "service_completed_successfully"
    assert services["migrations"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_all_share_one_database_and_one_bus(services: dict[str, Any]) -> None:
    for variable in ("FOLIOGRAPH_DATABASE_URL", "FOLIOGRAPH_REDIS_URL"):
        assert len({services[name]["environment"][variable] for name in WITH_DATABASE}) == 1


def test_nothing_is_open_to_other_machines(services: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in services.items() if service.get("ports")}

    assert set(published) == {"api-1", "api-2"}
    assert all("127.0.0.1" in json.dumps(ports) for ports in published.values())


def test_a_mistake_is_found() -> None:
    broken = (ROOT / "docker-compose.yml").read_text().replace("healthcheck:", "healthchek:")

    done = compose("-f", "-", "config", "--quiet", text=broken)

    assert done.returncode != 0
    assert "healthchek" in done.stderr


def test_the_image_has_the_bytecode_of_all_that_runs() -> None:
    """Its user may write nothing beside the sources: what is not compiled in the image is compiled at each start."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    compiled = next(line for line in lines if "-m compileall" in line)

    assert set(PRODUCT) == {word for word in compiled.split() if (ROOT / word / "__init__.py").exists()}
