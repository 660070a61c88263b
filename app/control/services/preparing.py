"""Before the announcement: what it is about, who takes part, and what is read beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app import clock
from app.access import Actor
from app.agencies.models import Agency
from app.audit import record
from app.control import policies
from app.control.errors import CaptionMissing, GroupTooLarge, NoSuchRole, NotAPicture, NotQualified
from app.control.lifecycle import PURPOSES, ROLES, Action, Form, Purpose, Role, State
from app.control.models import ControlAct, ControlFile, Participant
from app.control.models.act import NUMBERS
from app.control.services.transitions import lock, take
from app.councils import policies as councils
from app.councils.models import Council
from app.db import db
from app.errors import Forbidden
from app.files import services as files
from app.files.models import Attachment
from app.files.services import Upload
from app.gatherings import services as gatherings
from app.gatherings.models import GatheringKind
from app.law import CouncilRules, council_rules_in_force, council_rules_version
from app.text.normalize import shown, shown_line

KINDS: Mapping[Form, GatheringKind] = {
    Form.HEARING: GatheringKind.HEARING,
    Form.DISCUSSION: GatheringKind.DISCUSSION,
    Form.MONITORING: GatheringKind.MONITORING,
    Form.EXPERTISE: GatheringKind.EXPERTISE,
    Form.HEAD_REPORT: GatheringKind.HEAD_REPORT,
}


@dataclass(frozen=True, slots=True)
class Card:
    """What the form of an act says; texts by language."""

    agency: Agency
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    link: str | None = None
    places: int | None = None
    initiator: str = ""
    titles: Mapping[str, str] = field(default_factory=dict, hash=False)
    subjects: Mapping[str, str] = field(default_factory=dict, hash=False)
    programmes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who takes part, as the form says it."""

    role: Role
    name: str
    position: str = ""
    qualification: str = ""
    years_in_field: int | None = None


def rules_of(act: ControlAct) -> CouncilRules:
    """The wording that the act began under."""
    return council_rules_version(act.rules_version)


def begin(council: Council, *, form: Form, card: Card, actor: Actor, now: datetime) -> ControlAct:
    """A new act of that form, that only those who lead it see."""
    if not (councils.is_secretary(actor, council) or councils.is_chair(actor, council)):
        raise Forbidden(action=Action.EDIT)
    number = db.session.scalar(NUMBERS.next_value())
    assert number is not None and actor.account_id is not None  # noqa: S101, PT018  a sequence always answers
    gathering = gatherings.arrange(
        kind=KINDS[form],
        number=number,
        titles=_lines(card.titles),
        starts_at=card.starts_at,
        ends_at=card.ends_at,
        place=card.place,
        link=card.link,
        places=card.places,
        council=council,
        agency=card.agency,
        now=now,
    )
    act = ControlAct(
        number=number,
        form=form,
        state=State.PREPARING,
        council=council,
        gathering=gathering,
        rules_version=council_rules_in_force(clock.today(now)).id,
        created_by=actor.account_id,
        created_at=now,
        final_texts={},
    )
    _write(act, card)
    db.session.add(act)
    db.session.flush()
    record(actor, "begin", subject=f"control:{number}", now=now)
    return act


def describe(act: ControlAct, *, card: Card, actor: Actor, now: datetime) -> ControlAct:
    """Writes the card anew. Once the act is announced its words stand, and only its time and place can be moved."""
    take(act, Action.EDIT, actor=actor, now=now)
    _write(act, card)
    gathering = act.gathering
    gathering.agency = card.agency
    gatherings.change(
        gathering,
        titles=act.titles,
        starts_at=card.starts_at,
        ends_at=card.ends_at,
        place=card.place,
        link=card.link,
        places=card.places,
        now=now,
    )
    return act


def add_participant(act: ControlAct, *, named: Named, actor: Actor, now: datetime) -> Participant:
    """Names somebody in the act.

    GroupTooLarge for more than five in a group (law on public control art. 6(3)), NotQualified for an expert without
    a degree or without two years in the field (art. 9–12).
    """
    take(act, Action.EDIT, actor=actor, now=now)
    if named.role not in ROLES[act.form]:
        raise NoSuchRole(field="role")
    rules = rules_of(act)
    if named.role is Role.GROUP_MEMBER:
        limit = rules.number("group_max")
        if len([one for one in act.participants if one.role is Role.GROUP_MEMBER]) >= limit:
            raise GroupTooLarge(field="name", limit=limit)
    if named.role is Role.EXPERT:
        years = rules.number("expert_years_in_field")
        if not named.qualification.strip():
            raise NotQualified(field="qualification", years=years)
        if named.years_in_field is None or named.years_in_field < years:
            raise NotQualified(field="years_in_field", years=years)
    person = Participant(
        act=act,
        role=named.role,
        name=shown_line(named.name),
        position=shown_line(named.position),
        qualification=shown_line(named.qualification) or None,
        years_in_field=named.years_in_field,
    )
    db.session.add(person)
    db.session.flush()
    return person


def remove_participant(participant: Participant, *, actor: Actor, now: datetime) -> None:
    act = participant.act
    take(act, Action.EDIT, actor=actor, now=now)
    act.participants.remove(participant)
    db.session.delete(participant)
    db.session.flush()


def add_file(
    act: ControlAct, *, upload: Upload, purpose: Purpose, caption: str, actor: Actor, now: datetime
) -> ControlFile:
    """Keeps a document of the act, or a photograph with the words that stand for it where it is not seen."""
    lock(act)
    policies.check(Action.ADD_DOCUMENT, actor, act)
    caption = shown_line(caption)
    if purpose not in PURPOSES[act.form]:
        raise NoSuchRole(field="purpose")
    if purpose is Purpose.PHOTO and not caption:
        raise CaptionMissing(field="caption")
    limits = rules_of(act).limits
    is_photo = purpose is Purpose.PHOTO
    attachment = files.accept(
        upload,
        actor=actor,
        now=now,
        already=len([one for one in act.files if (one.purpose is Purpose.PHOTO) is is_photo]),
        at_most=limits.attachments,
        megabytes=limits.attachment_megabytes,
    )
    if is_photo and not attachment.media_type.is_image:
        raise NotAPicture(field="file")
    return attach(act, attachment, purpose=purpose, caption=caption, now=now)


def attach(
    act: ControlAct, attachment: Attachment, *, purpose: Purpose, caption: str, now: datetime
) -> ControlFile:
    kept = ControlFile(act=act, purpose=purpose, caption=caption, attachment=attachment, added_at=now)
    db.session.add(kept)
    db.session.flush()
    return kept


def remove_file(kept: ControlFile, *, actor: Actor, now: datetime) -> None:
    """Takes a document back while nobody has read it: before the announcement alone."""
    act = kept.act
    take(act, Action.EDIT, actor=actor, now=now)
    act.files.remove(kept)
    attachment = kept.attachment
    db.session.delete(kept)
    db.session.flush()
    files.remove(attachment)


def _write(act: ControlAct, card: Card) -> None:
    act.agency = card.agency
    act.initiator = shown(card.initiator).strip()
    act.titles = _lines(card.titles)
    act.subjects = _texts(card.subjects)
    act.programmes = _texts(card.programmes)


def _lines(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: line for language, text in texts.items() if (line := shown_line(text))}


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: cleaned for language, text in texts.items() if (cleaned := shown(text).strip())}
