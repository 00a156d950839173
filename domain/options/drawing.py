"""Plain pictures of curves as SVG text: axes with ticks and labels, lines, points and a legend; pure, and bounded.

Nothing that a picture holds comes from outside as it is: text is escaped, numbers are written by us, and there is
neither script nor link nor style sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape

import numpy as np

from domain.market.types import Vector

WIDTH: Final = 860
HEIGHT: Final = 440
# The legend stands right of the axes, where no curve runs.
_LEFT, _RIGHT, _TOP, _BOTTOM = 78, 136, 46, 56
# Points of one line, lines, and characters of a label: a picture of all has less than 100,000 characters.
_MOST_POINTS: Final = 240
_MOST_LINES: Final = 24
_MOST_CHARACTERS: Final = 60
_INK, _PALE, _GRID = "#1f2933", "#52606d", "#e4e7eb"
# Letters stay readable over a curve.
_HALO: Final = 'stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
_FONT: Final = 'font-family="Helvetica, Arial, sans-serif"'


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A curve, its color and its name in the legend."""

    x: Vector
    y: Vector
    color: str
    name: str
    is_dashed: bool = False
    dots: tuple[Vector, Vector] | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the x axis that is told apart: a dot on the zero line, or a line from top to bottom."""

    x: float
    label: str
    is_line: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is drawn; the numbers at the axes are as short as their steps allow."""

    title: str
    x_label: str
    y_label: str
    lines: Sequence[Line]
    marks: Sequence[Mark] = field(default=())
    has_zero_line: bool = False
    y_factor: float = 1.0
    """By which the numbers at the y axis are multiplied: 100 for percent."""


def svg(picture: Picture) -> str | None:
    """Return the picture as SVG text; None where there is nothing finite to draw."""
    lines = [shown for each in picture.lines[:_MOST_LINES] if (shown := _thinned(each)) is not None]
    if not lines:
        return None
    frame = _Frame.of(lines, picture.has_zero_line)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
            f'role="img" aria-label="{_text(picture.title, quoted=True)}" {_FONT} font-size="12" fill="{_INK}">'
        ),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="26" font-size="16" font-weight="600">{_text(picture.title)}</text>',
        *_axes(picture, frame),
        *(_mark_line(mark, frame) for mark in picture.marks if mark.is_line and frame.holds(mark.x)),
        *(part for line in lines for part in _drawn(line, frame)),
        *_dots(picture.marks, frame),
        *_legend(lines),
        "</svg>",
    ]
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The axes' ranges, and where numbers lie in the picture."""

    low_x: float
    high_x: float
    low_y: float
    high_y: float

    @classmethod
    def of(cls, lines: Sequence[Line], has_zero_line: bool) -> "_Frame":
        xs = np.concatenate([line.x for line in lines])
        ys = np.concatenate([column for line in lines for column in (line.y, *(line.dots or ())[1:])])
        low, high = float(ys.min()), float(ys.max())
        if has_zero_line:
            low, high = min(low, 0.0), max(high, 0.0)
        space = 0.07 * (high - low) or 0.05 * max(abs(high), 1.0)
        low_x, high_x = float(xs.min()), float(xs.max())
        if low_x == high_x:
            low_x, high_x = low_x - 0.5, high_x + 0.5
        return cls(low_x, high_x, low - space, high + space)

    def holds(self, x: float) -> bool:
        """Whether a place is between the ends of the x axis."""
        return self.low_x <= x <= self.high_x

    def x(self, number: float) -> float:
        """Return where a number of the x axis lies."""
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (number - self.low_x) / (self.high_x - self.low_x)

    def y(self, number: float) -> float:
        """Return where a number of the y axis lies."""
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * (number - self.low_y) / (self.high_y - self.low_y)


def ticks(low: float, high: float, most: int = 7) -> tuple[list[float], int]:
    """Return round numbers from low to high, at most so many and two more, and the decimal places that they need."""
    rough = (high - low) / most
    power = 10.0 ** np.floor(np.log10(rough))
    step = power * next(each for each in (1, 2, 2.5, 5, 10) if each * power >= rough * (1 - 1e-9))
    first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
    places = max(0, -int(np.floor(np.log10(step) + 1e-9)))
    if round(step * 10**places, 6) != round(step * 10**places):
        places += 1
    return [number * step for number in range(first, last + 1)], places


def _axes(picture: Picture, frame: _Frame) -> list[str]:
    right, bottom = WIDTH - _RIGHT, HEIGHT - _BOTTOM
    parts = []
    for number, label in _labelled(frame.low_x, frame.high_x, 1.0):
        at = frame.x(number)
        parts.append(f'<path d="M{at:.1f} {_TOP}V{bottom}" stroke="{_GRID}"/>')
        parts.append(f'<text x="{at:.1f}" y="{bottom + 18}" text-anchor="middle" fill="{_PALE}">{label}</text>')
    for number, label in _labelled(frame.low_y, frame.high_y, picture.y_factor):
        at = frame.y(number)
        parts.append(f'<path d="M{_LEFT} {at:.1f}H{right}" stroke="{_GRID}"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end" fill="{_PALE}">{label}</text>')
    if picture.has_zero_line:
        parts.append(f'<path d="M{_LEFT} {frame.y(0):.1f}H{right}" stroke="{_PALE}" stroke-width="1.2"/>')
    parts.append(f'<path d="M{_LEFT} {_TOP}V{bottom}H{right}" fill="none" stroke="{_PALE}"/>')
    middle_x, middle_y = (_LEFT + right) / 2, (_TOP + bottom) / 2
    parts.append(f'<text x="{middle_x:.1f}" y="{HEIGHT - 14}" text-anchor="middle">{_text(picture.x_label)}</text>')
    turn = f'transform="rotate(-90 18 {middle_y:.1f})"'
    parts.append(f'<text x="18" y="{middle_y:.1f}" text-anchor="middle" {turn}>{_text(picture.y_label)}</text>')
    return parts


def _labelled(low: float, high: float, factor: float) -> list[tuple[float, str]]:
    numbers, places = ticks(low * factor, high * factor)
    return [(number / factor, f"{number + 0.0:,.{places}f}".replace("-", "−")) for number in numbers]


def _drawn(line: Line, frame: _Frame) -> list[str]:
    points = " ".join(f"{frame.x(x):.1f},{frame.y(y):.1f}" for x, y in zip(line.x, line.y, strict=True))
    dash = ' stroke-dasharray="6 4"' if line.is_dashed else ""
    parts = [f'<polyline points="{points}" fill="none" stroke="{line.color}" stroke-width="2"{dash}/>']
    if line.dots is not None:
        circles = "".join(f"M{frame.x(x) - 2:.1f} {frame.y(y):.1f}h4m-2 -2v4" for x, y in zip(*line.dots, strict=True))
        parts.append(f'<path d="{circles}" stroke="{line.color}" stroke-opacity="0.6"/>')
    return parts


def _mark_line(mark: Mark, frame: _Frame) -> str:
    at = frame.x(mark.x)
    anchor, shift = ("end", -5) if at > WIDTH - _RIGHT - 120 else ("start", 5)
    return (
        f'<path d="M{at:.1f} {_TOP}V{HEIGHT - _BOTTOM}" stroke="{_PALE}" stroke-dasharray="2 3"/>'
        f'<text x="{at + shift:.1f}" y="{HEIGHT - _BOTTOM - 8}" text-anchor="{anchor}" fill="{_PALE}" {_HALO}>'
        f"{_text(mark.label)}</text>"
    )


def _dots(marks: Sequence[Mark], frame: _Frame) -> list[str]:
    """Return dots on the zero line; labels that would touch the one before are left out."""
    parts: list[str] = []
    free = float("-inf")
    for mark in sorted((each for each in marks if not each.is_line and frame.holds(each.x)), key=lambda each: each.x):
        at, height = frame.x(mark.x), frame.y(0)
        parts.append(
            f'<circle cx="{at:.1f}" cy="{height:.1f}" r="4.5" fill="#ffffff" stroke="{_INK}" stroke-width="2"/>'
        )
        half = 3.6 * len(mark.label)
        if at - half > free:
            parts.append(
                f'<text x="{at:.1f}" y="{height - 11:.1f}" text-anchor="middle" {_HALO}>{_text(mark.label)}</text>'
            )
            free = at + half
    return parts


def _legend(lines: Sequence[Line]) -> list[str]:
    parts = []
    left = WIDTH - _RIGHT + 14
    apart = min(19.0, (HEIGHT - _TOP - _BOTTOM) / len(lines))
    for place, line in enumerate(lines):
        y = _TOP + 10 + apart * place
        dash = ' stroke-dasharray="6 4"' if line.is_dashed else ""
        parts.append(f'<path d="M{left} {y - 4:.1f}h22" stroke="{line.color}" stroke-width="2"{dash}/>')
        parts.append(f'<text x="{left + 28}" y="{y:.1f}">{_text(line.name)}</text>')
    return parts


def _thinned(line: Line) -> Line | None:
    """Return what of a line can be drawn, at most so many points; None for nothing."""
    finite = np.isfinite(line.x) & np.isfinite(line.y) & (np.abs(line.x) < 1e15) & (np.abs(line.y) < 1e15)
    places = np.flatnonzero(finite)
    if not len(places):
        return None
    chosen = _at_most(places)
    dots = line.dots
    if dots is not None:
        few = _at_most(np.flatnonzero(np.isfinite(dots[0]) & np.isfinite(dots[1])))
        dots = (dots[0][few], dots[1][few])
    return Line(line.x[chosen], line.y[chosen], line.color, line.name, line.is_dashed, dots)


def _at_most(places: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    if len(places) <= _MOST_POINTS:
        return places
    return places[np.unique(np.linspace(0, len(places) - 1, _MOST_POINTS).round().astype(np.intp))]


def _text(text: str, *, quoted: bool = False) -> str:
    plain = "".join(each for each in text[:_MOST_CHARACTERS] if each.isprintable())
    return escape(plain, {'"': "&quot;"} if quoted else {})


def shades(count: int) -> list[str]:
    """Return so many colors from dark blue to orange, which are told apart in gray as well."""
    stops = np.array([[24, 61, 122], [46, 134, 171], [94, 177, 140], [232, 163, 61], [200, 75, 49]], dtype=np.float64)
    at = np.linspace(0, len(stops) - 1, max(count, 2))
    rows = np.stack([np.interp(at, np.arange(len(stops)), each) for each in stops.T], axis=1).round().astype(int)
    return [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in rows.tolist()][:count]
