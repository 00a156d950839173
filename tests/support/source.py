"""The files of the project, as the contract tests read them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PRODUCT = ("api", "schema", "domain", "workers", "migrations")
"""The packages that run outside tests."""

_GENERATED = {"node_modules", "dist", "__pycache__", ".venv", ".git"}


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below these folders of the project, relative to it, sorted."""
    return sorted(path for path in _files() if path.suffix == ".py" and path.parts[0] in folders)


def text_files() -> list[Path]:
    """Return every text file of the project, relative to it: what is committed or would be."""
    return sorted(path for path in _files() if b"\0" not in (ROOT / path).read_bytes()[:8_000])


def _files() -> list[Path]:
    """What git knows or would add; in a copy without git, all but what is installed or generated."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        return [path for path in found if not _GENERATED.intersection(path.parts)]
    return [path for name in listed.split("\0") if name and (ROOT / (path := Path(name))).is_file()]
