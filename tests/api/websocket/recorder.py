"""An outlet that keeps what is sent, and whose reader can be made to fall behind."""

import json
from typing import Any

from api.fanout import Fanout
from api.members import Backlog, Member
from api.outlet import Message, Outlet
from domain.kernel.actor import NOBODY, Actor
from schema.shared.live import Live


class Recorder(Outlet):
    """Keeps messages, decoded."""

    def __init__(self) -> None:
        super().__init__(send_timeout=5.0)
        self.messages: list[dict[str, Any]] = []
        self.is_dropped = False

    def put(self, prefix: bytes, message: Message) -> None:
        self.put_text(prefix + message.tail)

    def put_text(self, text: bytes) -> None:
        self.messages.append(json.loads(text))

    async def drain(self) -> None:
        pass

    def drop(self) -> None:
        self.is_dropped = True

    def fall_behind(self) -> None:
        self._pause()

    def catch_up(self) -> None:
        self._resume()


class Watcher:
    """One member, and what it was sent: pairs of a kind and what came."""

    def __init__(self, live: Live[Any], actor: Actor = NOBODY) -> None:
        self.outlet = Recorder()
        self.errors: list[Exception | None] = []
        self.member = Member(
            live=live,
            actor=actor,
            outlet=self.outlet,
            prefix=b'{"id":"1","type":"next","payload":',
            on_end=self.errors.append,
            backlog=Backlog(live.topic.conflate_by is not None),
        )
        self.outlet.on_pause = self.member.pause
        self.outlet.on_resume = self.member.resume

    async def join(self, fanout: Fanout) -> "Watcher":
        await fanout.join(self.member, "selection", _execute)
        return self

    @property
    def sent(self) -> list[tuple[Any, ...]]:
        """What it was sent."""
        return [tuple(message["payload"]) for message in self.outlet.messages]

    def take(self) -> list[tuple[Any, ...]]:
        """What it was sent since the last call."""
        sent = self.sent
        self.outlet.messages.clear()
        return sent


EXECUTIONS: list[Actor] = []


async def _execute(actor: Actor, payload: Any) -> Any:
    EXECUTIONS.append(actor)
    return payload
