"""The documents that every contestant answers, the same text for all."""

import json
from dataclasses import dataclass
from typing import Any

from tests.benchmarks import dataset

INSTRUMENT = """query Instrument($symbol: String!) {
  instrument(symbol: $symbol) {
    id symbol name kind exchange currency
    quote {
      id price change changePercent open high low previousClose volume at source quality stale
      unavailable { field reason message }
    }
  }
}"""

PAGE = """query Page($first: Int!) {
  instruments(first: $first) {
    edges { node { id symbol name kind exchange currency sector quote { price change changePercent } } }
  }
}"""

PORTFOLIO = """query Portfolio($id: ID!, $asOf: DateTime) {
  portfolio(id: $id) {
    id name baseCurrency version
    valuation(asOf: $asOf) {
      id totalValue investedValue cashBalance costBasis unrealizedGain dayChange dayChangePercent at
      unpriced { symbol reason }
      unavailable { field reason message mend }
    }
    cash(asOf: $asOf) { currency amount }
    positions(asOf: $asOf, first: 100) {
      totalCount
      edges { node {
        id kind quantity averageCost costBasis price marketValue unrealizedGain weight
        unavailable { field reason message }
        instrument { id symbol name kind }
      } }
    }
  }
}"""

PRICES = """subscription Prices($tickers: [String!]!, $since: String) {
  priceUpdate(tickers: $tickers, since: $since) {
    eventId kind ticker price change changePercent volume at
    quote { id price change changePercent at source quality stale }
  }
}"""


@dataclass(frozen=True, kw_only=True)
class Workload:
    """One query that is asked again and again."""

    title: str
    operation: str
    text: str
    variables: dict[str, Any]


def workloads(portfolio_id: str) -> tuple[Workload, ...]:
    """Return the three queries; a contestant's own portfolio id goes into the third."""
    return (
        Workload(
            title="one instrument with its quote (20 fields)",
            operation="Instrument",
            text=INSTRUMENT,
            variables={"symbol": dataset.symbols(1)[0]},
        ),
        Workload(
            title=f"a page of {dataset.PAGE} instruments with 10 fields",
            operation="Page",
            text=PAGE,
            variables={"first": dataset.PAGE},
        ),
        Workload(
            title=f"a portfolio of {dataset.INSTRUMENTS} positions, each with its instrument",
            operation="Portfolio",
            text=PORTFOLIO,
            variables={"id": portfolio_id},
        ),
    )


def tickers(subscriber: int) -> list[str]:
    """Return the 1 to 10 symbols of the subscriber with this number: the same at every run, evenly spread."""
    live = dataset.symbols(dataset.LIVE_SYMBOLS)
    first = subscriber * 7
    return [live[(first + offset) % len(live)] for offset in range(1 + subscriber % 10)]


def http_request(path: str, headers: dict[str, str], workload: Workload) -> bytes:
    """Return the whole request, ready to be written to a socket."""
    body = json.dumps(
        {"query": workload.text, "operationName": workload.operation, "variables": workload.variables}
    ).encode()
    every = {
        "Host": "127.0.0.1",
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Content-Length": str(len(body)),
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in every.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body
