"""What is imported is declared: a package that only comes along with another one can go with it."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.source import PRODUCT, ROOT, python_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

OPTIONAL = {"cupy": "the extra gpu", "pyarrow": "the extra parquet"}


def imported(source: str) -> set[str]:
    """Return the top-level packages that a file imports, neither Python's own nor ours."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    tops = {name.partition(".")[0] for name in names}
    return tops - sys.stdlib_module_names - {*PRODUCT, "tests"}


def undeclared(packages: set[str], declared: list[str]) -> set[str]:
    """Return those packages that none of these requirements brings by name."""
    wanted = {canonicalize_name(Requirement(text).name) for text in declared}
    brought_by = packages_distributions()
    return {
        package
        for package in packages
        if not wanted & {canonicalize_name(name) for name in brought_by.get(package, [package])}
    } - set(OPTIONAL)


def test_the_product_declares_what_it_imports() -> None:
    packages = {package for path in python_files(*PRODUCT) for package in imported((ROOT / path).read_text())}
    # Node's wheel is found, not imported; it is an environment of its own.
    assert undeclared(packages, PROJECT["project"]["dependencies"]) == set()


def test_the_tests_declare_what_they_import() -> None:
    packages = {package for path in python_files("tests") for package in imported((ROOT / path).read_text())}
    declared = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"]

    assert undeclared(packages, declared) == set()


def test_a_stowaway_is_found() -> None:
    source = "import os\nimport numpy.linalg\nfrom pandas import Series\nimport domain.market\n"

    assert imported(source) == {"numpy", "pandas"}
    assert undeclared({"numpy", "pandas"}, ["numpy>=2", "exchange_calendars"]) == {"pandas"}


def test_python_is_as_old_as_promised() -> None:
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")

    assert PROJECT["tool"]["mypy"]["python_version"] == oldest
    assert PROJECT["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
    assert re.search(rf"--python-version {re.escape(oldest)}\b", (ROOT / "Makefile").read_text())
