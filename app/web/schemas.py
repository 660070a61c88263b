"""Pieces of the open data's schemas that several nouns share."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

USUAL_PAGE, LARGEST_PAGE = 20, 100
LONGEST_POSITION = 300

Said = TypeVar("Said", bound=fields.Field[Any])


def said(kind: type[Said], description: str, *args: Any, null: bool = False, **more: Any) -> Said:
    """A field that is always in the answer; with `null`, null says "not (yet) known"."""
    return kind(*args, required=True, allow_none=null, metadata={"description": description}, **more)


class Instant(fields.AwareDateTime):
    """An instant to the second, in UTC whatever the database's time zone is."""

    def _serialize(self, value: datetime | None, *args: Any, **kwargs: Any) -> str | float | None:
        whole = value.astimezone(UTC).replace(microsecond=0) if value else None
        return super()._serialize(whole, *args, **kwargs)


class OfItself(fields.Nested):
    """Some fields of the same object, one level down."""

    def get_value(self, obj: Any, *_: Any, **__: Any) -> Any:
        return obj


class WordsSchema(Schema):
    """One text in three languages."""

    kk = said(fields.String, "In Kazakh")
    ru = said(fields.String, "In Russian")
    en = said(fields.String, "In English")


class PagesSchema(Schema):
    """A page in three languages."""

    kk = said(fields.URL, "In Kazakh")
    ru = said(fields.URL, "In Russian")
    en = said(fields.URL, "In English")


class BodyNamesSchema(Schema):
    """A body's name in three languages; null where none is established."""

    kk = said(fields.String, "In Kazakh", attribute="name_kk")
    ru = said(fields.String, "In Russian", null=True, attribute="name_ru")
    en = said(fields.String, "In English", null=True, attribute="name_en")


class PageQuery(Schema):
    """Where a page begins and how long it is."""

    after = fields.String(
        validate=Length(min=1, max=LONGEST_POSITION),
        metadata={"description": "The position that a page's `next` carries; opaque."},
    )
    limit = fields.Integer(
        load_default=USUAL_PAGE,
        validate=Range(min=1, max=LARGEST_PAGE),
        metadata={"description": "How many on a page."},
    )
