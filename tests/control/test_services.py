from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.control import queries
from app.control.errors import (
    AlreadyAsked,
    AlreadyHidden,
    CaptionMissing,
    GroupTooLarge,
    LanguageMissing,
    NotAdopted,
    NoticeTooShort,
    NotQualified,
    OwnQuestion,
    TextMissing,
    Unfinished,
    WrongDay,
    WrongNumber,
)
from app.control.lifecycle import Assessment, Form, Purpose, Requirement, Role, State
from app.control.models import ControlAct, Question
from app.control.services import announcing, concluding, counting, holding, preparing, questions
from app.control.services.preparing import Named
from app.errors import Forbidden
from app.gatherings import queries as gatherings
from app.recommendations.errors import LanguageMissing as RowLanguageMissing
from app.recommendations.lifecycle import State as ListState
from tests.cast import Cast, actor
from tests.control.acts import announced, begun, card, chair, council, held, pdf, picture, secretary

REASON = "Ғимаратта жылу жоқ, басқа күнге қалдырамыз."
FINAL = {"kk": "Қорытынды хаттама.", "ru": "Итоговый протокол."}


def after(act: ControlAct) -> Any:
    return act.gathering.starts_at + timedelta(hours=4)


def test_a_hearing_is_announced_ten_days_before_and_not_later(session: Any) -> None:
    act = begun(days=9)
    with pytest.raises(NoticeTooShort) as refused:
        announcing.announce(act, actor=actor(secretary(act)), now=clock.now())
    assert refused.value.data["earliest"] == clock.today() + timedelta(days=10)
    assert act.state is State.PREPARING
    preparing.describe(act, card=card(days=10), actor=actor(secretary(act)), now=clock.now())
    announcing.announce(act, actor=actor(secretary(act)), now=clock.now())
    assert act.gathering.published_at is not None


def test_a_discussion_waits_for_the_longer_of_its_two_terms(session: Any) -> None:
    act = begun(Form.DISCUSSION)
    names = [deadline.name for deadline in announcing.notices(act)]
    assert names == ["public_discussion_media_notice", "public_discussion_object_invitation"]
    assert announcing.earliest_day(act, today=clock.today()) >= clock.today() + timedelta(days=5)


def test_nothing_is_announced_without_words_papers_and_people(session: Any) -> None:
    place = council()
    who = actor(secretary(begun(council_=place)))
    empty = preparing.Card(agency=card().agency, starts_at=clock.now() + timedelta(days=20))
    for form, missing in (
        (Form.HEARING, {"words", "programme", "place", "materials"}),
        (Form.MONITORING, {"words", "place", "group", "group_protocol"}),
        (Form.EXPERTISE, {"words", "place", "experts"}),
        (Form.HEAD_REPORT, {"words", "place", "head"}),
    ):
        act = preparing.begin(place, form=form, card=empty, actor=who, now=clock.now())
        with pytest.raises(Unfinished) as refused:
            announcing.announce(act, actor=who, now=clock.now())
        assert set(refused.value.data["missing"]) == {Requirement(one) for one in missing}  # type: ignore[call-overload]


def test_only_those_who_lead_the_council_begin(session: Any) -> None:
    with pytest.raises(Forbidden):
        preparing.begin(council(), form=Form.HEARING, card=card(), actor=actor(Cast().marat), now=clock.now())


def test_a_sixth_person_is_too_many_for_a_group(session: Any) -> None:
    act = begun(Form.MONITORING)
    who = {"actor": actor(secretary(act)), "now": clock.now()}
    for n in range(4):
        preparing.add_participant(act, named=Named(Role.GROUP_MEMBER, f"Адам {n}"), **who)  # type: ignore[arg-type]
    with pytest.raises(GroupTooLarge) as refused:
        preparing.add_participant(act, named=Named(Role.GROUP_MEMBER, "Алтыншы"), **who)  # type: ignore[arg-type]
    assert refused.value.data["limit"] == 5
    preparing.remove_participant(act.participants[0], **who)  # type: ignore[arg-type]
    preparing.add_participant(act, named=Named(Role.GROUP_MEMBER, "Алтыншы"), **who)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("degree", "years", "field"),
    [("", 9, "qualification"), ("PhD", None, "years_in_field"), ("PhD", 1, "years_in_field")],
)
def test_an_expert_needs_a_degree_and_years(session: Any, degree: str, years: int | None, field: str) -> None:
    act = begun(Form.EXPERTISE)
    named = Named(Role.EXPERT, "Асан", "", degree, years)
    with pytest.raises(NotQualified) as refused:
        preparing.add_participant(act, named=named, actor=actor(secretary(act)), now=clock.now())
    assert refused.value.data["field"] == field


def test_a_photograph_has_words_and_a_group_notes_its_visits(session: Any) -> None:
    act = announced(Form.MONITORING)
    who: dict[str, Any] = {"actor": actor(secretary(act)), "now": clock.now()}
    with pytest.raises(CaptionMissing):
        preparing.add_file(act, upload=picture(), purpose=Purpose.PHOTO, caption=" ", **who)
    preparing.add_file(act, upload=picture(), purpose=Purpose.PHOTO, caption="Көл жағасы", **who)
    holding.note_visit(act, on=clock.today(), place="Көл", note="Су лай.", **who)
    with pytest.raises(WrongDay):
        holding.note_visit(act, on=clock.today() + timedelta(days=1), place="Көл", note="Су лай.", **who)
    holding.hold(act, held_on=clock.today(after(act)), actor=who["actor"], now=after(act))
    assert (act.state, act.present) == (State.HELD, None)


def test_the_same_question_is_not_asked_twice_and_the_beat_counts_who_wants_it(session: Any) -> None:
    act, cast, now = announced(), Cast(), clock.now()
    asked = questions.ask(act, text="Су қашан тазарады?", language="kk", actor=actor(cast.bolat), now=now)
    assert asked.author_name == cast.bolat.public_name != cast.bolat.name
    with pytest.raises(AlreadyAsked):
        questions.ask(act, text=" СУ қашан тазарады? ", language="kk", actor=actor(cast.bolat), now=now)
    with pytest.raises(OwnQuestion):
        questions.support(asked, wants=True, actor=actor(cast.bolat), now=now)
    for person in (cast.dana, cast.aigul, cast.dana):
        questions.support(asked, wants=True, actor=actor(person), now=now)
    assert asked.supports == 0
    assert counted(session, asked) == 2
    questions.support(asked, wants=False, actor=actor(cast.dana), now=now)
    assert counted(session, asked) == 1
    assert [own["shown_as"] for own in queries.everything_about(cast.bolat)["questions"]] == [
        asked.author_name
    ]
    assert len(queries.everything_about(cast.dana)["supported_questions"]) == 1
    questions.hide(asked, reason="insult", actor=actor(cast.yerlan), now=now)
    with pytest.raises(AlreadyHidden):
        questions.support(asked, wants=True, actor=actor(cast.dana), now=now)


def counted(session: Any, question: Question) -> int:
    counting.run(clock.now())
    session.refresh(question)
    return question.supports


def test_moved_an_hour_before_it_stays_on_the_page_that_it_came_late(session: Any) -> None:
    act = announced()
    starts = act.gathering.starts_at
    move = announcing.move(
        act,
        starts_at=starts + timedelta(hours=3),
        ends_at=None,
        place="Басқа зал",
        link=None,
        reason=REASON,
        actor=actor(secretary(act)),
        now=starts - timedelta(hours=1),
    )
    assert gatherings.is_short_notice(move)
    assert act.state is State.ANNOUNCED


def test_cancelled_it_is_over(session: Any) -> None:
    act = announced()
    announcing.cancel(act, reason=REASON, actor=actor(secretary(act)), now=clock.now())
    assert act.state is State.CANCELLED
    assert act.gathering.is_cancelled
    with pytest.raises(Forbidden):
        announcing.cancel(act, reason=REASON, actor=actor(Cast().bolat), now=clock.now())


def test_it_is_not_held_before_it_began_nor_by_nobody(session: Any) -> None:
    act = announced()
    who: dict[str, Any] = {"actor": actor(secretary(act)), "chair": "А", "secretary": "Б"}
    with pytest.raises(WrongDay):
        holding.hold(act, held_on=clock.today(), present=9, now=clock.now(), **who)
    with pytest.raises(WrongNumber):
        holding.hold(act, held_on=clock.today(after(act)), present=0, now=after(act), **who)
    with pytest.raises(TextMissing):
        holding.hold(act, held_on=clock.today(after(act)), present=9, now=after(act), **{**who, "chair": " "})


def test_a_document_in_one_language_or_without_a_majority_is_not_signed(session: Any) -> None:
    act = held()
    now, who = after(act), {"actor": actor(chair(act)), "now": after(act)}
    with pytest.raises(Forbidden):
        concluding.conclude(act, actor=actor(secretary(act)), now=now)
    concluding.draft(act, texts={"kk": "Хаттама.", "ru": " "}, in_favour=20, **who)  # type: ignore[arg-type]
    with pytest.raises(LanguageMissing) as refused:
        concluding.conclude(act, **who)  # type: ignore[arg-type]
    assert refused.value.data["languages"] == ["ru"]
    concluding.draft(act, texts=FINAL, in_favour=10, **who)  # type: ignore[arg-type]
    with pytest.raises(NotAdopted) as tied:
        concluding.conclude(act, **who)  # type: ignore[arg-type]
    assert tied.value.data["needed"] == 11
    with pytest.raises(WrongNumber):
        concluding.draft(act, texts=FINAL, in_favour=21, **who)  # type: ignore[arg-type]
    concluding.draft(act, texts=FINAL, in_favour=11, **who)  # type: ignore[arg-type]
    concluding.set_rows(act, [{"kk": "Тазарту керек.", "ru": ""}], **who)  # type: ignore[arg-type]
    with pytest.raises(RowLanguageMissing):
        concluding.conclude(act, **who)  # type: ignore[arg-type]


def test_a_report_of_a_head_ends_with_an_assessment(session: Any) -> None:
    act = held(Form.HEAD_REPORT)
    who: dict[str, Any] = {"actor": actor(chair(act)), "now": after(act)}
    concluding.draft(act, texts=FINAL, in_favour=15, **who)
    with pytest.raises(TextMissing):
        concluding.conclude(act, **who)
    concluding.draft(act, texts=FINAL, in_favour=15, assessment=Assessment.WITH_REMARKS, **who)
    concluding.conclude(act, **who)
    assert (act.state, act.assessment) == (State.CONCLUDED, "with_remarks")


def test_the_whole_hearing(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    for module in (announcing, concluding):
        monkeypatch.setattr(module, "publish", lambda fact: told.append(fact.topic))
    act, cast = announced(), Cast()
    questions.ask(act, text="Су қашан тазарады?", language="kk", actor=actor(cast.bolat), now=clock.now())
    end = after(act)
    holding.hold(
        act, held_on=clock.today(end), present=30, chair="Асан", secretary="Жібек",
        actor=actor(secretary(act)), now=end,
    )  # fmt: skip
    duty = act.document_duty
    assert duty is not None
    assert (duty.council, duty.value, duty.is_open) == (act.council, 7, True)
    assert act.gathering.held_at == end
    assert {one.role for one in act.participants} == {Role.CHAIR, Role.SECRETARY}
    for days in range(20, 26):
        concluding.announce_overdue(now=end + timedelta(days=days))
    rows = [{"kk": f"Ұсыным {n}", "ru": f"Рекомендация {n}"} for n in (1, 2)]
    concluding.draft(act, texts=FINAL, in_favour=28, actor=actor(secretary(act)), now=end)
    listed = concluding.set_rows(act, rows, actor=actor(secretary(act)), now=end)
    concluding.conclude(act, actor=actor(chair(act)), now=end)
    assert act.state is State.CONCLUDED
    assert act.signed_name == chair(act).name
    assert not duty.is_open
    assert (listed.state, [row.position for row in listed.rows]) == (ListState.ISSUED, [1, 2])
    assert listed.agency_id == act.agency_id
    assert told == ["control.announced", "control.document_overdue", "control.concluded"]
    assert queries.of_council(act.council) == [act]


def test_papers_are_taken_back_only_before_the_announcement(session: Any) -> None:
    act = begun()
    who: dict[str, Any] = {"actor": actor(secretary(act)), "now": clock.now()}
    extra = preparing.add_file(act, upload=pdf(), purpose=Purpose.MATERIAL, caption="Артық", **who)
    preparing.remove_file(extra, **who)
    announcing.announce(act, **who)
    with pytest.raises(Exception, match="NotInThisState"):
        preparing.remove_file(act.files[0], **who)
