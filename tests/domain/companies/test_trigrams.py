"""Words that are like others: errors counted as by the textbook, and candidates that miss nothing that is near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.companies.folding import compact, pairs, telling, words
from domain.companies.trigrams import LEAST_CLOSENESS, Vocabulary, closeness, errors_between

SHORT = st.text(alphabet="abcé日", min_size=1, max_size=9)
LONG = st.text(alphabet="ab日", min_size=1, max_size=32)


def by_the_book(one, other):
    """The optimal string alignment distance, cell by cell."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if not i or not j:
                rows[i][j] = i + j
                continue
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(SHORT | LONG, st.lists(SHORT | LONG, min_size=1, max_size=5))
def test_errors_are_counted_as_by_the_textbook(typed, known):
    assert errors_between(typed, known).tolist() == [by_the_book(typed, word) for word in known]


@pytest.mark.parametrize(
    ("typed", "word", "errors"),
    [("nvdia", "nvidia", 1), ("mfst", "msft", 1), ("berkshre", "berkshire", 1), ("ca", "abc", 3), ("abc", "a", 2)],
)
def test_errors(typed, word, errors):
    assert errors_between(typed, [word]).tolist() == [errors]


def test_the_first_letter_counts_for_more():
    assert closeness("apple", ["apple", "apply", "epple"]).tolist() == pytest.approx([1.0, 0.8 + 0.02, 0.8])


@given(st.lists(SHORT, unique=True, max_size=8), SHORT)
def test_who_is_one_error_away_in_a_short_word_is_always_found(known, typed):
    vocabulary = Vocabulary(sorted(known))

    found = {vocabulary.words[place] for place, _ in vocabulary.like(typed)}

    near = {word for word in known if by_the_book(typed, word) <= 1 and min(len(typed), len(word)) >= 3}
    assert {word for word in near if max(len(word), len(typed)) <= 8} <= found
    assert not found or closeness(typed, sorted(found)).min() >= LEAST_CLOSENESS


@pytest.mark.parametrize("typed", ["internatoinal", "intrenational", "internationl", "international", "inernatonal"])
def test_a_long_word_is_found_by_what_errors_leave(typed):
    vocabulary = Vocabulary(sorted(["international", "interval", "national", "rational", "internal"]))

    place, _ = max(vocabulary.like(typed), key=lambda pair: pair[1])

    assert vocabulary.words[place] == "international"


def test_nothing_is_like_a_word_of_two_letters_or_in_no_vocabulary():
    assert Vocabulary(["ab", "abc"]).like("ab") == []
    assert Vocabulary([]).like("abc") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nestlé S.A. (ADR)", "nestle sa adr"),
        ("McDonald's", "mcdonalds"),
        ("AT&T", "at t"),
        ("Ørsted A/S", "orsted a s"),
        ("Mærsk ß", "maersk ss"),
        ("ＡＰＰＬＥ", "apple"),
        ("U.S. Bancorp", "us bancorp"),
        ("Łódź", "lodz"),
        ("三菱 UFJ", "三菱 ufj"),
        ("\u212bngstr\u00f6m", "angstrom"),
        ("a_b  \t c", "a b c"),
        ("😀 !!", ""),
        ("x" * 50, "x" * 32),
    ],
)
def test_words(text, found):
    assert " ".join(words(text)) == found


def test_words_that_tell_and_words_as_one():
    assert telling(["the", "coca", "cola", "company"]) == ["coca", "cola"]
    assert telling(["the", "company"]) == ["the", "company"]
    assert compact(["jp", "morgan"]) == "jpmorgan"
    assert pairs(["a", "b", "c"]) == ["ab", "bc"]
