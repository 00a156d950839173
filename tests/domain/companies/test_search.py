"""Companies are found by what somebody means, in an order that rests on nothing else."""

import csv
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.companies.board import Boards
from domain.companies.search import Searches, checked, followed, found_page, place_of
from domain.companies.search_index import MOST_FOUND, CompanyIndex, Match
from domain.companies.types import Record
from domain.kernel.errors import BadUserInput
from domain.kernel.paging import PageRequest
from tests.factories.boards import board_of
from tests.factories.publications import NEXT, make_known
from tests.support.source import ROOT

FUNDAMENTALS = ROOT.parent / "shared" / "data" / "fundamentals"

# Ticker, name, industry, market value in billions of US dollars to the nearest power of two or so.
KNOWN = [
    ("NVDA", "NVIDIA", "Semiconductors", 4096),
    ("AAPL", "Apple Inc.", "Technology Hardware", 4096),
    ("APLE", "Apple Hospitality REIT", "Hotel REITs", 2),
    ("MSFT", "Microsoft", "Systems Software", 4096),
    ("MU", "Micron Technology", "Semiconductors", 128),
    ("GOOGL", "Alphabet Inc. (Class A)", "Interactive Media", 2048),
    ("GOOG", "Alphabet Inc. (Class C)", "Interactive Media", 2048),
    ("BRK.B", "Berkshire Hathaway", "Multi-Sector Holdings", 1024),
    ("BHLB", "Berkshire Hills Bancorp", "Regional Banks", 1),
    ("JPM", "JPMorgan Chase", "Diversified Banks", 512),
    ("T", "AT&T", "Telecom Services", 256),
    ("TMUS", "T-Mobile US", "Telecom Services", 256),
    ("KO", "Coca-Cola Company (The)", "Soft Drinks", 256),
    ("NSRGY", "Nestlé S.A.", "Packaged Foods", 256),
    ("WMT", "Walmart", "Hypermarkets", 512),
    ("BAC", "Bank of America", "Diversified Banks", 256),
    ("V", "Visa Inc.", "Payments", 512),
    ("ED", "Consolidated Edison", "Utilities", 32),
]


def board(known=KNOWN, **more):
    return board_of(
        [
            {"ticker": ticker, "name": name, "industry": industry, "marketCapUsdMn": 1000.0 * size, **more}
            for ticker, name, industry, size in known
        ]
    )


def tickers(index, query, count=None):
    return [index.board.companies[hit.row].ticker for hit in index.search(query)[:count]]


@pytest.fixture(scope="module")
def index():
    return CompanyIndex(board())


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("nvdia", "NVDA"), ("Nvidia Corporation", "NVDA"), ("apple", "AAPL"), ("AAPL", "AAPL"), ("aple", "APLE"),
        ("alphabet class a", "GOOGL"), ("class c alphabet", "GOOG"),
        ("berkshre", "BRK.B"), ("hathaway berkshire", "BRK.B"),
        ("jp morgan", "JPM"), ("j.p. morgan", "JPM"), ("jpmorganchase", "JPM"), ("at&t", "T"), ("AT & T Inc", "T"),
        ("brk.b", "BRK.B"), ("brk-b", "BRK.B"), ("BRK B", "BRK.B"), ("brk/b", "BRK.B"), ("mfst", "MSFT"),
        ("microsfot", "MSFT"), ("mircosoft", "MSFT"), ("googel", "GOOGL"), ("nestle", "NSRGY"), ("NESTLÉ", "NSRGY"),
        ("coca cola", "KO"), ("the coca-cola company", "KO"), ("wal mart", "WMT"), ("bank america", "BAC"),
        ("semicon", "NVDA"), ("apple hardware", "AAPL"), ("consolidted edisn", "ED"), ("v", "V"), ("t mobile", "TMUS"),
    ],
)  # fmt: skip
def test_what_is_meant_comes_first(index, query, first):
    assert tickers(index, query)[:1] == [first]


@pytest.mark.parametrize(
    ("query", "match"),
    [
        ("BRK.B", Match.TICKER),
        ("brk.b", Match.TICKER),
        ("brk-b", Match.TICKER_OTHERWISE),
        ("nvidia corp", Match.NAME),
        ("goog", Match.TICKER),
        ("nv", Match.TICKER_BEGINS),
        ("berk hatha", Match.WORDS),
        ("nvidia semiconductors", Match.FIELDS),
        ("nvdia", Match.LIKE),
    ],
)
def test_how_it_matches_is_told(index, query, match):
    assert index.search(query)[0].match is match


def test_the_larger_company_comes_first_among_equals(index):
    assert tickers(index, "diversified banks") == ["JPM", "BAC"]
    assert tickers(index, "micro", 2) == ["MSFT", "MU"]
    assert tickers(index, "berkshire", 2) == ["BRK.B", "BHLB"]
    assert tickers(index, "alphabet") == ["GOOG", "GOOGL"], "of one size: by ticker"


@pytest.mark.parametrize("query", ["", "   ", "\t", "😀", "!!!", "&", "xyzzyq", "日本", "\u0301"])
def test_what_means_nothing_finds_nothing(index, query):
    assert index.search(checked(query)) == []


@pytest.mark.parametrize("query", ["a" * 201, "a\x00b", "\u202eapple", "x" * 10_000, "\ud800"])
def test_what_is_no_query_is_refused(index, query):
    with pytest.raises(BadUserInput, match="expected a query of"):
        found_page(index, query, PageRequest(limit=5))


@pytest.mark.parametrize("query", ["\ufdfa" * 200, "a " * 100, "z" * 200, "a\u0301" * 100, "'" * 200, "ab" * 100])
def test_hostile_queries_take_a_few_milliseconds(query):
    large = CompanyIndex(board([(f"T{number}", f"Aa{number} Bb{number % 97}", "Banks", 1) for number in range(5_000)]))
    large.search(query)

    before = time.process_time()
    large.search(checked(query))

    assert time.process_time() - before < 0.05


def test_those_that_have_left_the_lists_are_not_found():
    gone = CompanyIndex(board(is_active=False))

    assert gone.search("NVDA") == gone.search("nvidia") == []


def test_no_more_than_five_hundred_are_found():
    many = CompanyIndex(board([(f"T{number:05}", "Same Name", "Banks", number) for number in range(1_200)]))

    found = tickers(many, "same name")

    assert (len(found), found[0], found[-1]) == (MOST_FOUND, "T01199", "T00700")


NAMES = st.sampled_from(
    ["Apple", "Aple", "Maple Leaf", "NVIDIA", "AT&T", "Bank", "Bank One", "A B C", "ABC", "Apple Bank"]
)
COMPANIES = st.lists(
    st.tuples(st.text("AB.-", min_size=1, max_size=4), NAMES, st.sampled_from(["Banks", "Apples"]), st.integers(1, 3)),
    min_size=1,
    max_size=12,
    unique_by=lambda company: company[0],
)
QUERIES = st.sampled_from(["a", "ab", "apple", "bank", "aple bank", "abc", "a.b", "nvdia", "at t", "banks"])


@settings(deadline=None)
@given(COMPANIES, st.data())
def test_an_exact_ticker_is_always_first(known, data):
    ticker, _, _, _ = data.draw(st.sampled_from(known))

    assert tickers(CompanyIndex(board(known)), ticker)[0] == ticker


@settings(deadline=None)
@given(COMPANIES, QUERIES, st.randoms(use_true_random=False))
def test_the_order_does_not_rest_on_the_order_of_rows(known, query, chance):
    shuffled = list(known)
    chance.shuffle(shuffled)

    found = CompanyIndex(board(shuffled))

    assert tickers(found, query) == tickers(CompanyIndex(board(known)), query)
    places = [place_of(found, hit) for hit in found.search(query)]
    assert places == sorted(places)


@settings(deadline=None)
@given(COMPANIES, COMPANIES, QUERIES)
def test_more_companies_never_hide_what_matches_as_it_is_spelled(known, more, query):
    new = [company for company in more if company[0] not in {ticker for ticker, *_ in known}]
    before, after = CompanyIndex(board(known)), CompanyIndex(board(known + new))

    spelled = {before.board.companies[hit.row].ticker for hit in before.search(query) if hit.match < Match.LIKE}

    assert spelled <= set(tickers(after, query))


def test_pages_meet(index):
    whole = found_page(index, "a", PageRequest(limit=100))
    first = found_page(index, "a", PageRequest(limit=3))
    rest = found_page(index, "a", PageRequest(limit=100, after=place_of(index, first.rows[-1])))

    assert [*first.rows, *rest.rows] == whole.rows
    assert (first.has_next, first.total, rest.has_previous) == (True, len(whole.rows), True)


def test_where_only_numbers_have_changed_the_words_are_kept(index):
    other = board([(ticker, name, industry, 10_000 - size) for ticker, name, industry, size in KNOWN])

    kept = followed(index, other)

    assert kept.texts is index.texts
    assert (tickers(kept, "berkshire", 2), tickers(index, "berkshire", 2)) == (["BHLB", "BRK.B"], ["BRK.B", "BHLB"])
    renamed = followed(index, board([("NVDA", "Envidia", "Chips", 1)]))
    assert tickers(renamed, "envidia") == ["NVDA"]


async def test_what_is_published_is_found(resources):
    boards, searches = resources.shared(Boards), resources.shared(Searches)
    await make_known(resources, [Record(ticker="NVDA", texts={"name": "NVIDIA"})])
    first = await searches.index_of(await boards.latest())
    assert await searches.index_of(await boards.latest()) is first

    await make_known(resources, [Record(ticker="APLE", texts={"name": "Apple"})], as_of=NEXT)

    assert tickers(await searches.index_of(await boards.latest()), "appel") == ["APLE"]
    assert tickers(first, "appel") == []


# As people type the names of large companies.
MISSPELLED = {
    "microsft": "MSFT", "mircosoft": "MSFT", "micosoft": "MSFT", "nvida": "NVDA", "nividia": "NVDA", "amazn": "AMZN",
    "amozon": "AMZN", "gooogle": "GOOGL", "alphabt": "GOOG", "telsa": "TSLA", "tesls": "TSLA", "netflx": "NFLX",
    "netfilx": "NFLX", "wallmart": "WMT", "cosco": "COST", "costcco": "COST", "johnson and jonson": "JNJ",
    "jonson & johnson": "JNJ", "procter and gambel": "PG", "proctor gamble": "PG", "mastecard": "MA",
    "master card": "MA", "exon mobil": "XOM", "exxonmobile": "XOM", "chevorn": "CVX", "phizer": "PFE", "fizer": "PFE",
    "mcdonalds": "MCD", "macdonalds": "MCD", "starbuks": "SBUX", "boing": "BA", "catepillar": "CAT", "pepsi co": "PEP",
    "pepsy": "PEP", "home deopt": "HD", "oracel": "ORCL", "sales force": "CRM", "adobee": "ADBE", "qualcom": "QCOM",
    "broadcomm": "AVGO", "goldmann sachs": "GS", "goldman sacks": "GS", "morgan stanely": "MS", "wells fargoo": "WFC",
    "citi group": "C", "bank of amerca": "BAC", "united heath": "UNH", "unitedhealt": "UNH", "elli lilly": "LLY",
    "eli lily": "LLY", "abvie": "ABBV", "merk": "MRK", "thermo fischer": "TMO", "danahar": "DHR", "lockhead": "LMT",
    "lockheed martn": "LMT", "honywell": "HON", "caterpiler": "CAT", "vericon": "VZ", "verison": "VZ",
    "disny": "DIS", "walt disney": "DIS", "comcst": "CMCSA", "nextera enegry": "NEE", "chipoltle": "CMG",
    "chipolte": "CMG", "air bnb": "ABNB", "palanteer": "PLTR", "palintir": "PLTR", "crowd strike": "CRWD",
}  # fmt: skip


def test_real_misspellings_among_the_companies_of_the_index():
    path = FUNDAMENTALS / "companies.csv"
    if not path.exists():
        pytest.skip("the companies of trials lie outside of the project")
    with path.open() as file:
        rows = list(csv.DictReader(file))
    with (FUNDAMENTALS / "company_screen_2025-09-22.csv").open() as file:
        sizes = {row["symbol"]: float(row["market_cap"]) for row in csv.DictReader(file) if row["market_cap"]}
    real = CompanyIndex(
        board([(row["symbol"], row["name"], row["industry"], sizes.get(row["symbol"], 0) / 1e9) for row in rows])
    )
    asked = {query: ticker for query, ticker in MISSPELLED.items() if ticker in real.board.tickers}

    wrong = {query: tickers(real, query, 2) for query, ticker in asked.items() if tickers(real, query, 1) != [ticker]}
    chance = random.Random(7)
    made = [(_mistyped(row["name"], chance), row["name"]) for row in rows for _ in range(2)]
    names = [real.board.companies[hits[0].row].name if (hits := real.search(each)) else "" for each, _ in made]

    right = sum(found == meant for found, (_, meant) in zip(names, made, strict=True)) / len(made)
    print(f"recall@1: {1 - len(wrong) / len(asked):.3f} of {len(asked)} real ones, {right:.3f} of {len(made)} made")
    assert wrong == {}
    assert right > 0.97


def _mistyped(name, chance):
    """One letter left out, doubled, changed or swapped with the next."""
    place = chance.randrange(len(name) - 1)
    pair = name[place : place + 2]
    other = chance.choice(["", pair[0] * 2, chance.choice("abcdefghijklmnopqrstuvwxyz"), pair[::-1]])
    kept = name[place + 2 :] if other == pair[::-1] and len(other) == 2 else name[place + 1 :]
    return name[:place] + other + kept
