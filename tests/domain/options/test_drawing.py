"""Pictures: well-formed, escaped, bounded, and with what they should show."""

from xml.etree import ElementTree as ET

import numpy as np
import pytest

from domain.options.drawing import Line, Mark, Picture, shades, svg, ticks

SVG = "{http://www.w3.org/2000/svg}"


def picture(*lines, **more):
    usual = {"title": "Title", "x_label": "x", "y_label": "y", "lines": lines}
    return Picture(**(usual | more))


def line(x, y, name="curve"):
    return Line(np.array(x, dtype=float), np.array(y, dtype=float), "#123456", name)


def parsed(found):
    return ET.fromstring(found)  # noqa: S314 - our own text


def texts(found):
    return [each.text for each in parsed(found).iter(f"{SVG}text")]


def test_a_picture_has_its_title_axes_legend_and_marks():
    found = svg(picture(line([0, 10], [-5, 5]), marks=[Mark(5.0, "5.00"), Mark(2.0, "Spot", True)], has_zero_line=True))

    assert found is not None
    shown = texts(found)
    assert {"Title", "x", "y", "curve", "5.00", "Spot"} <= set(shown)
    assert {"0", "2", "4", "6", "8", "10", "−4", "−2"} <= set(shown)
    root = parsed(found)
    assert len(root.findall(f"{SVG}circle")) == 1
    assert root.get("viewBox") == "0 0 860 440"


def test_what_comes_from_outside_is_escaped_and_cut():
    evil = '<script>alert("1")</script>&\x00' + "z" * 1_000

    found = svg(picture(line([0, 1], [0, 1], evil), title=evil, x_label=evil, marks=[Mark(0.5, evil, True)]))

    assert found is not None
    assert "<script" not in found
    assert len(found) < 10_000
    assert texts(found)[0] == evil.replace("\x00", "")[:59]
    assert {each.tag.removeprefix(SVG) for each in parsed(found).iter()} <= {
        *("svg", "rect", "text", "path", "polyline", "circle")
    }


def test_a_picture_is_bounded_however_much_is_drawn():
    many = [line(np.linspace(0, 1, 100_000), np.random.default_rng(place).random(100_000)) for place in range(50)]

    found = svg(picture(*many))

    assert found is not None
    assert len(found) < 100_000


def test_what_is_not_finite_is_left_out():
    found = svg(picture(line([0, 1, 2, 3], [1, np.nan, np.inf, 2])))

    assert found is not None
    (curve,) = parsed(found).findall(f"{SVG}polyline")
    assert len(curve.get("points", "").split()) == 2
    assert "nan" not in found
    assert svg(picture(line([0, 1], [np.nan, np.nan]))) is None
    assert svg(picture()) is None


@pytest.mark.parametrize(("low", "high"), [(0, 10), (-412.7, 590.2), (0.1132, 0.1141), (1e-9, 3e-9), (-1e12, 1e12)])
def test_ticks_are_round_apart_alike_and_not_too_many(low, high):
    numbers, places = ticks(low, high)

    assert 3 <= len(numbers) <= 9
    assert low - 1e-9 * (high - low) <= numbers[0] < numbers[-1] <= high + 1e-9 * (high - low)
    steps = np.diff(numbers)
    np.testing.assert_allclose(steps, steps[0], rtol=1e-6)
    assert [float(f"{each:.{places}f}") for each in numbers] == pytest.approx(numbers, rel=1e-6, abs=1e-9 * steps[0])


def test_one_price_alone_is_drawn():
    assert svg(picture(line([5], [0]), has_zero_line=True)) is not None


@pytest.mark.parametrize("count", [0, 1, 2, 13, 24])
def test_there_are_as_many_colors_as_curves(count):
    assert len(set(shades(count))) == count
