"""FRED, the economic data of the Federal Reserve Bank of St. Louis.  Source: fred.stlouisfed.org/docs/api."""

from typing import Final

from domain.kernel.web import Answer, Request
from domain.market.providers.asked import SeriesAsked
from domain.market.providers.observed import ObservedSeries
from domain.market.providers.provider import Credentials, Endpoint, FaultKind, Parsed, Provider, ProviderFault, Tier
from domain.market.providers.reading import Record, check_status, json_of, record_of

# What its error of status 400 says of a key, and of a series.
_BAD_KEY, _BAD_SERIES = "api_key", "series does not exist"


def _build(asked: SeriesAsked, base_url: str, credentials: Credentials) -> Request:
    return Request(
        url=f"{base_url}/fred/series/observations",
        parameters={
            "series_id": asked.code,
            "observation_start": asked.start.isoformat(),
            "observation_end": asked.end.isoformat(),
            "file_type": "json",
        },
        secret_parameters={"api_key": credentials.key},
    )


def _parse(asked: SeriesAsked, answer: Answer) -> Parsed[ObservedSeries]:
    """Return the values; what describes the series is asked apart, and filled in by `_parse_description`."""
    found = _whole(answer)
    if found.get("seriess") is not None:
        return _parse_description(asked, found)
    points = tuple((each.needed_day("date"), each.number("value")) for each in found.records("observations"))
    kept = tuple(point for point in points if asked.start <= point[0] <= asked.end)
    series = ObservedSeries(code=asked.code, title=asked.code, units="", frequency="", points=kept)
    # The values come first, what describes them follows.
    return Parsed((series,), Request(url="/fred/series", parameters={"series_id": asked.code, "file_type": "json"}))


def _parse_description(asked: SeriesAsked, found: Record) -> Parsed[ObservedSeries]:
    each = next(found.records("seriess"), None)
    if each is None or each.text("id") != asked.code:
        raise ProviderFault(FaultKind.WRONG_SYMBOL, f"expected the series {asked.code}")
    series = ObservedSeries(
        code=asked.code,
        title=each.needed_text("title"),
        units=each.text("units") or "",
        frequency=each.text("frequency") or "",
        seasonal_adjustment=each.text("seasonal_adjustment"),
        points=(),
    )
    return Parsed((series,))


def _whole(answer: Answer) -> Record:
    if answer.status == 400:
        text = answer.body[:400].decode(errors="replace")
        if _BAD_KEY in text:
            raise ProviderFault(FaultKind.REFUSED, "the key is not registered")
        if _BAD_SERIES in text:
            raise ProviderFault(FaultKind.NOT_FOUND, "the series does not exist")
    check_status(answer)
    return record_of(json_of(answer), "the answer")


FRED: Final = Provider(
    name="fred",
    title="FRED",
    base_url="https://api.stlouisfed.org",
    tier=Tier.INSTITUTIONAL,
    priority=1,
    reliability=1.0,
    # As its terms of use say.
    calls_per_minute=120,
    series=Endpoint(_build, _parse),
)
