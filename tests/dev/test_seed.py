"""The demo country: complete, provable, in three languages, made once."""

import os
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app import clock, create_app
from app.accounts import queries as accounts
from app.accounts.identity_providers import Identity
from app.accounts.iin import parse
from app.accounts.models import Account
from app.accounts.services import signing_in
from app.comments.lifecycle import AnswerState
from app.comments.lifecycle import State as CommentState
from app.comments.models import Agreement, Answer, Comment, Group, GroupState, Thread
from app.comments.queries import figures
from app.consultations import queries as draft_queries
from app.consultations.lifecycle import State as DraftState
from app.consultations.models import CarriedComment, DraftAct, DraftVersion, Fate
from app.control.models import ControlAct, Question
from app.councils.models import Competition, Council, CouncilLevel, Member
from app.councils.queries import by_slug
from app.councils.queries.composition import members_on
from app.db import db, transaction
from app.dev import seed as seeding
from app.dev.seed import acts as written
from app.dev.seed import councils, proposals, texts
from app.dev.seed import drafts as told
from app.dev.seed.people import PASSWORD, citizens, employees
from app.documents import reading, tree
from app.duties.models import ClockState
from app.i18n import LANGUAGES
from app.notifications.models import Delivery
from app.outbox.models import OutboxEntry
from app.petitions import queries
from app.petitions.lifecycle import PUBLIC_STATES, State
from app.petitions.models import Departure, HourlyCount, Outcome, Petition, RegionTally, Signature, Tally
from app.petitions.queries import counts
from app.petitions.queries.page import clock_on
from app.petitions.services import counting, proving, signing
from app.petitions.services.signing import Claim, SignatureDetails
from app.promises.lifecycle import State as PromiseState
from app.promises.models import Promise
from app.proposals.lifecycle import State as ProposalState
from app.proposals.models import Proposal
from app.recommendations.lifecycle import State as RecommendationState
from app.recommendations.models import RecommendationList
from app.sittings.lifecycle import Choice, ExaminationState, VotingState
from app.sittings.lifecycle import State as SittingState
from app.sittings.models import Examination, Sitting, Voting
from app.sittings.services import voting
from app.text.normalize import mixed_alphabets
from app.text.topics import OTHER, topics
from tests.conftest import settings_for


@pytest.fixture(scope="module")
def seeded(postgres, valkey, template, tmp_path_factory):
    """An application on a database of its own with the demo country in it."""
    name = f"seeded_{os.getpid()}"
    postgres.ensure_database(name, template=template)
    app = create_app(settings_for(postgres.url(name), valkey.url, tmp_path_factory.mktemp("seeded")))
    with app.app_context(), transaction():
        seeding.seed(now=clock.now())
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def country(seeded):
    with seeded.app_context():
        yield seeded
        db.session.rollback()


def petition(key: str) -> Petition:
    story = next(story for story in texts.stories() if story.key == key)
    title = story.titles[story.language]
    return db.session.scalars(
        sa.select(Petition).where(Petition.titles[story.language].astext == title)
    ).one()


def test_every_state_is_there(country):
    assert set(db.session.scalars(sa.select(Petition.state).distinct())) == set(State)


def test_every_sum_can_be_proved(country):
    assert proving.prove(now=clock.now()).drift == []


def test_the_numbers_of_the_log_follow_each_other(country):
    tallied, total = db.session.execute(
        sa.select(sa.func.sum(Tally.signatures), sa.func.sum(Tally.signatures + Tally.invalidated))
    ).one()
    assert 100_000 < tallied < 200_000
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Signature)) == total
    assert db.session.scalar(
        sa.select(sa.func.max(HourlyCount.total)).where(
            HourlyCount.petition_id == petition("winter-roads").id
        )
    ) == (queries.tally_of(petition("winter-roads")).signatures)


def test_one_petition_is_one_signature_short_of_its_threshold(country):
    almost = petition("korgalzhyn-school-bus")
    assert almost.state is State.PUBLISHED
    assert queries.tally_of(almost).signatures == almost.threshold_votes - 1
    short = db.session.scalars(
        sa.select(Petition.id)
        .join(Tally, Tally.petition_id == Petition.id)
        .where(Tally.signatures == Petition.threshold_votes - 1)
    ).all()
    assert short == [almost.id]
    mine = [employee for employee in employees() if almost.addressee.slug in employee.agencies]
    assert {role.value for employee in mine if employee.can for role in employee.roles} == {"officer", "head"}


def test_a_visitor_gives_the_missing_signature(country):
    almost, now = petition("korgalzhyn-school-bus"), clock.now()
    visitor = citizens()[0]
    identity = Identity(parse(visitor.iin(clock.today())), visitor.given_name, visitor.family_name, "trial")
    entrance = signing_in.enter_as_citizen(identity, language="kk", now=now)
    signing.sign(
        almost.number,
        details=SignatureDetails(region_code=visitor.region, consent_version="test"),
        claim=Claim(token=entrance.token, person_tag=entrance.account.person_tag),
        now=now,
    )
    counting.run(batch=100, now=now)
    assert almost.state is State.SUPPORTED


def test_the_clocks_show_every_colour(country):
    shown = [
        clock_on(p, today=clock.today()) for p in db.session.scalars(sa.select(Petition)) if p.published_at
    ]
    assert {one.clock.state for one in shown if one} == set(ClockState) - {
        ClockState.CANCELLED,
        ClockState.LAPSED,
    }


def test_every_kind_of_decision_and_enough_ratings(country):
    decided = db.session.scalars(sa.select(Petition).where(Petition.state == State.DECIDED)).all()
    decisions = [queries.published_decision_of(p) for p in decided]
    assert {decision.outcome for decision in decisions} == set(Outcome)
    for decision in decisions:
        assert all(figures.n > 20 for figures in queries.ratings_of(decision).values())


def test_a_fall_has_a_public_reason_and_cells_are_small_somewhere(country):
    fallen = petition("karaganda-shelter")
    assert [fall.reason for fall in counts.falls_of(fallen)] == ["technical"]
    assert db.session.scalar(
        sa.select(sa.func.count()).select_from(Signature).where(Signature.departure == Departure.INVALIDATED)
    )
    assert db.session.scalar(
        sa.select(sa.func.count()).select_from(RegionTally).where(RegionTally.signatures < 10)
    )


def test_people_sign_by_day(country):
    hour = sa.extract("hour", sa.func.timezone(str(clock.ALMATY), Signature.signed_at))
    by_hour = dict(db.session.execute(sa.select(hour, sa.func.count()).group_by(hour)).all())
    assert by_hour[20] > 5 * by_hour[3]


def test_nothing_lies_in_the_future_and_no_mail_waits(country):
    now = clock.now()
    assert db.session.scalar(sa.select(sa.func.max(Signature.signed_at))) < now
    assert db.session.scalar(sa.select(sa.func.max(HourlyCount.hour))) < now
    waiting = sa.select(sa.func.count()).select_from(OutboxEntry).where(OutboxEntry.done_at.is_(None))
    assert db.session.scalar(waiting) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Delivery)) == 0


def draft(key: str) -> DraftAct:
    act = next(act for act in written.all_acts() if act.key == key)
    title = DraftAct.titles[act.language].astext
    return db.session.scalars(sa.select(DraftAct).where(title == act.title[act.language])).one()


def test_a_draft_act_is_there_in_every_state_but_the_dropped_one(country):
    assert set(db.session.scalars(sa.select(DraftAct.state).distinct())) == set(DraftState) - {
        DraftState.DISCARDED
    }
    assert told.misplaced() == []


def test_every_draft_act_is_in_both_languages(country):
    for one in db.session.scalars(sa.select(DraftAct)):
        assert set(one.titles) == set(one.summaries) == set(one.notes) == {"kk", "ru"}
    for version in db.session.scalars(sa.select(DraftVersion)):
        assert draft_queries.languages_of(version) == ["kk", "ru"]


def test_the_meters_add_up(country):
    shown = sa.select(sa.func.count()).where(Comment.parent_id.is_(None), Comment.state == CommentState.SHOWN)
    for thread in db.session.scalars(sa.select(Thread)).unique():
        meter = figures.of(thread)
        assert db.session.scalar(shown.where(Comment.thread_id == thread.id)) == meter.comments
        assert meter.answered == meter.on_time + meter.late
        assert meter.texts <= meter.comments
    assert figures.of(draft("libraries").thread).unanswered == 2
    assert figures.of(draft("winter-closures").thread).on_time == 2
    assert draft("intercity-buses").likes == 41


def test_a_campaign_is_two_groups_and_its_changed_letters_are_marked(country):
    groups = db.session.scalars(
        sa.select(Group).where(Group.thread_id == draft("intercity-buses").thread_id).order_by(Group.language)
    ).all()
    assert [(one.language, one.people, one.changed) for one in groups] == [("kk", 26, 6), ("ru", 14, 3)]
    assert {one.state for one in groups} == {GroupState.PROPOSED}
    assert (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(Comment)
            .where(Comment.search_vector.is_(None), Comment.state == CommentState.SHOWN)
        )
        == 0
    )


def test_comments_were_carried_with_every_fate_and_one_waits(country):
    fates = db.session.scalars(sa.select(CarriedComment.fate)).all()
    assert set(fates) == set(Fate)
    assert fates.count(Fate.DOUBTFUL) == 1


def test_answers_stand_at_every_stage_and_an_appeal_waits(country):
    assert set(db.session.scalars(sa.select(Answer.state).distinct())) == set(AnswerState)
    assert db.session.scalar(sa.select(sa.func.count()).where(Answer.sent_back_reason.is_not(None))) == 2
    hidden = db.session.scalars(sa.select(Comment).where(Comment.state == CommentState.HIDDEN)).one()
    assert hidden.hiding.appealed_at and not hidden.hiding.appeal_decided_at
    assert db.session.scalar(sa.select(sa.func.count()).where(Comment.edited_at.is_not(None))) == 1


def test_people_talk_about_two_petitions_and_nobody_from_the_future(country):
    kinds = sa.select(Thread.subject_number).join(Comment, Comment.thread_id == Thread.id)
    assert len(set(db.session.scalars(kinds.where(Thread.subject_kind == "petition")))) == 2
    now = clock.now()
    assert db.session.scalar(sa.select(sa.func.max(Comment.created_at))) < now
    assert db.session.scalar(sa.select(sa.func.max(Agreement.at))) < now


def test_the_register_has_258_places_and_three_councils_have_people_by_election(country):
    by_level = dict(
        db.session.execute(sa.select(Council.level, sa.func.count()).group_by(Council.level)).all()
    )
    republican = sum(by_level.get(level, 0) for level in CouncilLevel if not level.is_local)
    local = by_level[CouncilLevel.CITY] + by_level[CouncilLevel.DISTRICT]
    assert (republican, by_level[CouncilLevel.REGIONAL], local) == (35, 20, 203)
    seated = [members_on(by_slug(row["slug"]), clock.today()) for row in councils.told().values()]
    assert [len(members) for members in seated] == [15, 15, 10]
    assert set(db.session.scalars(sa.select(Competition.state))) == {"announced", "approved", "cancelled"}


def test_councils_ruled_in_time_agreed_by_silence_and_wait(country):
    assert set(db.session.scalars(sa.select(Examination.state))) == set(ExaminationState)
    assert set(db.session.scalars(sa.select(Sitting.state))) == set(SittingState)
    silent = db.session.scalars(
        sa.select(Examination).where(Examination.draft_id == draft("intercity-buses").id)
    ).one()
    assert silent.state is ExaminationState.TACIT
    just_quorate = db.session.scalars(
        sa.select(Voting).where(Voting.present == 10, Voting.eligible == 9)
    ).one()
    assert (just_quorate.in_favour, just_quorate.against, just_quorate.abstained) == (7, 1, 1)
    assert len(just_quorate.dissents) == 1


def test_a_newcomer_meets_an_open_vote_and_gives_their_voice(country):
    running = db.session.scalars(sa.select(Voting).where(Voting.state == VotingState.OPEN)).one()
    member = accounts.staff_by_email("council@example.kz")
    assert len(running.votes) == 4
    voting.cast(running, choice=Choice.FOR, seen=None, actor=member.actor(), now=clock.now())
    db.session.expire(running, ["votes"])
    assert len(running.votes) == 5


def test_recommendations_are_answered_on_time_late_and_owed(country):
    lists = db.session.scalars(sa.select(RecommendationList)).all()
    owed = [one for one in lists if one.state is RecommendationState.ISSUED]
    assert [[row.answer is None for row in one.rows] for one in owed] == [[False, True]]
    late = [
        one.duty.fulfilled_on > one.duty.due_on for one in lists if one.state is RecommendationState.ANSWERED
    ]
    assert sorted(late) == [False, False, False, True]


def test_promises_proposals_and_control_are_there_in_every_state(country):
    found = db.session.scalars(sa.select(Promise)).all()
    assert {one.state for one in found} == set(PromiseState)
    assert sum(one.is_late(clock.today()) for one in found) == 1
    assert {one.source_kind for one in found} == {"recommendation", "decision", "comment_answer"}
    assert set(db.session.scalars(sa.select(Proposal.state))) == set(ProposalState)
    assert sorted(db.session.scalars(sa.select(Proposal.supports))) == sorted(
        row["supports"] for row in proposals.all_proposals()
    )
    assert len(set(db.session.scalars(sa.select(ControlAct.form)))) == 4
    assert db.session.scalar(sa.select(sa.func.max(Question.supports))) == 61


@pytest.mark.parametrize(
    "address",
    [
        "councils",
        "councils/ministry-of-transport",
        "councils/ministry-of-transport/members",
        "councils/ministry-of-transport/sittings",
        "sittings/101",
        "sittings/101/minutes",
        "rulings",
        "rulings/101",
        "competitions",
        "competitions/1",
        "promises",
        "promises/101",
        "proposals",
        "proposals/101",
        "control",
        "control/101",
        "calendar",
    ],
)
def test_every_kind_of_public_page_about_councils_opens(country, address):
    assert country.test_client().get(f"/kk/{address}").status_code == 200


def test_every_topic_but_other_has_a_public_petition(country):
    public = sa.select(Petition.topic).where(Petition.state.in_(PUBLIC_STATES)).distinct()
    assert {topic.id for topic in topics()} - {OTHER} <= set(db.session.scalars(public))


def test_every_kind_of_addressee_is_asked(country):
    kinds = {p.addressee.addressee_kind for p in db.session.scalars(sa.select(Petition)) if p.addressee}
    assert len(kinds) == 5


def test_seeding_again_adds_nothing(seeded):
    before = counted(seeded)
    result = seeded.test_cli_runner().invoke(args=["dev", "seed"])
    assert result.exit_code == 0
    assert "already there" in result.output
    assert counted(seeded) == before


def counted(app) -> list[int]:
    with app.app_context():
        tables = (Petition, Signature, Account, OutboxEntry, DraftAct, Comment, Member, Sitting, Proposal)
        return [db.session.scalar(sa.select(sa.func.count()).select_from(table)) for table in tables]


def test_the_people_can_be_read_and_signed_in_as(seeded):
    result = seeded.test_cli_runner().invoke(args=["dev", "people"])
    assert result.exit_code == 0
    assert PASSWORD in result.output
    for citizen in citizens():
        assert parse(citizen.iin(clock.today())).born_on == citizen.born_on(clock.today())
        assert (citizen.iin(clock.today()) in result.output) == bool(citizen.can)
    for employee in employees():
        assert (employee.email in result.output) == bool(employee.can)


@pytest.mark.parametrize("command", ["seed", "people"])
def test_production_refuses(postgres, valkey, template, tmp_path, command):
    app = create_app(
        settings_for(
            postgres.url(template),
            valkey.url,
            tmp_path,
            UNQOS_ENVIRONMENT="production",
            UNQOS_PUBLIC_URL="https://unqos.kz",
        )
    )
    result = app.test_cli_runner().invoke(args=["dev", command])
    assert result.exit_code == 1
    assert "not for production" in result.output


def test_what_councils_say_is_in_both_languages_and_in_one_alphabet():
    files = ("councils", "sittings", "proposals", "promises", "control")
    words = [text for name in files for text in texts_in(councils.read(name))]
    assert [word for text in words for word in mixed_alphabets(text)] == []
    for row in proposals.all_proposals():
        assert len(row["title"]) <= 150
        assert row["language"] != "kk" or set("әғқңөұүһі") & set(row["text"])
    languages = [row["language"] for row in proposals.all_proposals()]
    assert set(languages) == set(LANGUAGES)


def texts_in(value) -> list[str]:
    """Every text of a file, but for addresses."""
    if isinstance(value, str):
        return [] if "://" in value or "@" in value else [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_in(one)]
    return [text for one in value for text in texts_in(one)] if isinstance(value, list) else []


def test_one_of_the_people_is_fifteen_in_any_year():
    child = next(citizen for citizen in citizens() if citizen.years)
    for today in (date(2026, 1, 1), date(2028, 2, 29), date(2031, 12, 31)):
        born = child.born_on(today)
        assert today.year - born.year - ((today.month, today.day) < (born.month, born.day)) == 15


def test_a_third_of_the_petitions_is_written_in_each_language():
    languages = [story.language for story in texts.stories()]
    assert all(languages.count(language) >= len(languages) // 4 for language in LANGUAGES)


@pytest.mark.parametrize("story", texts.stories(), ids=lambda story: story.key)
def test_texts_are_complete_and_in_one_alphabet(story):
    assert story.titles[story.language]
    assert 1 <= len(story.demands) <= 5
    assert all(len(title) <= 150 for title in story.titles.values())
    everything = [*story.titles.values(), *story.demands, story.arguments, story.life.text]
    assert [word for text in everything for word in mixed_alphabets(text)] == []
    kazakh = set("әғқңөұүһі")
    if story.language == "kk":
        assert kazakh & set(story.arguments)
    if story.language == "en":
        assert story.arguments.isascii()


def test_answers_are_complete_and_in_one_alphabet():
    demands = {story.key: len(story.demands) for story in texts.stories()}
    for decision in texts.decisions().values():
        assert len(decision.answers) == demands[decision.key]
        everything = [*decision.parts.values(), decision.statement, *(a.text for a in decision.answers)]
        assert [word for text in everything for word in mixed_alphabets(text)] == []
    for by_language in texts.step_texts().values():
        assert set(by_language) == set(LANGUAGES)
        assert all(len(words.note) >= 20 for words in by_language.values())


@pytest.mark.parametrize("act", written.all_acts(), ids=lambda act: act.key)
def test_drafts_say_the_same_in_two_languages_and_in_one_alphabet(act):
    for text in (act.text, act.second.text if act.second else None):
        if text is None:
            continue
        kazakh, russian = (
            reading.read(text[language].encode(), filename="act.txt") for language in ("kk", "ru")
        )
        assert tree.anchors(kazakh) == tree.anchors(russian)
        assert [word for block in [*kazakh, *russian] for word in mixed_alphabets(block.plain)] == []
    said = [*act.comments, *act.campaigns, *act.answers, *(r for line in act.comments for r in line.replies)]
    assert [word for one in said for word in mixed_alphabets(one.text)] == []
    kazakh_letters = set("әғқңөұүһі")
    assert all(kazakh_letters & set(one.text) for one in said if one.language == "kk")


def test_the_country_can_be_made_in_the_days_of_nauryz(own_database):
    """Days off in a row, and half a year across the New Year."""
    with transaction():
        assert seeding.seed(now=clock.start_of(date(2027, 3, 23)) + timedelta(hours=9))
