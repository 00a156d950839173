"""`python -m api` as a newcomer types it: what it says when it cannot start, how fast it does, and how it ends."""

import asyncio
import fcntl
import os
import re
import signal
import socket
import sys
from pathlib import Path

import httpx
import pytest

from api import __main__ as program
from domain.infra.settings import Profile, Registration, Settings, load_settings
from domain.onboarding.demonstration import DEMO_PASSWORD, DEMO_USERS
from tests.support.processes import api
from tests.support.servers import free_port
from tests.support.source import ROOT
from tests.support.yardstick import slowness

SECOND_START_SECONDS = 5.0
CTRL_C_SECONDS = 2.0


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"PORT": "many"}, "PORT: input should be a valid integer, unable to parse string as an integer, got 'many'"),
        ({"PORT": "65536"}, "PORT: input should be less than or equal to 65535, got '65536'"),
        ({"PORT": ""}, "PORT: input should be a valid integer, unable to parse string as an integer, got ''"),
        (
            {"FOLIOGRAPH_PROFILE": "demonstration"},
            "FOLIOGRAPH_PROFILE: input should be 'demo', 'development' or 'production'",
        ),
        (
            {"FOLIOGRAPH_REGISTRATION": "all"},
            "FOLIOGRAPH_REGISTRATION: input should be 'open', 'invite' or 'admin', got 'all'",
        ),
        (
            {"FOLIOGRAPH_LOG_LEVEL": "loud"},
            "FOLIOGRAPH_LOG_LEVEL: input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'",
        ),
        ({"FOLIOGRAPH_REQUEST_TIMEOUT": "0"}, "FOLIOGRAPH_REQUEST_TIMEOUT: input should be greater than 0, got '0'"),
        ({"FOLIOGRAPH_REQUEST_TIMEOUT": "nan"}, "FOLIOGRAPH_REQUEST_TIMEOUT: "),
        ({"FOLIOGRAPH_REPLAY_SESSION_SECONDS": "0"}, "FOLIOGRAPH_REPLAY_SESSION_SECONDS: input should be greater than"),
        (
            {"FOLIOGRAPH_DATABASE_POOL": "0"},
            "FOLIOGRAPH_DATABASE_POOL: input should be greater than or equal to 1, got '0'",
        ),
        ({"FOLIOGRAPH_GRAPHIQL": "perhaps"}, "FOLIOGRAPH_GRAPHIQL: input should be a valid boolean"),
        (
            {"FOLIOGRAPH_DATABASE_URL": "mysql://user:hunter2@db/x"},
            "FOLIOGRAPH_DATABASE_URL: expected sqlite:PATH, postgres://… or postgresql://…, got something else",
        ),
        (
            {"FOLIOGRAPH_REDIS_URL": "http://:hunter2@redis"},
            "FOLIOGRAPH_REDIS_URL: expected redis://…, rediss://… or unix://…, got something else",
        ),
        (
            {"FOLIOGRAPH_EMBEDDED_WORKER": "false"},
            "FOLIOGRAPH_EMBEDDED_WORKER=false needs FOLIOGRAPH_REDIS_URL, by which a worker outside is reached",
        ),
        ({"FOLIOGRAPH_DEMO_DATA": "true"}, "FOLIOGRAPH_DEMO_DATA=true needs FOLIOGRAPH_PROFILE demo or development"),
        (
            {"FOLIOGRAPH_FMP_KEY": "hunter2\n"},
            "FOLIOGRAPH_FMP_KEY: expected printable ASCII without spaces around it, got something else",
        ),
        ({"FOLIOGRAPH_FRED_KEY": "hünter2"}, "FOLIOGRAPH_FRED_KEY: expected printable ASCII"),
        ({"FOLIOGRAPH_ALPACA_KEY": "hunter2"}, "FOLIOGRAPH_ALPACA_KEY and FOLIOGRAPH_ALPACA_SECRET need one another"),
        (
            {"FOLIOGRAPH_ALPACA_SECRET": "hunter2"},
            "FOLIOGRAPH_ALPACA_KEY and FOLIOGRAPH_ALPACA_SECRET need one another",
        ),
        ({"FOLIOGRAPH_PROVIDERS": "yahoo,bloomberg"}, "FOLIOGRAPH_PROVIDERS: expected names from file, fmp, "),
        ({"FOLIOGRAPH_PROVIDERS": "fmp"}, "FOLIOGRAPH_PROVIDERS: fmp needs FOLIOGRAPH_FMP_KEY"),
        ({"FOLIOGRAPH_PROVIDERS": "yahoo,yahoo"}, "FOLIOGRAPH_PROVIDERS: expected each name once, got 'yahoo,yahoo'"),
        ({"FOLIOGRAPH_FEED": "polygon"}, "FOLIOGRAPH_FEED=polygon needs FOLIOGRAPH_POLYGON_KEY"),
        *(
            ({"FOLIOGRAPH_TIINGO_URL": url}, "FOLIOGRAPH_TIINGO_URL: expected https://HOST on port 443, ")
            for url in (
                "nonsense",
                "https://",
                "http://tiingo.example",
                "https://tiingo.example:8443",
                "wss://tiingo.example",
                "https://user:hunter2@tiingo.example",
                "https://tiingo.example/?token=hunter2",
                "https://x\n.example",
                "https://tiingo.example/#here",
                "https://tiingo.example:no",
                "https://[::1",
            )
        ),
        ({"FOLIOGRAPH_FEED_URL": "https://feed.example"}, "FOLIOGRAPH_FEED_URL: expected wss://HOST on port 443, "),
        (
            {"FOLIOGRAPH_SEC_URL": "ftp://sec.example", "FOLIOGRAPH_ALLOW_PRIVATE_ADDRESSES": "true"},
            "FOLIOGRAPH_SEC_URL: expected https://HOST",
        ),
        ({"PORT": "x", "FOLIOGRAPH_LOG_LEVEL": "y\nz"}, "; FOLIOGRAPH_LOG_LEVEL: "),
    ],
)
def test_a_bad_variable_is_one_line_with_its_name(monkeypatch, capsys, variables, said):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert program.main() == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("foliograph: ")
    assert err.count("\n") == 1
    assert said in err
    assert "hunter2" not in err


def test_what_is_not_said_has_a_default():
    settings = load_settings()

    assert (settings.profile, settings.host, settings.port) == (Profile.PRODUCTION, "127.0.0.1", 8000)
    assert settings.database == f"sqlite:{Path('.data').resolve() / 'foliograph.sqlite3'}"
    assert (settings.is_embedded, settings.loads_demo_data, settings.serves_graphiql) == (True, False, False)
    assert settings.registration_policy is Registration.INVITE
    demo = Settings(profile=Profile.DEMO)
    assert (demo.loads_demo_data, demo.serves_graphiql, demo.registration_policy) == (True, True, Registration.OPEN)
    assert Settings(redis_url="redis://x").is_embedded is False


def test_lists_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("FOLIOGRAPH_ALLOWED_ORIGINS", " https://a.example , ,https://b.example")

    assert load_settings().allowed_origins == ("https://a.example", "https://b.example")


def test_settings_are_read_once_and_stay():
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1  # type: ignore[misc]


async def refused(**settings):
    """Start the program, which must end by itself with status 2; return its one line."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "api"),
        cwd=ROOT,
        env={**os.environ, **settings},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(60):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    assert (process.returncode, out) == (2, b""), err.decode()
    (line,) = err.decode().splitlines()
    assert line.startswith("foliograph: ")
    return line.removeprefix("foliograph: ")


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield str(listening.getsockname()[1])


async def test_an_occupied_port_is_one_line_and_nothing_is_made(taken, tmp_path):
    line = await refused(PORT=taken, FOLIOGRAPH_PROFILE="demo", FOLIOGRAPH_DATA_DIR=str(tmp_path / "data"))

    assert line == f"cannot listen on 127.0.0.1:{taken}: address already in use; set PORT to another one"
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["lock"]


async def test_a_host_that_is_not_there_is_one_line(tmp_path):
    line = await refused(FOLIOGRAPH_HOST="no.such.host.invalid", FOLIOGRAPH_DATA_DIR=str(tmp_path), PORT="0")

    assert line.startswith("cannot listen on no.such.host.invalid:0: ")


async def test_a_folder_that_another_process_uses_is_one_line(tmp_path):
    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        line = await refused(PORT=str(free_port()), FOLIOGRAPH_PROFILE="demo", FOLIOGRAPH_DATA_DIR=str(tmp_path))

    assert line == f"another process uses {tmp_path}: stop it, or set FOLIOGRAPH_DATA_DIR to another folder"
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]


async def test_a_folder_that_is_a_file_is_one_line(tmp_path):
    (tmp_path / "data").write_text("")

    line = await refused(PORT="0", FOLIOGRAPH_PROFILE="demo", FOLIOGRAPH_DATA_DIR=str(tmp_path / "data"))

    assert line.startswith(f"cannot write to FOLIOGRAPH_DATA_DIR {tmp_path / 'data'}: ")


async def test_a_database_that_is_not_there_is_one_line(tmp_path):
    line = await refused(
        PORT="0",
        FOLIOGRAPH_PROFILE="demo",
        FOLIOGRAPH_DATA_DIR=str(tmp_path),
        FOLIOGRAPH_DATABASE_URL=f"postgres://nobody:hunter2@127.0.0.1:{free_port()}/none",
    )

    assert line.startswith("cannot open the database: ")
    assert "hunter2" not in line


async def test_a_database_without_migrations_is_one_line(tmp_path, postgres_databases):
    url = await postgres_databases.empty()
    try:
        line = await refused(
            PORT="0", FOLIOGRAPH_PROFILE="demo", FOLIOGRAPH_DATA_DIR=str(tmp_path), FOLIOGRAPH_DATABASE_URL=url
        )
    finally:
        await postgres_databases.discard(url)

    assert re.fullmatch(r"the database lacks 0_\w+\.py, .*: run python -m migrations upgrade", line)


async def test_production_without_keys_is_one_line(tmp_path):
    line = await refused(PORT="0", FOLIOGRAPH_DATA_DIR=str(tmp_path))

    assert "python -m workers.admin create-keys" in line


@pytest.mark.faults
async def test_a_newcomer_s_first_hour(tmp_path):
    """Started, asked, ended, started again: on one SQLite file, without anything else."""
    data = tmp_path / "data"
    server = api("demo", tmp_path / "log", FOLIOGRAPH_PROFILE="demo", FOLIOGRAPH_DATA_DIR=str(data))
    try:
        await server.start()
        said = server.said()
        # The address, the explorer, the logins, and a query that works as it is pasted.
        for words in (
            f"http://localhost:{server.port}/graphql",
            f"http://localhost:{server.port}/graphiql",
            DEMO_PASSWORD,
        ):
            assert words in said
        assert all(user.email in said for user in DEMO_USERS)
        (query,) = re.findall(r"^    (\{.*\})$", said, re.MULTILINE)
        async with httpx.AsyncClient(base_url=server.url) as http:
            answer = (await http.post("/graphql", json={"query": query})).json()
            assert len(answer["data"]["quotes"]) == 4
            assert (await http.get("/healthz")).json() == {"status": "ok"}
            assert (await http.get("/readyz")).json()["status"] == "ok"
        assert "another process uses" in await refused(
            PORT=str(free_port()), FOLIOGRAPH_PROFILE="demo", FOLIOGRAPH_DATA_DIR=str(data)
        )

        async with httpx.AsyncClient(base_url=server.url) as http:
            await http.get("/healthz")
            # The connection is still open.
            assert await server.end(signal.SIGINT) < CTRL_C_SECONDS
        assert server.exit_status == 0
        again = await server.start()
        assert await server.end(signal.SIGTERM) < CTRL_C_SECONDS
    finally:
        server.kill()

    print(f"second start: {again:.2f} s")
    assert again < SECOND_START_SECONDS * slowness()
    server.check_log()


@pytest.mark.faults
async def test_ctrl_c_while_it_starts_is_no_traceback(tmp_path):
    server = api("demo", tmp_path / "log", FOLIOGRAPH_PROFILE="demo", FOLIOGRAPH_DATA_DIR=str(tmp_path / "data"))
    try:
        server.launch()
        # It has taken the folder: modules are loaded, and the demonstration is being made.
        async with asyncio.timeout(30):
            while not list((tmp_path / "data").glob("*.sqlite3")):  # noqa: ASYNC110 (of another process)
                await asyncio.sleep(0.01)
        assert await server.end(signal.SIGINT) < 5
    finally:
        server.kill()

    assert server.exit_status in (0, -signal.SIGINT)
    server.check_log()
