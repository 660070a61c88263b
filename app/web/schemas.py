"""Pieces of the open data's schemas that several nouns share."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from marshmallow import Schema, fields

Said = TypeVar("Said", bound=fields.Field[Any])


def said(kind: type[Said], description: str, *args: Any, null: bool = False, **more: Any) -> Said:
    """A field that is always in the answer; with `null`, null says "not (yet) known"."""
    return kind(*args, required=True, allow_none=null, metadata={"description": description}, **more)


class Instant(fields.AwareDateTime):
    """An instant, in UTC whatever the database's time zone is."""

    def _serialize(self, value: datetime | None, *args: Any, **kwargs: Any) -> str | float | None:
        return super()._serialize(value.astimezone(UTC) if value else None, *args, **kwargs)


class OfItself(fields.Nested):
    """Some fields of the same object, one level down."""

    def get_value(self, obj: Any, *_: Any, **__: Any) -> Any:
        return obj


class WordsSchema(Schema):
    """One text in three languages."""

    kk = said(fields.String, "In Kazakh")
    ru = said(fields.String, "In Russian")
    en = said(fields.String, "In English")


class BodyNamesSchema(Schema):
    """A body's name in three languages; null where none is established."""

    kk = said(fields.String, "In Kazakh", attribute="name_kk")
    ru = said(fields.String, "In Russian", null=True, attribute="name_ru")
    en = said(fields.String, "In English", null=True, attribute="name_en")
