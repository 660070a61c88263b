"""Acts of public control, as `control.toml` tells: announced, visited, held, concluded, answered."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO

from werkzeug.datastructures import FileStorage

from app import clock
from app.control.lifecycle import Form, Purpose, Role
from app.control.models import ControlAct, QuestionSupport
from app.control.services import announcing, concluding, counting, holding, preparing, questions
from app.control.services.preparing import Card, Named
from app.dev.seed import councils
from app.dev.seed.councils import Chambers, Row, moment
from app.dev.seed.proposals import agency_of, support
from app.dev.seed.sittings import Book, Deed, answer, carry, in_order, sign_answers
from app.dev.seed.stage import Stage, Tale
from app.dev.seed.voices import Public
from app.documents.docx_writer import write_docx
from app.documents.paper import Paper, Paragraph
from app.files.models import MediaType

TWO_HOURS = timedelta(hours=2)


def all_controls() -> list[Row]:
    return list(councils.read("control")["act"])


def tale(row: Row, stage: Stage, chambers: Chambers, public: Public, book: Book) -> Tale:
    """One act, from its card to the answers."""
    secretary = chambers.secretary(row["council"])
    now = yield moment(stage, row["begun"])
    act = preparing.begin(
        chambers.councils[row["council"]],
        form=Form(row["form"]),
        card=card_of(row, stage),
        actor=secretary,
        now=now,
    )
    book.controls[row["key"]] = act
    for person in row.get("people", ()):
        named = Named(
            role=Role(person["role"]),
            name=person["name"],
            position=person["position"],
            qualification=person.get("qualification", ""),
            years_in_field=person.get("years"),
        )
        preparing.add_participant(act, named=named, actor=secretary, now=now)
    for file in row.get("files", ()):
        preparing.add_file(
            act,
            upload=word_file(file["name"], file["caption"], file["text"], on=clock.today(now)),
            purpose=Purpose(file["purpose"]),
            caption=file["caption"],
            actor=secretary,
            now=now,
        )
    now = yield moment(stage, row["announced"])
    announcing.announce(act, actor=secretary, now=now)
    deeds = [*asked(row, act, stage, chambers, public), *worked(row, act, stage, chambers)]
    yield from in_order(deeds)


def card_of(row: Row, stage: Stage) -> Card:
    starts = moment(stage, row["starts"])
    return Card(
        agency=agency_of(row["agency"]),
        starts_at=starts,
        ends_at=starts + TWO_HOURS,
        place=row["place"],
        link=row.get("link"),
        places=row.get("places"),
        initiator=row.get("initiator", ""),
        titles=row["title"],
        subjects=row["subject"],
        programmes=row.get("programme", {}),
    )


def word_file(name: str, title: str, text: str, *, on: date) -> FileStorage:
    """A page of a document, as somebody would hand it in."""
    paper = Paper(title=title, language="kk", parts=[Paragraph(text)], footer="", created_on=on)
    return FileStorage(BytesIO(write_docx(paper)), filename=f"{name}.docx", content_type=MediaType.DOCX.value)


def asked(
    row: Row, act: ControlAct, stage: Stage, chambers: Chambers, public: Public
) -> Iterator[tuple[datetime, Deed]]:
    """Questions sent beforehand, and who wants them asked."""
    people = [*public.known, *chambers.known]
    for said in row.get("questions", ()):
        yield moment(stage, said["at"]), asking(said, act, stage, people)


def asking(said: Row, act: ControlAct, stage: Stage, people: list[int]) -> Deed:
    author = stage.people.actor(said["by"])

    def ask(now: datetime) -> None:
        made = questions.ask(act, text=said["text"], language=said["language"], actor=author, now=now)
        support(QuestionSupport, "question_id", made.id, people, author, said["supports"], now, stage)

    return ask


def worked(row: Row, act: ControlAct, stage: Stage, chambers: Chambers) -> Iterator[tuple[datetime, Deed]]:
    """Visits, the end of the work, the final document and the answers to it."""
    secretary = chambers.secretary(row["council"])
    for said in row.get("visits", ()):
        yield moment(stage, said["at"]) + TWO_HOURS, visiting(said, act, stage, chambers, row["council"])
    if "held" in row:
        yield (
            moment(stage, row["held"]),
            lambda now: holding.hold(act, held_on=clock.today(now), actor=secretary, now=now),
        )
    if "drafted" in row:
        yield moment(stage, row["drafted"]), drafting(row, act, chambers)
    if "concluded" in row:
        yield moment(stage, row["concluded"]), lambda now: conclude(row, act, chambers, now)
    if "answered" in row:
        yield moment(stage, row["answered"]), lambda now: answer_all(row, act, stage, now)


def visiting(said: Row, act: ControlAct, stage: Stage, chambers: Chambers, council: str) -> Deed:
    on = clock.today(moment(stage, said["at"]))
    secretary = chambers.secretary(council)
    return lambda now: holding.note_visit(
        act, on=on, place=said["place"], note=said["note"], actor=secretary, now=now
    )


def drafting(row: Row, act: ControlAct, chambers: Chambers) -> Deed:
    secretary = chambers.secretary(row["council"])

    def draft(now: datetime) -> None:
        concluding.draft(act, texts=row["text"], actor=secretary, now=now)
        rows = [{"kk": said["kk"], "ru": said["ru"]} for said in row["rows"]]
        concluding.set_rows(act, rows, actor=secretary, now=now)

    return draft


def conclude(row: Row, act: ControlAct, chambers: Chambers, now: datetime) -> None:
    concluding.conclude(act, actor=chambers.chair(row["council"]), now=now)
    carry(act.recommendations, deadline=concluding.ANSWER, now=now)


def answer_all(row: Row, act: ControlAct, stage: Stage, now: datetime) -> None:
    assert act.recommendations is not None  # noqa: S101  it was concluded
    for number, said in enumerate(row["rows"]):
        answer(stage, act.recommendations, number, said["answer"], now)
    sign_answers(stage, act.recommendations, now)


def count(*, since: datetime) -> None:
    """As the beat does, looking back to the beginning."""
    counting.run(since - timedelta(days=1))


def misplaced(book: Book) -> list[str]:
    """The keys of the acts that are not where their file says."""
    return councils.differing({key: act.state.value for key, act in book.controls.items()}, all_controls())
