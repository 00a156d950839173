"""Do all contestants answer the same thing?  Values of their own, yes; another shape, no."""

from typing import Any

from tests.benchmarks.processes import ContestantFailed

Shape = dict[str, Any] | tuple[int, Any] | str


def shape(value: Any) -> Shape:
    """Return keys in their order, lengths of lists with the shape of the first item, and the types of leaves."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return len(value), shape(value[0]) if value else "nothing"
    return type(value).__name__


def compare(expected: Shape, got: Shape, path: str = "data") -> None:
    """Raise `ContestantFailed` where the shapes differ; a null may stand for any leaf."""
    if isinstance(expected, dict) and isinstance(got, dict):
        if list(expected) != list(got):
            raise ContestantFailed(f"{path}: expected the keys {list(expected)}, got {list(got)}")
        for key, inner in expected.items():
            compare(inner, got[key], f"{path}.{key}")
    elif isinstance(expected, tuple) and isinstance(got, tuple):
        if expected[0] != got[0]:
            raise ContestantFailed(f"{path}: expected {expected[0]} items, got {got[0]}")
        compare(expected[1], got[1], f"{path}[0]")
    elif expected != got and not _leaf_and_null(expected, got):
        raise ContestantFailed(f"{path}: expected {expected}, got {got}")


def _leaf_and_null(one: Shape, other: Shape) -> bool:
    return isinstance(one, str) and isinstance(other, str) and "NoneType" in {one, other}
