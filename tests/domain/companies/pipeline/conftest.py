"""A feed of a hundred companies, right, and the same with a few defects."""

import pytest

from tests.factories.companies import Cells, cross_section


@pytest.fixture
def cells() -> Cells:
    """A right file."""
    return cross_section(120, 1)


@pytest.fixture
def scaled(cells: Cells) -> Cells:
    """The same, with two returns that are a hundred times too large."""
    spoiled = {name: list(texts) for name, texts in cells.items()}
    for row in (3, 4):
        spoiled["roe"][row] = repr(float(spoiled["roe"][row]) * 100)
    return spoiled


@pytest.fixture
def blocked(cells: Cells) -> Cells:
    """The same, with fifteen percent signs: more than the gate lets through."""
    spoiled = {name: list(texts) for name, texts in cells.items()}
    for row in range(20, 35):
        spoiled["net_margin"][row] = f"{float(spoiled['net_margin'][row]) * 100:.2f}%"
    return spoiled
