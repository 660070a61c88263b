"""The shape of sittings and rulings in the open data, and of what may be asked for."""

from typing import Any

from marshmallow import Schema, fields, post_dump
from marshmallow.validate import OneOf, Regexp

from app.recommendations.lifecycle import AnswerKind
from app.recommendations.lifecycle import State as ListState
from app.sittings.lifecycle import PUBLIC_STATES, AttendanceKind, Choice, ItemKind, ItemState, VotingState
from app.web.openapi import address, pages
from app.web.schemas import BodyNamesSchema, Instant, OfItself, PageQuery, PagesSchema, said

CHOICES = [choice.value for choice in Choice]


class RulingsQuery(PageQuery):
    """What is wanted of the list."""

    council = fields.String(
        load_default="",
        validate=Regexp(r"^[a-z0-9-]{0,120}$"),
        metadata={"description": "The slug of the public council that ruled."},
    )
    outcome = fields.String(
        load_default="",
        validate=Regexp(r"^[a-z_]{0,40}$"),
        metadata={"description": "What was ruled, by the id of the outcome in the rules of councils."},
    )


class CouncilNameSchema(Schema):
    slug = said(fields.String, "Its name in addresses")
    names = said(OfItself, "What it is called", BodyNamesSchema)


class TextsSchema(Schema):
    """One text in the languages of the law; null where it was not written in it."""

    kk = said(fields.String, "In Kazakh", null=True, dump_default=None)
    ru = said(fields.String, "In Russian", null=True, dump_default=None)


class VoiceSchema(Schema):
    """One member in a roll call, by name: votes of a public council are open."""

    member = said(fields.String, "The member’s name", attribute="member.name")
    choice = said(
        fields.String,
        "The vote as it counts; null for who did not vote, stood aside, or whose vote was voided",
        null=True,
        attribute="choice.value",
        dump_default=None,
        validate=OneOf(CHOICES),
    )
    was = said(
        fields.String,
        "What the roll call said before it was corrected",
        null=True,
        attribute="was.value",
        dump_default=None,
        validate=OneOf(CHOICES),
    )
    is_remote = said(fields.Boolean, "Whether the member took part remotely")
    reason = said(fields.String, "The reason that the member gave; may be empty")
    stood_aside = said(
        fields.String, "The interest of their own that was declared", null=True, attribute="aside"
    )


class DissentSchema(Schema):
    member = said(fields.String, "The member’s name", attribute="member.name")
    language = said(fields.String, "The language of the text")
    text = said(fields.String, "The dissenting opinion")


class VotingSchema(Schema):
    """One question that was put to the vote, after it was closed or annulled."""

    question = said(fields.Nested, "The question", TextsSchema, attribute="voting.questions")
    state = said(
        fields.String,
        "Closed or annulled",
        attribute="voting.state.value",
        validate=OneOf([VotingState.CLOSED.value, VotingState.ANNULLED.value]),
    )
    outcome = said(
        fields.String, "What the council ruled if it was adopted", null=True, attribute="voting.outcome"
    )
    is_adopted = said(fields.Boolean, "The result", null=True, attribute="voting.is_adopted")
    in_favour = said(fields.Integer, "For", null=True, attribute="voting.in_favour")
    against = said(fields.Integer, "Against", null=True, attribute="voting.against")
    abstained = said(fields.Integer, "Abstained", null=True, attribute="voting.abstained")
    present = said(fields.Integer, "Members present", null=True, attribute="voting.present")
    eligible = said(fields.Integer, "Of them entitled to vote", null=True, attribute="voting.eligible")
    needed = said(fields.Integer, "Votes that were needed", null=True, attribute="voting.needed")
    majority = said(fields.String, "The rule of the majority", attribute="voting.majority")
    annulment_reason = said(
        fields.String, "Why it was annulled", null=True, attribute="voting.annulment_reason"
    )
    roll_call = said(fields.Nested, "Who voted how", VoiceSchema, many=True, attribute="voices")
    dissents = said(
        fields.Nested, "Dissenting opinions", DissentSchema, many=True, attribute="voting.dissents"
    )


class InterestSchema(Schema):
    member = said(fields.String, "Who stood aside", attribute="member.name")
    reason = said(fields.String, "The interest of their own")


class OpinionSchema(Schema):
    """Not counted as a vote."""

    member = said(fields.String, "Who could not come", attribute="member.name")
    language = said(fields.String, "The language of the text")
    text = said(fields.String, "The opinion")


class AgendaItemSchema(Schema):
    position = said(fields.Integer, "Its place on the agenda", attribute="item.position")
    kind = said(
        fields.String,
        "What it is about",
        attribute="item.kind.value",
        validate=OneOf([kind.value for kind in ItemKind]),
    )
    about = said(fields.Integer, "The number of the draft, petition or proposal", null=True)
    titles = said(fields.Nested, "Its wording", TextsSchema, attribute="item.titles")
    state = said(
        fields.String,
        "What became of it",
        attribute="item.state.value",
        validate=OneOf([state.value for state in ItemState]),
    )
    note = said(fields.String, "Why it was postponed or dropped", null=True, attribute="item.note")
    rapporteur = said(
        fields.String, "Who reports", null=True, attribute="item.rapporteur.name", dump_default=None
    )
    conflicts = said(fields.Nested, "Who stood aside", InterestSchema, many=True)
    votings = said(fields.Nested, "Votes that are over, in order", VotingSchema, many=True)
    opinions = said(fields.Nested, "Written opinions of absent members", OpinionSchema, many=True)
    ruling = said(
        fields.Integer,
        "The number of its published ruling",
        null=True,
        attribute="ruling.number",
        dump_default=None,
    )


class PresenceSchema(Schema):
    member = said(fields.String, "The member’s name", attribute="member.name")
    presence = said(
        fields.String,
        "Where it ended",
        attribute="kind.value",
        validate=OneOf([kind.value for kind in AttendanceKind]),
    )
    was_there = said(fields.Boolean, "Whether the member took part at any time")
    was_remote = said(fields.Boolean, "Whether, at any time, remotely")


class SittingSchema(Schema):
    """One sitting with its agenda and its closed votes."""

    number = said(fields.Integer, "Its number", attribute="sitting.number")
    state = said(
        fields.String,
        "Its state",
        attribute="sitting.state.value",
        validate=OneOf(sorted(state.value for state in PUBLIC_STATES)),
    )
    council = said(fields.Nested, "The public council", CouncilNameSchema, attribute="sitting.council")
    starts_at = said(Instant, "When it begins", attribute="sitting.gathering.starts_at")
    place = said(fields.String, "Where; may be empty", attribute="sitting.gathering.place")
    link = said(
        fields.String, "Where it is followed over the internet", null=True, attribute="sitting.gathering.link"
    )
    called_at = said(Instant, "When its notice was published", attribute="sitting.called_at")
    opened_at = said(Instant, "When it was opened", null=True, attribute="sitting.opened_at")
    closed_at = said(Instant, "When it was closed", null=True, attribute="sitting.closed_at")
    cancellation_reason = said(
        fields.String,
        "Why it does not take place",
        null=True,
        attribute="sitting.gathering.cancellation_reason",
    )
    members = said(fields.Integer, "All members on its day", null=True, attribute="sitting.members_total")
    quorum = said(fields.Integer, "How many it needed", null=True, attribute="sitting.quorum")
    presiding = said(
        fields.String, "Who presided last", null=True, attribute="sitting.presiding.name", dump_default=None
    )
    attendance = said(
        fields.Nested, "Members by name", PresenceSchema, many=True, attribute="record.presences"
    )
    items = said(fields.Nested, "The agenda", AgendaItemSchema, many=True)
    minutes_published_at = said(Instant, "When its minutes were published", null=True)
    pages = said(fields.Nested, "Its pages", PagesSchema)

    @post_dump
    def add_links(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "pages": pages("sittings.show", number=data["number"])}


class RulingSchema(Schema):
    """One ruling of a list."""

    number = said(fields.Integer, "Its number")
    council = said(fields.Nested, "The public council", CouncilNameSchema)
    outcome = said(fields.String, "What was ruled, by its id in the rules of councils")
    kind = said(
        fields.String,
        "What it is about",
        attribute="item.kind.value",
        validate=OneOf([kind.value for kind in ItemKind]),
    )
    titles = said(fields.Nested, "The item’s wording", TextsSchema, attribute="item.titles")
    published_at = said(Instant, "When it was published")
    answers = said(
        fields.String,
        "Where the answer to its recommendations stands",
        attribute="recommendations.state.value",
        validate=OneOf([state.value for state in ListState]),
    )
    url = said(fields.URL, "This ruling as JSON")
    pages = said(fields.Nested, "Its pages", PagesSchema)

    @post_dump
    def add_links(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        number = data["number"]
        return {
            **data,
            "url": address("sittings_api.ruling", number=number),
            "pages": pages("sittings.ruling", number=number),
        }


class RulingsSchema(Schema):
    rulings = said(fields.Nested, "The page", RulingSchema, many=True)
    next = said(fields.URL, "The next page; null on the last", null=True)


class RecommendationAnswerSchema(Schema):
    kind = said(
        fields.String,
        "What was answered",
        attribute="kind.value",
        validate=OneOf([k.value for k in AnswerKind]),
    )
    language = said(fields.String, "The language of the answer")
    change = said(fields.String, "What changes; may be empty")
    by_when = said(fields.Date, "By when", null=True)
    reasons = said(fields.String, "Why not, or not all of it; may be empty")


class RecommendationSchema(Schema):
    position = said(fields.Integer, "Its number in the ruling")
    texts = said(fields.Nested, "What is recommended", TextsSchema)
    clause = said(fields.String, "The clause of the draft", null=True, attribute="clause_path")
    clause_version = said(fields.Integer, "Of which version", null=True)
    answer = said(fields.Nested, "The published answer", RecommendationAnswerSchema, null=True)


class WholeRulingSchema(Schema):
    """One ruling with its text, its vote by name, its recommendations and the answers to them."""

    ruling = said(fields.Nested, "The ruling", RulingSchema)
    about = said(fields.Integer, "The number of the draft, petition or proposal", null=True)
    sitting = said(fields.Integer, "The number of the sitting", attribute="ruling.item.sitting.number")
    texts = said(fields.Nested, "Its text", TextsSchema, attribute="ruling.texts")
    signed_by = said(fields.String, "Who signed", attribute="ruling.signer.name")
    conflicts = said(
        fields.Nested, "Who stood aside", InterestSchema, many=True, attribute="ruling.item.conflicts"
    )
    vote = said(fields.Nested, "The vote that adopted it", VotingSchema)
    due_on = said(
        fields.Date,
        "The last day for the answer",
        null=True,
        attribute="ruling.recommendations.duty.last_day",
        dump_default=None,
    )
    recommendations = said(
        fields.Nested,
        "Its recommendations",
        RecommendationSchema,
        many=True,
        attribute="ruling.recommendations.rows",
    )

    @post_dump(pass_original=True)
    def hide_drafts(self, data: dict[str, Any], original: Any, **_: Any) -> dict[str, Any]:
        """Answers are written row by row and published at once: nobody reads them before."""
        if not original.answers_are_public:
            data["recommendations"] = [{**row, "answer": None} for row in data["recommendations"]]
        return data
