"""Fields draw themselves with every hidden word in the reader's language, and survive whatever is sent."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.i18n import TRANSLATIONS
from app.i18n import init_app as speak
from app.web import components, fields
from app.web.forms import Filled, UpTo


class Entry(Form):
    title = fields.StringField("Title", [Filled("Write a title")], description="One sentence")
    text = fields.TextAreaField("Text", [UpTo(500)])
    kind = fields.RadioField(
        "Kind", choices=[("a", "First"), ("b", "Second")], validators=[Filled("Choose one")]
    )
    born_on = fields.DateField("Born on")
    password = fields.PasswordField("Password")


@pytest.fixture
def page() -> Iterator[Flask]:
    app = Flask("app")
    speak(app, spare=TRANSLATIONS)
    components.init_app(app)
    with app.test_request_context("/en/"):
        yield app


def sent(**values: object) -> Entry:
    return Entry(
        MultiDict([(k, v) for k, vs in values.items() for v in (vs if isinstance(vs, list) else [vs])])
    )


def test_an_error_stands_at_its_field_and_in_the_summary(page: Flask) -> None:
    form = sent(title=" ")
    assert not form.validate()
    drawn = form.title()
    assert 'aria-describedby="title-hint title-error"' in drawn and "Write a title" in drawn
    found = fields.form_errors(form)
    assert [(error.field_id, error.message) for error in found] == [
        ("title", "Write a title"),
        ("kind", "Choose one"),
    ]
    assert 'id="kind"' in form.kind()


def test_the_browser_is_not_asked_to_judge(page: Flask) -> None:
    assert " required" not in Entry().title()


def test_a_field_without_a_description_has_no_empty_hint(page: Flask) -> None:
    assert "govuk-hint" not in Entry().kind()


@pytest.mark.parametrize(
    "typed", [[], ["1"], ["1", "2"], ["31", "2", "2026"], ["1", "2", "3", "4"], ["x", "y", "z"]]
)
def test_a_date_survives_any_number_of_parts(page: Flask, typed: list[str]) -> None:
    form = sent(title="t", kind="a", born_on=typed)
    assert form.validate() is (typed == [])
    assert form.born_on().count("<input") == 3
    if typed:
        assert fields.form_errors(form)[0].field_id == "born_on-day"


def test_a_date_is_typed_as_three_numbers(page: Flask) -> None:
    form = sent(title="t", kind="a", born_on=["5", "3", "1990"])
    assert form.validate() and form.born_on.data == date(1990, 3, 5)


def test_a_limited_text_counts_what_is_left(page: Flask) -> None:
    drawn = Entry().text()
    assert 'data-maxlength="500"' in drawn
    assert "data-i18n.characters-under-limit.one" in drawn and "%{count}" in drawn
    assert " maxlength=" not in drawn, "cutting off what is typed without a word loses text"


def test_what_was_typed_is_kept_and_escaped(page: Flask) -> None:
    form = sent(title="<b>&\"'", text="</textarea><script>")
    form.validate()
    assert "&lt;b&gt;" in form.title() and "<script>" not in form.text()


def test_a_password_is_never_sent_back(page: Flask) -> None:
    assert "secret" not in sent(password="secret").password()


def test_an_odd_digit_in_a_name_is_no_number(app):
    from werkzeug.datastructures import MultiDict
    from wtforms import Form

    from app.web.fields import FieldList, StringField

    class Odd(Form):
        rows = FieldList(StringField())

    assert Odd(MultiDict({"rows-0": "one", "rows-²": "two"})).rows.data == ["one"]
