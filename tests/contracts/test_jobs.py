"""Every job that the domain declares is carried out by exactly one handler, and nothing else is."""

import importlib
import pkgutil
import types
from collections.abc import Iterator

import pytest

import domain
import workers.tasks
from domain.kernel.jobs import JobSpec
from workers import registry
from workers.registry import Run, handles


def modules(package: types.ModuleType) -> Iterator[types.ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def declared() -> list[JobSpec]:
    """Every spec of the domain, once, whoever imports it."""
    specs = {
        id(value): value for module in modules(domain) for value in vars(module).values() if isinstance(value, JobSpec)
    }
    return list(specs.values())


def test_each_spec_has_its_handler() -> None:
    for _ in modules(workers.tasks):
        pass
    kinds = [spec.kind for spec in declared()]

    assert kinds
    assert len(kinds) == len(set(kinds))
    assert set(kinds) == registry.handled_kinds()


@pytest.mark.parametrize("spec", declared(), ids=lambda spec: spec.kind)
def test_each_handler_has_the_spec_of_the_domain(spec: JobSpec) -> None:
    for _ in modules(workers.tasks):
        pass

    found = registry.handler_of(spec.kind)

    assert found is not None
    assert found[0] is spec


def test_a_second_handler_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_HANDLERS", {})
    spec = JobSpec(kind="planted")

    async def first(_run: Run) -> None: ...

    async def second(_run: Run) -> None: ...

    handles(spec)(first)
    with pytest.raises(ValueError, match="expected one handler for planted"):
        handles(spec)(second)
    assert registry.handled_kinds() == {"planted"}


def test_a_job_without_a_handler_is_known_to_be_so() -> None:
    assert registry.handler_of("planted, but handled by nobody") is None
