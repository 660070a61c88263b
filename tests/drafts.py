"""Draft acts in every state, made by the services themselves; the officers are Marat and the head is Gulnar."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.comments.lifecycle import AnswerKind
from app.comments.models import Answer, Comment
from app.comments.services import answering, counting, posting
from app.comments.services.answering import AnswerDraft
from app.comments.services.posting import CommentWords
from app.comments.subjects import subject_of
from app.consultations import queries
from app.consultations.lifecycle import State
from app.consultations.models import ComparativeRow, DraftAct, DraftVersion
from app.consultations.services import announcing, carrying, comparing, drafting, versions
from app.consultations.services.drafting import Card, Term
from app.db import db
from app.documents import reading
from app.law import consultation_rules_in_force
from tests.cast import Cast, addressee

ANSWER = "Ұсыныс қабылданды: алаң аптасына бір рет тексеріледі."
REASON = "Жоба қайта қарауға жіберілді, себебі қаржысы табылмады."

KK = """1-тарау. Жалпы ережелер
1. Осы Қағидалар ауладағы ойын алаңдарын күтіп ұстау тәртібін айқындайды.
2. Қағидаларда мынадай ұғымдар пайдаланылады:
1) ойын алаңы – балалар ойнайтын жабдықталған жер;
2) күтіп ұстаушы – алаңға жауапты ұйым.
2-тарау. Күтіп ұстау тәртібі
3. Күтіп ұстаушы алаңды айына бір рет тексереді.
4. Сынған жабдық үш күн ішінде алынады немесе жөнделеді.
5. Тексеру нәтижесі журналға жазылады.
"""
RU = """Глава 1. Общие положения
1. Настоящие Правила определяют порядок содержания игровых площадок во дворах.
2. В Правилах используются следующие понятия:
1) игровая площадка – оборудованное место, где играют дети;
2) содержатель – организация, отвечающая за площадку.
Глава 2. Порядок содержания
3. Содержатель осматривает площадку один раз в месяц.
4. Сломанное оборудование убирается или чинится в течение трёх дней.
5. Итоги осмотра записываются в журнал.
"""
# Clause 3 is edited, clause 4 moved behind 5, a sub-clause removed, a clause new.
KK_2 = """1-тарау. Жалпы ережелер
1. Осы Қағидалар ауладағы ойын алаңдарын күтіп ұстау тәртібін айқындайды.
2. Қағидаларда мынадай ұғымдар пайдаланылады:
1) ойын алаңы – балалар ойнайтын жабдықталған жер;
2-тарау. Күтіп ұстау тәртібі
3. Күтіп ұстаушы алаңды аптасына бір рет тексереді.
4. Тексеру нәтижесі журналға жазылады.
5. Сынған жабдық үш күн ішінде алынады немесе жөнделеді.
6. Алаңда түнде жарық жанып тұрады және бейнебақылау орнатылады.
"""
RU_2 = """Глава 1. Общие положения
1. Настоящие Правила определяют порядок содержания игровых площадок во дворах.
2. В Правилах используются следующие понятия:
1) игровая площадка – оборудованное место, где играют дети;
Глава 2. Порядок содержания
3. Содержатель осматривает площадку один раз в неделю.
4. Итоги осмотра записываются в журнал.
5. Сломанное оборудование убирается или чинится в течение трёх дней.
6. Ночью площадка освещается, и на ней устанавливается видеонаблюдение.
"""


def card(**changes: Any) -> Card:
    words: dict[str, Any] = {
        "kind": "rules",
        "stage": "draft",
        "level": "regional",
        "topic": "housing",
        "region_code": "KZ-11",
        "affects": ("citizens",),
        "is_emergency": False,
        "titles": {
            "kk": "Ойын алаңдарын күтіп ұстау қағидаларының жобасы",
            "ru": "Проект правил содержания игровых площадок",
        },
        "summaries": {
            "kk": "Ауладағы ойын алаңдарына кім жауап беретінін және оларды қалай тексеретінін айтады.",
            "ru": "Говорит, кто отвечает за игровые площадки во дворах и как их осматривают.",
        },
        "notes": {
            "kk": "Қағидалар балалардың қауіпсіздігі үшін әзірленді.",
            "ru": "Правила разработаны ради безопасности детей.",
        },
    }
    return Card(**(words | changes))


def blank(cast: Cast, *, now: datetime | None = None, language: str = "kk") -> DraftAct:
    return drafting.begin(
        agency=addressee(), language=language, actor=cast.marat.actor(), now=now or clock.now()
    )


def take_texts(version: DraftVersion, cast: Cast, **texts: str) -> DraftVersion:
    for language, text in texts.items():
        blocks = reading.read(text.encode(), filename=f"{language}.txt")
        versions.take_text(version, language=language, blocks=blocks, file=None, actor=cast.marat.actor())
    return version


def preparing(
    cast: Cast,
    *,
    now: datetime | None = None,
    opens_on: date | None = None,
    kk: str = KK,
    ru: str = RU,
    **words: Any,
) -> DraftAct:
    """Everything that an announcement needs; it opens today unless `opens_on` says otherwise."""
    now = now or clock.now()
    officer = cast.marat.actor()
    draft = blank(cast, now=now)
    drafting.describe(draft, card=card(**words), actor=officer)
    take_texts(versions.prepare(draft, actor=officer, now=now), cast, kk=kk, ru=ru)
    rules = consultation_rules_in_force(clock.today(now))
    proposal = drafting.propose_term(draft, rules=rules, opens_on=opens_on or clock.today(now))
    term = Term(proposal.opens_on, proposal.closes_on)
    return drafting.set_term(draft, term=term, rules=rules, actor=officer, now=now)


def announced(cast: Cast, *, now: datetime | None = None, **words: Any) -> DraftAct:
    now = now or clock.now()
    words.setdefault("opens_on", clock.today(now) + timedelta(days=7))
    draft = preparing(cast, now=now, **words)
    return announcing.announce(draft, actor=cast.gulnar.actor(), now=now)


def opened(cast: Cast, *, now: datetime | None = None, **words: Any) -> DraftAct:
    now = now or clock.now()
    draft = preparing(cast, now=now, **words)
    return announcing.announce(draft, actor=cast.gulnar.actor(), now=now)


def comment(
    draft: DraftAct,
    author: Any,
    text: str = "Айына бір рет аз, аптасына бір рет тексерілсін.",
    *,
    path: str | None = "clause-3",
    selected: str = "",
    proposed: str | None = None,
    language: str = "kk",
    now: datetime | None = None,
) -> Comment:
    """A comment by `author` (an account) on the clause at `path`, or on the whole; on the words `selected` in it."""
    from app.comments.models import Anchor
    from app.text.quotes import quote_of

    thread = draft.thread
    assert thread is not None
    anchor = None
    if path is not None:
        place = subject_of(thread).place(thread, path, language, None)
        assert place is not None, path
        anchor = Anchor(key=place.key, path=place.path, version=place.version, language=place.language)
        if selected:
            start = place.text.index(selected)
            quote = quote_of(place.text, start, start + len(selected))
            anchor = Anchor(
                key=place.key,
                path=place.path,
                version=place.version,
                language=place.language,
                exact=quote.exact,
                prefix=quote.prefix,
                suffix=quote.suffix,
                start=quote.start,
            )
    return posting.post(
        thread,
        words=CommentWords(text=text, language=language, proposed=proposed),
        anchor=anchor,
        upload=None,
        actor=author.actor(),
        now=now or clock.now(),
    )


def comparative_row(draft: DraftAct, *, position: int = 1) -> ComparativeRow:
    """A row of the newest version's table: something new, and why."""
    texts = {"kk": "Алаң аптасына бір рет тексеріледі.", "ru": "Площадка осматривается раз в неделю."}
    row = ComparativeRow(
        version_id=newest(draft).id,
        position=position,
        element={"kk": "3-тармақ", "ru": "Пункт 3"},
        current={},
        proposed=texts,
        reason={"kk": "Балалардың қауіпсіздігі үшін.", "ru": "Ради безопасности детей."},
    )
    db.session.add(row)
    db.session.flush()
    return row


def answered(comment: Comment, cast: Cast, text: str = ANSWER) -> Answer:
    """The officer's answer, approved and published by the head."""
    now = clock.now()
    answer = answering.save(
        comment.thread,
        comment=comment,
        draft=AnswerDraft(kind=AnswerKind.ACCEPTED, language="kk", text=text),
        actor=cast.marat.actor(),
        now=now,
    )
    answering.approve([answer], actor=cast.gulnar.actor(), now=now)
    answering.publish([answer], actor=cast.gulnar.actor(), now=now)
    return answer


def counted(*, now: datetime | None = None) -> None:
    """Everything that waits is counted."""
    counting.run(now=now or clock.now())
    db.session.expire_all()


def second_version(
    draft: DraftAct,
    cast: Cast,
    *,
    now: datetime | None = None,
    kk: str = KK_2,
    ru: str = RU_2,
    publish: bool = True,
) -> DraftVersion:
    """The next version, compared; published and with the comments carried over, unless told otherwise."""
    now = now or clock.now()
    version = versions.prepare(draft, actor=cast.marat.actor(), now=now)
    take_texts(version, cast, kk=kk, ru=ru)
    versions.ask_comparison(version, actor=cast.marat.actor())
    comparing.compare(version, attempt=version.attempt)
    if publish:
        versions.publish_version(version, attempt=version.attempt, actor=cast.gulnar.actor(), now=now)
        carrying.carry(version, now=now)
        db.session.expire_all()
    return version


def closed(cast: Cast, *, now: datetime | None = None, **words: Any) -> DraftAct:
    now = now or clock.now()
    draft = opened(cast, now=now - timedelta(days=40), **words)
    announcing.close(draft, now=now)
    return draft


def under_review(cast: Cast, *, now: datetime | None = None, **words: Any) -> DraftAct:
    now = now or clock.now()
    draft = closed(cast, now=now, **words)
    return announcing.begin_review(draft, actor=cast.marat.actor(), now=now)


def withdrawn(cast: Cast, *, now: datetime | None = None, **words: Any) -> DraftAct:
    now = now or clock.now()
    draft = opened(cast, now=now, **words)
    return announcing.withdraw(draft, reason=REASON, actor=cast.gulnar.actor(), now=now)


def exempt(cast: Cast, *, now: datetime | None = None, **words: Any) -> DraftAct:
    now = now or clock.now()
    draft = blank(cast, now=now)
    drafting.describe(draft, card=card(**words), actor=cast.marat.actor())
    ground = consultation_rules_in_force(clock.today(now)).exemptions[0].id
    return announcing.state_exemption(draft, ground=ground, note=REASON, actor=cast.gulnar.actor(), now=now)


MAKERS: dict[State, Callable[..., DraftAct]] = {
    State.PREPARING: preparing,
    State.EXEMPT: exempt,
    State.ANNOUNCED: announced,
    State.OPEN: opened,
    State.CLOSED: closed,
    State.UNDER_REVIEW: under_review,
    State.WITHDRAWN: withdrawn,
}


def in_state(state: State, cast: Cast, **words: Any) -> DraftAct:
    return MAKERS[state](cast, **words)


def newest(draft: DraftAct) -> DraftVersion:
    version = queries.published_version(draft)
    assert version is not None
    return version
