"""Before a sitting: its agenda, its notice, moving and cancelling it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from app import clock
from app.access import Actor
from app.audit import record
from app.consultations.lifecycle import PUBLIC_STATES as PUBLIC_DRAFTS
from app.consultations.models import DraftAct
from app.councils import policies as council_policies
from app.councils.models import Council, Member
from app.db import db
from app.errors import Forbidden, InvalidInput
from app.files import services as files
from app.files.services import Upload
from app.gatherings import services as gatherings
from app.gatherings.models import GatheringKind
from app.i18n import _, use_language
from app.law import council_rules_in_force, council_rules_version
from app.petitions.lifecycle import PUBLIC_STATES as PUBLIC_PETITIONS
from app.petitions.models import Petition
from app.proposals.lifecycle import PUBLIC_STATES as PUBLIC_PROPOSALS
from app.proposals.models import Proposal
from app.sittings import policies, queries
from app.sittings.actions import Action
from app.sittings.errors import NotPutToVote, Unfinished, VoteRunning
from app.sittings.events import SittingCalled
from app.sittings.lifecycle import ItemKind, ItemState, State
from app.sittings.models import AgendaItem, ItemFile, Sitting
from app.sittings.models.sitting import NUMBERS
from app.sittings.services.transitions import lock, move
from app.text.normalize import shown_line

LANGUAGES = ("kk", "ru")


class InThePast(InvalidInput):
    """The sitting would begin before now."""


class OnTheAgenda(InvalidInput):
    """The same thing stands on this agenda already, at `position`."""


class NotPublic(InvalidInput):
    """The thing that was named is not there, or not public."""


@dataclass(frozen=True, slots=True)
class ItemWords:
    """What the form yields. One of `draft`, `petition`, `proposal`, `matter` as `kind` says. Empty titles of a thing
    are filled with its own."""

    kind: ItemKind
    titles: dict[str, str] = field(default_factory=dict)
    draft: DraftAct | None = None
    petition: Petition | None = None
    proposal: Proposal | None = None
    matter: str | None = None
    rapporteur: Member | None = None


def prepare(
    council: Council,
    *,
    starts_at: datetime,
    ends_at: datetime | None = None,
    place: str = "",
    link: str | None = None,
    places: int | None = None,
    actor: Actor,
    now: datetime,
) -> Sitting:
    """A sitting that only its council knows of until it is called."""
    if not council_policies.is_secretary(actor, council):
        raise Forbidden(action=Action.PREPARE)
    if starts_at <= now:
        raise InThePast(field="starts_at")
    number = db.session.execute(select(NUMBERS.next_value())).scalar_one()
    gathering = gatherings.arrange(
        kind=GatheringKind.SITTING,
        number=number,
        titles=_titles(council),
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        link=link,
        places=places,
        council=council,
        agency=council.agency,
        now=now,
    )
    sitting = Sitting(
        number=number,
        council=council,
        gathering=gathering,
        state=State.PREPARING,
        rules_version=council_rules_in_force(clock.today(now)).id,
        created_at=now,
        created_by=actor.account_id,
    )
    db.session.add(sitting)
    db.session.flush()
    record(actor, Action.PREPARE.value, subject=f"sitting:{number}", now=now)
    return sitting


def change(
    sitting: Sitting,
    *,
    starts_at: datetime,
    ends_at: datetime | None,
    place: str,
    link: str | None,
    places: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Another time or place while nobody was told of it; after the notice a sitting is moved."""
    policies.check(Action.PREPARE, actor, lock(sitting))
    if starts_at <= now:
        raise InThePast(field="starts_at")
    gatherings.change(
        sitting.gathering,
        titles=sitting.gathering.titles,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        link=link,
        places=places,
        now=now,
    )


def _titles(council: Council) -> dict[str, str]:
    said = {}
    for language in ("kk", "ru", "en"):
        with use_language(language):
            said[language] = _("Sitting: %(council)s", council=council.name)
    return said


def add_item(sitting: Sitting, words: ItemWords, *, actor: Actor, now: datetime) -> AgendaItem:
    """One more item at the end of the agenda. After the notice its page says when it was added.

    Unfinished without a title in both languages, NotPublic for a thing that the public may not know of, OnTheAgenda
    for one that stands there already.
    """
    lock(sitting)
    policies.check(Action.PREPARE, actor, sitting)
    titles = _item_titles(words)
    if missing := [language for language in LANGUAGES if not titles.get(language)]:
        raise Unfinished(field=f"title_{missing[0]}", missing=missing)
    _see_the_thing(sitting, words)
    position = db.session.scalar(
        select(func.coalesce(func.max(AgendaItem.position), 0) + 1).where(AgendaItem.sitting_id == sitting.id)
    )
    examination = queries.examination(sitting.council_id, words.draft.id) if words.draft else None
    item = AgendaItem(
        sitting=sitting,
        position=position,
        kind=words.kind,
        state=ItemState.WAITING,
        titles=titles,
        draft=words.draft,
        petition=words.petition,
        proposal=words.proposal,
        matter=words.matter,
        examination=examination,
        rapporteur=words.rapporteur or (examination.rapporteur if examination else None),
        added_at=now,
    )
    db.session.add(item)
    db.session.flush()
    return item


def _item_titles(words: ItemWords) -> dict[str, str]:
    """As typed; where nothing was typed, the thing's own title."""
    own: dict[str, str] = {}
    if words.draft is not None:
        own = words.draft.titles
    elif words.petition is not None:
        own = dict.fromkeys(LANGUAGES, words.petition.title or "")
    elif words.proposal is not None:
        own = dict.fromkeys(LANGUAGES, words.proposal.title)
    elif words.matter is not None:
        name = council_rules_in_force(clock.today()).matter(words.matter).name
        own = {"kk": name.kk, "ru": name.ru}
    typed = {language: shown_line(words.titles.get(language, "")) for language in ("kk", "ru", "en")}
    said = {language: typed[language] or own.get(language, "") for language in typed}
    return {language: text for language, text in said.items() if text}


def _see_the_thing(sitting: Sitting, words: ItemWords) -> None:
    """A thing that fits the kind, that is public, and that does not stand there yet."""
    things = {
        ItemKind.DRAFT: words.draft,
        ItemKind.PETITION: words.petition,
        ItemKind.PROPOSAL: words.proposal,
        ItemKind.MATTER: words.matter,
    }
    if words.kind in things and things[words.kind] is None:
        raise NotPublic(field="thing")
    draft, petition, proposal = words.draft, words.petition, words.proposal
    if (
        (draft is not None and draft.state not in PUBLIC_DRAFTS)
        or (petition is not None and petition.state not in PUBLIC_PETITIONS)
        or (proposal is not None and proposal.state not in PUBLIC_PROPOSALS)
    ):
        raise NotPublic(field="thing")
    for item in sitting.items:
        same = (
            (draft is not None and item.draft_id == draft.id)
            or (petition is not None and item.petition_id == petition.id)
            or (proposal is not None and item.proposal_id == proposal.id)
        )
        if same:
            raise OnTheAgenda(field="thing", position=item.position)


def remove_item(item: AgendaItem, *, actor: Actor, now: datetime) -> None:
    """Takes an item off an agenda that nobody was shown yet; after the notice an item is postponed instead."""
    sitting = lock(item.sitting)
    policies.check(Action.PREPARE, actor, sitting)
    if sitting.called_at is not None:
        raise Unfinished(missing=["reason"])
    for file in list(item.files):
        db.session.delete(file)
    db.session.flush()
    db.session.delete(item)
    db.session.flush()
    db.session.expire(sitting, ["items"])
    _number([other for other in sitting.items if other is not item])


def postpone(item: AgendaItem, *, reason: str, actor: Actor, now: datetime) -> None:
    """The item stays on the agenda, with the reason why it is not dealt with. NotPutToVote for one that was dealt
    with already, VoteRunning while it is being voted on."""
    sitting = lock(item.sitting)
    policies.check_postponing(actor, sitting)
    if item.state is not ItemState.WAITING:
        raise NotPutToVote(state=item.state)
    if queries.open_voting(item) is not None:
        raise VoteRunning()
    if not reason:
        raise Unfinished(field="reason", missing=["reason"])
    item.state, item.note = ItemState.POSTPONED, reason
    record(actor, "postpone_item", subject=f"sitting:{sitting.number}", now=now, item=item.id)


def order_items(sitting: Sitting, item_ids: Sequence[int], *, actor: Actor, now: datetime) -> None:
    """Puts the agenda in the order of `item_ids`; items that it does not name follow as they stood."""
    lock(sitting)
    policies.check(Action.PREPARE, actor, sitting)
    named = {item_id: place for place, item_id in enumerate(item_ids)}
    _number(sorted(sitting.items, key=lambda item: (named.get(item.id, len(named)), item.position)))


def _number(items: Sequence[AgendaItem]) -> None:
    for place, item in enumerate(items, start=1):
        item.position = place
    db.session.flush()


def attach(item: AgendaItem, upload: Upload, *, actor: Actor, now: datetime) -> ItemFile:
    """A document for the item, public with the agenda. AttachmentRefused says why a file is not taken."""
    policies.check(Action.PREPARE, actor, lock(item.sitting))
    limits = council_rules_version(item.sitting.rules_version).limits
    kept = files.accept(
        upload,
        actor=actor,
        now=now,
        already=len(item.files),
        at_most=limits.attachments,
        megabytes=limits.attachment_megabytes,
    )
    file = ItemFile(item=item, attachment=kept)
    db.session.add(file)
    db.session.flush()
    return file


def call(sitting: Sitting, *, actor: Actor, now: datetime) -> Sitting:
    """Publishes the notice with the agenda. Unfinished without an item; InThePast when the time is over.

    How many days before is the regulation's matter; the page says so where the notice came later.
    """
    lock(sitting)
    policies.check(Action.CALL, actor, sitting)
    if not sitting.items:
        raise Unfinished(missing=["agenda"])
    if not sitting.gathering.place and not sitting.gathering.link:
        raise Unfinished(missing=["place"])
    if sitting.gathering.starts_at <= now:
        raise InThePast(field="starts_at")
    move(sitting, Action.CALL, actor=actor, now=now, fact=SittingCalled, columns={"called_at": now})
    gatherings.publish(sitting.gathering, now=now)
    return sitting


def notice_days(sitting: Sitting) -> int:
    """How many days before a sitting its notice is published, by the council's regulation or the rules' default."""
    rules = council_rules_version(sitting.rules_version)
    return sitting.council.notice_days or rules.deadline("council_notice").value


def reschedule(
    sitting: Sitting,
    *,
    starts_at: datetime,
    ends_at: datetime | None,
    place: str,
    link: str | None,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Moves a called sitting, even an hour before: whoever registered or follows is told, and the page says from
    when to when, and why."""
    policies.check(Action.MOVE, actor, lock(sitting))
    if starts_at <= now:
        raise InThePast(field="starts_at")
    gatherings.move(
        sitting.gathering,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        link=link,
        reason=reason,
        actor=actor,
        now=now,
    )


def cancel(sitting: Sitting, *, reason: str, actor: Actor, now: datetime) -> None:
    if not reason:
        raise Unfinished(field="reason", missing=["reason"])
    move(sitting, Action.CANCEL, actor=actor, now=now)
    gatherings.cancel(sitting.gathering, reason=reason, actor=actor, now=now)
