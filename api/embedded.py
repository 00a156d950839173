"""Runs the worker inside the API's process: the only module of the API that knows workers."""

from contextlib import AbstractAsyncContextManager

from domain.infra.settings import Settings
from domain.kernel.ports import Resources
from workers.main import run_in_process


def embedded_worker(resources: Resources, settings: Settings) -> AbstractAsyncContextManager[None]:
    """Run jobs and streams until the end of the context."""
    return run_in_process(resources, settings)
