"""What templates need besides Flask's own: the GOV.UK macros, and the geometry of our charts."""

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from app.web import charts
from app.web.fields import form_errors

GOVUK_PACKAGES = ("govuk_frontend_jinja", "govuk_frontend_wtf")


def init_app(app: Flask) -> None:
    """Makes `{% from "govuk_frontend_jinja/…" %}` and the functions of the component macros known to templates."""
    macros = PrefixLoader({name: PackageLoader(name) for name in GOVUK_PACKAGES})
    app.jinja_env.loader = ChoiceLoader([loader for loader in (app.jinja_env.loader, macros) if loader])
    app.jinja_env.globals.update(
        line_chart=charts.line_chart,
        tile_map=charts.tile_map,
        progress=charts.progress,
        qr_path=charts.qr_path,
        form_errors=form_errors,
    )
