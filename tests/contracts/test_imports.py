"""The import contracts of pyproject.toml hold, and each refuses the import that it is there to refuse.

Every violation is planted in a copy of the tree.
"""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.source import ROOT

ORDER = "Within the domain, imports point inward"
SCHEMA_ORDER = "Within the schema, the same order"

PLANTED = [
    ("Entry points, then schema, then domain", "domain/market/planted.py", "import schema.root"),
    ("Entry points, then schema, then domain", "workers/planted.py", "import api.app"),
    ("Only the embedded mode of the API knows the workers", "api/planted.py", "import workers.registry"),
    (ORDER, "domain/market/planted.py", "import domain.portfolios.queries"),
    (ORDER, "domain/audit/planted.py", "import domain.jobs.commands"),
    (ORDER, "domain/kernel/planted.py", "import domain.infra.settings"),
    (ORDER, "domain/undeclared/__init__.py", ""),
    (SCHEMA_ORDER, "schema/market/planted.py", "import schema.portfolios.types"),
    (SCHEMA_ORDER, "schema/undeclared/__init__.py", ""),
    ("The tables of audit are its own", "domain/onboarding/planted.py", "import domain.audit.models"),
    ("The tables of jobs are its own", "workers/planted.py", "import domain.jobs.models"),
    ("The tables of files are its own", "api/planted.py", "import domain.files.models"),
    ("The tables of vault are its own", "domain/portfolios/planted.py", "import domain.vault.models"),
    ("The tables of calculations are its own", "domain/portfolios/planted.py", "import domain.calculations.models"),
    ("The tables of identity are its own", "schema/identity/planted.py", "import domain.identity.models"),
    ("The tables of market are its own", "domain/portfolios/planted.py", "from domain.market import models"),
    ("The tables of companies are its own", "domain/portfolios/planted.py", "import domain.companies.models"),
    ("The tables of portfolios are its own", "domain/onboarding/planted.py", "import domain.portfolios.models"),
    ("The tables of risk are its own", "domain/onboarding/planted.py", "import domain.risk.models"),
    ("The resolvers see ports, not plumbing", "schema/market/planted.py", "import tortoise"),
    ("The resolvers see ports, not plumbing", "schema/market/planted.py", "import domain.infra.settings"),
    (ORDER, "domain/quant/planted.py", "import domain.storage.fields"),
    ("Numbers know nothing of storage or transport", "domain/kernel/planted.py", "import asyncio"),
    ("Numbers know nothing of storage or transport", "domain/quant/planted.py", "import tortoise"),
    ("Only the schema knows GraphQL", "domain/market/planted.py", "import strawberry"),
    ("Only the schema knows GraphQL", "workers/planted.py", "import schema.root"),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the contracts are about."""
    copy = tmp_path_factory.mktemp("imports") / "tree"
    for package in ("api", "schema", "domain", "workers"):
        ignored = shutil.ignore_patterns("node_modules", "dist", "__pycache__")
        shutil.copytree(ROOT / package, copy / package, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def lint(tree: Path) -> str:
    """Run lint-imports in a copy, and return what it printed."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_all_contracts_are_kept(tree: Path) -> None:
    printed = lint(tree)

    assert " 0 broken" in printed, printed[-3_000:]


@pytest.mark.parametrize(("contract", "path", "planted"), PLANTED)
def test_a_planted_import_is_refused(tree: Path, contract: str, path: str, planted: str) -> None:
    file = tree / path
    new_package = not file.parent.exists()
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{planted}\n")
    try:
        printed = lint(tree)
    finally:
        file.unlink()
        if new_package:
            shutil.rmtree(file.parent)

    assert f"{contract} BROKEN" in printed, printed[-3_000:]
    assert Path(path).with_suffix("").as_posix().removesuffix("/__init__").replace("/", ".") in printed


def test_every_contract_has_refused_something() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    declared = {contract["name"] for contract in project["tool"]["importlinter"]["contracts"]}

    assert declared == {contract for contract, _, _ in PLANTED}


def test_every_slice_with_tables_has_its_contract() -> None:
    slices = {path.parent.name for path in (ROOT / "domain").glob("*/models.py")}

    assert slices == {contract.split()[3] for contract, _, _ in PLANTED if contract.startswith("The tables of ")}
