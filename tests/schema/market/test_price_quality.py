"""`priceQuality`: how good closes are as the input of calculations."""

QUERY = """
query($symbol: String!, $from: Date!, $to: Date!) {
  instrument(symbol: $symbol) {
    priceQuality(from: $from, to: $to) {
      id first last expected present missing grade gaps { first last sessions } stuck { sessions }
      doubtful { session fraction }
    }
  }
}
"""


async def test_the_demonstrations_closes_are_whole(ask):
    found = await ask(QUERY, symbol="AAPL", **{"from": "2020-01-01", "to": "2021-12-31"})

    quality = found["instrument"]["priceQuality"]
    assert (quality["first"], quality["last"]) == ("2020-01-02", "2021-12-31")
    assert quality["expected"] == quality["present"] == 505
    assert (quality["missing"], quality["grade"], quality["gaps"], quality["stuck"]) == (0, "EXCELLENT", [], [])


async def test_a_range_without_a_session_has_none(ask):
    for first, last in (("2020-01-04", "2020-01-05"), ("2021-01-05", "2020-01-05"), ("2090-01-01", "2090-12-31")):
        found = await ask(QUERY, symbol="AAPL", **{"from": first, "to": last})

        assert found["instrument"] == {"priceQuality": None}
