"""Who is who in letters about councils (the fixture `council` of this folder), and what they are told."""

from typing import Any

from app.notifications.jobs import announce
from app.outbox import Fact
from tests.notifications.people import letters

SECRETARY = "secretary-akmola-region@example.kz"
CHAIR, DEPUTY = "chair@example.kz", "deputy@example.kz"
ROOM = {CHAIR, DEPUTY, SECRETARY}
BODY = {"marat@example.kz", "gulnar@example.kz"}
FOLLOWER = "reader@example.kz"


def tell(fact: Fact) -> dict[str, Any]:
    """By the address, the letter of each that is told, in every language."""
    announce(fact)
    return letters(fact.key)
