"""Geometry of charts: what the numbers come to on paper."""

from datetime import date

from app.web import charts


def test_a_line_starts_at_the_left_and_ends_at_the_right() -> None:
    drawing = charts.line_chart([(date(2026, 3, 1), 0), (date(2026, 3, 11), 100)], threshold=50)
    assert drawing is not None
    assert drawing.line.startswith(f"M{charts.LEFT} {charts.BOTTOM}L")
    assert drawing.last[0] == charts.RIGHT
    assert drawing.threshold_at is not None and drawing.last[1] < drawing.threshold_at < charts.BOTTOM


def test_a_line_may_fall() -> None:
    drawing = charts.line_chart([(date(2026, 3, 1), 10), (date(2026, 3, 2), 20), (date(2026, 3, 3), 5)])
    assert drawing is not None
    heights = [float(point.split()[1]) for point in drawing.line[1:].split("L")]
    assert heights[1] < heights[0] < heights[2]


def test_one_day_is_not_a_line() -> None:
    assert charts.line_chart([(date(2026, 3, 1), 10)]) is None
    assert charts.line_chart([]) is None


def test_nobody_signed_is_a_flat_line() -> None:
    drawing = charts.line_chart([(date(2026, 3, 1), 0), (date(2026, 3, 2), 0)])
    assert drawing is not None and drawing.last[1] == charts.BOTTOM


def test_steps_are_round_figures() -> None:
    assert charts.round_steps(54000) == [0, 20000, 40000]
    assert charts.round_steps(108) == [0, 50, 100]
    assert charts.round_steps(1.08) == [0, 1]
    assert charts.round_steps(7) == [0, 2, 4, 6]


def test_progress_is_full_only_when_the_threshold_is_reached() -> None:
    short = charts.progress(49_999, 50_000)
    assert (short.percent, short.is_reached) == (99, False)
    assert short.filled <= short.threshold_at
    reached = charts.progress(50_000, 50_000)
    assert (reached.percent, reached.is_reached) == (100, True)
    assert charts.progress(200_000, 50_000).threshold_at == 250


def test_the_map_has_twenty_regions_in_places_of_their_own() -> None:
    places = {place[:2] for place in charts.PLACES.values()}
    assert len(charts.PLACES) == len(places) == 20
    assert all(code.startswith("KZ-") for code in charts.PLACES)


def test_a_region_without_a_figure_is_grey_and_the_largest_is_darkest() -> None:
    tiles = {
        tile.code: tile for tile in charts.tile_map({"KZ-71": 100, "KZ-75": 20, "KZ-10": None}, "kk").tiles
    }
    assert tiles["KZ-71"].fill == charts.STEPS[-1] and tiles["KZ-71"].letters == charts.LIGHT_LETTERS
    assert tiles["KZ-75"].fill == charts.STEPS[1] and tiles["KZ-75"].letters == charts.DARK_LETTERS
    assert tiles["KZ-10"].fill == tiles["KZ-59"].fill == charts.NO_FIGURE


def test_contrast_is_that_of_wcag() -> None:
    assert charts.contrast("#000000", "#ffffff") == 21
    assert round(charts.contrast("#767676", "#ffffff"), 2) == 4.54


def test_a_qr_code_keeps_its_quiet_margin() -> None:
    code = charts.qr_path("https://unqos.example/kk/petitions/1")
    assert code.path.startswith("M4 4h1v1h-1z") and code.size >= 33
