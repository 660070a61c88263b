"""Geometry of the charts that the server draws: numbers in, coordinates out. Pure; words and colours stay in macros."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import segno

# The drawing's own units; the page scales it. Small enough that 14 units of letter stay readable on a phone.
WIDTH = 420
HEIGHT = 240
LEFT = 8
RIGHT = 412
TOP = 26
BOTTOM = 206

# Room above the threshold, so that its mark never stands on the very edge.
HEADROOM = 1.08
BAR_LENGTH = 1000

TILE = 56
GAP = 4
STEPS = ("#d3e9ed", "#9ccdd6", "#4f9fae", "#00657a", "#003f4d")
NO_FIGURE = "#dfe5e7"
DARK_LETTERS = "#0b2a33"
LIGHT_LETTERS = "#ffffff"


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    value: int


@dataclass(frozen=True, slots=True)
class DayTick:
    at: float
    day: date
    anchor: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line of counts over days; coordinates in a drawing of `width` × `height`."""

    line: str
    area: str
    ticks: list[Tick]
    days: list[DayTick]
    threshold_at: float | None
    last: tuple[float, float]
    first_day: date
    last_day: date
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM

    def place_of(self, day: date) -> float:
        """Where a day stands; what happened outside the drawn days stands at their edge."""
        day = min(max(day, self.first_day), self.last_day)
        span = max((self.last_day - self.first_day).days, 1)
        return round(self.left + (self.right - self.left) * (day - self.first_day).days / span, 1)


def line_chart(points: Sequence[tuple[date, int]], threshold: int | None = None) -> LineChart | None:
    """The chart of a count's history, oldest first; None if there are fewer than two days to join."""
    if len(points) < 2:
        return None
    top = max(max(count for _, count in points), threshold or 0, 1) * HEADROOM
    first, last = points[0][0], points[-1][0]
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / span, 1)

    def y(count: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * count / top, 1)

    places = [(x(day), y(count)) for day, count in points]
    line = "M" + "L".join(f"{_plain(px)} {_plain(py)}" for px, py in places)
    return LineChart(
        line=line,
        area=f"{line}V{BOTTOM}H{LEFT}Z",
        ticks=[Tick(y(value), value) for value in round_steps(top)],
        days=_day_ticks(first, last, x),
        threshold_at=y(threshold) if threshold else None,
        last=places[-1],
        first_day=first,
        last_day=last,
    )


def _day_ticks(first: date, last: date, x: Callable[[date], float]) -> list[DayTick]:
    ticks = [DayTick(x(first), first, "start"), DayTick(x(last), last, "end")]
    if (last - first).days >= 4:
        middle = first + timedelta(days=(last - first).days // 2)
        ticks.insert(1, DayTick(x(middle), middle, "middle"))
    return ticks


def round_steps(top: float, wanted: int = 4) -> list[int]:
    """Round figures from 0 to at most `top`, about `wanted` of them above zero: 0, 20, 40, 60."""
    rough = max(top / wanted, 1)
    power = 10 ** math.floor(math.log10(rough))
    step = next(int(power * factor) for factor in (1, 2, 5, 10) if power * factor >= rough)
    return list(range(0, math.floor(top) + 1, step))


def _plain(value: float) -> str:
    return f"{value:g}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far along a bar of `length` the count and the threshold stand."""

    filled: float
    threshold_at: float
    percent: int
    is_reached: bool
    length: int = BAR_LENGTH


def progress(count: int, threshold: int) -> Progress:
    """Both positions on one scale; the percentage is rounded down, so that 100 means reached."""
    full = max(threshold * HEADROOM, count, 1)
    return Progress(
        filled=round(BAR_LENGTH * count / full, 1),
        threshold_at=round(BAR_LENGTH * threshold / full, 1),
        percent=count * 100 // max(threshold, 1),
        is_reached=count >= threshold,
    )


# (column, row, short name in kk, ru, en) by ISO 3166-2. Neighbours stay neighbours; size says nothing, so that the
# three cities are seen as well as the steppe.
PLACES: dict[str, tuple[int, int, str, str, str]] = {
    "KZ-59": (3, 0, "СҚО", "СКО", "NKZ"),
    "KZ-27": (0, 1, "БҚО", "ЗКО", "WKZ"),
    "KZ-39": (2, 1, "Қост", "Кост", "Kos"),
    "KZ-11": (3, 1, "Ақм", "Акм", "Akm"),
    "KZ-71": (4, 1, "Аст", "Аст", "Ast"),
    "KZ-55": (5, 1, "Павл", "Павл", "Pav"),
    "KZ-23": (0, 2, "Атыр", "Атыр", "Atyr"),
    "KZ-15": (1, 2, "Ақт", "Акт", "Akt"),
    "KZ-62": (2, 2, "Ұлыт", "Улыт", "Ulyt"),
    "KZ-35": (3, 2, "Қар", "Кар", "Kar"),
    "KZ-10": (4, 2, "Абай", "Абай", "Abai"),
    "KZ-63": (5, 2, "ШҚО", "ВКО", "EKZ"),
    "KZ-47": (0, 3, "Маңғ", "Манг", "Mang"),
    "KZ-43": (1, 3, "Қыз", "Кыз", "Kyz"),
    "KZ-61": (2, 3, "Түрк", "Турк", "Turk"),
    "KZ-31": (3, 3, "Жамб", "Жамб", "Zham"),
    "KZ-19": (4, 3, "Алм о", "Алм о", "Alm r"),
    "KZ-33": (5, 3, "Жет", "Жет", "Zhet"),
    "KZ-79": (2, 4, "Шым", "Шым", "Shym"),
    "KZ-75": (4, 4, "Алм қ", "Алм г", "Alm c"),
}
LANGUAGE_COLUMN = {"kk": 2, "ru": 3, "en": 4}


@dataclass(frozen=True, slots=True)
class Tile:
    code: str
    short_name: str
    x: int
    y: int
    value: int | None
    fill: str
    letters: str


@dataclass(frozen=True, slots=True)
class TileMap:
    tiles: list[Tile]
    width: int
    height: int
    size: int = TILE


def tile_map(values: Mapping[str, int | None], language: str) -> TileMap:
    """The twenty regions as squares, darker for more; None (too few to show) and missing are grey."""
    largest = max((value for value in values.values() if value), default=0)
    column = LANGUAGE_COLUMN[language]
    tiles = []
    for code, place in PLACES.items():
        value = values.get(code)
        fill = NO_FIGURE if value is None else STEPS[step_of(value, largest)]
        tiles.append(
            Tile(
                code=code,
                short_name=str(place[column]),
                x=place[0] * (TILE + GAP),
                y=place[1] * (TILE + GAP),
                value=value,
                fill=fill,
                letters=readable_on(fill),
            )
        )
    columns = 1 + max(place[0] for place in PLACES.values())
    rows = 1 + max(place[1] for place in PLACES.values())
    return TileMap(tiles, width=columns * (TILE + GAP) - GAP, height=rows * (TILE + GAP) - GAP)


def step_of(value: int, largest: int) -> int:
    """Which of the five steps a value takes, in equal parts up to the largest."""
    if largest <= 0:
        return 0
    return min(len(STEPS) - 1, value * len(STEPS) // largest)


def readable_on(fill: str) -> str:
    """Dark or light letters, whichever stands out more on `fill`."""
    return max(DARK_LETTERS, LIGHT_LETTERS, key=lambda letters: contrast(letters, fill))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, 1 to 21, by WCAG 2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True, slots=True)
class QrCode:
    path: str
    size: int


@lru_cache(maxsize=512)
def qr_path(text: str) -> QrCode:
    """A QR code as one path of unit squares, with the quiet margin of four that scanners need.

    Kept, because an address is drawn again and again, and drawing it is a fifth of a petition's page.
    """
    code = segno.make(text, error="m", micro=False)
    rows = list(code.matrix_iter(border=4))
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    )
    return QrCode(path, len(rows))
