"""What a reader asks the lists for, and what a signer says of an answer."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from wtforms.validators import InputRequired

from app.agencies import queries as agencies
from app.petitions.models import Rating
from app.petitions.queries.listing import Facet, Order, Wish
from app.territories import queries as territories
from app.text import topics
from app.text.normalize import shown_line
from app.web.fields import IntegerField, RadioField
from app.web.forms import Form

LONGEST_SEARCH = 200
Choice = TypeVar("Choice", bound=StrEnum)


def wish_of(args: Mapping[str, str]) -> Wish:
    """The wish that an address carries; what it misspells is left out, because a list can always be shown."""
    agency = agencies.by_slug(shown_line(args["to"])) if args.get("to") else None
    return Wish(
        facet=one_of(Facet, args.get("state"), Facet.ALL),
        words=words_of(args),
        topic=args.get("topic", "") if topics.topic(args.get("topic", "")) else "",
        region=args.get("region", "") if args.get("region") in territories.region_codes() else "",
        agency_id=agency.id if agency else None,
        order=one_of(Order, args.get("order"), Order.NEWEST),
    )


def words_of(args: Mapping[str, str]) -> str:
    """The words that are searched for, cleaned of what nobody typed."""
    return shown_line(args.get("q", ""))[:LONGEST_SEARCH]


def one_of(kind: type[Choice], value: str | None, otherwise: Choice) -> Choice:
    """What an address names, or `otherwise`."""
    try:
        return kind(value or otherwise)
    except ValueError:
        return otherwise


class RatingForm(Form):
    """One word about the answer to one demand."""

    answer = IntegerField(validators=[InputRequired()])
    rating = RadioField(
        choices=[(rating.value, rating.value) for rating in Rating], validators=[InputRequired()]
    )

    def details(self) -> tuple[int, Rating]:
        """The id of the answer, and the rating."""
        return int(self.answer.data), Rating(self.rating.data)
