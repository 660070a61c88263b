"""Words for what the law's data holds: marks, periods, thresholds, kinds of addressees."""

import re
from functools import cache
from typing import Any

from flask_babel import format_date, format_decimal

from app.i18n import _, _l, ngettext
from app.law.calendar import DayKind, TransferKind
from app.law.consultation_rules import Level, Procedure, Rank
from app.law.council_rules import MajorityKind, OutcomeSubject
from app.law.registry import consultation_versions, council_versions
from app.law.rules import Counting, Deadline, GroundKind, Mark, Unit, Words
from app.law.thresholds import AddresseeKind, Computation, Threshold, ThresholdRule

MARKS: dict[Mark, Any] = {
    Mark.LAW: _l("Stated in the law"),
    Mark.INFERRED: _l("Our reading of the law"),
    Mark.BACKGROUND: _l("Common knowledge, not confirmed by a source"),
    Mark.NOT_ESTABLISHED: _l("Not established, our assumption"),
    Mark.PRODUCT: _l("Rule of this site, not of the law"),
}

ADDRESSEE_KINDS: dict[AddresseeKind, Any] = {
    AddresseeKind.CENTRAL_BODY: _l("Government and central state bodies"),
    AddresseeKind.REGIONAL_MASLIKHAT: _l(
        "Maslikhat of a region, a city of republican significance or the capital"
    ),
    AddresseeKind.REGIONAL_AKIMAT: _l("Akimat of a region, a city of republican significance or the capital"),
    AddresseeKind.DISTRICT_MASLIKHAT: _l("Maslikhat of a city or district"),
    AddresseeKind.DISTRICT_AKIMAT: _l("Akimat of a district or city, or an akim’s office"),
}

# What each mark means for whoever reads the rules.
MARKS_EXPLAINED: dict[Mark, Any] = {
    Mark.LAW: _l("We read it in the text of the law, in Kazakh and Russian."),
    Mark.INFERRED: _l("It follows from the text, but the text does not say it in so many words."),
    Mark.BACKGROUND: _l("It is usually done so, but we found no source that says it."),
    Mark.NOT_ESTABLISHED: _l("We looked for it and did not find it. What stands here is our assumption."),
    Mark.PRODUCT: _l("The law is silent; this site had to decide something."),
}

MARK_TONES: dict[Mark, str] = {
    Mark.LAW: "good",
    Mark.INFERRED: "soon",
    Mark.BACKGROUND: "quiet",
    Mark.NOT_ESTABLISHED: "late",
    Mark.PRODUCT: "open",
}

DAY_KINDS: dict[DayKind, Any] = {
    DayKind.WORKING_DAY: _l("Working day"),
    DayKind.WEEKEND: _l("Weekend"),
    DayKind.HOLIDAY: _l("Public holiday"),
    DayKind.SUBSTITUTE: _l("Substitute day off"),
    DayKind.TRANSFER: _l("Day off moved by the Government"),
    DayKind.OPERATOR: _l("Day off by an official decision"),
}

TRANSFER_KINDS: dict[TransferKind, Any] = {
    TransferKind.DAY_OFF: _l("Day off"),
    TransferKind.WORKING_DAY: _l("Working day"),
}

GROUND_KINDS: dict[GroundKind, Any] = {
    GroundKind.EXCLUDED_MATTER: _l("The matter cannot be the subject of a petition"),
    GroundKind.SAME_SUBJECT_OPEN: _l("There is an open petition on the same subject"),
    GroundKind.SAME_SUBJECT_DECIDED: _l("A petition on the same subject was decided less than a year ago"),
    GroundKind.NOT_ELIGIBLE: _l("The author may not file petitions"),
    GroundKind.INCOMPLETE: _l("Required details are missing"),
    GroundKind.FIRST_SUPPORT: _l("Too few citizens joined in time"),
}

# The facts from which periods are counted.
STARTS: dict[str, Any] = {
    "submitted": _l("the petition was submitted"),
    "first_support_reached": _l("the first supporters were enough"),
    "published": _l("the petition was published"),
    "supported": _l("the threshold was reached"),
    "forwarded": _l("the petition was handed to the addressee"),
    "registered": _l("the addressee registered the petition"),
    "public_discussion": _l("the public discussion is held"),
    "extended": _l("the extension was decided"),
    "decided": _l("the decision was taken"),
    "forwarded_as_letter": _l("the petition was sent on as a letter"),
    "decision_published": _l("the decision was published"),
    "complaint_received": _l("the complaint was received"),
    "discussion_opened": _l("the discussion was opened"),
    "discussion_closed": _l("the discussion ended"),
    "comment_hidden": _l("the author was told that the comment is hidden"),
    "appeal_filed": _l("the appeal was filed"),
    "council_notified": _l("the public council was notified"),
    "council_recommended": _l("the recommendations of the public council arrived"),
    "chamber_notified": _l("the chamber was notified"),
    "sent_for_approval": _l("the draft was sent to other bodies for approval"),
    "hearing": _l("the hearing is held"),
    "sitting": _l("the sitting is to be held"),
    "sitting_held": _l("the sitting ended"),
    "proposal_filed": _l("the proposal was filed"),
    "control_ended": _l("the public control ended"),
    "control_document_received": _l("the final document was received"),
    "control_document_decided": _l("the final document is decided on"),
    "monitoring_visit": _l("the first visit was made"),
}

LEVELS: dict[Level, Any] = {
    Level.REPUBLICAN: _l("The whole country"),
    Level.REGIONAL: _l("Region or city of republican significance"),
    Level.DISTRICT: _l("District or city"),
}

RANKS: dict[Rank, Any] = {
    Rank.LAW: _l("Draft law"),
    Rank.BY_LAW: _l("Draft by-law"),
    Rank.DOCUMENT: _l("Document that is not an act"),
}

PROCEDURES: dict[Procedure, Any] = {
    Procedure.DISCUSSION: _l("Discussion by everybody"),
    Procedure.COUNCILS: _l("Public councils"),
    Procedure.CHAMBER: _l("Chamber of entrepreneurs and expert councils"),
}

OUTCOME_SUBJECTS: dict[OutcomeSubject, Any] = {
    OutcomeSubject.DRAFT: _l("On a draft act"),
    OutcomeSubject.PETITION: _l("On a petition"),
}

MAJORITIES: dict[MajorityKind, Any] = {
    MajorityKind.MORE_THAN_HALF_OF_PRESENT: _l("More than half of those present"),
    MajorityKind.MORE_THAN_HALF_OF_VOTING: _l("More than half of those who voted"),
    MajorityKind.MORE_THAN_HALF_OF_ALL: _l("More than half of all members"),
}

COUNTINGS: dict[Counting, Any] = {
    Counting.FROM_NEXT_DAY: _l("from the next day"),
    Counting.BACK_FROM_DAY_BEFORE: _l("back from the day before"),
}


def period(deadline: Deadline) -> str:
    """The length in the reader's language, as in "20 working days"; a value of 0 is the day of the fact itself."""
    count = deadline.value
    if count == 0:
        return str(_("The same day"))
    match deadline.unit:
        case Unit.WORKING_DAYS:
            words = ngettext("%(num)d working day", "%(num)d working days", count)
        case Unit.CALENDAR_DAYS:
            words = ngettext("%(num)d calendar day", "%(num)d calendar days", count)
        case Unit.MONTHS:
            words = ngettext("%(num)d month", "%(num)d months", count)
    return str(words)


def how_computed(threshold: Threshold) -> str:
    """How this number of votes was found, as in "1 % of 787,971 residents on 1 January 2023, rounded up."."""
    if threshold.computation is Computation.ABSOLUTE:
        return _fixed(threshold)
    population = format_decimal(threshold.population)
    if threshold.population_on is None:
        words = _(
            "%(percent)s %% of %(population)s residents, rounded up.",
            percent=threshold.percent,
            population=population,
        )
    else:
        words = _(
            "%(percent)s %% of %(population)s residents on %(date)s, rounded up.",
            percent=threshold.percent,
            population=population,
            date=format_date(threshold.population_on, "long"),
        )
    return str(words)


def _fixed(threshold: Threshold) -> str:
    if threshold.if_population_over is None:
        return str(_("The law sets this number."))
    words = _(
        "The law sets this number where there are more than %(limit)s residents; there are %(population)s.",
        limit=format_decimal(threshold.if_population_over),
        population=format_decimal(threshold.population),
    )
    return str(words)


def threshold_rule(rule: ThresholdRule) -> str:
    """One row of the table of thresholds, in words."""
    if rule.percent is None:
        words = _("%(votes)s votes", votes=format_decimal(rule.votes))
    elif rule.votes is None:
        words = _("%(percent)s %% of the residents", percent=rule.percent)
    else:
        words = _(
            "%(votes)s votes where there are more than %(limit)s residents, elsewhere %(percent)s %% of the residents",
            votes=format_decimal(rule.votes),
            limit=format_decimal(rule.if_population_over),
            percent=rule.percent,
        )
    return str(words)


# Sources that are no articles, in the data's words.
OTHER_SOURCES: dict[str, Any] = {
    "rule of this site": _l("rule of this site"),
    "usual week of state bodies": _l("the usual week of state bodies"),
    "the hour is the usual one of state bodies": _l("the hour is the usual one of state bodies"),
    "orders of the ministry": _l("orders of the ministry"),
    "general rule of civil law": _l("a general rule of civil law"),
}
ARTICLES = re.compile(r"art\. ([\d(),\s-]+\d\)?|[\d(),-]+)(?: for the rule)?")


def source(text: str) -> str:
    """A source of the data as the reader cites it: "art. 90-3(4)" is «90-3(4)-бап», «ст. 90-3(4)»."""
    return "; ".join(_one_source(part.strip()) for part in str(text).split(";"))


def _one_source(text: str) -> str:
    name, comma, articles = text.partition(", art. ")
    if basis := _bases().get(name):
        return f"{basis}, {_articles(articles)}" if comma else str(basis)
    if found := ARTICLES.fullmatch(text):
        return _articles(found[1])
    return str(OTHER_SOURCES.get(text, text))


def _articles(numbers: str) -> str:
    return str(_("art. %(articles)s", articles=numbers))


@cache
def _bases() -> dict[str, Words]:
    """What the rules of consultation and of councils rest on, by the English names that their sources begin with."""
    of_drafts = (basis for rules in consultation_versions() for basis in rules.bases)
    of_councils = (basis for rules in council_versions() for basis in rules.bases)
    return {basis.name.en: basis.name for basis in (*of_drafts, *of_councils)}
