from hashlib import sha256

import pytest
from graphql import OperationType

from api.documents import BoundedStore, DocumentRefused, Documents, PersistedDocuments, may_see_schema
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import BadRequest, CostLimit
from schema.shared.limits import Limits
from tests.api.example import schema


@pytest.fixture
def documents() -> Documents:
    return Documents(schema, Limits())


def refusal_of(
    documents: Documents, text: str, operation_name: str | None = None, **options: object
) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as refused:
        documents.prepare(text, operation_name, None, **options)  # type: ignore[arg-type]
    return refused.value


def test_the_same_text_is_prepared_once(documents: Documents):
    first = documents.prepare("{ quote { symbol } }", None, None)

    assert documents.prepare("{ quote { symbol } }", None, {"a": 1}) is first
    assert documents.prepare("{ quote { rank } }", None, None) is not first
    assert first.kind is OperationType.QUERY
    assert first.fingerprint == sha256(b"{ quote { symbol } }").hexdigest()


@pytest.mark.parametrize(
    ("roles", "may"), [({Role.DEVELOPER}, True), ({Role.ADMIN}, True), ({Role.USER}, False), (set(), False)]
)
def test_who_may_see_the_schema_where_others_may_not(roles: set[Role], may: bool):
    assert may_see_schema(Actor(roles=frozenset(roles))) is may


def test_a_refusal_is_kept(documents: Documents):
    first = refusal_of(documents, "{ nothing }")

    assert refusal_of(documents, "{ nothing }").errors is first.errors


def test_an_operation_is_chosen_by_name(documents: Documents):
    text = "query A { nan } mutation B { touch }"

    assert documents.prepare(text, "A", None).kind is OperationType.QUERY
    assert documents.prepare(text, "B", None).kind is OperationType.MUTATION
    assert "to choose one, got 2" in str(refusal_of(documents, text))
    assert "another name" in str(refusal_of(documents, text, "C"))
    assert "another name" in str(refusal_of(documents, text, ""))
    assert "got 0" in str(refusal_of(documents, "fragment A on Quote { symbol }"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{ }",
        "{ quote }",
        "{ quote { } }",
        "{ quote { symbol { a } } }",
        "{ nan(x: 1) }",
        "type A { b: Int }",
        "{ quote { ...A } }",
        "query($a: Int) { nan }",
        "{ nan } { nan }",
        "subscription { ticks { symbol } refused }",
        "{ nan @stream }",
        "\x00",
        "{ na\x00n }",
    ],
)
def test_what_is_not_of_the_schema_is_refused(documents: Documents, text: str):
    assert refusal_of(documents, text).errors


def test_too_long_a_document_is_refused_and_not_kept():
    documents = Documents(schema, Limits(length=100))
    text = "{ nan } #" + "é" * 60

    assert "at most 100 bytes" in str(refusal_of(documents, text))
    assert "at most 100 bytes" in str(refusal_of(documents, "{ nan } #" + " " * 1000))
    assert documents.prepare("{ nan } #" + "é" * 40, None, None)


def test_tokens_are_at_most_1000(documents: Documents):
    assert "1000 tokens" in str(refusal_of(documents, "{" + "nan " * 1000 + "}"))


def test_cost_is_counted_with_the_variables_of_each_request(documents: Documents):
    text = "query($n: Int) { page(first: $n) { edges { node { related { symbol } } } } }"

    prepared = documents.prepare(text, None, {"n": 100})
    assert documents.prepare(text, None, {"n": 10}) is prepared
    with pytest.raises(DocumentRefused, match="at most 1000, got 1501") as refused:
        documents.prepare(text, None, {"n": 500})
    assert isinstance(refused.value.errors[0].original_error, CostLimit)


def test_introspection_and_suggestions_are_for_the_privileged_where_they_are_off():
    documents = Documents(schema, Limits(introspection=False, suggestions=False))

    assert "introspection" in str(refusal_of(documents, "{ __schema { queryType { name } } }"))
    assert "introspection" in str(refusal_of(documents, '{ nan __type(name: "Query") { name } }'))
    assert "introspection" in str(
        refusal_of(documents, '{ ...A } fragment A on Query { __type(name: "Query") { name } }')
    )
    assert documents.prepare("{ __typename }", None, None)
    assert documents.prepare("{ __schema { queryType { name } } }", None, None, privileged=True)
    assert "introspection" in str(refusal_of(documents, "{ __schema { queryType { name } } }"))
    assert "Did you mean" not in str(refusal_of(documents, "{ quots }"))
    assert "Did you mean" in str(refusal_of(documents, "{ quots }", privileged=True))
    assert "Did you mean" in str(refusal_of(Documents(schema, Limits()), "{ quots }"))


def test_nodes_that_are_looked_for_on_their_connection_are_told_where_they_are():
    document = "{ page(first: 1) { symbol nonsense edges { node { symbol } } } }"

    refused = str(refusal_of(Documents(schema, Limits()), document))

    assert "Did you mean 'edges { node { symbol } }'?" in refused
    assert refused.count("Did you mean") == 1
    assert "nonsense" in refused
    assert "Did you mean" not in str(refusal_of(Documents(schema, Limits(suggestions=False)), document))


def test_a_store_forgets_what_was_used_least_recently():
    store: BoundedStore[str, int] = BoundedStore(100)
    store.keep("a", 1, 40)
    store.keep("b", 2, 40)
    assert store.get("a") == 1
    store.keep("c", 3, 40)

    assert (store.get("a"), store.get("b"), store.get("c")) == (1, None, 3)
    store.keep("a", 4, 10)
    assert (store.get("a"), len(store), store.size) == (4, 2, 50)
    store.keep("d", 5, 101)
    assert store.get("d") is None
    assert store.size == 50


def test_what_is_kept_of_documents_is_bounded():
    documents = Documents(schema, Limits(), accepted_bytes=100_000, refused_bytes=50_000)
    for number in range(2000):
        documents.prepare(f"{{ a{number}: nan }}", None, None)
        refusal_of(documents, f"{{ a{number} }}")

    assert documents._accepted.size <= 100_000
    assert documents._refused.size <= 50_000
    assert len(documents._accepted) > 10


def test_persisted_documents_are_found_by_their_hash():
    persisted = PersistedDocuments(capacity=1000)
    text = "{ nan }"
    fingerprint = sha256(text.encode()).hexdigest()

    assert persisted.find(fingerprint) is None
    persisted.store(text, fingerprint.upper())
    assert persisted.find(fingerprint) == persisted.find(fingerprint.upper()) == text
    with pytest.raises(BadRequest, match="SHA-256 of the query"):
        persisted.store("{ other }", fingerprint)
    for number in range(100):
        other = f"{{ a{number}: nan }}"
        persisted.store(other, sha256(other.encode()).hexdigest())
    assert persisted.find(fingerprint) is None
