"""The minutes as a paper: what happened at a sitting, from its records alone. One generator for page, DOCX and PDF."""

from collections.abc import Iterator
from datetime import date, datetime

from app import clock
from app.councils.labels import ORIGINS
from app.councils.models import Member
from app.documents.paper import Bullets, Facts, Heading, Paper, Paragraph, Part, Quote, Run, Table
from app.i18n import _, in_reader_language, use_language
from app.law import labels as law_labels
from app.sittings import labels
from app.sittings.lifecycle import AttendanceKind, ItemState, VotingState
from app.sittings.models import Minutes, Sitting, Voting
from app.sittings.queries.record import (
    ItemRecord,
    Presence,
    Record,
    Voice,
    VotingRecord,
    public_ruling,
    record_of,
)
from app.web.filters import day, moment, number


def minutes(sitting: Sitting, *, language: str) -> Paper:
    """The whole minutes in one language; titles, questions, names and reasons stand as they were typed."""
    record = record_of(sitting)
    with use_language(language):
        return Paper(
            title=str(_("Minutes of sitting № %(number)s", number=sitting.number)),
            language=language,
            parts=list(parts(record)),
            footer=str(
                _(
                    "%(council)s · sitting № %(number)s of %(day)s",
                    council=sitting.council.name,
                    number=sitting.number,
                    day=day(record.day),
                )
            ),
            created_on=_made_on(record),
            subject=sitting.council.name,
        )


def _made_on(record: Record) -> date:
    published = record.minutes.published_at if record.minutes else None
    return clock.today(published or record.sitting.closed_at or record.sitting.gathering.starts_at)


def parts(record: Record) -> Iterator[Part]:
    """The minutes in the reader's language."""
    yield from opening(record)
    yield from presence(record)
    yield Heading(str(_("Agenda and votes")))
    for one in record.items:
        yield from item_parts(one)
    if record.minutes is not None:
        yield from _additions(record.minutes)
        yield from _signatures(record.minutes)


def opening(record: Record) -> Iterator[Part]:
    """Which sitting it was, who presided, and whether it could decide."""
    sitting, gathering = record.sitting, record.sitting.gathering
    presided = record.first_presiding
    facts = [
        (_("Council"), sitting.council.name),
        (_("Day of the sitting"), day(record.day)),
        (_("Where"), gathering.place),
        (_("Link"), gathering.link or ""),
        (_("Opened at"), _at(sitting.opened_at)),
        (_("Closed at"), _at(sitting.closed_at)),
        (_("Presided"), presided.name if presided else ""),
        (_("Secretary"), ", ".join(record.secretaries)),
        (_("Members of the council"), number(sitting.members_total or 0)),
        (_("Members who took part"), number(len(record.attended))),
        (_("Needed for the quorum"), number(sitting.quorum or 0)),
        (_("Guests who registered"), number(record.guests.all)),
    ]
    yield Facts([(str(name), str(value)) for name, value in facts if value])
    if record.is_chair_absent and record.chair is not None:
        yield Paragraph(str(_("The chair, %(name)s, was absent.", name=record.chair.name)))
    for change in record.hand_overs:
        said = _("From %(at)s on, %(name)s presided.", at=_at(change.at), name=change.member.name)
        yield Paragraph(str(said))
    if sitting.quorum is not None and len(record.attended) < sitting.quorum:
        yield Paragraph(Run(str(_("There was no quorum; nothing could be put to the vote.")), danger=True))
    for move in gathering.moves:
        said = _(
            "The sitting was moved. It had been called for %(was)s, %(place)s. Reason: %(reason)s",
            was=moment(move.was_at),
            place=move.was_place or move.was_link or "",
            reason=move.reason,
        )
        yield Paragraph(str(said))


def _at(at: datetime | None) -> str:
    """The hour in Kazakhstan; the day stands above."""
    return f"{clock.local(at):%H:%M}" if at is not None else ""


# Members


def presence(record: Record) -> Iterator[Part]:
    """Every member by name, who came late and who left."""
    yield Heading(str(_("Members and their presence")))
    yield Table(
        head=[str(_("Member")), str(_("Comes from")), str(_("Presence"))],
        widths=[4, 4, 4],
        rows=[
            [one.member.name, origin(one.member), [Paragraph(line) for line in presence_words(one)]]
            for one in record.presences
        ],
    )


def origin(member: Member) -> str:
    """The organisation that the member comes from, or that they represent the body."""
    return member.ngo or str(ORIGINS[member.origin])


def presence_words(one: Presence) -> list[str]:
    """Where a member stood at the opening, and each change after it."""
    early = [entry for entry in one.entries if entry not in one.later]
    first = early[-1].kind if early else AttendanceKind.ABSENT
    came_late = bool(one.later) and first is AttendanceKind.ABSENT
    said = [] if came_late else [str(labels.ATTENDANCE[first].text)]
    return said + [_change(entry.kind, _at(entry.at)) for entry in one.later]


def _change(kind: AttendanceKind, at: str) -> str:
    said = {
        AttendanceKind.PRESENT: _("In the room from %(at)s on", at=at),
        AttendanceKind.REMOTE: _("Joined remotely from %(at)s on", at=at),
        AttendanceKind.LEFT: _("Left at %(at)s", at=at),
        AttendanceKind.EXCUSED: _("Noted at %(at)s as absent with an excuse", at=at),
        AttendanceKind.ABSENT: _("Noted at %(at)s as absent", at=at),
    }
    return str(said[kind])


# Items


def item_parts(one: ItemRecord) -> Iterator[Part]:
    """One item: what it was, who stood aside, what was said, how it was voted, what was ruled."""
    item = one.item
    yield Heading(f"{item.position}. {item.title}", 2)
    facts = [
        (_("Kind"), labels.ITEM_KINDS[item.kind]),
        (_("Number"), _thing(one)),
        (_("Rapporteur"), item.rapporteur.name if item.rapporteur else ""),
        (_("Documents"), ", ".join(file.attachment.file_name for file in item.files)),
        (_("Result"), labels.ITEM_STATES[item.state].text),
        (_("Reason"), item.note or ""),
    ]
    yield Facts([(str(name), str(value)) for name, value in facts if value])
    if item.conflicts:
        yield Heading(str(_("Stood aside because of an interest of their own")), 3)
        yield Bullets([f"{conflict.member.name}: {conflict.reason}" for conflict in item.conflicts])
    if item.proceedings:
        yield Heading(str(_("What was said")), 3)
        for text in item.proceedings.split("\n\n"):
            yield Paragraph(text.strip())
    for vote in one.votings:
        yield from vote_parts(vote)
    if item.state is ItemState.HEARD and not one.votings:
        yield Paragraph(str(_("Nothing was put to the vote.")))
    if item.opinions:
        yield Heading(str(_("Written opinions, not counted as votes")), 3)
        for opinion in item.opinions:
            yield from _quoted(opinion.member.name, opinion.text)
    yield from _ruling(one)


def _thing(one: ItemRecord) -> str:
    thing = one.item.draft or one.item.petition or one.item.proposal
    return f"№ {thing.number}" if thing is not None else ""


def _quoted(name: str, text: str) -> Iterator[Part]:
    yield Paragraph(Run(name, bold=True))
    yield Quote(text)


def _ruling(one: ItemRecord) -> Iterator[Part]:
    """The text as it was published; the minutes of one that is still being written name only its number."""
    if one.ruling is None:
        return
    name = labels.outcome_of(one.ruling).name
    yield Heading(str(_("Ruling № %(number)s: %(outcome)s", number=one.ruling.number, outcome=name)), 3)
    ruling = public_ruling(one)
    if ruling is None or ruling.signer is None or ruling.signed_at is None:
        yield Paragraph(str(_("The ruling was not signed when these minutes were made.")))
        return
    for text in ruling.text.split("\n\n"):
        yield Paragraph(text.strip())
    rows = ruling.recommendations.rows
    if rows:
        yield Paragraph(Run(str(_("Recommendations")), bold=True))
        yield Bullets([f"{row.position}. {in_reader_language(**row.texts)}" for row in rows])
    yield Paragraph(
        str(_("Signed by %(name)s, %(at)s.", name=ruling.signer.name, at=moment(ruling.signed_at)))
    )


# Votes


def vote_parts(one: VotingRecord) -> Iterator[Part]:
    """The question, the roll call by name, the figures, the rule of the majority, the result, and what was added."""
    voting = one.voting
    yield Heading(
        str(_("Vote %(number)s: %(question)s", number=voting.position, question=voting.question)), 3
    )
    if voting.state is VotingState.OPEN:
        yield Paragraph(str(_("The vote is still open.")))
        return
    if voting.state is VotingState.ANNULLED:
        reason = voting.annulment_reason or ""
        yield Paragraph(Run(str(_("The vote was annulled: %(reason)s", reason=reason)), danger=True))
    if one.voices:
        yield Table(
            head=[str(_("Member")), str(_("Vote")), str(_("Remarks"))],
            widths=[4, 2, 5],
            rows=[[voice.member.name, voice_word(voice), " ".join(remarks(voice))] for voice in one.voices],
        )
    if voting.state is VotingState.CLOSED:
        yield Paragraph(figures(voting))
        yield Paragraph(majority(voting))
        yield Paragraph(Run(result(voting), bold=True))
    yield from _corrections(one)
    for dissent in voting.dissents:
        yield from _quoted(str(_("Dissenting opinion: %(name)s", name=dissent.member.name)), dissent.text)


def voice_word(voice: Voice) -> str:
    """How the member voted, as it counts."""
    if voice.choice is not None:
        return str(labels.CHOICES[voice.choice].text)
    return str(_("Stood aside") if voice.aside else _("Did not vote"))


def remarks(voice: Voice) -> list[str]:
    """Everything beside the voice that a reader should know, a sentence each."""
    said = []
    if voice.is_remote:
        said.append(str(_("Took part remotely.")))
    if voice.was is not None:
        said.append(
            str(_("Corrected; the roll call said “%(voice)s”.", voice=labels.CHOICES[voice.was].text))
        )
    if voice.voided is not None:
        voided = labels.CHOICES[voice.voided].text
        said.append(str(_("Had voted “%(voice)s”; the vote does not count.", voice=voided)))
    if voice.aside:
        said.append(str(_("Interest of their own: %(reason)s", reason=voice.aside)))
    if voice.reason:
        said.append(str(_("Reason: %(reason)s", reason=voice.reason)))
    return said


def figures(voting: Voting) -> str:
    """The figures as they were fixed when the vote was closed."""
    return str(
        _(
            "For %(in_favour)s, against %(against)s, abstained %(abstained)s. "
            "Members present %(present)s, of them entitled to vote %(eligible)s.",
            in_favour=number(voting.in_favour or 0),
            against=number(voting.against or 0),
            abstained=number(voting.abstained or 0),
            present=number(voting.present or 0),
            eligible=number(voting.eligible or 0),
        )
    )


def majority(voting: Voting) -> str:
    """How many had to be for, by which rule, and how sure we are of the rule."""
    rule = labels.majority_of(voting)
    return str(
        _(
            "Votes needed: %(needed)s. Rule of the majority: %(rule)s Source: %(source)s (%(mark)s).",
            needed=number(voting.needed or 0),
            rule=rule.text,
            source=law_labels.source(rule.source),
            mark=law_labels.MARKS[rule.mark],
        )
    )


def result(voting: Voting) -> str:
    """Adopted or not, and what decided a tie."""
    if voting.chair_decided:
        return str(
            _("Adopted: the votes were equal, and the vote of whoever presided decided.")
            if voting.is_adopted
            else _("Not adopted: the votes were equal, and the vote of whoever presided decided.")
        )
    return str(_("The question is adopted.") if voting.is_adopted else _("The question is not adopted."))


def _corrections(one: VotingRecord) -> Iterator[Part]:
    entries = one.voting.corrections
    if not entries:
        return
    yield Paragraph(Run(str(_("Corrections of the roll call")), bold=True))
    yield Bullets(
        [
            str(
                _(
                    "%(at)s: %(name)s, “%(was)s” corrected to “%(choice)s”. Reason: %(reason)s",
                    at=moment(entry.at),
                    name=entry.member.name,
                    was=labels.CHOICES[entry.was].text if entry.was else "",
                    choice=labels.CHOICES[entry.choice].text,
                    reason=entry.reason,
                )
            )
            for entry in entries
        ]
    )


# What people did to the minutes


def _additions(found: Minutes) -> Iterator[Part]:
    if not found.additions:
        return
    yield Heading(str(_("Additions to the minutes")))
    for addition in found.additions:
        yield from _quoted(f"{addition.by_name}, {moment(addition.at)}", addition.text)


def _signatures(found: Minutes) -> Iterator[Part]:
    nobody = str(_("Not signed yet"))
    chair = found.chair.name if found.chair else ""
    secretary = found.secretary.name if found.secretary else ""
    yield Heading(str(_("Who signed the minutes")))
    yield Facts(
        [
            (
                str(_("Presided")),
                f"{chair}, {moment(found.chair_signed_at)}" if found.chair_signed_at else nobody,
            ),
            (
                str(_("Secretary")),
                f"{secretary}, {moment(found.secretary_signed_at)}" if found.secretary_signed_at else nobody,
            ),
        ]
    )
