"""Forms, states, people and documents of public control in words, and the tone in which a state is shown."""

from flask_babel import LazyString

from app.control.lifecycle import Assessment, Purpose, Requirement, Role, State
from app.control.queries.page import Happening
from app.i18n import _l
from app.web.labels import Label

STATES: dict[State, Label] = {
    State.PREPARING: Label(_l("In preparation"), "quiet"),
    State.ANNOUNCED: Label(_l("Announced"), "open"),
    State.HELD: Label(_l("Took place, final document awaited"), "soon"),
    State.CONCLUDED: Label(_l("Final document published"), "good"),
    State.CANCELLED: Label(_l("Cancelled"), "late"),
}

# What a state means for a reader, in one sentence.
STATES_EXPLAINED: dict[State, LazyString] = {
    State.PREPARING: _l("Only the secretary and the chair of the council see it."),
    State.ANNOUNCED: _l("The notice is public; whoever wants can take part as it says."),
    State.HELD: _l("The council writes the final document and sends it to the body."),
    State.CONCLUDED: _l("The body owes an answer to each recommendation."),
    State.CANCELLED: _l("It does not take place; the reason stands here."),
}

ROLES: dict[Role, LazyString] = {
    Role.CHAIR: _l("Presides"),
    Role.SECRETARY: _l("Keeps the minutes"),
    Role.SPEAKER: _l("Speaker"),
    Role.GROUP_MEMBER: _l("Member of the group"),
    Role.EXPERT: _l("Expert"),
    Role.HEAD_OF_BODY: _l("Head of the body, who reports"),
    Role.CO_REPORTER: _l("Co-reporter of the council"),
}

PURPOSES: dict[Purpose, LazyString] = {
    Purpose.PROGRAMME: _l("Programme"),
    Purpose.MATERIAL: _l("Document to read beforehand"),
    Purpose.GROUP_PROTOCOL: _l("Protocol that fixes who is in the group"),
    Purpose.PHOTO: _l("Photograph"),
    Purpose.REPORT: _l("Report of the head"),
    Purpose.CO_REPORT: _l("Co-report of the council"),
    Purpose.FINAL: _l("Signed final document"),
}

ASSESSMENTS: dict[Assessment, LazyString] = {
    Assessment.GOOD: _l("The work is satisfactory"),
    Assessment.WITH_REMARKS: _l("The work is satisfactory, with remarks"),
    Assessment.NOT_GOOD: _l("The work is not satisfactory"),
}

REQUIREMENTS: dict[Requirement, LazyString] = {
    Requirement.WORDS: _l("Title and subject, in Kazakh and in Russian"),
    Requirement.PROGRAMME: _l("The programme, in Kazakh and in Russian"),
    Requirement.PLACE: _l("A place or a link"),
    Requirement.MATERIALS: _l("The drafts and documents that people read beforehand"),
    Requirement.GROUP: _l("The people of the group"),
    Requirement.GROUP_PROTOCOL: _l("The protocol that fixes who is in the group"),
    Requirement.EXPERTS: _l("An expert with a degree and the years that the law asks for"),
    Requirement.HEAD: _l("The head of the body, who reports"),
}

# What happened, for the public history, and what is still to come.
HAPPENINGS: dict[Happening, LazyString] = {
    Happening.ANNOUNCED: _l("Announced"),
    Happening.MOVED: _l("Moved to another time or place"),
    Happening.VISITED: _l("The group visited the place"),
    Happening.HELD: _l("Took place"),
    Happening.CONCLUDED: _l("The final document was published and sent to the body"),
    Happening.CANCELLED: _l("Cancelled"),
    Happening.ANSWERED: _l("The body answered each recommendation"),
    Happening.MEETS: _l("It takes place"),
    Happening.DOCUMENT_DUE: _l("Last day for the final document"),
    Happening.ANSWER_DUE: _l("Last day for the answers of the body"),
}
