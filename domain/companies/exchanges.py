"""What feeds call an exchange, and its MIC of ISO 10383."""

FEED_EXCHANGES = {
    "NASDAQ": "XNAS",
    "NYSE": "XNYS",
    "KOSPI": "XKRX",
    "KOSDAQ": "XKOS",
    "AMEX": "XASE",
    "NYSE AMERICAN": "XASE",
    "CBOE": "BATS",
    "OTC": "OTCM",
}

_MICS = frozenset(FEED_EXCHANGES.values())


def mic_of(name: str) -> str | None:
    """Return the MIC of an exchange as a feed calls it, or nothing where it is not known."""
    plain = name.strip().upper()
    return plain if plain in _MICS else FEED_EXCHANGES.get(plain)
