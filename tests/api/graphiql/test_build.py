import json
from pathlib import Path

import pytest

from api.graphiql import build, node
from api.graphiql.build import MANIFEST, CannotBundle, digest_of_sources, ensure_bundle, main


@pytest.fixture
def machine_without_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(node, "find_spec", lambda _name: None)


def bundle(dist: Path, inputs: str, files: list[str]) -> None:
    dist.mkdir()
    (dist / MANIFEST).write_text(json.dumps({"inputs": inputs, "files": files}))


@pytest.mark.usefixtures("machine_without_node")
def test_a_bundle_of_the_present_sources_is_kept(tmp_path: Path):
    bundle(tmp_path / "dist", digest_of_sources(), [MANIFEST])

    assert ensure_bundle(tmp_path / "dist") is False


@pytest.mark.usefixtures("machine_without_node")
@pytest.mark.parametrize(
    ("inputs", "files"),
    [("of other sources", [MANIFEST]), (digest_of_sources(), ["gone.js"])],
    ids=["old", "incomplete"],
)
def test_without_node_an_unfit_bundle_stays_as_it_is(tmp_path: Path, inputs: str, files: list[str]):
    bundle(tmp_path / "dist", inputs, files)

    with pytest.raises(CannotBundle, match="expected Node 20 or newer, or the wheel"):
        ensure_bundle(tmp_path / "dist")
    assert [path.name for path in (tmp_path / "dist").iterdir()] == [MANIFEST]


@pytest.mark.usefixtures("machine_without_node")
def test_what_cannot_be_done_is_one_line_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(build, "DIST", tmp_path / "dist")

    main()

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("GraphiQL was not bundled: expected Node 20")
    assert said.err.count("\n") == 1


def test_a_registry_out_of_reach_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    if node.find_node() is None:
        pytest.skip("npm is what is asked here")
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))

    with pytest.raises(CannotBundle, match=r"npm or esbuild failed: .*ECONNREFUSED") as refused:
        ensure_bundle(tmp_path / "dist")

    assert "\n" not in str(refused.value)
    assert not (tmp_path / "dist").exists()


def test_the_old_files_go_when_the_new_manifest_is_in_place(tmp_path: Path):
    bundle(tmp_path / "dist", "old", ["old.js"])
    (tmp_path / "dist" / "old.js").touch()
    bundle(tmp_path / "made", "", ["new.js"])
    (tmp_path / "made" / "new.js").touch()

    build._put(tmp_path / "made", tmp_path / "dist", "new")

    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == [MANIFEST, "new.js"]
    assert json.loads((tmp_path / "dist" / MANIFEST).read_text()) == {"inputs": "new", "files": ["new.js"]}
