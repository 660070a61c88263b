"""The look keeps its promises: readable colours, known files, a light page, no dead components."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from app.web import assets, charts

APP = Path(assets.__file__).resolve().parent.parent
STATIC = APP / "static"
TEMPLATES = APP / "templates"
MACRO = re.compile(r"{%-?\s*macro\s+(\w+)")

TEXT = 4.5
MARK = 3.0
# (letters or mark, ground, least contrast); every pair that a style sheet puts together.
PAIRS = [
    ("text", "paper", TEXT),
    ("text", "sky", TEXT),
    ("quiet", "paper", TEXT),
    ("quiet", "sky", TEXT),
    ("link", "paper", TEXT),
    ("link", "sky", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-deep", "deep", TEXT),
    ("on-wheat", "wheat", TEXT),
    ("wheat", "brand", MARK),
    ("on-action", "action", TEXT),
    ("on-action", "action-hover", TEXT),
    ("action", "paper", MARK),
    ("mark", "paper", MARK),
    ("text", "line", TEXT),
    *[
        pair
        for state in ("success", "warning", "danger")
        for pair in (
            (state, "paper", TEXT),
            (state, f"{state}-soft", TEXT),
            ("text", f"{state}-soft", TEXT),
            ("quiet", f"{state}-soft", TEXT),
            ("on-status", state, TEXT),
        )
    ],
]


def tokens(scheme: str) -> dict[str, str]:
    """The colours of one scheme, read from the style sheet; dark ones stand over the light ones."""
    light, dark = (
        (STATIC / "css" / "tokens.css").read_text().split("@media screen and (prefers-color-scheme: dark)")
    )
    colours = re.compile(r"--uq-([a-z-]+): (#[0-9a-f]{6});")
    return dict(colours.findall(light)) | (dict(colours.findall(dark)) if scheme == "dark" else {})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_colours_that_meet_are_told_apart(scheme: str, front: str, ground: str, least: float) -> None:
    known = tokens(scheme)
    found = charts.contrast(known[front], known[ground])
    assert found >= least, f"{front} on {ground} in the {scheme} scheme: {found:.2f}"


def test_the_colours_of_the_house_are_the_agreed_ones() -> None:
    known = tokens("light")
    assert [known[name] for name in ("brand", "deep", "sky", "wheat", "success", "warning", "danger")] == [
        *("#00657a", "#0b2a33", "#e6f4f6", "#f2b632", "#1d7a46", "#8a5a00", "#b3261e")
    ]


def test_colours_stand_in_the_tokens_and_nowhere_else() -> None:
    # White ground and dark squares of the QR code are for cameras and do not follow the scheme; paper is black on white.
    allowed = {"#fff", "#000", "#0b2a33"}
    for sheet in [
        STATIC / "css" / "base.css",
        *assets.sheets()[len(assets.FIRST_SHEETS) :],
        *assets.desk_sheets(),
    ]:
        rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) <= allowed, sheet.name


@pytest.mark.parametrize("fill", [*charts.STEPS, charts.NO_FIGURE])
def test_letters_on_a_tile_are_readable(fill: str) -> None:
    assert charts.contrast(charts.readable_on(fill), fill) >= TEXT


def test_vendored_files_are_those_of_the_manifest() -> None:
    manifest = json.loads((STATIC / "vendor" / "manifest.json").read_text())
    listed = {path: digest for package in manifest["packages"] for path, digest in package["files"].items()}
    present = {str(p.relative_to(STATIC / "vendor")) for p in (STATIC / "vendor").rglob("*") if p.is_file()}
    assert present - {"manifest.json"} == set(listed)
    for path, digest in listed.items():
        assert hashlib.sha256((STATIC / "vendor" / path).read_bytes()).hexdigest() == digest, path
    for entry in manifest["compiled"]:
        assert hashlib.sha256((STATIC / entry["path"]).read_bytes()).hexdigest() == entry["sha256"]


def test_every_vendored_package_brings_its_licence() -> None:
    manifest = json.loads((STATIC / "vendor" / "manifest.json").read_text())
    for package in manifest["packages"]:
        assert package["licence"] and package["version"]
        assert any(path.endswith("/LICENSE") for path in package["files"]), package["package"]


def test_what_a_page_loads_stays_light() -> None:
    """Style sheet, own script, GOV.UK's script and htmx together: what the heaviest form page asks for."""
    scripts = [
        STATIC / "js" / "start.js",
        STATIC / "vendor" / "govuk-frontend" / "govuk-frontend.min.js",
        STATIC / "vendor" / "htmx" / "htmx.min.js",
    ]
    weight = len(assets.stylesheet().gzipped) + sum(len(gzip.compress(p.read_bytes(), 9)) for p in scripts)
    assert weight <= 50_000, "leaves 10 KB of the 60 KB for the page itself"


def test_no_template_asks_for_what_the_security_policy_refuses() -> None:
    for path in TEMPLATES.rglob("*.html"):
        # Mail programs know only inline styles, and no policy of ours reaches them.
        if (
            path.parts[-2] == "mail"
            or "mail" in path.relative_to(TEMPLATES).parts
            or path.name == "mail.html"
        ):
            continue
        source = path.read_text()
        assert not re.search(r"<[^>{]*\sstyle=", source), f"{path.name}: a style attribute"
        assert not re.search(r"<style|\son[a-z]+=\"|javascript:", source), (
            f"{path.name}: inline style or script"
        )
        assert not re.search(r"<script(?![^>]*\ssrc=)", source), f"{path.name}: an inline script"


def test_every_component_is_documented_and_used() -> None:
    guide = (APP.parent / "docs" / "design.md").read_text()
    sources = {path: path.read_text() for path in TEMPLATES.rglob("*.html")}
    unused = []
    for path in sorted((TEMPLATES / "components").glob("*.html")):
        for name in MACRO.findall(sources[path]):
            assert f"{name}(" in guide, f"docs/design.md does not show {name}"
            users = [
                other for other, text in sources.items() if other != path and re.search(rf"\b{name}\(", text)
            ]
            if not users:
                unused.append(name)
    assert not unused


def test_every_style_sheet_of_a_component_is_used() -> None:
    words = "\n".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    for sheet in [*(STATIC / "css" / "components").glob("*.css"), *assets.desk_sheets()]:
        for block in set(re.findall(r"\.(uq-[a-z]+)", sheet.read_text())):
            assert block in words, f"{sheet.name}: .{block}"
