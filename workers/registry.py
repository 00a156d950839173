"""Which handler carries out which job: exactly one for each `JobSpec`."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from domain.kernel.jobs import JobSpec
from domain.kernel.ports import Resources


class JobCancelled(Exception):
    """The job was asked to stop, and its handler has come to a place where it can."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job, as its handler sees it.

    `report(fraction)` says how far it is, from 0 to 1, and raises `JobCancelled` once the job was asked to stop.
    """

    resources: Resources
    arguments: Mapping[str, object]
    report: Callable[[float], Awaitable[None]]


# What a handler returns is stored as the job's result.
Handler = Callable[[Run], Awaitable[Mapping[str, object] | None]]

_HANDLERS: dict[str, tuple[JobSpec, Handler]] = {}


def handles(spec: JobSpec) -> Callable[[Handler], Handler]:
    """Register the handler of a job.  A second one for the same kind raises ValueError."""

    def register(handler: Handler) -> Handler:
        if spec.kind in _HANDLERS:
            raise ValueError(f"expected one handler for {spec.kind}, got a second: {handler.__qualname__}")
        _HANDLERS[spec.kind] = (spec, handler)
        return handler

    return register


def handler_of(kind: str) -> tuple[JobSpec, Handler] | None:
    """Return the spec and the handler of a kind, or None for one that this version does not know."""
    return _HANDLERS.get(kind)


def handled_kinds() -> frozenset[str]:
    """Return the kinds of job that have a handler."""
    return frozenset(_HANDLERS)
