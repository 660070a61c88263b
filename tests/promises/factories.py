"""Promises as officers enter them."""

from typing import Any

from app import clock
from app.promises import services
from app.promises.models import Promise
from tests.recommendations.factories import answered, in_days

WHAT, REASON = "Мәтінді өзгерту", "Құрылысқа қосымша уақыт керек болды."
QUOTE = "жаңа мәтін  жарияланады"


def promised(cast: Any, *, due: int = 30, **about: Any) -> Promise:
    """Entered by the officer from an answer to a recommendation."""
    answer = answered(cast, 1, **about).rows[0].answer
    return entered(cast, "recommendation", answer.id, due=due)


def entered(cast: Any, kind: str, number: int, *, due: int = 30, quote: str = QUOTE) -> Promise:
    return services.enter(
        kind,
        number,
        what=WHAT,
        quote=quote,
        language="kk",
        due_on=in_days(due),
        actor=cast.marat.actor(),
        now=clock.now(),
    )
