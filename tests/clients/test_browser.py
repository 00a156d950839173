"""GraphiQL in a real browser, on the running server: each test on Node is one test here.

The screenshot goes to a temporary folder, and with UPDATE_SCREENSHOT=1 to `docs/graphiql.png`, which the README shows.
"""

import os
import shutil
from pathlib import Path

import pytest

from api.graphiql.build import DIST, CannotBundle, ensure_bundle
from api.graphiql.node import Node
from tests.clients.node_tests import Outcome, declared_names, run_file
from tests.support.left_out import leave_out

pytestmark = [pytest.mark.browser, pytest.mark.clients, pytest.mark.timeout(300)]

_FILE = "browser.test.mjs"
_PICTURE = Path(__file__).parents[2] / "docs" / "graphiql.png"


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if os.environ.get("UPDATE_SCREENSHOT") == "1":
        _PICTURE.parent.mkdir(exist_ok=True)
        return _PICTURE
    return tmp_path_factory.mktemp("picture") / "graphiql.png"


@pytest.fixture(scope="module")
def chromium() -> str:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        leave_out("no Chromium: install Debian's package chromium")
    return program


@pytest.fixture(scope="module")
def bundle(node: Node) -> None:
    try:
        ensure_bundle(DIST)
    except CannotBundle as error:
        leave_out(f"GraphiQL could not be bundled: {error}")


@pytest.fixture(scope="module")
def outcomes(node: Node, chromium: str, bundle: None, foliograph: str, picture: Path) -> dict[str, Outcome]:
    variables = {"FOLIOGRAPH_URL": foliograph, "CHROMIUM": chromium, "SCREENSHOT": str(picture)}
    return run_file(node, _FILE, variables)


@pytest.mark.parametrize("name", declared_names(_FILE))
def test_in_the_browser(name: str, outcomes: dict[str, Outcome]) -> None:
    assert outcomes[name].passed, outcomes[name].detail


def test_the_picture_was_taken(outcomes: dict[str, Outcome], picture: Path) -> None:
    assert picture.read_bytes().startswith(b"\x89PNG")
