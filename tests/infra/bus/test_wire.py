import gc
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone
from enum import IntEnum
from typing import ClassVar
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.infra.bus.wire import Undecodable, _dataclass_codec, _name_of, decode, encode
from domain.kernel.events import Event, event_types
from tests.infra.bus.samples import BusAmount, BusColor, BusEverything, BusSide, BusTicked, tick

_zones = st.one_of(
    st.none(), st.just(UTC), st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
)
_moments = st.datetimes(timezones=_zones)
_decimals = st.decimals(allow_nan=False)
_texts = st.text(st.characters(exclude_categories=["Cs"]))
_amounts = st.builds(BusAmount, value=_decimals, currency=_texts)

everything = st.builds(
    BusEverything,
    id=st.uuids(),
    text=_texts,
    count=st.integers(),
    flag=st.booleans(),
    day=st.dates(),
    moment=_moments,
    price=_decimals,
    color=st.sampled_from(BusColor),
    side=st.none() | st.sampled_from(BusSide),
    amount=_amounts,
    maybe=st.none() | _amounts,
    tags=st.lists(_texts, max_size=3).map(tuple),
    levels=st.lists(st.tuples(st.integers(), _decimals), max_size=3).map(tuple),
    moments=st.none() | st.lists(st.none() | _moments, max_size=3).map(tuple),
)


@given(everything)
def test_reads_what_it_wrote(event):
    read = decode(encode(event))

    assert isinstance(read, BusEverything)
    assert read == event
    assert str(read.price) == str(event.price)
    assert read.moment.utcoffset() == event.moment.utcoffset()


def test_an_enum_of_integers_in_a_field_of_integers_is_its_number():
    class Level(IntEnum):
        HIGH = 3

    assert decode(encode(tick(Level.HIGH))) == tick(3)


def test_passes_over_fields_that_this_version_does_not_know():
    assert decode('["BusTicked",{"ticker":"AAA","sequence":7,"added_later":[1]}]') == tick(7)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "{",
        "[]",
        '["NoSuchEvent",{}]',
        '["BusTicked",{"ticker":"AAA"}]',
        '["BusTicked",{"ticker":"AAA","sequence":"x"}]',
        '["BusTicked",7]',
        '[["BusTicked"],{}]',
        '["BusColor",{}]',
        '["Event",{}]',
    ],
)
def test_refuses_what_is_no_event(text):
    with pytest.raises(Undecodable, match="expected an event of this program, got"):
        decode(text)


def test_refuses_a_price_that_is_no_decimal():
    event = {"value": "twelve", "currency": "USD"}
    with pytest.raises(Undecodable):
        decode(orjson.dumps(["BusEverything", {"amount": event}]).decode())


def test_refuses_to_write_a_field_of_a_type_that_the_bus_cannot_carry():
    @dataclass(frozen=True, kw_only=True)
    class BusUncarried(Event):
        CHANNEL: ClassVar[str] = "test:uncarried"

        payload: dict[str, int]

    with pytest.raises(TypeError, match=r"expected a type that the bus can carry .* got dict\[str, int\]"):
        encode(BusUncarried(payload={}))
    del BusUncarried
    gc.collect()


def test_refuses_to_write_one_of_two_events_with_one_name():
    def namesake():
        @dataclass(frozen=True, kw_only=True)
        class BusNamesake(Event):
            CHANNEL: ClassVar[str] = "test:namesake"

        return BusNamesake

    one, other = namesake(), namesake()
    with pytest.raises(TypeError, match="expected one event of the name BusNamesake, got"):
        # Whichever of the two is found by the name, the other is refused.
        _ = encode(one()) + encode(other())
    del one, other
    _name_of.cache_clear()
    _dataclass_codec.cache_clear()
    gc.collect()
    assert "BusNamesake" not in event_types()


def test_channel_of_an_event_is_the_one_listened_to():
    number = UUID(int=5)

    assert BusTicked.channel(ticker="AAA") == tick(1).own_channel
    assert BusEverything.channel(id=number) == "test:everything:00000000-0000-0000-0000-000000000005"
