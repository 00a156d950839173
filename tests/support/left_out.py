"""What this machine cannot run: listed with its reason at the end, and a failure where everything must run.

A test that needs a tool calls `leave_out` when the tool is missing. A test that has nothing to compare with (a folder
that only some clones have) uses pytest's own skip: that is listed too, but fails nowhere.
"""

import os
from collections import Counter
from typing import NoReturn

import pytest

MUST_RUN_EVERYTHING = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
"""With CI=true a test that was left out fails: the script that sets it installs every tool."""


def leave_out(reason: str) -> NoReturn:
    """Leave the current test out, or fail it where everything must run.

    `reason` says what is missing and how to get it; the same words on every test, so that they are listed once.
    """
    if MUST_RUN_EVERYTHING:
        pytest.fail(f"must not be left out when CI=true: {reason}", pytrace=False)
    raise pytest.skip.Exception(reason)


def list_left_out(reporter: pytest.TerminalReporter) -> None:
    """Print each reason once, with the number of its tests."""
    reasons: Counter[str] = Counter()
    for report in reporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason.removeprefix("Skipped: ")] += 1
    reporter.ensure_newline()
    reporter.write_sep("=", "Left out, and why")
    for reason, number in sorted(reasons.items()):
        reporter.write_line(f"{number:4}  {reason}")
    if not reasons:
        reporter.write_line("nothing")
