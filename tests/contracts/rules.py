"""What holds for every Python file of the project, as functions from a path and its source to complaints.

Each rule is tried on the whole project and, in the same test file, on a planted violation: a rule that has never
refused anything proves nothing.
"""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support.source import PRODUCT

Rule = Callable[[Path, str], list[str]]

LONGEST_FILE = 400

_EMPTY_NAMES = {"service", "util", "helper", "manager", "common", "base", "misc"}

_LATE_IMPORTS: dict[str, set[str]] = {
    # A second, and 60 MB of pandas, for what is needed when the calendar is compiled anew.
    "domain/market/calendar.py": {"exchange_calendars"},
    # 40 MB, for who has Parquet files: the extra `parquet`.
    "domain/infra/market_files.py": {"pyarrow", "pyarrow.csv", "pyarrow.parquet"},
    # A tenth of a second, for who has files on an SFTP server.
    "domain/infra/feeds/configured.py": {"domain.infra.feeds.sftp"},
    # A third of a second, a tenth of the time of starting, for what some questions about performance need.
    "domain/quant/internal_rate.py": {"scipy.optimize"},
    "domain/quant/option_strategies.py": {"scipy.optimize"},
    "domain/quant/smile.py": {"scipy.optimize"},
    "domain/quant/tails.py": {"scipy.optimize"},
}
"""File: what it imports inside a function. A module may be late when it is heavy, optional, and rarely needed."""

_SETTINGS = Path("domain/infra/settings.py")
_TRANSACTION = Path("domain/infra/transaction.py")


def meaningful_name(path: Path, _source: str) -> list[str]:
    """No file or package is named after the absence of an idea."""
    stems = [*path.parts[:-1], path.stem]
    return [f"{path}: {stem!r} says nothing" for stem in stems if stem.removesuffix("s") in _EMPTY_NAMES]


def short_enough(path: Path, source: str) -> list[str]:
    """No file is longer than 400 lines, but for the SQL of migrations."""
    lines = source.count("\n")
    if path.parts[0] == "migrations" or lines <= LONGEST_FILE:
        return []
    return [f"{path}: expected at most {LONGEST_FILE} lines, got {lines}"]


def imports_at_the_top(path: Path, source: str) -> list[str]:
    """Nothing is imported inside a function, but for what `_LATE_IMPORTS` names."""
    if path.parts[0] not in PRODUCT:
        return []
    allowed = _LATE_IMPORTS.get(path.as_posix(), set())
    found = dict(_late_imports(ast.parse(source)))
    complaints = [
        f"{path}:{line}: imports {name} inside a function" for name, line in found.items() if name not in allowed
    ]
    return complaints + [
        f"{path}: no longer imports {name} late: strike it off the list" for name in allowed - set(found)
    ]


def environment_in_settings_only(path: Path, source: str) -> list[str]:
    """Only the settings read the environment."""
    if path.parts[0] not in PRODUCT or path == _SETTINGS:
        return []
    banned = {"os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv", "pydantic_settings.BaseSettings"}
    return [f"{path}:{line}: {name} outside {_SETTINGS}" for name, line in _uses(source) if name in banned]


def transactions_at_the_edge_only(path: Path, source: str) -> list[str]:
    """Only the unit of work opens a transaction. Migrations run without one of the domain's."""
    if path.parts[0] not in PRODUCT or path.parts[0] == "migrations" or path == _TRANSACTION:
        return []
    banned = {"in_transaction", "atomic"}
    complaints = [
        f"{path}:{line}: {name} outside {_TRANSACTION}"
        for name, line in _uses(source)
        if name.rpartition(".")[2] in banned
    ]
    return complaints + [
        f"{path}:{node.lineno}: opens a transaction outside {_TRANSACTION}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "transaction"
    ]


def empty_package(path: Path, source: str) -> list[str]:
    """A package file holds a docstring or nothing: importing a package then runs nothing, and hides nothing."""
    if path.name != "__init__.py" or path.parts[0] not in {*PRODUCT, "tests"} or path.parts[0] == "migrations":
        return []
    body = ast.parse(source).body
    is_docstring = len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    return [] if not body or is_docstring else [f"{path}:{body[-1].lineno}: expected a docstring or nothing"]


def no_comment_for_tortoise(path: Path, source: str) -> list[str]:
    """No model has a comment that begins with `#:`: `api/startup.py` keeps Tortoise from looking for them."""
    if path.parts[0] != "domain" or path.name != "models.py":
        return []
    lines = enumerate(source.splitlines(), 1)
    return [f"{path}:{number}: a comment that begins with '#:'" for number, line in lines if "#:" in line]


RULES: tuple[Rule, ...] = (
    meaningful_name,
    short_enough,
    imports_at_the_top,
    environment_in_settings_only,
    transactions_at_the_edge_only,
    empty_package,
    no_comment_for_tortoise,
)


def _late_imports(tree: ast.AST, *, inside: bool = False) -> Iterator[tuple[str, int]]:
    for node in ast.iter_child_nodes(tree):
        if inside and isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif inside and isinstance(node, ast.ImportFrom):
            yield node.module or ".", node.lineno
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from _late_imports(node, inside=inside or is_function)


def _uses(source: str) -> Iterator[tuple[str, int]]:
    """Every dotted name that a file mentions, by its origin: after `from os import getenv as g`, g is os.getenv."""
    tree = ast.parse(source)
    origins: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            origins |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            origins |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and (name := _dotted(node)):
            first, dot, rest = name.partition(".")
            yield origins.get(first, first) + dot + rest, node.lineno


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""
