"""Every Python file keeps the rules of the house, and every rule refuses what it is there to refuse."""

from pathlib import Path

import pytest

from tests.contracts import rules
from tests.contracts.rules import RULES, Rule
from tests.support.source import PRODUCT, ROOT, python_files

PLANTED = [
    (rules.meaningful_name, "domain/market/utils.py", ""),
    (rules.meaningful_name, "domain/portfolios/service.py", ""),
    (rules.meaningful_name, "schema/helpers/paging.py", ""),
    (rules.meaningful_name, "tests/common.py", ""),
    (rules.short_enough, "domain/market/queries.py", "x = 1\n" * 401),
    (rules.short_enough, "tests/domain/test_long.py", "x = 1\n" * 401),
    (rules.imports_at_the_top, "domain/market/queries.py", "def f():\n    import scipy\n"),
    (rules.imports_at_the_top, "api/app.py", "async def f():\n    if True:\n        from os import path\n"),
    (rules.imports_at_the_top, "api/app.py", "class A:\n    def f(self):\n        from os import path\n"),
    (rules.environment_in_settings_only, "api/app.py", "import os\nx = os.environ['PORT']\n"),
    (rules.environment_in_settings_only, "api/app.py", "import os\nx = os.environ.get('PORT')\n"),
    (rules.environment_in_settings_only, "api/app.py", "import os as o\nx = o.getenv('PORT')\n"),
    (rules.environment_in_settings_only, "workers/main.py", "from os import getenv\n"),
    (rules.environment_in_settings_only, "domain/infra/bus.py", "from os import environ as e\n"),
    (rules.environment_in_settings_only, "domain/infra/bus.py", "from pydantic_settings import BaseSettings\n"),
    (rules.transactions_at_the_edge_only, "domain/market/commands.py", "from tortoise.transactions import atomic\n"),
    (rules.transactions_at_the_edge_only, "schema/root.py", "from tortoise import transactions as t\nt.atomic()\n"),
    (rules.transactions_at_the_edge_only, "workers/main.py", "async def f(c):\n    async with c.transaction(): ...\n"),
    (rules.empty_package, "domain/market/__init__.py", "from domain.market import queries\n"),
    (rules.no_comment_for_tortoise, "domain/market/models.py", "class A:\n    #: a name\n    name = 1\n"),
    (rules.empty_package, "domain/market/__init__.py", '"""Prices."""\nx = 1\n'),
]

ACCEPTED = [
    (rules.meaningful_name, "domain/market/baseline.py", ""),
    (rules.short_enough, "migrations/app/0_first.py", "x = 1\n" * 900),
    (rules.short_enough, "domain/market/queries.py", "x = 1\n" * 400),
    (rules.imports_at_the_top, "domain/market/queries.py", "if True:\n    import scipy\n"),
    (rules.environment_in_settings_only, "domain/infra/settings.py", "import os\nx = os.environ['PORT']\n"),
    (rules.environment_in_settings_only, "api/app.py", "import os\nx = os.cpu_count()\n"),
    (rules.transactions_at_the_edge_only, "domain/portfolios/models.py", "x = posting.transaction\n"),
    (rules.empty_package, "domain/market/__init__.py", '"""Prices."""\n'),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_project_keeps(rule: Rule) -> None:
    files = python_files(*PRODUCT, "tests")
    assert len(files) > 50

    complaints = [complaint for path in files for complaint in rule(path, (ROOT / path).read_text())]

    assert complaints == []


@pytest.mark.parametrize(("rule", "path", "source"), PLANTED)
def test_a_violation_is_found(rule: Rule, path: str, source: str) -> None:
    assert rule(Path(path), source)


@pytest.mark.parametrize(("rule", "path", "source"), ACCEPTED)
def test_nothing_else_is(rule: Rule, path: str, source: str) -> None:
    assert rule(Path(path), source) == []


def test_every_rule_has_refused_something() -> None:
    assert {rule for rule, _, _ in PLANTED} == set(RULES)


def test_late_imports_are_listed_by_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_LATE_IMPORTS", {"domain/market/calendar.py": {"exchange_calendars"}})
    path = Path("domain/market/calendar.py")

    assert rules.imports_at_the_top(path, "def f():\n    import exchange_calendars\n") == []
    assert rules.imports_at_the_top(path, "def f():\n    import scipy, exchange_calendars\n")
    # What is no longer needed is struck off.
    assert rules.imports_at_the_top(path, "import exchange_calendars\n")
