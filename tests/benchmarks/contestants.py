"""Who is measured: Foliograph, a default Strawberry, Node's servers, each a command that prints where it listens."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from tests.benchmarks import node_tools
from tests.benchmarks.processes import ContestantFailed


class Serves(Enum):
    """What a contestant is measured at."""

    REQUESTS = "requests"
    SUBSCRIPTIONS = "subscriptions"


class Key(Enum):
    """The contestants, in the order of the report's columns."""

    FOLIOGRAPH = "Foliograph"
    STRAWBERRY = "default Strawberry"
    APOLLO = "Apollo Server"
    MERCURIUS = "Mercurius + jit"
    GRAPHQL_WS = "graphql-ws on Node"


@dataclass(frozen=True)
class Contestant:
    """One server process: what it is called, how it starts, what it is measured at."""

    key: Key
    command: tuple[str, ...]
    serves: frozenset[Serves]

    @property
    def name(self) -> str:
        """How the report calls it."""
        return self.key.value


def pythons() -> list[Contestant]:
    """Return the contestants on this Python."""
    both = frozenset(Serves)
    return [
        Contestant(Key.FOLIOGRAPH, (sys.executable, "-m", "tests.benchmarks.foliograph_server"), both),
        Contestant(Key.STRAWBERRY, (sys.executable, "-m", "tests.benchmarks.default_strawberry"), both),
    ]


def nodes(data_file: Path) -> list[Contestant]:
    """Return the contestants on Node, their packages installed.  Raises `ContestantFailed`."""
    tools = node_tools.find()
    node_tools.install_peers(tools)

    def peer(key: Key, script: str, serves: Serves) -> Contestant:
        command = ("env", "NODE_ENV=production", tools.node, str(node_tools.PEERS / script), str(data_file))
        return Contestant(key, command, frozenset({serves}))

    return [
        peer(Key.APOLLO, "apollo.js", Serves.REQUESTS),
        peer(Key.MERCURIUS, "mercurius.js", Serves.REQUESTS),
        peer(Key.GRAPHQL_WS, "graphql_ws.js", Serves.SUBSCRIPTIONS),
    ]


def gather(data_file: Path, leave_out: Callable[[str, str], object]) -> list[Contestant]:
    """Return every contestant that this machine can start; tell `leave_out` the name and reason of the others."""
    try:
        return [*pythons(), *nodes(data_file)]
    except ContestantFailed as error:
        leave_out("the peers on Node", str(error))
        return pythons()
