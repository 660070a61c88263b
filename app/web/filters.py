"""How numbers, dates and spans are said on pages, by CLDR, in the reader's language."""

from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from babel.units import format_unit
from flask import Flask, request, url_for
from markupsafe import Markup, escape

from app import clock
from app.i18n import LANGUAGES, current_language, ngettext


def number(value: int | float | Decimal) -> str:
    return format_decimal(value, locale=current_language())


def percent(value: float, digits: int = 0) -> str:
    shown = format_decimal(round(value, digits) if digits else round(value), locale=current_language())
    return f"{shown} %"


def day(value: date | datetime) -> str:
    """A legal day in full: 22 қараша 2026 ж."""
    if isinstance(value, datetime):
        value = clock.today(value)
    return str(format_date(value, format="long", locale=current_language()))


def short_day(value: date | datetime) -> str:
    if isinstance(value, datetime):
        value = clock.today(value)
    return str(format_date(value, format="dd.MM.yyyy", locale=current_language()))


def weekday(value: date) -> str:
    """A day with its weekday, without the year: for a calendar that says the year above."""
    return str(format_skeleton("MMMMEEEEd", value, locale=current_language()))


def month(value: date) -> str:
    """A month with its year, as the heading of what happens in it."""
    return str(format_skeleton("yMMMM", value, locale=current_language()))


def moment(value: datetime) -> str:
    """Day and time in Kazakhstan: the day in the order that the reader's language has."""
    return f"{day(value)}, {clock.local(value):%H:%M}"


def clock_time(value: datetime) -> str:
    """The time of day in Kazakhstan."""
    return f"{clock.local(value):%H:%M}"


def days(value: int) -> str:
    return str(ngettext("%(num)s day", "%(num)s days", value))


def working_days(value: int) -> str:
    return str(ngettext("%(num)s working day", "%(num)s working days", value))


def file_size(size_bytes: int) -> str:
    """A file's size as people say it, in kilobytes or megabytes."""
    unit, value = (
        ("megabyte", size_bytes / 1e6) if size_bytes >= 1e6 else ("kilobyte", max(1, size_bytes / 1e3))
    )
    shown = round(value, 1) if value < 10 else round(value)
    return str(format_unit(shown, f"digital-{unit}", length="short", locale=current_language()))


def paragraphs(text: str) -> Markup:
    """Plain text typed by people as paragraphs: escaped, blank lines between paragraphs, single line ends kept."""
    blocks = [block.strip("\n") for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    return Markup("").join(
        Markup("<p class='govuk-body'>{}</p>").format(
            Markup("<br>").join(escape(line) for line in block.split("\n"))
        )
        for block in blocks
    )


def in_language(language: str) -> str:
    """The address of the page that is being read, in another language, with its query."""
    rule = request.url_rule
    if rule is None or "lang" not in rule.arguments or request.view_args is None:
        return f"/{language}/"
    address = url_for(rule.endpoint, **{**request.view_args, "lang": language})
    query = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    return address + ("?" + urlencode(query) if query else "")


def init_app(app: Flask) -> None:
    for function in (
        number,
        percent,
        day,
        short_day,
        weekday,
        month,
        moment,
        clock_time,
        days,
        working_days,
        file_size,
        paragraphs,
    ):
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.globals.update(
        in_language=in_language, languages=LANGUAGES, current_language=current_language
    )
