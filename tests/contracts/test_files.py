"""What the files around the code may not hold: a registry's host, a floating version, a developer's folder."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.source import ROOT, text_files

LOCKS = ("requirements/run.txt", "requirements/test.txt", "requirements/node.txt")

_HOST = re.compile(r"\b\w+://|^\s*(--(extra-)?index-url|--find-links|-[if])\b", re.MULTILINE)
_REGISTRY = re.compile(r"^[^;#=]*\bregistry *=", re.MULTILINE)
_PRIVATE = re.compile(r"(?:^|[^\w.])/(?:work|farm|root)/|/(?:home|Users)/[a-z]|\b[A-Z]:\\Users\\")


def python_lock_complaints(text: str) -> list[str]:
    """Each requirement is one version with its hashes, and nothing says where from."""
    complaints = [f"names a place: {found.group().strip()}" for found in _HOST.finditer(text)]
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        line = requirement.partition("\n")[0]
        if not re.match(r"[a-z0-9._-]+==[^ ]+", line):
            complaints.append(f"expected name==version, got {line}")
        elif "--hash=sha256:" not in requirement:
            complaints.append(f"expected hashes of {line}")
    return complaints


def node_lock_complaints(text: str) -> list[str]:
    """Each package has its digest, and nothing says where from."""
    complaints = [f"names a place: {found}" for found in re.findall(r'"resolved": *"[^"]*', text)]
    for path, package in json.loads(text)["packages"].items():
        if path and not package.get("link") and not package.get("inBundle") and "integrity" not in package:
            complaints.append(f"expected the digest of {path}")
    return complaints


def path_complaints(text: str) -> list[str]:
    """Lines that name a folder of somebody's machine."""
    return [line.strip()[:200] for line in text.splitlines() if _PRIVATE.search(line)]


@pytest.mark.parametrize("lock", LOCKS)
def test_python_locks(lock: str) -> None:
    assert python_lock_complaints((ROOT / lock).read_text()) == []


def test_node_locks() -> None:
    locks = [path for path in text_files() if path.name == "package-lock.json"]

    assert {str(path): found for path in locks if (found := node_lock_complaints((ROOT / path).read_text()))} == {}


def test_npm_is_told_no_registry() -> None:
    told = [path for path in text_files() if path.name == ".npmrc" and _REGISTRY.search((ROOT / path).read_text())]

    assert told == []
    assert _REGISTRY.search("fund=false\n@scope:registry = https://packages.example.org/\n")


def test_locks_are_as_new_as_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    wanted = {
        "requirements/run.txt": project["project"]["dependencies"],
        "requirements/test.txt": project["project"]["dependencies"] + groups["test"],
        "requirements/node.txt": groups["node"],
    }

    assert {name: found for name in LOCKS if (found := _unmet(wanted[name], (ROOT / name).read_text()))} == {}


def test_tests_run_with_what_users_run_with() -> None:
    run, test = (_versions((ROOT / name).read_text()) for name in LOCKS[:2])

    assert {name: versions for name, versions in run.items() if test.get(name) != versions} == {}


def test_no_folder_of_a_developer() -> None:
    found = {str(path): complaints for path in text_files() if (complaints := path_complaints(_read(path)))}

    # This file plants such folders below.
    found.pop(str(Path(__file__).relative_to(ROOT)), None)
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "--index-url https://packages.example.org/simple\nhttpx==0.28.1 \\\n    --hash=sha256:00\n",
        "-i https://packages.example.org/simple\n",
        "httpx @ https://packages.example.org/httpx.whl \\\n    --hash=sha256:00\n",
        "httpx==0.28.1\n",
        "httpx>=0.28 \\\n    --hash=sha256:00\n",
    ],
)
def test_a_loose_python_lock_is_found(text: str) -> None:
    assert python_lock_complaints(text)


@pytest.mark.parametrize(
    "package",
    [{"integrity": "sha512-00", "resolved": "https://packages.example.org/graphql.tgz"}, {"version": "16.0.0"}],
)
def test_a_loose_node_lock_is_found(package: dict[str, str]) -> None:
    assert node_lock_complaints(json.dumps({"packages": {"": {}, "node_modules/graphql": package}}))


@pytest.mark.parametrize(
    "line", ["x = '/" + "root/data'", "cd /" + "work/main", "/home/ada/foliograph", "/Users/ada/foliograph"]
)
def test_a_developers_folder_is_found(line: str) -> None:
    assert path_complaints(line)


@pytest.mark.parametrize("line", ["see ../shared/operations", "api/root/schema", "https://example.org/root/", "/tmp/x"])
def test_other_paths_are_not(line: str) -> None:
    assert path_complaints(line) == []


def test_a_lock_that_lags_behind_is_found() -> None:
    lock = "httpx==0.28.1 \\\n    --hash=sha256:00\n"

    assert _unmet(["httpx>=0.28"], lock) == []
    assert _unmet(["HTTPX>=0.29", "numpy"], lock) == ["HTTPX>=0.29", "numpy"]


def _read(path: Path) -> str:
    return (ROOT / path).read_text(errors="replace")


def _versions(lock: str) -> dict[str, set[str]]:
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9._-]+)==(\S+)", lock, re.MULTILINE):
        versions.setdefault(canonicalize_name(name), set()).add(version)
    return versions


def _unmet(wanted: list[str], lock: str) -> list[str]:
    locked = _versions(lock)
    unmet = []
    for text in wanted:
        requirement = Requirement(text)
        versions = locked.get(canonicalize_name(requirement.name), set())
        if not versions or not all(requirement.specifier.contains(version) for version in versions):
            unmet.append(text)
    return unmet
