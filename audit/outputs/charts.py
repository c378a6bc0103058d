"""Small charts as inline SVG: a line over the years, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

WIDTH, HEIGHT, EDGE = 150, 40, 5


def line(points: Sequence[tuple[int, Decimal]], years: Sequence[int], label: str, breaks: Sequence[int] = ()) -> Markup:
    """The values of some of the years as a line from the first year to the last. breaks: years before which the line is cut, for what stands on
    both sides cannot be compared. label: what a person who cannot see it is told."""
    if not points:
        return Markup("")
    pieces: list[list[tuple[int, Decimal]]] = [[]]
    for year, value in points:
        if year in breaks and pieces[-1]:
            pieces.append([])
        pieces[-1].append((year, value))
    drawn = []
    for piece in pieces:
        low, high = min(v for _, v in piece), max(v for _, v in piece)
        places = [(across(y, years), down(v, low, high)) for y, v in piece]
        if len(places) > 1:
            drawn.append(Markup('<polyline points="{}"/>').format(" ".join(f"{x:.1f},{y:.1f}" for x, y in places)))
        drawn += [Markup('<circle cx="{}" cy="{}" r="2"/>').format(f"{x:.1f}", f"{y:.1f}") for x, y in places]
    drawn.append(Markup('<circle class="last" cx="{}" cy="{}" r="3"/>').format(*(f"{n:.1f}" for n in places[-1])))
    drawn += [Markup('<line class="cut" x1="{0}" x2="{0}" y1="0" y2="{1}"/>').format(f"{across(y, years) - step(years) / 2:.1f}", HEIGHT) for y in breaks]
    return Markup('<svg class="chart" role="img" viewBox="0 0 {} {}" width="{}" height="{}" aria-label="{}"><title>{}</title>{}</svg>').format(
        WIDTH, HEIGHT, WIDTH, HEIGHT, label, label, Markup("").join(drawn))


def step(years: Sequence[int]) -> float:
    """How far two years stand apart."""
    return (WIDTH - 2 * EDGE) / max(1, years[-1] - years[0])


def across(year: int, years: Sequence[int]) -> float:
    """The place of a year from the left."""
    return EDGE + (year - years[0]) * step(years)


def down(value: Decimal, low: Decimal, high: Decimal) -> float:
    """The place of a value from the top; a line that never moves runs in the middle."""
    if high == low:
        return HEIGHT / 2
    return EDGE + float((high - value) / (high - low)) * (HEIGHT - 2 * EDGE)


