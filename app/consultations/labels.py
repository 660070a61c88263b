"""States, verbs, changes and fates of draft acts in words, and the tone in which a state is shown."""

from flask_babel import LazyString

from app.consultations.actions import Action
from app.consultations.lifecycle import Requirement, State
from app.consultations.models import Clause, Fate, VersionState
from app.consultations.queries.listing import Facet, Order
from app.consultations.queries.page import Coming, Event
from app.documents.tree import BlockKind
from app.i18n import _, _l
from app.text.alignment import Change
from app.web.labels import Label

STATES: dict[State, Label] = {
    State.PREPARING: Label(_l("In preparation"), "quiet"),
    State.DISCARDED: Label(_l("Discarded"), "quiet"),
    State.EXEMPT: Label(_l("Not discussed: exempt"), "late"),
    State.ANNOUNCED: Label(_l("Discussion announced"), "soon"),
    State.OPEN: Label(_l("Open for comments"), "open"),
    State.CLOSED: Label(_l("Closed for comments"), "quiet"),
    State.UNDER_REVIEW: Label(_l("Comments under review"), "open"),
    State.REPORTED: Label(_l("Report published"), "good"),
    State.ADOPTED: Label(_l("Adopted"), "good"),
    State.WITHDRAWN: Label(_l("Withdrawn by the body"), "quiet"),
}

# What a state means for a reader, in one sentence.
STATES_EXPLAINED: dict[State, LazyString] = {
    State.PREPARING: _l("Only the body that develops the draft sees it."),
    State.DISCARDED: _l("The body dropped the draft before anybody saw it."),
    State.EXEMPT: _l("The body states that the draft need not be discussed, and on which ground."),
    State.ANNOUNCED: _l("The full text can be read; comments open on the day named."),
    State.OPEN: _l("Everybody can read; whoever is signed in can comment on the whole or on a clause."),
    State.CLOSED: _l("No more comments are taken; the body answers those that came."),
    State.UNDER_REVIEW: _l("The body works through the comments and prepares the report."),
    State.REPORTED: _l("The report shows every comment with its answer, and those without one."),
    State.ADOPTED: _l("The act was adopted; its official text is linked."),
    State.WITHDRAWN: _l("The body gave the draft up and said why."),
}

# What happened, for the public history (which leaves out what was discarded).
EVENTS: dict[Action, LazyString] = {
    Action.DISCARD: _l("Discarded before it was public"),
    Action.STATE_EXEMPTION: _l("Listed as exempt from discussion"),
    Action.ANNOUNCE: _l("Announced with its full text"),
    Action.OPEN: _l("Opened for comments"),
    Action.PROLONG: _l("The discussion was prolonged"),
    Action.CLOSE: _l("Closed for comments"),
    Action.PUBLISH_VERSION: _l("A new version was published"),
    Action.BEGIN_REVIEW: _l("The review of the comments began"),
    Action.PUBLISH_REPORT: _l("The report was published"),
    Action.ADOPT: _l("The act was adopted"),
    Action.WITHDRAW: _l("The draft was withdrawn"),
}

# Who moves a draft on.
DOERS: dict[Action, LazyString] = {
    Action.DISCARD: _l("An officer of the body"),
    Action.STATE_EXEMPTION: _l("The head of the body"),
    Action.ANNOUNCE: _l("The head of the body"),
    Action.OPEN: _l("By itself, on its first day"),
    Action.CLOSE: _l("By itself, after its last day"),
    Action.BEGIN_REVIEW: _l("An officer of the body"),
    Action.PUBLISH_REPORT: _l("The head of the body"),
    Action.ADOPT: _l("An officer of the body"),
    Action.WITHDRAW: _l("The head of the body"),
}

# What is still to come.
EXPECTED: dict[Coming, LazyString] = {
    Coming.OPENING: _l("The discussion opens"),
    Coming.CLOSING: _l("Last day for comments"),
    Coming.ANSWERS: _l("Last day for the answers to the comments"),
    Coming.REPORT: _l("Last day for the report"),
}

FACETS: dict[Facet, LazyString] = {
    Facet.ALL: _l("All"),
    Facet.OPEN: _l("Open for comments"),
    Facet.CLOSING_SOON: _l("Discussion ends soon"),
    Facet.ANSWERS_DUE: _l("Answers due"),
    Facet.FINISHED: _l("Report published or adopted"),
}

ORDERS: dict[Order, LazyString] = {
    Order.NEWEST: _l("Newest first"),
    Order.CLOSING: _l("Closing first"),
}

REQUIREMENTS: dict[Requirement, LazyString] = {
    Requirement.FULL_TEXT: _l("The full text, in Kazakh and in Russian"),
    Requirement.WORDS: _l(
        "Kind, stage and level; title, summary and explanatory note in Kazakh and in Russian"
    ),
    Requirement.TERM: _l("The first and the last day of the discussion"),
}

VERSION_STATES: dict[VersionState, LazyString] = {
    VersionState.PREPARING: _l("In preparation"),
    VersionState.COMPARING: _l("Being compared with the version before"),
    VersionState.READY: _l("Compared, not published"),
    VersionState.PUBLISHED: _l("Published version"),
}

CHANGES: dict[Change, Label] = {
    Change.UNCHANGED: Label(_l("unchanged"), "quiet"),
    Change.EDITED: Label(_l("edited"), "soon"),
    Change.MOVED: Label(_l("moved"), "open"),
    Change.NEW: Label(_l("new"), "good"),
    Change.REMOVED: Label(_l("removed"), "late"),
}

FATES: dict[Fate, Label] = {
    Fate.UNCHANGED: Label(_l("The clause did not change"), "quiet"),
    Fate.EDITED: Label(_l("The clause was edited after this comment"), "soon"),
    Fate.MOVED: Label(_l("The clause was moved"), "open"),
    Fate.REMOVED: Label(_l("The clause was removed"), "late"),
    Fate.DOUBTFUL: Label(_l("A person is looking where this comment belongs now"), "soon"),
}

BLOCK_KINDS: dict[BlockKind, LazyString] = {
    BlockKind.PART: _l("Part"),
    BlockKind.CHAPTER: _l("Chapter"),
    BlockKind.SECTION: _l("Section"),
    BlockKind.ARTICLE: _l("Article"),
    BlockKind.CLAUSE: _l("Clause"),
    BlockKind.SUBCLAUSE: _l("Sub-clause"),
    BlockKind.PARAGRAPH: _l("Paragraph"),
    BlockKind.TABLE: _l("Table"),
    BlockKind.NOTE: _l("Amendment note"),
    BlockKind.HEADING: _l("Heading"),
}

# A block by its number, as people name it.
PLACES: dict[BlockKind, LazyString] = {
    BlockKind.PART: _l("Part %(number)s"),
    BlockKind.CHAPTER: _l("Chapter %(number)s"),
    BlockKind.SECTION: _l("Section %(number)s"),
    BlockKind.ARTICLE: _l("Article %(number)s"),
    BlockKind.CLAUSE: _l("Clause %(number)s"),
    BlockKind.SUBCLAUSE: _l("Sub-clause %(number)s"),
    BlockKind.TABLE: _l("Table %(number)s"),
    BlockKind.HEADING: _l("Annex %(number)s"),
}
SHORT_QUOTE = 40


def place(clause: Clause) -> str:
    """What people call this clause; one without a number by its first words."""
    if clause.number and clause.number != "0" and clause.kind in PLACES:
        return str(PLACES[clause.kind]) % {"number": clause.number}
    words = clause.text.strip()
    if len(words) > SHORT_QUOTE:
        words = words[:SHORT_QUOTE].rsplit(" ", 1)[0] + "…"
    return str(_("%(kind)s “%(words)s”", kind=BLOCK_KINDS[clause.kind], words=words))


def event(entry: Event) -> str:
    """One line of the public history."""
    if entry.coming is not None:
        return str(EXPECTED[entry.coming])
    if entry.action == Action.PUBLISH_VERSION and "version" in entry.details:
        return str(_("Version %(number)s was published", number=entry.details["version"]))
    return str(EVENTS[Action(entry.action or "")])
