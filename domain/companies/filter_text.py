"""Filters and orders as JSON, in the words of the API: as they are stored, and named.  Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import orjson

from domain.companies.catalogue import BY_CODE, METRICS, RATING_CONSTANTS
from domain.companies.filters import Filter, Measure, Measured, Order, OrderField, Peers, Range

_CODES: Final = {metric.constant: metric.code for metric in METRICS}
_RATINGS: Final = {constant: rating for rating, constant in RATING_CONSTANTS.items()}
_TEXTS: Final = ("industry", "sector", "country", "exchange")


def filter_text(asked: Filter) -> str:
    """Return a filter as JSON, the same for equal ones."""
    return orjson.dumps(_filter(asked), option=orjson.OPT_SORT_KEYS).decode()


def read_filter(text: str) -> Filter:
    """Return the filter that a text stands for."""
    return _read_filter(orjson.loads(text))


def order_text(order: Order) -> str:
    """Return an order as JSON."""
    by = order.by
    told = _measured(by) if isinstance(by, Measured) else {"field": by}
    return orjson.dumps(
        {**told, "direction": "DESC" if order.descending else "ASC"}, option=orjson.OPT_SORT_KEYS
    ).decode()


def read_order(text: str) -> Order:
    """Return the order that a text stands for."""
    told = orjson.loads(text)
    by = OrderField(told["field"]) if "field" in told else _read_measured(told)
    return Order(by, told["direction"] == "DESC")


def _filter(asked: Filter) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(asked, name) for name in _TEXTS}
    told |= {"ratings": _constants(asked.ratings), "tickers": asked.tickers, "qualityAtLeast": asked.quality_at_least}
    told["metrics"] = [_range(part) for part in asked.metrics] or None
    told["and"] = [_filter(part) for part in asked.all_of] or None
    told["or"] = None if asked.any_of is None else [_filter(part) for part in asked.any_of]
    told["not"] = None if asked.negated is None else _filter(asked.negated)
    return {name: value for name, value in told.items() if value is not None}


def _range(part: Range) -> dict[str, Any]:
    bounds = {"atLeast": part.at_least, "atMost": part.at_most}
    return {**_measured(part.of), **{name: bound for name, bound in bounds.items() if bound is not None}}


def _measured(of: Measured) -> dict[str, Any]:
    told = {"metric": BY_CODE[of.code].constant, "measure": of.measure, "within": of.within, "since": of.since}
    if of.measure is Measure.VALUE:
        del told["measure"]
    return {name: value for name, value in told.items() if value is not None}


def _read_filter(told: Mapping[str, Any]) -> Filter:
    return Filter(
        **{name: told.get(name) for name in _TEXTS},
        ratings=_ratings(told.get("ratings")),
        tickers=_tuple(told.get("tickers")),
        quality_at_least=told.get("qualityAtLeast"),
        metrics=tuple(_read_range(part) for part in told.get("metrics", ())),
        all_of=tuple(_read_filter(part) for part in told.get("and", ())),
        any_of=tuple(_read_filter(part) for part in told["or"]) if "or" in told else None,
        negated=_read_filter(told["not"]) if "not" in told else None,
    )


def _constants(ratings: tuple[str, ...] | None) -> list[str] | None:
    return None if ratings is None else [RATING_CONSTANTS[rating] for rating in ratings]


def _ratings(constants: list[str] | None) -> tuple[str, ...] | None:
    return None if constants is None else tuple(_RATINGS[constant] for constant in constants)


def _tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _read_range(told: Mapping[str, Any]) -> Range:
    return Range(of=_read_measured(told), at_least=told.get("atLeast"), at_most=told.get("atMost"))


def _read_measured(told: Mapping[str, Any]) -> Measured:
    return Measured(
        code=_CODES[told["metric"]],
        measure=Measure(told.get("measure", Measure.VALUE)),
        within=Peers(told["within"]) if "within" in told else None,
        since=date.fromisoformat(told["since"]) if "since" in told else None,
    )
