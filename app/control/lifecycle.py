"""The states of an act of public control, and which verb leads where. Pure; the public diagram is read from here."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """The ids of `law.CouncilRules.control_forms`."""

    HEARING = "hearing"
    DISCUSSION = "public_discussion"
    MONITORING = "monitoring"
    EXPERTISE = "expertise"
    HEAD_REPORT = "head_report"


class Action(StrEnum):
    EDIT = "edit"
    ANNOUNCE = "announce"
    MOVE = "move"
    ADD_DOCUMENT = "add_document"
    ASK = "ask"
    SUPPORT_QUESTION = "support_question"
    HIDE_QUESTION = "hide_question"
    ANSWER_QUESTION = "answer_question"
    NOTE_VISIT = "note_visit"
    HOLD = "hold"
    DRAFT_DOCUMENT = "draft_document"
    CONCLUDE = "conclude"  # the final document is signed, published, and sent with its recommendations
    CANCEL = "cancel"
    FOLLOW = "follow"


class State(StrEnum):
    PREPARING = "preparing"
    ANNOUNCED = "announced"
    HELD = "held"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


class Role(StrEnum):
    CHAIR = "chair"
    SECRETARY = "secretary"
    SPEAKER = "speaker"
    GROUP_MEMBER = "group_member"
    EXPERT = "expert"
    HEAD_OF_BODY = "head_of_body"
    CO_REPORTER = "co_reporter"


class Purpose(StrEnum):
    """What a document of the act is."""

    PROGRAMME = "programme"
    MATERIAL = "material"
    GROUP_PROTOCOL = "group_protocol"
    PHOTO = "photo"
    REPORT = "report"
    CO_REPORT = "co_report"
    FINAL = "final"


class Assessment(StrEnum):
    """What the council says of the report of a head of a body."""

    GOOD = "good"
    WITH_REMARKS = "with_remarks"
    NOT_GOOD = "not_good"


class Requirement(StrEnum):
    """What an act still lacks before it can be announced."""

    WORDS = "words"
    PROGRAMME = "programme"
    PLACE = "place"
    MATERIALS = "materials"
    GROUP = "group"
    GROUP_PROTOCOL = "group_protocol"
    EXPERTS = "experts"
    HEAD = "head"


# Where people meet, ask and vote; a monitoring group and experts work by themselves.
MEETINGS = frozenset({Form.HEARING, Form.DISCUSSION, Form.HEAD_REPORT})

REQUIRED: dict[Form, frozenset[Requirement]] = {
    Form.HEARING: frozenset(
        {Requirement.WORDS, Requirement.PROGRAMME, Requirement.PLACE, Requirement.MATERIALS}
    ),
    Form.DISCUSSION: frozenset({Requirement.WORDS, Requirement.PROGRAMME, Requirement.PLACE}),
    Form.MONITORING: frozenset(
        {Requirement.WORDS, Requirement.PLACE, Requirement.GROUP, Requirement.GROUP_PROTOCOL}
    ),
    Form.EXPERTISE: frozenset({Requirement.WORDS, Requirement.PLACE, Requirement.EXPERTS}),
    Form.HEAD_REPORT: frozenset({Requirement.WORDS, Requirement.PLACE, Requirement.HEAD}),
}

# Who can be named in an act of which form, before it is announced.
ROLES: dict[Form, tuple[Role, ...]] = {
    Form.HEARING: (Role.SPEAKER,),
    Form.DISCUSSION: (Role.SPEAKER,),
    Form.MONITORING: (Role.GROUP_MEMBER,),
    Form.EXPERTISE: (Role.EXPERT,),
    Form.HEAD_REPORT: (Role.HEAD_OF_BODY, Role.CO_REPORTER),
}

# What can be attached to an act of which form.
PURPOSES: dict[Form, tuple[Purpose, ...]] = {
    Form.HEARING: (Purpose.MATERIAL, Purpose.PROGRAMME, Purpose.FINAL),
    Form.DISCUSSION: (Purpose.MATERIAL, Purpose.PROGRAMME, Purpose.FINAL),
    Form.MONITORING: (Purpose.GROUP_PROTOCOL, Purpose.MATERIAL, Purpose.PHOTO, Purpose.FINAL),
    Form.EXPERTISE: (Purpose.MATERIAL, Purpose.FINAL),
    Form.HEAD_REPORT: (Purpose.REPORT, Purpose.CO_REPORT, Purpose.MATERIAL, Purpose.FINAL),
}


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[State]
    target: State | None = None


S = State

TRANSITIONS: dict[Action, Transition] = {
    Action.EDIT: Transition(frozenset({S.PREPARING})),
    Action.ANNOUNCE: Transition(frozenset({S.PREPARING}), S.ANNOUNCED),
    Action.MOVE: Transition(frozenset({S.ANNOUNCED})),
    Action.ADD_DOCUMENT: Transition(frozenset({S.PREPARING, S.ANNOUNCED, S.HELD})),
    Action.ASK: Transition(frozenset({S.ANNOUNCED})),
    Action.SUPPORT_QUESTION: Transition(frozenset({S.ANNOUNCED})),
    Action.HIDE_QUESTION: Transition(frozenset({S.ANNOUNCED, S.HELD, S.CONCLUDED})),
    Action.ANSWER_QUESTION: Transition(frozenset({S.ANNOUNCED, S.HELD})),
    Action.NOTE_VISIT: Transition(frozenset({S.ANNOUNCED})),
    Action.HOLD: Transition(frozenset({S.ANNOUNCED}), S.HELD),
    Action.DRAFT_DOCUMENT: Transition(frozenset({S.HELD})),
    Action.CONCLUDE: Transition(frozenset({S.HELD}), S.CONCLUDED),
    Action.CANCEL: Transition(frozenset({S.PREPARING, S.ANNOUNCED}), S.CANCELLED),
    Action.FOLLOW: Transition(frozenset({S.ANNOUNCED, S.HELD, S.CONCLUDED})),
}

PUBLIC_STATES = frozenset({S.ANNOUNCED, S.HELD, S.CONCLUDED, S.CANCELLED})


def allows(action: Action, state: State) -> bool:
    return state in TRANSITIONS[action].sources
