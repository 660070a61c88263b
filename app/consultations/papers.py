"""The report on a discussion as a printed document, in one language. One generator for the page, DOCX and PDF."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from app import clock
from app.comments.labels import ANSWER_KINDS, AUTHOR_KINDS
from app.comments.models import AuthorKind
from app.consultations.labels import FATES, STATES, place
from app.consultations.queries.report import Answered, Campaign, ReportData, Said, commented_clauses
from app.documents.paper import (
    ChangeWords,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Part,
    Quote,
    Run,
    Table,
)
from app.i18n import _, in_reader_language, ngettext, use_language
from app.law import consultation_rules_version
from app.web.filters import day, number

# As much of the fingerprint as stands in the footer of every page; the whole is on the first one.
SHORT = 16

# What people call a place, by version and address.
Places = Mapping[tuple[int, str], str]


def report(
    data: ReportData, comments: Iterable[Said], *, language: str, fingerprint: str, made_on: date
) -> Paper:
    """The whole report. Comments without an answer are printed as such, in red: none can be left out."""
    with use_language(language):
        every = list(comments)
        places = place_words(data, every, language=language)
        parts = [*opening(data, fingerprint=fingerprint), *_campaigns(data, every), *table(data, every)]
        parts += [Heading(str(_("All comments, word for word"))), *_annex(every, places)]
        return Paper(
            title=str(_("Report on the public discussion")),
            language=language,
            parts=parts,
            footer=str(
                _(
                    "Draft № %(number)s · data of %(day)s · fingerprint %(fingerprint)s",
                    number=data.draft.number,
                    day=day(made_on),
                    fingerprint=fingerprint[:SHORT],
                )
            ),
            created_on=made_on,
            subject=data.draft.title,
            change_words=ChangeWords(deleted=str(_("deleted")), inserted=str(_("inserted"))),
        )


def place_words(data: ReportData, comments: Iterable[Said], *, language: str) -> Places:
    """The places that these comments were written for, in the words of the text in `language`."""
    found = commented_clauses(data, comments, language=language)
    return {key: place(clause) for key, clause in found.items()}


def opening(data: ReportData, *, fingerprint: str) -> list[Part]:
    """What was discussed, when, and the figures."""
    draft, rules = data.draft, consultation_rules_version(data.draft.rules_version or "")
    facts = [
        (str(_("Draft act")), f"№ {draft.number}. {draft.title}"),
        (str(_("Kind")), str(rules.kind(draft.kind).name)),
        (str(_("Stage")), str(rules.stage(draft.stage).name)),
        (str(_("Developed by")), draft.agency.name),
        (str(_("Discussed")), _period(draft.opens_on, draft.closes_on)),
        (str(_("State")), str(STATES[draft.state])),
        (str(_("Versions")), number(len(data.versions))),
        (str(_("Fingerprint of the data (SHA-256)")), fingerprint),
    ]
    return [
        Heading(str(_("What was discussed"))),
        Facts(facts),
        Paragraph(in_reader_language(**draft.summaries)),
        Heading(str(_("Figures"))),
        Facts(figures(data)),
    ]


def _period(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return str(_("from %(first)s to %(last)s", first=day(first), last=day(last)))


def figures(data: ReportData) -> list[tuple[str, str | Run]]:
    """The meter, row by row; what nobody answered stands in red."""
    counts = data.figures
    unanswered: str | Run = number(counts.unanswered)
    if counts.unanswered:
        unanswered = Run(number(counts.unanswered), bold=True, danger=True)
    return [
        (str(_("Comments")), number(counts.comments)),
        (str(_("People who commented")), number(counts.people)),
        (str(_("Different texts")), number(counts.texts)),
        (str(_("Answered")), number(counts.answered)),
        (str(_("Answered on time")), number(counts.on_time)),
        (str(_("Answered late")), number(counts.late)),
        (str(_("Answers identical to more than a third of the others")), number(counts.formal)),
        (str(_("Without an answer")), unanswered),
    ]


def _campaigns(data: ReportData, comments: Sequence[Said]) -> Iterator[Part]:
    if not data.campaigns:
        return
    samples = {one.id: one for one in comments}
    yield Heading(str(_("Letters that many people sent")))
    yield Table(
        head=[str(_("People")), str(_("Text")), str(_("Answer"))],
        widths=[1, 5, 4],
        rows=[
            [_senders(campaign), _words(samples.get(campaign.sample_id)), _answer_to(samples, campaign)]
            for campaign in data.campaigns
        ],
    )


def _senders(campaign: Campaign) -> str:
    sent = ngettext("%(num)d person", "%(num)d people", campaign.people)
    if not campaign.changed:
        return str(sent)
    changed = ngettext("%(num)d changed it", "%(num)d changed it", campaign.changed)
    return f"{sent}; {changed}"


def _answer_to(samples: dict[int, Said], campaign: Campaign) -> list[str | Run]:
    sample = samples.get(campaign.sample_id)
    return answer_words(sample.answer if sample else None)


def table(data: ReportData, comments: Sequence[Said]) -> Iterator[Part]:
    """The comparative table, each row with what was said about its clause."""
    if not data.rows:
        return
    by_place: dict[str, list[Said]] = {}
    for one in comments:
        if one.place_key and one.text is not None:
            by_place.setdefault(one.place_key, []).append(one)
    yield Heading(str(_("Comparative table")))
    yield Table(
        head=[
            str(_("Element")),
            str(_("Current text")),
            str(_("Proposed text")),
            str(_("Justification")),
            str(_("Comments and answers")),
        ],
        widths=[2, 4, 4, 3, 5],
        rows=[
            [
                in_reader_language(**row.element),
                in_reader_language(**row.current),
                in_reader_language(**row.proposed),
                in_reader_language(**row.reason),
                _in_short(by_place.get(row.clause_key or "", [])),
            ]
            for row in data.rows
        ],
    )


def _in_short(comments: Sequence[Said]) -> list[Paragraph]:
    """Which comments stand at a row, by their numbers in the annex, and how each was answered."""
    return [Paragraph([f"№ {one.id}: ", *_outcome(one.answer)]) for one in comments] or [
        Paragraph(str(_("No comments.")))
    ]


def _outcome(answer: Answered | None) -> list[str | Run]:
    if answer is None:
        return [Run(str(_("not answered")), bold=True, danger=True)]
    return [str(ANSWER_KINDS[answer.kind])]


def _annex(comments: Sequence[Said], places: Places) -> Iterator[Part]:
    """Every comment; a letter that says word for word what another of its group says is named beneath that one."""
    if not comments:
        yield Paragraph(str(_("Nobody commented.")))
    copies: dict[tuple[int, str], list[Said]] = {}
    for one in comments:
        copies.setdefault(_sameness(one), []).append(one)
    for same in copies.values():
        yield from comment_parts(same[0], places)
        if len(same) > 1:
            numbers = ", ".join(f"№ {one.id}" for one in same[1:])
            yield Paragraph(str(_("The same text, with the same answer: %(numbers)s.", numbers=numbers)))


def _sameness(one: Said) -> tuple[int, str]:
    """What comments share that are printed once; a comment of no group is like no other."""
    if one.group_id is None or one.text is None:
        return (-one.id, "")
    answer = f"{one.answer.kind}\0{one.answer.text}" if one.answer else ""
    return (one.group_id, "\0".join((one.text, one.proposed or "", one.place_path or "", answer)))


def comment_parts(one: Said, places: Places) -> Iterator[Part]:
    """One comment with its answer, without a name."""
    yield Heading(f"№ {one.id}", 3)
    yield Paragraph(_about(one, places))
    if one.quote:
        yield Quote(one.quote)
    yield Paragraph(_words(one))
    if one.proposed:
        yield Paragraph([Run(str(_("Proposed wording:")), bold=True), f" {one.proposed}"])
    yield Paragraph(answer_words(one.answer))


def _about(one: Said, places: Places) -> str:
    known = [str(AUTHOR_KINDS[AuthorKind(one.author_kind)]), day(clock.local(one.at))]
    if one.place_path:
        known.append(str(_("on %(place)s of version %(version)s", place=one.place_path, version=one.version)))
    if one.fate is not None:
        known.append(str(FATES[one.fate]))
    return " · ".join(known)


def _words(one: Said | None) -> str:
    if one is None:
        return ""
    if one.text is not None:
        return one.text
    if one.hidden_for and one.rules_version:
        reason = consultation_rules_version(one.rules_version).hiding_reason(one.hidden_for)
        return str(_("Hidden by a moderator: %(reason)s", reason=reason.text))
    return str(_("Taken back by its author."))


def answer_words(answer: Answered | None) -> list[str | Run]:
    """The answer in words, or that there is none."""
    if answer is None:
        return [Run(str(_("There is no answer to this comment.")), bold=True, danger=True)]
    when = day(clock.local(answer.on))
    late = f" ({_('late')})" if answer.is_late else ""
    said: list[str | Run] = [
        Run(f"{_('Answer')}: {ANSWER_KINDS[answer.kind]}, {when}{late}.", bold=True),
        f" {answer.text}",
    ]
    if answer.changed_key:
        said.append(" " + str(_("This comment changed version %(version)s.", version=answer.changed_version)))
    return said
