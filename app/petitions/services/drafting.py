"""Writing a petition: a draft that is kept at every step, until it is submitted."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from app import clock
from app.access import Actor
from app.accounts.models import Account
from app.agencies import queries as agencies
from app.agencies.models import Agency
from app.db import db
from app.duties import services as duties
from app.duties.models import DutyKind
from app.errors import InvalidInput
from app.law import PetitionRules, Threshold, calendar_now, due_date, rules_in_force
from app.petitions import policies
from app.petitions.actions import Action
from app.petitions.errors import DraftIncomplete
from app.petitions.events import PetitionSubmitted
from app.petitions.models import Demand, Petition
from app.petitions.queries import people
from app.petitions.services.indexing import index
from app.petitions.services.transitions import lock, move
from app.territories import queries as territories

# The question pages, in their order. The last one shows everything and submits.
STEPS = ("matters", "addressee", "title", "demands", "arguments", "contact")


class ExcludedMatter(InvalidInput):
    """The author said that the petition touches a matter that petitions may not be about; `grounds` are its ids."""


def begin(*, language: str, answers: dict[str, bool], actor: Actor, now: datetime) -> Petition:
    """A new draft of `actor`, with the answers to the questions about excluded matters.

    A draft in which nothing but these answers stands is taken up again: a button pressed twice leaves one draft.
    """
    _refuse_excluded(answers)
    # Locked, so that of two requests at once the second finds the draft of the first.
    account = db.session.get_one(Account, actor.account_id, with_for_update={"of": Account})
    if empty := people.empty_draft_of(actor):
        empty.draft_answers = answers
        return empty
    petition = Petition(
        author_id=account.id,
        language=language,
        author_shown_as=account.public_name,
        region_code=account.region_code,
        created_at=now,
        draft_answers=answers,
        draft_steps=["matters"],
    )
    db.session.add(petition)
    # The address of the next page needs the number.
    db.session.flush()
    return petition


def answer_matters(petition: Petition, *, answers: dict[str, bool], actor: Actor) -> None:
    policies.check(Action.EDIT, actor, petition)
    _refuse_excluded(answers)
    petition.draft_answers = answers
    _finish(petition, "matters")


def choose_addressee(petition: Petition, *, slug: str, actor: Actor) -> None:
    """The body that is asked; its territory is the petition's. PopulationNeeded if nobody can say its threshold."""
    policies.check(Action.EDIT, actor, petition)
    agency = agencies.by_slug(slug)
    if agency is None or not agency.may_be_petitioned:
        raise InvalidInput(field="addressee")
    # PopulationNeeded now rather than when everything is written.
    expected_threshold(agency, rules=rules_in_force(clock.today()))
    petition.addressee = agency
    _finish(petition, "addressee")


def name_it(petition: Petition, *, language: str, titles: dict[str, str], topic: str, actor: Actor) -> None:
    """The title in its original language, and in others where the author wishes."""
    policies.check(Action.EDIT, actor, petition)
    if not titles.get(language):
        raise InvalidInput(field="title")
    petition.language, petition.topic = language, topic
    petition.titles = {code: title for code, title in titles.items() if title}
    _finish(petition, "title")


def ask(petition: Petition, *, demands: Sequence[str], actor: Actor) -> None:
    """The numbered demands, one to five by the rules of this site."""
    policies.check(Action.EDIT, actor, petition)
    limits = rules_in_force(clock.today()).limits
    texts = [text for text in demands if text]
    if not limits.minimum_demands <= len(texts) <= limits.maximum_demands:
        raise InvalidInput(field="demands", minimum=limits.minimum_demands, maximum=limits.maximum_demands)
    petition.demands = [Demand(position=i, text=text) for i, text in enumerate(texts, start=1)]
    _finish(petition, "demands")


def argue(petition: Petition, *, arguments: str, actor: Actor) -> None:
    policies.check(Action.EDIT, actor, petition)
    petition.arguments = arguments
    _finish(petition, "arguments")


def leave_address(petition: Petition, *, email: str, region_code: str, language: str, actor: Actor) -> None:
    """Residence and e-mail of the author, which the law asks for (APPC art. 90-2(2)); kept with the account, shown to
    nobody. `language` is that of the mails."""
    policies.check(Action.EDIT, actor, petition)
    if region_code not in territories.region_codes():
        raise InvalidInput(field="region")
    account = petition.author
    if account.email != email:
        account.email_confirmed_at = None
    account.email, account.region_code, account.language = email, region_code, language
    petition.region_code = region_code
    _finish(petition, "contact")


def submit(petition: Petition, *, actor: Actor, now: datetime) -> Petition:
    """Hands the draft in: the rules of today are frozen on it, the first supporters' term and the check begin.

    The check is a duty of the authorised body, 20 working days from the creation of the draft or from the 50th
    supporter (APPC art. 90-2(5)); the earlier start is taken, because it can only be kept sooner.
    """
    lock(petition)
    policies.check(Action.SUBMIT, actor, petition)
    if missing := [step for step in STEPS if step not in petition.draft_steps]:
        raise DraftIncomplete(missing=missing)
    assert petition.addressee is not None  # noqa: S101  the step "addressee" is finished
    today = clock.today(now)
    rules = rules_in_force(today)
    threshold = expected_threshold(petition.addressee, rules=rules)
    deadline = rules.first_support.deadline
    check = duties.start(
        DutyKind.CHECK,
        agency=_authorised_body(),
        subject_kind="petition",
        subject_number=petition.number,
        deadline=rules.deadlines.get("check_from_draft") or rules.deadline("check"),
        rules_version=rules.id,
        started_on=today,
    )
    move(
        petition,
        Action.SUBMIT,
        actor=actor,
        now=now,
        fact=PetitionSubmitted,
        columns={
            "submitted_at": now,
            "rules_version": rules.id,
            "support_token": secrets.token_urlsafe(16),
            "support_closes_at": clock.end_of(due_date(today, deadline, calendar_now())),
            "first_support_needed": rules.first_support.citizens,
            "check_duty_id": check.id,
            **threshold_columns(threshold),
        },
    )
    index(petition)
    return petition


def _authorised_body() -> Agency:
    body = agencies.authorised_body()
    if body is None:
        raise RuntimeError("The register has no authorised body: run `flask agencies load`.")
    return body


def correct(petition: Petition, *, actor: Actor, now: datetime) -> Petition:
    """A draft with the text of a rejected or lapsed petition, which stays where it is; the same one if asked twice."""
    lock(petition)
    policies.check(Action.CORRECT, actor, petition)
    if begun := people.correction_of(petition):
        return begun
    draft = Petition(
        author_id=petition.author_id,
        previous_id=petition.id,
        language=petition.language,
        titles=dict(petition.titles),
        arguments=petition.arguments,
        topic=petition.topic,
        addressee_id=petition.addressee_id,
        region_code=petition.region_code,
        author_shown_as=petition.author_shown_as,
        created_at=now,
        draft_answers=dict(petition.draft_answers),
        draft_steps=list(STEPS),
        demands=[Demand(position=d.position, text=d.text) for d in petition.demands],
    )
    db.session.add(draft)
    # The address of the next page needs the number.
    db.session.flush()
    return draft


def expected_threshold(agency: Agency, *, rules: PetitionRules) -> Threshold:
    """The threshold of this addressee by today's figures, with the figures that it came from."""
    assert agency.addressee_kind is not None  # noqa: S101  only bodies that may be petitioned get here
    territory = agency.territory
    return rules.threshold(
        agency.addressee_kind,
        territory.population if territory else None,
        territory.population_on if territory else None,
    )


def threshold_columns(threshold: Threshold) -> dict[str, object]:
    return {
        "threshold_votes": threshold.votes,
        "threshold_rule": threshold.computation.value,
        "threshold_percent": threshold.percent,
        "threshold_source": threshold.source,
        "population": threshold.population,
        "population_on": threshold.population_on,
    }


def _refuse_excluded(answers: dict[str, bool]) -> None:
    if touched := [ground for ground, is_so in answers.items() if is_so]:
        raise ExcludedMatter(grounds=touched)


def _finish(petition: Petition, step: str) -> None:
    if step not in petition.draft_steps:
        petition.draft_steps = [*petition.draft_steps, step]
