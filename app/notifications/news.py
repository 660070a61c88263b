"""When a fact is no news, or not for everybody it concerns."""

from app.control.events import ControlConcluded
from app.control.models import ControlAct
from app.councils.events import MemberRemoved
from app.councils.models import Member
from app.db import db
from app.law import council_rules_in_force
from app.petitions import queries as petitions
from app.petitions.events import PetitionFact
from app.sittings import queries as sittings
from app.sittings.events import RulingPublished


def is_published(fact: PetitionFact) -> bool:
    """The letter about the publication says it all."""
    petition = petitions.by_id(fact.petition_id)
    return petition is not None and petition.published_at is not None


def asks_for_an_answer(fact: RulingPublished | ControlConcluded) -> bool:
    """The letter about the recommendations, which the body has to answer, says it all."""
    if isinstance(fact, RulingPublished):
        ruling = sittings.ruling_by_id(fact.ruling_id)
        listed = ruling.recommendations if ruling else None
    else:
        act = db.session.get(ControlAct, fact.act_id)
        listed = act.recommendations if act else None
    return listed is not None and bool(listed.rows)


def is_not_for_the_member(fact: MemberRemoved) -> bool:
    """Nobody writes to whoever died or was declared missing: grounds that the public is not shown."""
    member = db.session.get(Member, fact.member_id)
    if member is None or member.ended_on is None or member.removal_ground is None:
        return True
    grounds = {one.id: one for one in council_rules_in_force(member.ended_on).removal_grounds}
    ground = grounds.get(member.removal_ground)
    return ground is None or not ground.is_shown
