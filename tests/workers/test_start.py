"""What a worker of its own expects before it starts."""

import pytest

from workers import __main__ as program


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"FOLIOGRAPH_REDIS_URL": "redis://127.0.0.1:1"},
        {"FOLIOGRAPH_DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"},
    ],
)
def test_a_second_process_on_one_file_or_without_redis_is_refused(monkeypatch, capsys, tmp_path, variables):
    for name, value in {"FOLIOGRAPH_DATA_DIR": str(tmp_path / "data"), **variables}.items():
        monkeypatch.setenv(name, value)

    assert program.main() == 2

    assert capsys.readouterr().err.startswith("foliograph: a worker of its own needs PostgreSQL")
    assert not (tmp_path / "data").exists()
