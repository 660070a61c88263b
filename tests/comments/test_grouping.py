"""Letters of a campaign: they find each other, people have the last word, and nobody's own words are lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app import clock
from app.access import Role
from app.accounts.models import Account
from app.comments import jobs
from app.comments.errors import AlreadyAnswered, EditedMeanwhile, GroupsDiffer, NotInThisGroup
from app.comments.lifecycle import AnswerKind, AnswerState, State
from app.comments.models import Answer, Comment, Group, GroupState
from app.comments.queries import groups, reading
from app.comments.services import answering, bulk_grouping, grouping, posting
from app.comments.services.answering import AnswerDraft
from app.db import db, transaction
from app.errors import Forbidden
from app.outbox.models import OutboxEntry
from tests.cast import addressee, citizen, employee
from tests.comments.conftest import at, count, open_thread, post

LETTER = (
    "Қаламыздағы иесіз иттерді ұстау пунктінде бес күн ұстау мерзімі тым қысқа, сондықтан иесі хабарландыруды "
    "көріп үлгермейді. Мерзімді жиырма күнге дейін ұзартуды, ал тамақ пен суды күніне екі рет беруді сұраймын."
)
OTHER = (
    "Мектеп асханасында балаларға ыстық тамақ берілмейді, ал буфеттегі баға күн сайын өсіп барады. Ата-аналар комитеті "
    "мәзірді тексеріп, бағаны бекітуді және тамақты тегін беруді талап етеді."
)
ADDED = LETTER + " Сондай-ақ пункттердің мекенжайын сайтта жариялауды сұраймын."
AGAINST = LETTER.replace("ұзартуды", "ұзартпауды")


@pytest.fixture
def marat(cast):
    return cast.marat.actor()


def letters(thread, *texts, first=100, **more):
    """Each text by a person of their own, joined as the job does."""
    posted = [post(thread, citizen(first + n), text, **more) for n, text in enumerate(texts)]
    for comment in posted:
        grouping.join(comment.id, now=clock.now())
    db.session.flush()
    return posted


def group_of(comment):
    db.session.refresh(comment)
    return db.session.get(Group, comment.group_id) if comment.group_id else None


def members(group):
    return {one.id for one in db.session.query(Comment).filter(Comment.group_id == group.id)}


def draft(text="Мерзім ұзартылды: жиырма күн болып бекітілді.", **more):
    return AnswerDraft(more.pop("kind", AnswerKind.ACCEPTED), more.pop("language", "kk"), text, **more)


def answered(thread, group, cast, *, text=None):
    """A group with a published answer."""
    grouping.confirm(group, actor=cast.marat.actor(), now=clock.now())
    answer = answering.save(
        thread, group=group, draft=draft(text or draft().text), actor=cast.marat.actor(), now=clock.now()
    )
    for act in (answering.approve, answering.publish):
        act([answer], actor=cast.gulnar.actor(), now=clock.now())
    return answer


def test_letters_of_one_campaign_meet_and_strangers_do_not(thread):
    first, same, longer, stranger = letters(thread, LETTER, LETTER, ADDED, OTHER)
    group = group_of(first)
    assert members(group) == {first.id, same.id, longer.id}
    assert (group.state, group.sample_id) == (GroupState.PROPOSED, first.id)
    assert [same.is_changed, longer.is_changed] == [False, True]
    assert stranger.group_id is None


def test_joining_twice_changes_nothing(thread):
    first, same = letters(thread, LETTER, LETTER)
    before = group_of(first).id
    assert grouping.join(same.id, now=clock.now()).id == before
    assert members(group_of(first)) == {first.id, same.id}


def test_a_letter_that_demands_the_opposite_stays_alone(thread):
    first, against = letters(thread, LETTER, AGAINST)
    assert first.group_id is against.group_id is None


def test_short_words_meet_only_at_one_clause(thread):
    here, there, again = (
        letters(thread, "Мен бұған мүлдем қарсымын", anchor=at(path), first=first)[0]
        for first, path in ((100, "article-2/1"), (110, "article-3"), (120, "article-2/1"))
    )
    assert members(group_of(here)) == {here.id, again.id}
    assert there.group_id is None


def test_what_was_added_is_marked(thread):
    _, longer = letters(thread, LETTER, ADDED)
    pieces = groups.additions(group_of(longer), [longer])[longer.id]
    assert (
        "".join(piece.text for piece in pieces if piece.op.value == "inserted")
        .strip()
        .startswith("Сондай-ақ")
    )


def test_officers_alone_confirm(thread, cast, marat):
    group = group_of(letters(thread, LETTER, LETTER)[0])
    with pytest.raises(Forbidden):
        grouping.confirm(group, actor=cast.timur.actor(), now=clock.now())
    grouping.confirm(group, actor=marat, now=clock.now())
    grouping.confirm(group, actor=marat, now=clock.now())
    assert group.state is GroupState.CONFIRMED


def test_split_letters_are_put_back_by_nobody(thread, marat):
    first, second, third = letters(thread, LETTER, LETTER, LETTER)
    group = group_of(first)
    grouping.split(group, [first.id], actor=marat, now=clock.now())
    assert group.sample_id == second.id
    grouping.join(first.id, now=clock.now())
    grouping.group_thread(thread, now=clock.now())
    assert members(group) == {second.id, third.id}
    assert group_of(first) is None


def test_split_letters_may_form_their_own_group(thread, marat):
    posted = letters(thread, LETTER, LETTER, ADDED, ADDED)
    group = group_of(posted[0])
    made = grouping.split(
        group, [one.id for one in posted[2:]], as_new_group=True, actor=marat, now=clock.now()
    )
    assert members(made) == {posted[2].id, posted[3].id}
    assert made.state is GroupState.CONFIRMED
    assert not posted[3].is_changed
    grouping.group_thread(thread, now=clock.now())
    assert members(made) == {posted[2].id, posted[3].id}


def test_it_refuses_to_split_off_strangers(thread, marat):
    first, _, stranger = letters(thread, LETTER, LETTER, OTHER)
    with pytest.raises(NotInThisGroup) as refused:
        grouping.split(group_of(first), [first.id, stranger.id], actor=marat, now=clock.now())
    assert refused.value.data["comments"] == [stranger.id]


def two_groups(thread):
    posted = letters(thread, LETTER, LETTER, OTHER, OTHER)
    return group_of(posted[0]), group_of(posted[2])


def test_joined_groups_keep_the_newest_draft_and_tell_the_other(thread, cast, marat):
    one, other = two_groups(thread)
    old = answering.save(
        thread, group=one, draft=draft("Ескі жауап: мерзім қаралуда."), actor=marat, now=clock.now()
    )
    answering.save(
        thread, group=other, draft=draft("Жаңа жауап: екеуі де орындалды."), actor=marat, now=clock.now()
    )
    grouping.confirm(one, actor=marat, now=clock.now())
    answering.approve([old], actor=cast.gulnar.actor(), now=clock.now())
    merged = grouping.merge([one, other], actor=marat, now=clock.now())
    kept = db.session.query(Answer).filter(Answer.thread_id == thread.id).one()
    assert merged.group.id == one.id
    assert (kept.group_id, kept.text, kept.state) == (
        one.id,
        "Жаңа жауап: екеуі де орындалды.",
        AnswerState.DRAFT,
    )
    assert merged.set_aside == ["Ескі жауап: мерзім қаралуда."]
    assert len(members(one)) == 4
    assert db.session.query(Comment).filter(Comment.is_changed).count() == 2


def test_a_published_answer_leads_and_two_refuse(thread, cast, marat):
    one, other = two_groups(thread)
    answering.save(thread, group=one, draft=draft(), actor=marat, now=clock.now())
    answered(thread, other, cast)
    assert grouping.merge([one, other], actor=marat, now=clock.now()).group.id == other.id
    third = group_of(
        letters(thread, LETTER.replace("иттерді", "мысықтарды") + " " + OTHER[:90], first=300)[0]
    )
    assert third is None
    again, last = two_groups(open_thread())
    answered(again.thread, again, cast)
    answered(last.thread, last, cast)
    with pytest.raises(AlreadyAnswered):
        grouping.merge([again, last], actor=marat, now=clock.now())


def test_groups_of_two_languages_are_not_joined(thread, marat):
    one, _ = two_groups(thread)
    russian = (
        "Срок содержания бездомных собак слишком короткий, хозяин не успевает увидеть объявление и забрать."
    )
    other = group_of(letters(thread, russian, russian, language="ru", first=300)[0])
    with pytest.raises(GroupsDiffer):
        grouping.merge([one, other], actor=marat, now=clock.now())


def test_mine_is_different_gets_an_own_answer_and_keeps_the_groups_until_then(thread, cast):
    first, second, third = letters(thread, LETTER, LETTER, ADDED)
    group = group_of(first)
    shared = answered(thread, group, cast)
    grouping.say_different(third, actor=third.author.actor(), now=clock.now())
    assert group_of(third) is None
    assert reading.answers_of([third]) == {third.id: shared}
    own = answering.save(
        thread,
        comment=third,
        draft=draft("Мекенжайлар сайтта жарияланды."),
        actor=cast.marat.actor(),
        now=clock.now(),
    )
    grouping.group_thread(thread, now=clock.now())
    assert reading.answers_of([third]) == {third.id: shared}
    for act in (answering.approve, answering.publish):
        act([own], actor=cast.gulnar.actor(), now=clock.now())
    assert reading.answers_of([second, third]) == {second.id: shared, third.id: own}


def test_only_the_author_says_different(thread, cast):
    first, _ = letters(thread, LETTER, LETTER)
    with pytest.raises(Forbidden):
        grouping.say_different(first, actor=cast.marat.actor(), now=clock.now())


def test_a_withdrawn_or_hidden_sample_gives_way_to_the_next_letter(thread, cast):
    first, second, third = letters(thread, LETTER, LETTER, ADDED)
    group = group_of(first)
    posting.withdraw(first, actor=first.author.actor(), now=clock.now())
    grouping.renew_sample(first)
    assert (group.sample_id, third.is_changed) == (second.id, True)
    second.state = State.HIDDEN
    db.session.flush()
    grouping.renew_sample(second)
    db.session.expire_all()
    assert (group.sample_id, third.is_changed) == (third.id, False)


def test_an_edited_letter_leaves_unless_somebody_confirmed_since(thread, marat):
    first, second, third = letters(thread, LETTER, LETTER, LETTER)
    group = group_of(first)
    for comment in (second, third):
        posting.edit(comment, text=OTHER, proposed=None, actor=comment.author.actor(), now=clock.now())
    edited_at = clock.now()
    grouping.join(second.id, edited_at=edited_at, now=clock.now())
    assert group_of(second) is None
    grouping.confirm(group, actor=marat, now=clock.now())
    grouping.join(third.id, edited_at=edited_at, now=clock.now())
    assert group_of(third).id == group.id


def test_an_edited_sample_hands_over(thread):
    first, second, third = letters(thread, LETTER, LETTER, LETTER)
    group = group_of(first)
    posting.edit(first, text=OTHER, proposed=None, actor=first.author.actor(), now=clock.now())
    grouping.join(first.id, edited_at=clock.now(), now=clock.now())
    assert members(group) == {second.id, third.id}
    assert (group.sample_id, group_of(first)) == (second.id, None)


def test_a_comment_with_an_own_draft_stays_alone(thread, marat):
    (first,) = letters(thread, LETTER)
    answering.save(thread, comment=first, draft=draft(), actor=marat, now=clock.now())
    (second,) = letters(thread, LETTER, first=200)
    grouping.group_thread(thread, now=clock.now())
    assert group_of(first) is group_of(second) is None


def test_the_whole_thread_is_grouped_the_same_way_twice(thread, cast, marat):
    posted = [
        post(thread, citizen(100 + n), text)
        for n, text in enumerate([LETTER, ADDED, LETTER, OTHER, OTHER, AGAINST])
    ]
    seen = []
    assert grouping.group_thread(thread, now=clock.now(), progress=lambda *done: seen.append(done)) == 2
    assert seen[-1] == (6, 6)
    before = {one.id: one.group_id for one in db.session.query(Comment)}
    assert members(group_of(posted[0])) == {posted[0].id, posted[1].id, posted[2].id}
    assert group_of(posted[5]) is None
    grouping.group_thread(thread, now=clock.now())
    assert {one.id: one.group_id for one in db.session.query(Comment)} == before
    count()
    assert (group_of(posted[0]).people, group_of(posted[0]).changed) == (3, 1)


def test_a_confirmed_group_takes_new_letters_in_and_stays(thread, marat):
    first, second = letters(thread, LETTER, LETTER)
    group = group_of(first)
    grouping.confirm(group, actor=marat, now=clock.now())
    late = post(thread, citizen(300), ADDED)
    strangers = [post(thread, citizen(301 + n), OTHER) for n in range(2)]
    grouping.group_thread(thread, now=clock.now())
    assert members(group) == {first.id, second.id, late.id}
    db.session.refresh(late)
    assert late.is_changed
    assert members(group_of(strangers[0])) == {one.id for one in strangers}


def test_what_people_did_while_the_letters_were_read_wins(thread, marat, monkeypatch):
    first, second, third = letters(thread, LETTER, LETTER, LETTER)
    group = group_of(first)
    read = bulk_grouping._read

    def read_and_then(*args):
        found = read(*args)
        grouping.split(group, [third.id], actor=marat, now=clock.now())
        grouping.confirm(group, actor=marat, now=clock.now())
        return found

    monkeypatch.setattr(bulk_grouping, "_read", read_and_then)
    grouping.group_thread(thread, now=clock.now())
    assert members(group) == {first.id, second.id}
    assert group_of(third) is None


def test_groups_that_fell_apart_go(thread):
    first, second = letters(thread, LETTER, LETTER)
    gone = group_of(first).id
    second.text = OTHER
    db.session.flush()
    assert grouping.group_thread(thread, now=clock.now()) == 0
    assert db.session.get(Group, gone) is None


def test_threads_of_the_last_day_are_grouped_again(thread):
    posted = [post(thread, citizen(100 + n), LETTER) for n in range(2)]
    jobs.group_again()
    db.session.expire_all()
    assert members(group_of(posted[0])) == {one.id for one in posted}


def test_a_published_answer_is_told_once_for_all(thread, cast):
    group = group_of(letters(thread, LETTER, LETTER)[0])
    answer = answered(thread, group, cast)
    answering.publish([answer], actor=cast.gulnar.actor(), now=clock.now())
    woken = db.session.scalars(
        db.select(OutboxEntry.handler).where(OutboxEntry.event_key == f"answer:{answer.id}:published")
    ).all()
    assert len([handler for handler in woken if handler.endswith("announce")]) == 1
    assert len(woken) == len(set(woken))


def test_two_workers_make_one_group_and_two_officers_one_answer(own_database):
    with transaction():
        thread = open_thread()
        people = [citizen(700 + n).id for n in range(2)]
        officers = [
            employee(f"officer{n}@example.kz", Role.OFFICER, agency_id=addressee().id).actor()
            for n in range(2)
        ]
        posted = [post(thread, db.session.get(Account, one), LETTER).id for one in people]
        thread_id = thread.id

    def at_once(*acts):
        started = Barrier(len(acts))

        def run(act):
            with own_database.app_context():
                started.wait(10)
                try:
                    with transaction():
                        return act()
                except EditedMeanwhile as error:
                    return error
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(run, acts))

    def save(officer):
        comment = db.session.get(Comment, posted[0])
        return answering.save(
            comment.thread, comment=comment, draft=draft(), actor=officer, now=clock.now()
        ).revision

    at_once(*(lambda one=one: grouping.join(one, now=clock.now()) and None for one in posted))
    assert db.session.query(Group).filter(Group.thread_id == thread_id).count() == 1
    results = at_once(*(lambda one=one: save(one) for one in officers))
    assert sorted(map(str, (type(one).__name__ for one in results))) == ["EditedMeanwhile", "int"]
