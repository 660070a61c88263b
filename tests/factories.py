"""Petitions in every state, made by the services themselves, so that no test stands on a state that cannot be."""

import itertools
import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app import clock
from app.accounts.models import Account
from app.db import db
from app.law import rules_version
from app.petitions import queries
from app.petitions.lifecycle import State
from app.petitions.models import AnswerKind, Outcome, Petition, Signature, StepState
from app.petitions.services import checking, closing, counting, drafting, forwarding, reviewing
from tests.cast import ADDRESSEE, Cast
from tests.processes import until

_titles = itertools.count(1)
REASON = "Өтініш заңда көрсетілген талаптарға сай емес, себебі төменде."


def draft(cast: Cast, *, now: datetime | None = None, addressee: str = ADDRESSEE, **words: Any) -> Petition:
    now = now or clock.now()
    author: Account = words.get("author") or cast.aigul
    actor = author.actor()
    title = words.get("title") or f"Мектеп жанына жаяу жүргінші жолын салу № {next(_titles)}"
    language = words.get("language", "kk")
    petition = drafting.begin(language=language, answers={}, actor=actor, now=now)
    drafting.choose_addressee(petition, slug=addressee, actor=actor)
    titles = words.get("titles") or {language: title}
    drafting.name_it(
        petition, language=language, titles=titles, topic=words.get("topic", "transport"), actor=actor
    )
    demands = words.get("demands") or ["Жаяу жүргінші жолын салу", "Бағдаршам орнату"]
    drafting.ask(petition, demands=demands, actor=actor)
    drafting.argue(petition, arguments=words.get("arguments", "Балалар жолдан өтуге қорқады."), actor=actor)
    drafting.leave_address(
        petition,
        email=words.get("email", "aigul@example.kz"),
        region_code="KZ-11",
        language=language,
        actor=actor,
    )
    return petition


def submitted(cast: Cast, *, now: datetime | None = None, **words: Any) -> Petition:
    now = now or clock.now()
    petition = draft(cast, now=now, **words)
    return drafting.submit(petition, actor=petition.author.actor(), now=now)


def signatures(
    petition: Petition, count: int, *, region: str = "KZ-11", at: datetime | None = None, counted: bool = True
) -> None:
    """`count` signatures of people whom nobody knows."""
    at = at or clock.now()
    if count:
        db.session.execute(
            sa.insert(Signature),
            [
                {
                    "petition_id": petition.id,
                    "signer_key": secrets.token_bytes(16),
                    "region_code": region,
                    "consent_version": "test",
                    "signed_at": at,
                }
                for _ in range(count)
            ],
        )
    if counted:
        # Where a relay runs beside the test, its sequencer may hold the lock at this very moment.
        until(lambda: counting.run(batch=1_000_000, now=at) >= count)
        db.session.expire_all()


def published(
    cast: Cast, *, now: datetime | None = None, threshold: int | None = None, **words: Any
) -> Petition:
    now = now or clock.now()
    petition = submitted(cast, now=now, **words)
    signatures(petition, petition.first_support_needed or 0, at=now)
    checking.pass_check(petition, actor=cast.yerlan.actor(), now=now)
    if threshold is not None:
        petition.threshold_votes = threshold
        db.session.flush()
    return petition


def rejected(cast: Cast, *, now: datetime | None = None, ground: str | None = None, **words: Any) -> Petition:
    now = now or clock.now()
    petition = submitted(cast, now=now, **words)
    ground = ground or rules_version(petition.rules_version or "").excluded_matters[8].id
    return checking.reject(petition, ground=ground, reason=REASON, actor=cast.yerlan.actor(), now=now)


def lapsed(cast: Cast, *, now: datetime | None = None, **words: Any) -> Petition:
    petition = submitted(cast, now=(now or clock.now()) - timedelta(days=40), **words)
    closing.end_terms(now=now or clock.now())
    db.session.refresh(petition)
    return petition


def supported(cast: Cast, *, now: datetime | None = None, threshold: int = 60, **words: Any) -> Petition:
    now = now or clock.now()
    petition = published(cast, now=now, threshold=threshold, **words)
    signatures(petition, threshold - (queries.tally_of(petition).signatures), at=now)  # type: ignore[union-attr]
    db.session.refresh(petition)
    return petition


def forwarded(cast: Cast, *, now: datetime | None = None, **words: Any) -> Petition:
    now = now or clock.now()
    petition = supported(cast, now=now, **words)
    forwarding.forward(petition, now=now)
    return petition


def registered(cast: Cast, *, now: datetime | None = None, **words: Any) -> Petition:
    now = now or clock.now()
    petition = forwarded(cast, now=now, **words)
    return forwarding.register(petition, registration_number="ЖТ-2026-117", actor=cast.marat.actor(), now=now)


def reviewed(cast: Cast, *, now: datetime | None = None, **words: Any) -> Petition:
    """Under review with every step of the law done."""
    now = now or clock.now()
    petition = registered(cast, now=now, **words)
    finish_steps(petition, cast, now=now)
    return petition


def finish_steps(petition: Petition, cast: Cast, *, now: datetime) -> None:
    """Every step of the law done today; the discussion was announced in time."""
    for step in reviewing.missing_steps(petition):
        if step == "public_discussion":
            reviewing.record_step(
                petition,
                step=step,
                state=StepState.ANNOUNCED,
                on=clock.today(now),
                place="Көкшетау, Абай көшесі 83",
                actor=cast.marat.actor(),
                now=now - timedelta(days=14),
            )
        reviewing.record_step(
            petition,
            step=step,
            state=StepState.DONE,
            on=clock.today(now),
            note="Қатысқандар: жұмыс тобы, арыз иесі, тұрғындар.",
            actor=cast.marat.actor(),
            now=now,
        )


def decision_draft(
    petition: Petition, *, revision: int = 0, by_when: date | None = None
) -> reviewing.DecisionDraft:
    kinds = itertools.cycle([AnswerKind.ACCEPTED, AnswerKind.REFUSED])
    return reviewing.DecisionDraft(
        language="kk",
        outcome=Outcome.PARTIAL,
        parts={part: f"Шешімнің мәтіні: {part}." for part in reviewing.TEXT_PARTS},
        signed_by="Ахметова Г. С., облыс әкімі",
        answers=[
            reviewing.AnswerDraft(
                demand_id=demand.id,
                kind=kind,
                text="Жол 2027 жылдың көктемінде салынады.",
                responsible="Жолаушылар көлігі басқармасы",
                by_when=by_when or date(2027, 5, 1),
            )
            for demand, kind in zip(petition.demands, kinds, strict=False)
        ],
        revision=revision,
    )


def decided(cast: Cast, *, now: datetime | None = None, **words: Any) -> Petition:
    now = now or clock.now()
    petition = reviewed(cast, now=now, **words)
    reviewing.save_decision(petition, draft=decision_draft(petition), actor=cast.marat.actor(), now=now)
    return reviewing.publish_decision(petition, actor=cast.gulnar.actor(), now=now)


def returned(cast: Cast, *, now: datetime | None = None, **words: Any) -> Petition:
    now = now or clock.now()
    petition = published(cast, now=now - timedelta(days=200), **words)
    return closing.return_unsupported(petition, now=now)


def answered(cast: Cast, *, now: datetime | None = None, **words: Any) -> Petition:
    now = now or clock.now()
    petition = returned(cast, now=now, **words)
    return closing.answer_letter(
        petition, text="Мәселе аудандық жоспарға енгізілді.", actor=cast.gulnar.actor(), now=now
    )


def withdrawn(cast: Cast, *, now: datetime | None = None, **words: Any) -> Petition:
    now = now or clock.now()
    petition = submitted(cast, now=now, **words)
    return closing.withdraw(petition, actor=petition.author.actor(), now=now)


def closed(cast: Cast, *, now: datetime | None = None, **words: Any) -> Petition:
    now = now or clock.now()
    petition = published(cast, now=now, **words)
    return closing.close(petition, note=REASON, actor=cast.yerlan.actor(), now=now)


def removed(cast: Cast, *, now: datetime | None = None, **words: Any) -> Petition:
    now = now or clock.now()
    petition = published(cast, now=now, **words)
    return closing.remove(petition, note=REASON, actor=cast.asel.actor(), now=now)


MAKERS: dict[State, Callable[..., Petition]] = {
    State.DRAFT: draft,
    State.SUBMITTED: submitted,
    State.REJECTED: rejected,
    State.LAPSED: lapsed,
    State.WITHDRAWN: withdrawn,
    State.PUBLISHED: published,
    State.SUPPORTED: supported,
    State.FORWARDED: forwarded,
    State.UNDER_REVIEW: registered,
    State.DECIDED: decided,
    State.RETURNED: returned,
    State.ANSWERED: answered,
    State.CLOSED: closed,
    State.REMOVED: removed,
}


def in_state(state: State, cast: Cast, **words: Any) -> Petition:
    petition = MAKERS[state](cast, **words)
    assert petition.state is state, (petition.state, state)
    return petition
