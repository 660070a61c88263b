"""The card of a draft act, before anybody else can see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app import clock
from app.access import Actor
from app.agencies.models import Agency
from app.consultations import policies
from app.consultations.actions import Action
from app.consultations.errors import TermInThePast, TermTooShort
from app.consultations.lifecycle import State
from app.consultations.models import DraftAct
from app.consultations.services.indexing import index
from app.consultations.services.transitions import lock, move
from app.db import db
from app.errors import Forbidden
from app.law import ConsultationRules, calendar_now, consultation_rules_in_force, due_date
from app.law.rules import Deadline
from app.text.normalize import shown, shown_line

LANGUAGES = ("kk", "ru")


@dataclass(frozen=True, slots=True)
class Card:
    """What the developing body says about its draft; texts per language."""

    kind: str
    stage: str
    level: str
    topic: str
    region_code: str | None
    affects: tuple[str, ...]
    is_emergency: bool
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Term:
    """When the discussion opens and closes; `reason` says why it is not the proposed one."""

    opens_on: date
    closes_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The shortest discussion that the rules let, for a discussion that opens on `opens_on`."""

    opens_on: date
    closes_on: date
    deadline: Deadline


def begin(
    *, agency: Agency, language: str, actor: Actor, now: datetime, previous: DraftAct | None = None
) -> DraftAct:
    """A new draft act of `agency` on which only its officers work."""
    if agency.id not in actor.agency_ids:
        raise Forbidden(action=Action.EDIT)
    draft = DraftAct(
        agency=agency,
        created_by=actor.account_id,
        language=language,
        created_at=now,
        state=State.PREPARING,
        previous=previous,
        rules_version=consultation_rules_in_force(clock.today(now)).id,
        titles={},
        summaries={},
        notes={},
        affects=[],
    )
    if previous is not None:
        _take_over(draft, previous)
    db.session.add(draft)
    # Its number stands in every address.
    db.session.flush()
    return draft


def _take_over(draft: DraftAct, previous: DraftAct) -> None:
    """A repeated discussion starts from the card of the one before."""
    draft.kind, draft.level, draft.topic = previous.kind, previous.level, previous.topic
    draft.region_code, draft.affects = previous.region_code, list(previous.affects)
    draft.titles, draft.summaries = dict(previous.titles), dict(previous.summaries)
    draft.notes, draft.stage = dict(previous.notes), "repeat"


def describe(draft: DraftAct, *, card: Card, actor: Actor) -> DraftAct:
    """Writes the card. What is still missing is asked for when the draft is announced."""
    lock(draft)
    policies.check(Action.EDIT, actor, draft)
    if (draft.kind, draft.stage, draft.is_emergency) != (card.kind, card.stage, card.is_emergency):
        _forget_term(draft)
    draft.kind, draft.stage, draft.level, draft.topic = card.kind, card.stage, card.level, card.topic
    draft.region_code, draft.affects = card.region_code, list(card.affects)
    draft.is_emergency = card.is_emergency
    draft.titles = {lang: shown_line(text) for lang, text in card.titles.items() if text.strip()}
    draft.summaries = {lang: shown(text) for lang, text in card.summaries.items() if text.strip()}
    draft.notes = {lang: shown(text) for lang, text in card.notes.items() if text.strip()}
    index(draft)
    return draft


def _forget_term(draft: DraftAct) -> None:
    """A term was counted by the rule of another kind or stage: it is to be set anew."""
    draft.opens_on = draft.closes_on = None
    draft.term_value = draft.term_unit = draft.term_source = draft.term_mark = draft.term_reason = None


def propose_term(draft: DraftAct, *, rules: ConsultationRules, opens_on: date) -> Proposal:
    """The shortest discussion of such a draft from `opens_on` on; KeyError while kind and stage are not chosen.

    The day of opening is day zero, as in every period of the code that the rules are read by.
    """
    deadline = rules.term(draft.stage, draft.kind, draft.is_emergency)
    return Proposal(opens_on, due_date(opens_on, deadline, calendar_now()), deadline)


def set_term(
    draft: DraftAct, *, term: Term, rules: ConsultationRules, actor: Actor, now: datetime
) -> DraftAct:
    """Writes when the discussion opens and closes, by which rule. TermTooShort if it is shorter than the rules let and
    no ground is stated; a longer one needs a reason neither."""
    lock(draft)
    policies.check(Action.EDIT, actor, draft)
    if term.opens_on < clock.today(now):
        raise TermInThePast(field="opens_on", earliest=clock.today(now))
    proposal = propose_term(draft, rules=rules, opens_on=term.opens_on)
    if term.closes_on < term.opens_on:
        raise TermInThePast(field="closes_on", earliest=term.opens_on)
    reason = shown(term.reason).strip()
    if term.closes_on < proposal.closes_on and not reason:
        raise TermTooShort(field="closes_on", earliest=proposal.closes_on)
    deadline = proposal.deadline
    draft.opens_on, draft.closes_on = term.opens_on, term.closes_on
    draft.term_value, draft.term_unit = deadline.value, deadline.unit.value
    draft.term_source, draft.term_mark = deadline.source, deadline.mark.value
    draft.term_reason = reason or None
    draft.rules_version = rules.id
    db.session.flush()
    return draft


def discard(draft: DraftAct, *, actor: Actor, now: datetime) -> DraftAct:
    """The body drops a draft that nobody saw."""
    return move(draft, Action.DISCARD, actor=actor, now=now)
