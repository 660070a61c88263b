"""The shape of comments, answers and their figures in the open data: the same below draft acts and petitions."""

from enum import StrEnum

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from app.comments.lifecycle import AnswerKind, State
from app.comments.models import AuthorKind
from app.web.schemas import Instant, PageQuery, said

LANGUAGE_CODES = OneOf(["kk", "ru", "en"])


class Part(StrEnum):
    """Comments, or what people said to each other below them."""

    COMMENTS = "comments"
    REPLIES = "replies"


class CommentsQuery(PageQuery):
    """A page of the comments."""

    part = fields.String(
        load_default=Part.COMMENTS.value,
        validate=OneOf(list(Part)),
        metadata={"description": "The comments, or the replies to them."},
    )


class AnchorSchema(Schema):
    key = said(fields.String, "The clause’s id, the same in all versions and languages")
    path = said(fields.String, "Its address in that version")
    version = said(fields.Integer, "The version that was read")
    language = said(fields.String, "The language that was read", validate=LANGUAGE_CODES)
    quote = said(fields.String, "The words that were selected in it", null=True)


class ChangedClauseSchema(Schema):
    key = said(fields.String, "The clause’s id")
    version = said(fields.Integer, "The version in which it is changed")


class CommentAnswerSchema(Schema):
    kind = said(fields.String, "The answer in a word", validate=OneOf([kind.value for kind in AnswerKind]))
    language = said(fields.String, "The language of the answer", validate=LANGUAGE_CODES)
    text = said(fields.String, "The answer")
    published_at = said(Instant, "When it was published")
    is_on_time = said(fields.Boolean, "Whether it came by the day due; null where no day is due", null=True)
    to_group = said(fields.Boolean, "Whether all letters of a group got this one answer")
    changed = said(
        fields.Nested, "The clause that the comment changed, if it did", ChangedClauseSchema, null=True
    )


class CommentSchema(Schema):
    """A comment without anything about the person; hidden and withdrawn ones are stubs without words."""

    id = said(fields.Integer, "Its number for ever")
    reply_to = said(fields.Integer, "The comment that it replies to; null for a comment itself", null=True)
    state = said(fields.String, "Whether it is shown", validate=OneOf([state.value for state in State]))
    posted_at = said(Instant, "When it was posted")
    edited_at = said(Instant, "When it was last edited with a trace", null=True)
    language = said(fields.String, "The language in which it was written", validate=LANGUAGE_CODES)
    author_kind = said(
        fields.String,
        "In which capacity its author speaks, as stated",
        validate=OneOf([kind.value for kind in AuthorKind]),
    )
    organisation = said(
        fields.String, "The body that its author speaks for, as stated; people are not named", null=True
    )
    anchor = said(fields.Nested, "The clause; null for a comment on the whole", AnchorSchema, null=True)
    text = said(fields.String, "What it says; null in a stub", null=True)
    proposed = said(fields.String, "The wording that it proposes", null=True)
    has_file = said(fields.Boolean, "Whether a file is attached, which its page has")
    agreements = said(fields.Integer, "People who agree")
    group = said(fields.Integer, "The group of near-identical letters that it belongs to", null=True)
    hidden_for = said(
        fields.String,
        "The class of reason for which it is hidden; see the rules’ `hiding_reasons`",
        null=True,
    )
    answer = said(fields.Nested, "The published answer", CommentAnswerSchema, null=True)


class CommentsSchema(Schema):
    number = said(fields.Integer, "What is commented on, by its number")
    comments = said(fields.Nested, "The page, the newest first", CommentSchema, many=True)
    next = said(fields.URL, "The next page; null on the last", null=True)


class CommentFiguresSchema(Schema):
    """The public meter. Counted are comments that are shown, without replies."""

    comments = said(fields.Integer, "Comments")
    people = said(fields.Integer, "People who wrote them, in each discussion by itself")
    texts = said(fields.Integer, "Different texts: a group of letters is one")
    answered = said(fields.Integer, "Comments with a published answer")
    answered_people = said(fields.Integer, "People who were answered")
    answered_texts = said(fields.Integer, "Different texts that were answered")
    on_time = said(fields.Integer, "Answered by the day due")
    late = said(fields.Integer, "Answered later")
    unanswered = said(fields.Integer, "Comments without an answer")
    formal = said(
        fields.Integer, "Answered word for word like more than the rules’ share of all answered texts"
    )
