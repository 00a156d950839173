"""What is left to ruff and mypy is really refused by them: each is shown a file that breaks one rule."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.source import ROOT

NESTED = "".join(f"    if x == {n}:\n        return {n}\n" for n in range(9))

PLANTED = [
    ("D100", "domain/market/planted.py", "x = 1\n"),
    ("D101", "domain/market/planted.py", '"""Prices."""\n\n\nclass Price:\n    x = 1\n'),
    ("D102", "domain/market/planted.py", '"""P."""\n\n\nclass Price:\n    """P."""\n\n    def f(self) -> None: ...\n'),
    ("D103", "schema/market/planted.py", '"""P."""\n\n\ndef f() -> None: ...\n'),
    ("C901", "domain/market/planted.py", f'"""P."""\n\n\ndef f(x: int) -> int:\n    """F."""\n{NESTED}    return x\n'),
    ("E501", "domain/market/planted.py", f'"""P."""\n\nx = "{"x" * 120}"\n'),
    ("T201", "api/planted.py", '"""P."""\n\nprint("here")\n'),
    ("DTZ005", "workers/planted.py", '"""P."""\n\nimport datetime\n\nx = datetime.datetime.now()\n'),
    ("S608", "domain/market/planted.py", '"""P."""\n\ntable = input()\nx = f"SELECT * FROM {table}"\n'),
    ("BLE001", "api/planted.py", '"""P."""\n\ntry:\n    x = 1\nexcept Exception:\n    x = 2\n'),
    ("ERA001", "api/planted.py", '"""P."""\n\n# x = 1\n'),
    ("TID252", "domain/market/planted.py", '"""P."""\n\nfrom . import queries as queries\n'),
    ("PGH003", "api/planted.py", '"""P."""\n\nx = 1  # type: ignore\n'),
]


@pytest.mark.parametrize(("code", "path", "source"), PLANTED, ids=lambda value: str(value)[:30].strip())
def test_ruff_refuses(code: str, path: str, source: str) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise"]
    command += ["--stdin-filename", path, "-"]

    done = subprocess.run(command, input=source, cwd=ROOT, capture_output=True, text=True, check=False)

    assert f" {code} " in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("no-untyped-def", "def f(x):\n    return x\n"),
        ("no-any-return", "from typing import Any\n\n\ndef f(x: Any) -> int:\n    return x\n"),
        ("type-arg", "def f(x: list) -> None: ...\n"),
        ("ignore-without-code", "x: int = ''  # type: ignore\n"),
        ("attr-defined", "from itertools import batched\n"),
    ],
)
def test_mypy_refuses(code: str, source: str, tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(source)
    # The project's strictness without its packages: those are checked by themselves, and slowly.
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file",
        str(ROOT / "pyproject.toml"),
        "--cache-dir",
        str(tmp_path),
    ]
    command += ["--follow-imports=silent", "--show-error-codes", str(planted)]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert f"[{code}]" in done.stdout, done.stdout + done.stderr
