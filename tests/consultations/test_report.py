"""The report: from the data, in two languages and formats; it hides no row and names nobody."""

import io

import docx
import pytest

from app import clock
from app.comments.lifecycle import AnswerKind
from app.comments.services import answering as answers
from app.comments.services.answering import AnswerDraft
from app.consultations import queries
from app.consultations.errors import StaleVersion
from app.consultations.lifecycle import State
from app.consultations.models import ReportFormat
from app.consultations.services import announcing, reporting
from app.errors import Forbidden
from app.files.storage import storage
from tests import drafts

pytestmark = pytest.mark.usefixtures("session")

SAID = "Ойын алаңын аптасына бір рет тексеру керек деп есептеймін."
UNANSWERED = "Камера орнатылсын, себебі түнде жабдықты сындырып кетеді."


def answer(comment, cast, text="Ұсыныс қабылданды: алаң аптасына бір рет тексеріледі."):
    given = answers.save(
        comment.thread,
        comment=comment,
        draft=AnswerDraft(kind=AnswerKind.ACCEPTED, language="kk", text=text),
        actor=cast.marat.actor(),
        now=clock.now(),
    )
    answers.approve([given], actor=cast.gulnar.actor(), now=clock.now())
    answers.publish([given], actor=cast.gulnar.actor(), now=clock.now())
    return given


@pytest.fixture
def draft(cast):
    draft = drafts.opened(cast)
    answer(drafts.comment(draft, cast.bolat, SAID), cast)
    drafts.comment(draft, cast.dana, UNANSWERED, path=None)
    announcing.close(draft, now=clock.now())
    announcing.begin_review(draft, actor=cast.marat.actor(), now=clock.now())
    drafts.counted()
    return draft


def preview(draft, cast):
    report = reporting.ask(draft, actor=cast.marat.actor(), now=clock.now())
    assert reporting.make(draft, attempt=report.attempt, now=clock.now())
    return report


def words_of(report, language):
    file = next(f for f in report.files if f.language == language and f.format is ReportFormat.DOCX)
    with storage().open(file.attachment.storage_key) as kept:
        paper = docx.Document(io.BytesIO(kept.read()))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join(
        [p.text for p in paper.paragraphs] + cells + [paper.sections[0].footer.paragraphs[0].text]
    )


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_comment_stands_in_it_and_no_name(draft, cast, language):
    report = preview(draft, cast)
    words = words_of(report, language)
    assert SAID in words and UNANSWERED in words
    assert "Болат" not in words and "Дана" not in words
    assert report.fingerprint in words and report.fingerprint[:16] in words


def test_an_unanswered_comment_is_printed_as_unanswered(draft, cast):
    words = words_of(preview(draft, cast), "ru")
    assert words.count("аптасына бір рет тексеріледі") == 1
    assert len({file.format for file in draft_files(draft)}) == 2


def draft_files(draft):
    return queries.report_of(draft).files


def test_a_preview_that_is_out_of_date_is_not_published(draft, cast):
    preview(draft, cast)
    late = next(c for c in all_comments(draft) if c.text == UNANSWERED)
    answer(late, cast, "Камера келесі жылғы бюджетке енгізілді, орнатылады.")
    with pytest.raises(StaleVersion):
        reporting.publish_report(draft, actor=cast.gulnar.actor(), now=clock.now())
    preview(draft, cast)
    reporting.publish_report(draft, actor=cast.gulnar.actor(), now=clock.now())
    assert draft.state is State.REPORTED
    assert draft.report_duty.fulfilled_at is not None


def all_comments(draft):
    from app.comments.models import Comment
    from app.db import db

    return db.session.scalars(db.select(Comment).where(Comment.thread_id == draft.thread_id)).all()


def test_only_the_head_publishes_it(draft, cast):
    preview(draft, cast)
    with pytest.raises(Forbidden):
        reporting.publish_report(draft, actor=cast.marat.actor(), now=clock.now())


def test_a_job_that_runs_twice_makes_it_once(draft, cast):
    report = preview(draft, cast)
    assert not reporting.make(draft, attempt=report.attempt, now=clock.now())
    assert len(draft_files(draft)) == 4


def test_the_page_says_what_the_files_say(draft, cast, client):
    report = preview(draft, cast)
    assert client.get(f"/ru/drafts/{draft.number}/report").status_code == 404, "a preview is the body's own"
    reporting.publish_report(draft, actor=cast.gulnar.actor(), now=clock.now())
    page = client.get(f"/ru/drafts/{draft.number}/report")
    words = page.get_data(as_text=True)
    assert SAID in words and UNANSWERED in words and report.fingerprint in words
    assert "Болат" not in words
    for file in draft_files(draft):
        answer = client.get(f"/ru/drafts/{draft.number}/report/{file.language}.{file.format.value}")
        assert answer.status_code == 200 and len(answer.data) == file.attachment.size_bytes


def test_letters_of_one_campaign_are_printed_once_with_all_their_numbers(cast):
    draft = drafts.opened(cast)
    sent = [drafts.comment(draft, person, SAID) for person in (cast.bolat, cast.dana, cast.aigul)]
    from app.comments.services import grouping

    for comment in sent:
        grouping.join(comment.id, now=clock.now())
    announcing.close(draft, now=clock.now())
    announcing.begin_review(draft, actor=cast.marat.actor(), now=clock.now())
    drafts.counted()
    words = words_of(preview(draft, cast), "kk")
    assert words.count(SAID) == 2, "among the campaigns and in the annex"
    assert all(f"№ {comment.id}" in words for comment in sent)


def test_an_answer_after_the_report_does_not_change_it(draft, cast, client):
    preview(draft, cast)
    reporting.publish_report(draft, actor=cast.gulnar.actor(), now=clock.now())
    before = client.get(f"/ru/drafts/{draft.number}/report").get_data(as_text=True)
    late = next(c for c in all_comments(draft) if c.text == UNANSWERED)
    answer(late, cast, "Камера келесі жылғы бюджетке енгізілді, орнатылады.")
    drafts.counted()
    after = client.get(f"/ru/drafts/{draft.number}/report").get_data(as_text=True)
    assert "Камера келесі" not in after
    assert after.count("uq-paper__danger") == before.count("uq-paper__danger") >= 2
