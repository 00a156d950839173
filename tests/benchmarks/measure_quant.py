"""Numbers against the libraries that are known for them: in an environment of their own, which is made when needed."""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.node_tools import PEERS

_ROOT: Final = Path(__file__).parents[2]
_ENVIRONMENT: Final = _ROOT / ".venv-bench"
_MINUTES: Final = 10


def report(*, quick: bool = False) -> str:
    """Return the table of ratios, or why there is none."""
    try:
        rows = _contests(quick)
    except (OSError, subprocess.SubprocessError) as error:
        return f"\nNumbers: not measured: {error}"
    return "\n".join(["", "Numbers, best of five in turn, one thread", *map(_line, rows)])


def _line(row: dict[str, Any]) -> str:
    ratio = row["peer_seconds"] / row["ours_seconds"]
    verdict = "met" if ratio >= row["at_least"] else "MISSED"
    times = f"{row['ours_seconds'] * 1e3:9.2f} ms against {row['peer_seconds'] * 1e3:9.1f} ms of {row['peer']}"
    factor = f"{ratio:6.{2 if ratio < 1 else 1}f} × (aim {row['at_least']:.3g}: {verdict})"
    return f"  {row['name']:<78} {times}: {factor}, {row['apart']:.0e} apart"


def _contests(quick: bool) -> Sequence[dict[str, Any]]:
    python = _python()
    command = [python, "-m", "tests.benchmarks.quant_contests", *(["--quick"] if quick else [])]
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run(
        command,
        cwd=_ROOT,
        env={**os.environ, **one},
        stdout=subprocess.PIPE,
        timeout=60 * _MINUTES,
        check=True,
        text=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _python() -> str:
    wanted = (PEERS / "quant.txt").read_text()
    python, made = _ENVIRONMENT / "bin" / "python", _ENVIRONMENT / "made.txt"
    if not (made.exists() and made.read_text() == wanted):
        venv.create(_ENVIRONMENT, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "-r", str(PEERS / "quant.txt")]
        subprocess.run(install, stdout=sys.stderr, check=True)
        made.write_text(wanted)
    return str(python)
