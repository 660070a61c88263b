"""What councils do, in every state that a form is for: seats, competitions, sittings, control, answers, promises."""

from typing import Any

from app import clock
from app.access import CLOCK
from app.control.lifecycle import Form
from app.control.services import concluding, questions
from app.councils.models import Council, Member, OfficeKind, Origin
from app.councils.services import commissions, seating
from app.db import db
from app.gatherings import services as gatherings
from app.gatherings.models import GuestMode
from app.proposals.lifecycle import State as ProposalState
from app.sittings.lifecycle import AttendanceKind, Choice
from app.sittings.models import Sitting
from app.sittings.services import attending, examining, minutes
from tests import competitions, councils_cast, sittings_cast
from tests.cast import Cast, addressee
from tests.competitions import CHOSEN, RESERVE
from tests.control import acts
from tests.promises import factories as promising
from tests.proposals import proposing
from tests.recommendations import factories as recommending

# Which people of a council meet what, by the part of the test; the others are met by the cast.
SITTINGS = [f"sitting {name}" for name in ("begun", "called", "running", "voting", "over", "signed")]
ACTS = ("act begun", "act announced", "act monitoring", "act held")
MEETINGS: dict[str, list[tuple[str, list[str]]]] = {
    "councils": [
        ("secretary", []),
        ("head", ["competition decided", "competition approved"]),
        ("marat", [f"competition {state}" for state in ("begun", "announced", "closed")]),
        ("bolat", ["competition announced"]),
        ("aigul", ["competition announced"]),
    ],
    "sittings": [
        ("secretary", SITTINGS),
        ("chair", ["sitting over", "ruling begun"]),
        ("member", ["sitting voting", "sitting over"]),
        ("absent", ["sitting called", "sitting voting"]),
        ("marat", ["d open"]),
    ],
    "control": [
        ("secretary", list(ACTS)),
        ("chair", ["act held"]),
        ("bolat", ["act announced"]),
        ("yerlan", []),
    ],
    "answers": [
        ("bolat", ["proposal open"]),
        ("aigul", ["proposal open"]),
        ("yerlan", ["proposal open"]),
        ("marat", ["proposal taken up", "proposal to the body", "promise open"]),
        ("gulnar", []),
    ],
}


class CouncilWorld:
    """What the addresses and the people of councils are called; see `World`, which takes it over."""

    def __init__(self, cast: Cast, draft: Any) -> None:
        """`draft` is open for discussion; councils are told of it."""
        self.cast, self.draft = cast, draft
        self.made: dict[str, Any] = {}
        self.own: dict[str, dict[str, list[Any]]] = {}
        self.things: dict[str, list[Any]] = {}
        self.council = councils_cast.council()
        self.members = councils_cast.seated(self.council, n=6, civil=5)
        self.people = {
            "secretary": councils_cast.secretary(self.council),
            "chair": councils_cast.chair(self.council),
            "head": competitions.approver(self.council),
        }
        self.actor = self.people["secretary"].actor()
        self._seats()
        self._competitions()
        self._sittings()
        self._control()
        self._answers()

    def _seats(self) -> None:
        """A member without an account, a commission with a seat in it, and a council that nobody forms yet."""
        now = clock.now()
        newcomer = seating.seat(
            self.council,
            name="Әсем Оразова",
            origin=Origin.BODY,
            starts_on=self.members[0].starts_on,
            actor=CLOCK,
            now=now,
        )
        names = {"kk": "Экология комиссиясы", "ru": "Комиссия по экологии"}
        commission = commissions.make_commission(self.council, names=names, actor=CLOCK, now=now)
        commissions.join_commission(
            commission, self.members[1], is_head=True, on=clock.today(), actor=CLOCK, now=now
        )
        db.session.flush()
        for loaded in (self.council, commission):
            db.session.expire(loaded)
        deputy = next(office for office in self.council.offices if office.kind is OfficeKind.DEPUTY)
        self.things |= {
            "council": [self.council.slug],
            "member_id": [newcomer.id],
            "office_id": [deputy.id],
            "secretary_id": [self.council.secretaries[0].id],
            "commission_id": [commission.id],
            "seat_id": [commission.seats[0].id],
        }

    def _competitions(self) -> None:
        """Each state of a competition in a council of its own: one council has one competition at a time."""
        cast = self.cast

        def council(state: str) -> Council:
            return councils_cast.council(f"council-{state}")

        self.made["competition begun"] = competitions.preparing(cast, council=council("begun"))
        for state, outcomes in (("decided", (CHOSEN, RESERVE)), ("approved", (CHOSEN, RESERVE))):
            make = getattr(competitions, state)
            self.made[f"competition {state}"] = make(cast, *outcomes, council=council(state))
        self.made["competition closed"] = competitions.closed(cast, 2, council=council("closed"))
        self.made["competition announced"] = competitions.announced(cast, council=council("announced"))
        competitions.apply(self.made["competition announced"], cast.aigul)
        approved = self.made["competition approved"]
        member = approved.council.members[0]
        head = self.people["head"].actor()
        seating.remove(member, ground="own_wish", note="", on=member.starts_on, actor=head, now=clock.now())

    def _sittings(self) -> None:
        """From an agenda that only the council knows to signed minutes; an open vote has a sitting of its own."""
        examination = examining.notify(
            self.council, self.draft, actor=self.cast.marat.actor(), now=clock.now()
        )
        two = [sittings_cast.other(), sittings_cast.other("Екінші мәселе", "Второй вопрос")]
        self._keep("begun", sittings_cast.agenda(self.council, two), items=1)
        called = sittings_cast.called(self.council)
        self._note(called, self.members[:2])
        self._keep("called", called)

        running = sittings_cast.in_session(self.council, [*two, sittings_cast.other()], present=5)
        sittings_cast.voted(sittings_cast.item_of(running, 1))
        begun = sittings_cast.ruled(sittings_cast.item_of(running, 2), sign=False)
        self._keep("running", running)
        self.made["ruling begun"] = begun

        voting = sittings_cast.in_session(self.council, present=5)
        sittings_cast.put_to_vote(sittings_cast.item_of(voting))
        self._keep("voting", voting)

        member, absent = sittings_cast.seats(self.council)[3], sittings_cast.seats(self.council)[5]
        over = sittings_cast.in_session(self.council, present=5)
        lost = sittings_cast.voted(sittings_cast.item_of(over), {member.id: Choice.AGAINST})
        self.made["ruling published"] = sittings_cast.ruled(sittings_cast.item_of(over))
        self._keep("over", sittings_cast.closed(over), voting_id=[lost.id])
        self._keep("signed", self._signed())
        self.people |= {
            "member": sittings_cast.account(member),
            "absent": sittings_cast.account(absent),
        }
        self.things |= {"examination_id": [examination.id], "voting_id": [lost.id]}

    def _keep(self, name: str, sitting: Sitting, *, items: int = 3, **own: list[Any]) -> None:
        self.made[f"sitting {name}"] = sitting
        self.own[f"sitting {name}"] = {"item_id": [item.id for item in sitting.items][:items], **own}

    def _note(self, sitting: Sitting, there: list[Member]) -> None:
        for member in there:
            kind, now = AttendanceKind.PRESENT, clock.now()
            attending.note(sitting, member, kind, note=None, actor=self.actor, now=now)

    def _signed(self) -> Sitting:
        """Closed, with both signatures under its minutes."""
        sitting = sittings_cast.called(self.council)
        now, seats = clock.now(), sittings_cast.seats(self.council)
        self._note(sitting, seats[:5])
        attending.open_sitting(sitting, presiding=seats[0], actor=self.actor, now=now)
        sittings_cast.closed(sitting)
        for person in ("secretary", "chair"):
            minutes.sign(sitting, actor=self.people[person].actor(), now=now)
        return sitting

    def _control(self) -> None:
        """A hearing in each of its states, a monitoring for its visits, questions of one who does not meet them."""
        now, council = clock.now(), self.council
        begun = acts.begun(Form.MONITORING, council_=council)
        self.made["act begun"] = begun
        self.own["act begun"] = {
            "participant_id": [begun.participants[0].id],
            "key": [begun.files[0].attachment.public_key],
        }
        self.made["act announced"] = announced = acts.announced(council_=council)
        self.made["act monitoring"] = acts.announced(Form.MONITORING, council_=council)
        asked = questions.ask(
            announced, text="Су қашан тазарады?", language="kk", actor=self.cast.aigul.actor(), now=now
        )
        self.made["act held"] = held = acts.held(council_=council)
        concluding.set_rows(held, [sittings_cast.RECOMMENDATION], actor=self.actor, now=now)
        self.own["act held"] = {"position": [1]}
        open_to_guests = [announced.gathering, self.made["sitting called"].gathering]
        gatherings.register(
            open_to_guests[0],
            mode=GuestMode.IN_PERSON,
            wants_to_speak=False,
            actor=self.cast.bolat.actor(),
            now=now,
        )
        self.things |= {
            "question_id": [asked.id],
            "gathering_id": [gathering.id for gathering in open_to_guests],
        }

    def _answers(self) -> None:
        """A list that waits for its answers, one that waits for the signature, a promise, proposals."""
        cast, council = self.cast, self.council
        lists = [
            recommending.issued(2, of=council),
            recommending.filled(recommending.issued(2, of=council), cast.marat),
        ]
        answered = recommending.answered(cast, 1, of=council)
        answer = answered.rows[0].answer.id
        self.made["promise open"] = promising.entered(cast, "recommendation", answer)
        self.made["proposal open"] = proposing.proposed(cast, to=council)
        self.made["proposal to the body"] = proposing.proposed(cast, to=addressee())
        self.made["proposal taken up"] = proposing.in_state(ProposalState.TAKEN_UP, cast)
        self.things["list_id"] = [one.id for one in lists]
        self.source = f"source=recommendation:{answer}"

    def number_of(self, name: str) -> int:
        """The number, or else the id, by which addresses know what has this name."""
        thing = self.made[name]
        return int(thing.id if name.startswith("competition ") else thing.number)

    def queries(self) -> dict[str, list[str]]:
        """By the endpoint, what is asked for in addresses whose forms differ by it."""
        outcome = self.made["ruling begun"].outcome
        return {
            "promises.new": [self.source],
            "proposals.new": ["title=Мектеп+жолы"],
            "control.new": ["form=hearing", "form=head_report"],
            "sittings.add_item": [f"kind={kind}" for kind in ("draft", "petition", "matter", "other")],
            "sittings.open_vote": ["outcome=another", f"outcome={outcome}"],
        }
