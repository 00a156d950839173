"""What classes of the domain promise each other: channels and their fields, refusals and their codes."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Sequence
from string import Formatter
from typing import ClassVar
from uuid import UUID

import pytest

import domain
from domain.kernel.errors import Failure, FailureCode, Refusal, RefusalCode
from domain.kernel.events import Event, event_types


@pytest.fixture(scope="module", autouse=True)
def _whole_domain() -> None:
    """Import every module of the domain: classes are known once they are defined."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)


def channel_complaints(kind: type[Event]) -> list[str]:
    """What is wrong with an event class: it names its own channel, over its own fields, and cannot be changed."""
    name = kind.__name__
    template = vars(kind).get("CHANNEL")
    if not isinstance(template, str) or not template:
        return [f"{name}: expected a CHANNEL of its own, got {template!r}"]
    if "__dataclass_fields__" not in vars(kind) or not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return [f"{name}: expected a frozen dataclass"]
    fields = dataclasses.fields(kind)
    named = {field for _, field, _, _ in Formatter().parse(template) if field is not None}
    unknown = named - {field.name for field in fields}
    complaints = [f"{name}: CHANNEL {template!r} names {sorted(unknown)}, which are no fields"] if unknown else []
    return complaints + [f"{name}: {field.name} is not keyword-only" for field in fields if not field.kw_only]


def code_complaints(kinds: Sequence[type[Refusal] | type[Failure]]) -> list[str]:
    """Which classes share a code with another, or have none."""
    seen: dict[str, str] = {}
    complaints = []
    for kind in kinds:
        code = vars(kind).get("code")
        if code is None:
            complaints.append(f"{kind.__name__}: expected a code of its own, got none")
        elif code in seen:
            complaints.append(f"{kind.__name__}: expected a code of its own, got that of {seen[code]}")
        else:
            seen[code] = kind.__name__
    return complaints


def descendants(kind: type) -> list[type]:
    children: list[type] = kind.__subclasses__()
    return children + [found for child in children for found in descendants(child)]


def of_the_domain(kind: type) -> list[type]:
    return [found for found in descendants(kind) if found.__module__.startswith("domain.")]


def test_channels_name_fields() -> None:
    kinds = [kind for kind in event_types().values() if kind.__module__.startswith("domain.")]
    assert kinds

    assert [complaint for kind in kinds for complaint in channel_complaints(kind)] == []


def test_event_names_are_distinct() -> None:
    names = [kind.__name__ for kind in of_the_domain(Event)]

    # The bus finds a class by its name.
    assert len(names) == len(set(names))


def test_every_refusal_has_its_code() -> None:
    assert code_complaints(of_the_domain(Refusal)) == []


def test_every_failure_has_its_code() -> None:
    # Below these there are special cases, which answer with the code of what they are a case of.
    kinds = [kind for kind in of_the_domain(Failure) if Failure in kind.__bases__]

    assert code_complaints(kinds) == []


@pytest.mark.parametrize(("kind", "codes"), [(Refusal, RefusalCode), (Failure, FailureCode)])
def test_every_code_has_its_class(kind: type, codes: type[RefusalCode] | type[FailureCode]) -> None:
    raised = {vars(found).get("code") for found in of_the_domain(kind)}
    # A bug raises whatever it raises; the edge gives it this code.
    unraised = {FailureCode.INTERNAL}

    assert set(codes) - raised - unraised == set()


# The planted classes are made inside functions: they are gone, or foreign to the domain, for the tests above.


def test_a_channel_over_a_missing_field_is_found() -> None:
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Moved(Event):
        CHANNEL: ClassVar[str] = "portfolio:{portfolio_id}:{sequenze}"
        portfolio_id: UUID
        sequence: int

    assert channel_complaints(Moved) == [
        "Moved: CHANNEL 'portfolio:{portfolio_id}:{sequenze}' names ['sequenze'], which are no fields"
    ]


def test_a_missing_channel_is_found() -> None:
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Silent(Event):
        portfolio_id: UUID

    assert channel_complaints(Silent) == ["Silent: expected a CHANNEL of its own, got None"]


def test_a_class_that_is_no_dataclass_is_found() -> None:
    class Loose(Event):
        CHANNEL: ClassVar[str] = "loose"

    assert channel_complaints(Loose) == ["Loose: expected a frozen dataclass"]


def test_a_code_used_twice_is_found() -> None:
    class First(Refusal):
        code = RefusalCode.NOT_FOUND

    class Second(Refusal):
        code = RefusalCode.NOT_FOUND

    class Third(Refusal):
        pass

    assert code_complaints([First, Second, Third]) == [
        "Second: expected a code of its own, got that of First",
        "Third: expected a code of its own, got none",
    ]
