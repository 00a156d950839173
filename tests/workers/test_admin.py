import asyncio
import io
import sqlite3
import stat
import subprocess
import sys

import pytest

from domain.infra.database import sqlite_path
from tests.factories.companies import cross_section
from workers import admin


@pytest.fixture
def installation(sqlite_databases, tmp_path, keys_folder, monkeypatch):
    """An installation with a migrated database, named by the environment; its path."""
    url = asyncio.run(sqlite_databases.migrated())
    monkeypatch.setenv("FOLIOGRAPH_PROFILE", "development")
    monkeypatch.setenv("FOLIOGRAPH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("FOLIOGRAPH_DATABASE_URL", url)
    monkeypatch.setenv("FOLIOGRAPH_JWT_KEYS_DIR", str(keys_folder))
    return sqlite_path(url)


@pytest.fixture
def user(installation, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    assert admin.main(["create-user", "Ada@Example.com", "--name", "Ada"]) == 0
    assert capsys.readouterr().out == "ada@example.com: account made\n"
    return "ada@example.com"


def rows(path, statement):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_an_account_is_made_with_a_portfolio(installation, user):
    ((email, name, password_hash),) = rows(installation, "SELECT email, display_name, password_hash FROM users")

    assert (email, name) == ("ada@example.com", "Ada")
    assert password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert rows(installation, "SELECT count(*) FROM portfolios") == [(1,)]


def test_roles_are_granted_and_revoked(installation, user, capsys):
    assert admin.main(["grant-role", "ADA@example.com", "admin"]) == 0
    assert admin.main(["grant-role", user, "DEVELOPER"]) == 0
    assert admin.main(["revoke-role", user, "ADMIN"]) == 0
    assert admin.main(["list-users"]) == 0

    out = capsys.readouterr().out.splitlines()
    assert out[:3] == [
        "ada@example.com: ADMIN USER",
        "ada@example.com: ADMIN DEVELOPER USER",
        "ada@example.com: DEVELOPER USER; signed out everywhere",
    ]
    assert out[3].split("\t")[:2] == ["ada@example.com", "DEVELOPER USER"]


def test_hypertables_are_refused_where_the_extension_is_not(installation, capsys):
    assert admin.main(["make-hypertables"]) == 1
    assert admin.main(["make-hypertables", "--compress"]) == 1

    said = "expected PostgreSQL with the extension timescaledb, got SQLite\n"
    assert capsys.readouterr() == ("", 2 * said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["grant-role", "nobody@example.com", "ADMIN"],
            "expected the e-mail address of an account, got nobody@example.com",
        ),
        (["grant-role", "nobody", "ADMIN"], "expected an e-mail address such as name@example.com, got none"),
        (["create-user", "ada@example.com"], "expected an e-mail address without an account, got one that has one"),
    ],
)
def test_a_refusal_is_one_line(user, monkeypatch, capsys, arguments, said):
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))

    assert admin.main(arguments) == 1

    assert capsys.readouterr().err == f"{said}\n"


@pytest.mark.parametrize("arguments", [[], ["grant-role", "a@b.cd", "ROOT"], ["grant-role"], ["nonsense"]])
def test_other_arguments_are_explained(installation, capsys, arguments):
    with pytest.raises(SystemExit) as exited:
        admin.main(arguments)

    assert exited.value.code == 2
    assert "usage: python -m workers.admin" in capsys.readouterr().err


def test_a_database_without_tables_is_one_line(installation, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("FOLIOGRAPH_DATABASE_URL", f"sqlite:{tmp_path / 'empty.sqlite3'}")

    assert admin.main(["list-users"]) == 1

    err = capsys.readouterr().err
    assert err.startswith("expected a database that is up and migrated, and files to write, got: ")
    assert err.count("\n") == 1


def test_production_starts_with_keys_that_were_made_for_it(tmp_path):
    environment = {"FOLIOGRAPH_DATA_DIR": str(tmp_path / "data"), "PATH": "/usr/bin:/bin"}

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "workers.admin", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    missing = run("list-users")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "make them with: python -m workers.admin create-keys" in missing.stderr
    assert missing.stderr.count("\n") == 1

    made = run("create-keys")
    assert (made.returncode, made.stderr) == (0, "")
    keys = tmp_path / "data" / "keys"
    assert {stat.S_IMODE(file.stat().st_mode) for file in keys.iterdir()} == {0o600}
    before = {file.name: file.read_bytes() for file in keys.iterdir()}

    assert run("create-keys").stdout == "all keys are there; none was made\n"
    assert {file.name: file.read_bytes() for file in keys.iterdir()} == before

    rotated = run("rotate-keys")
    assert (rotated.returncode, rotated.stderr) == (0, "")
    assert "signs in 10 s" in rotated.stdout
    assert (keys / "secret.key").read_bytes() == before["secret.key"]
    assert (keys / "signing-keys.json").read_bytes() != before["signing-keys.json"]


def test_there_is_nothing_to_rotate_without_keys(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FOLIOGRAPH_DATA_DIR", str(tmp_path))

    assert admin.main(["rotate-keys"]) == 2

    assert "create-keys" in capsys.readouterr().err


def test_files_of_old_are_brought_in_by_their_days_and_kept_as_history(installation, tmp_path, capsys):
    cells = cross_section(120, 1)
    week = {**cells, "per": [f"{float(text) * 1.01:.5g}" if text else "" for text in cells["per"]]}
    for name, told in (("all_2020-03-13.csv", week), ("all_2020-03-06.csv", cells)):
        lines = [",".join(told), *(",".join(row) for row in zip(*told.values(), strict=True))]
        (tmp_path / name).write_text("\n".join(lines))

    status = admin.main(["import-companies", *map(str, sorted(tmp_path.glob("*.csv"), reverse=True))])

    out = capsys.readouterr().out.splitlines()
    assert status == 0
    assert [line.rpartition("/")[2] for line in out] == [
        "all_2020-03-06.csv: PUBLISHED as of 2020-03-06, 120 companies",
        "all_2020-03-13.csv: PUBLISHED as of 2020-03-13, 120 companies",
    ]
    kept = rows(installation, "SELECT as_of, count(*) FROM company_snapshots GROUP BY as_of ORDER BY as_of")
    assert kept == [("2020-03-06", 120), ("2020-03-13", 120)]


def test_a_file_that_cannot_be_read_is_said_and_the_others_come_in(installation, tmp_path, capsys):
    (tmp_path / "a_2020-03-06.csv").write_bytes(b"PK\x03\x04 no workbook")

    assert admin.main(["import-companies", str(tmp_path / "a_2020-03-06.csv")]) == 1
    assert admin.main(["import-companies", str(tmp_path / "undated.csv")]) == 1

    told = capsys.readouterr()
    assert "a_2020-03-06.csv: FAILED as of 2020-03-06, " in told.out
    assert "expected a day" in told.err
