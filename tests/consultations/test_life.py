"""The life of a draft act: announced, open, closed, under review, withdrawn, exempt; and its versions."""

from datetime import timedelta

import pytest

from app import clock
from app.consultations import queries
from app.consultations.errors import StaleVersion, TermTooShort, Unfinished, WrongLanguage
from app.consultations.lifecycle import State
from app.consultations.models import CarriedComment, ClauseChange, Fate
from app.consultations.policies import NotInThisState
from app.consultations.services import announcing, carrying, drafting, versions
from app.consultations.services.drafting import Term
from app.db import db
from app.errors import Forbidden
from app.law import calendar_now, consultation_rules_in_force
from app.text.alignment import Change
from tests import drafts
from tests.cast import MONDAY

pytestmark = pytest.mark.usefixtures("session")


def keys(version, language="ru"):
    return {clause.anchor: clause.key for clause in queries.clauses(version, language)}


def changes(version, language="ru"):
    rows = db.session.scalars(
        db.select(ClauseChange)
        .where(ClauseChange.version_id == version.id, ClauseChange.language == language)
        .order_by(ClauseChange.position)
    )
    return {(row.new or row.old).text[:12]: row for row in rows}


@pytest.mark.parametrize("state", list(drafts.MAKERS))
def test_every_state_is_reached(cast, state):
    assert drafts.in_state(state, cast).state is state


def test_without_the_full_text_in_both_languages_nothing_is_announced(cast):
    draft = drafts.blank(cast)
    drafting.describe(draft, card=drafts.card(), actor=cast.marat.actor())
    version = versions.prepare(draft, actor=cast.marat.actor(), now=clock.now())
    drafts.take_texts(version, cast, ru=drafts.RU)
    with pytest.raises(Unfinished) as refused:
        announcing.announce(draft, actor=cast.gulnar.actor(), now=clock.now())
    assert refused.value.data["missing"] == ["full_text", "term"]
    assert draft.state is State.PREPARING


def test_only_the_head_announces(cast):
    draft = drafts.preparing(cast)
    with pytest.raises(Forbidden):
        announcing.announce(draft, actor=cast.marat.actor(), now=clock.now())


def test_a_shorter_discussion_needs_a_ground(cast):
    draft = drafts.preparing(cast, now=MONDAY)
    rules = consultation_rules_in_force(clock.today(MONDAY))
    proposal = drafting.propose_term(draft, rules=rules, opens_on=clock.today(MONDAY))
    short = Term(proposal.opens_on, proposal.closes_on - timedelta(days=1))
    with pytest.raises(TermTooShort) as refused:
        drafting.set_term(draft, term=short, rules=rules, actor=cast.marat.actor(), now=MONDAY)
    assert refused.value.data["earliest"] == proposal.closes_on


def test_the_discussion_opens_on_its_day_and_closes_after_its_last(cast):
    draft = drafts.announced(cast, now=MONDAY)
    announcing.open_and_close(now=MONDAY)
    assert draft.state is State.ANNOUNCED
    opening = MONDAY + timedelta(days=7)
    announcing.open_and_close(now=opening)
    assert draft.state is State.OPEN
    assert draft.thread.is_open
    assert draft.answers_duty.started_on == draft.closes_on
    last_day = opening + (draft.closes_on - clock.today(opening))
    announcing.open_and_close(now=last_day)
    assert draft.state is State.OPEN
    announcing.open_and_close(now=last_day + timedelta(days=1))
    assert draft.state is State.CLOSED
    assert not draft.thread.is_open


def test_more_time_moves_what_is_owed(cast):
    draft = drafts.opened(cast, now=MONDAY)
    before = draft.answers_duty
    later = draft.closes_on + timedelta(days=14)
    announcing.prolong(draft, closes_on=later, reason=drafts.REASON, actor=cast.gulnar.actor(), now=MONDAY)
    assert before.cancelled_at is not None
    assert draft.answers_duty.last_day > before.last_day
    assert draft.thread.duty is draft.answers_duty
    assert draft.closes_on == later and calendar_now().is_working_day(draft.answers_duty.last_day)


def test_a_withdrawn_draft_owes_nothing_and_takes_no_comments(cast):
    draft = drafts.withdrawn(cast)
    assert draft.answers_duty.cancelled_at is not None
    assert not draft.thread.is_open
    assert draft.withdrawal_reason == drafts.REASON


def test_both_languages_share_the_keys_of_their_clauses(cast):
    version = drafts.newest(drafts.opened(cast))
    assert keys(version, "kk") == keys(version, "ru")
    assert "clause-3" in keys(version)


def test_a_new_version_hands_the_keys_on(cast):
    draft = drafts.opened(cast)
    first = keys(drafts.newest(draft))
    version = drafts.second_version(draft, cast)
    second = keys(version)
    assert second["clause-3"] == first["clause-3"], "edited, still the same clause"
    assert second["clause-5"] == first["clause-4"], "moved"
    assert second["clause-6"] not in first.values(), "new"
    seen = changes(version)
    assert seen["Содержатель "].change is Change.EDITED
    assert ["deleted", "месяц"] in seen["Содержатель "].pieces
    assert ["inserted", "неделю"] in seen["Содержатель "].pieces
    assert seen["Ночью площад"].change is Change.NEW
    assert seen["содержатель "].change is Change.REMOVED
    assert seen["Настоящие Пр"].change is Change.UNCHANGED
    assert Change.MOVED in {row.change for row in seen.values()}


def test_a_text_in_the_wrong_language_is_refused(cast):
    draft = drafts.opened(cast)
    version = versions.prepare(draft, actor=cast.marat.actor(), now=clock.now())
    with pytest.raises(WrongLanguage):
        drafts.take_texts(version, cast, ru=drafts.KK)


def test_a_text_that_changed_after_the_comparison_is_not_published(cast):
    draft = drafts.opened(cast)
    version = drafts.second_version(draft, cast, publish=False)
    compared = version.attempt
    drafts.take_texts(version, cast, ru=drafts.RU)
    with pytest.raises(StaleVersion):
        versions.publish_version(version, attempt=compared, actor=cast.gulnar.actor(), now=clock.now())


def test_comments_learn_what_became_of_their_clause(cast):
    draft = drafts.opened(cast)
    said = {
        "clause-1": Fate.UNCHANGED,
        "clause-3": Fate.EDITED,
        "clause-5": Fate.MOVED,
        "clause-2.sub-2": Fate.REMOVED,
    }
    comments = {
        drafts.comment(draft, cast.bolat, f"{path} туралы пікірім осындай.", path=path).id: fate
        for path, fate in said.items()
    }
    drafts.comment(draft, cast.bolat, "Тұтас жоба жақсы екен деп ойлаймын.", path=None)
    version = drafts.second_version(draft, cast)
    carried = {row.comment_id: row for row in db.session.scalars(db.select(CarriedComment))}
    assert {comment: row.fate for comment, row in carried.items()} == comments
    assert carrying.carry(version, now=clock.now()) == 0, "twice does nothing twice"


def test_a_removed_clause_stays_removed_in_later_versions(cast):
    draft = drafts.opened(cast)
    comment = drafts.comment(draft, cast.bolat, path="clause-2.sub-2")
    drafts.second_version(draft, cast)
    third = drafts.second_version(draft, cast, kk=drafts.KK, ru=drafts.RU)
    assert queries.carried(third, comment.id).fate is Fate.REMOVED


def test_a_draft_in_preparation_is_its_bodys_alone(cast):
    from app.access import ANONYMOUS
    from app.consultations.policies import may_know

    draft = drafts.preparing(cast)
    assert may_know(cast.marat.actor(), draft)
    assert not may_know(cast.timur.actor(), draft)
    assert not may_know(ANONYMOUS, draft)


def test_a_report_before_the_review_is_no_transition(cast):
    draft = drafts.opened(cast)
    with pytest.raises(NotInThisState):
        announcing.begin_review(draft, actor=cast.marat.actor(), now=clock.now())


def test_a_comparison_that_fails_gives_the_text_back(cast, monkeypatch):
    from app.consultations import jobs
    from app.consultations.events import ComparisonAsked
    from app.consultations.models import VersionState
    from app.consultations.services import comparing

    draft = drafts.opened(cast)
    version = versions.prepare(draft, actor=cast.marat.actor(), now=clock.now())
    versions.ask_comparison(version, actor=cast.marat.actor())

    def fail(*_, **__):
        raise RuntimeError("no such alphabet")

    monkeypatch.setattr(comparing, "align", fail)
    jobs.compare(ComparisonAsked(draft_id=draft.id, version_id=version.id, attempt=version.attempt))
    assert version.state is VersionState.PREPARING
    monkeypatch.undo()
    versions.ask_comparison(version, actor=cast.marat.actor())
    jobs.compare(ComparisonAsked(draft_id=draft.id, version_id=version.id, attempt=version.attempt))
    assert version.state is VersionState.READY


def test_a_comment_that_comes_late_for_its_version_is_carried_too(cast):
    from app.comments.events import CommentPosted
    from app.comments.models import Anchor
    from app.comments.services import posting
    from app.comments.services.posting import CommentWords
    from app.consultations import jobs

    draft = drafts.opened(cast)
    read = keys(drafts.newest(draft))["clause-3"]
    version = drafts.second_version(draft, cast)
    late = posting.post(
        draft.thread,
        words=CommentWords(text="Айына бір рет тексеру аз деп ойлаймын.", language="kk"),
        anchor=Anchor(key=read, path="clause-3", version=1, language="kk"),
        upload=None,
        actor=cast.bolat.actor(),
        now=clock.now(),
    )
    assert late.anchor_version == 1, "it stays on the version that was read"
    jobs.carry_late(CommentPosted(comment_id=late.id))
    assert queries.carried(version, late.id).fate is Fate.EDITED
