"""How a higher slice adds fields to a lower slice's type."""

import pytest
import strawberry

from schema.shared.extension import extends


def make_lower():
    @strawberry.type
    class Instrument:
        symbol: str

    return Instrument


def make_higher(lower, *, name="company"):
    async def resolver(root: strawberry.Parent[lower], suffix: str = "Inc.") -> str:  # type: ignore[valid-type]
        return f"{root.symbol} {suffix}"  # type: ignore[attr-defined]

    return type("InstrumentWithCompany", (), {name: strawberry.field(resolver, description="Who issued it.")})


async def test_a_type_has_the_fields_of_its_extension():
    lower = make_lower()
    extends(lower)(strawberry.type(make_higher(lower)))

    @strawberry.type
    class Query:
        @strawberry.field
        def instrument(self) -> lower:  # type: ignore[valid-type]
            return lower(symbol="AAA")  # type: ignore[no-any-return]

    schema = strawberry.Schema(Query)
    result = await schema.execute('{ instrument { symbol company other: company(suffix: "AG") } }')

    assert result.errors is None
    assert result.data == {"instrument": {"symbol": "AAA", "company": "AAA Inc.", "other": "AAA AG"}}
    assert '"""Who issued it."""' in schema.as_str()
    # The type of the extension itself is no part of the schema.
    assert "InstrumentWithCompany" not in schema.as_str()


@pytest.mark.parametrize("name", ["symbol", "company"])
def test_a_field_that_is_there_is_not_added_again(name):
    lower = make_lower()
    extends(lower)(strawberry.type(make_higher(lower)))

    with pytest.raises(TypeError, match=f"expected a new field for Instrument, got {name}, which it has"):
        extends(lower)(strawberry.type(make_higher(lower, name=name)))


def test_nothing_is_added_when_one_of_several_is_there():
    lower = make_lower()
    higher = make_higher(lower)
    higher.symbol = strawberry.field(lambda: "BBB", graphql_type=str)

    with pytest.raises(TypeError):
        extends(lower)(strawberry.type(higher))

    assert [field.python_name for field in lower.__strawberry_definition__.fields] == ["symbol"]
