"""What runs for duties without a click: load, call a service."""

from app import clock
from app.access import CLOCK
from app.agencies import queries as agencies
from app.agencies.events import AgencySucceeded
from app.duties import services


def hand_over(fact: AgencySucceeded) -> None:
    """The successor owes what the dissolved body still owed. Doing it twice moves nothing the second time."""
    old, new = agencies.by_id(fact.old_id), agencies.by_id(fact.new_id)
    if old is not None and new is not None:
        services.hand_over(old=old, new=new, actor=CLOCK, now=clock.now())
