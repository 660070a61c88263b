"""What a reader asks the lists and the text for, and what they think of a draft as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from wtforms.validators import InputRequired

from app.agencies import queries as agencies
from app.comments.queries import reading as comments
from app.consultations.models import DraftAct
from app.consultations.queries.listing import Facet, Order, Wish
from app.i18n import current_language
from app.law import Stage
from app.territories import queries as territories
from app.text import topics
from app.text.normalize import shown_line
from app.web.fields import RadioField
from app.web.forms import Form

LONGEST_SEARCH = 200
LONGEST_NUMBER = 6
DAYS = (3, 7, 14, 30)
TEXT_LANGUAGES = ("kk", "ru")
Choice = TypeVar("Choice", Facet, Order, comments.Order)


@dataclass(frozen=True, slots=True)
class TextWish:
    """Which text is read: `version` None is the newest. `language` is the text's, whatever the page's."""

    language: str
    version: int | None
    part: int


def wish_of(args: Mapping[str, str]) -> Wish:
    """The wish that an address carries; what it misspells is left out, because a list can always be shown."""
    body = agencies.by_slug(shown_line(args["body"])) if args.get("body") else None
    days = number_of(args, "days")
    facet = one_of(Facet, args.get("state"), Facet.ALL)
    closes_first = facet is Facet.CLOSING_SOON or days in DAYS
    return Wish(
        facet=facet,
        words=words_of(args),
        stage=args.get("stage", "") if args.get("stage") in set(Stage) else "",
        topic=args.get("topic", "") if topics.topic(args.get("topic", "")) else "",
        agency_id=body.id if body else None,
        region=args.get("region", "") if args.get("region") in territories.region_codes() else "",
        days=days if days in DAYS else None,
        order=one_of(Order, args.get("order"), Order.CLOSING if closes_first else Order.NEWEST),
    )


def words_of(args: Mapping[str, str]) -> str:
    """The words that are searched for, cleaned of what nobody typed."""
    return shown_line(args.get("q", ""))[:LONGEST_SEARCH]


def number_of(args: Mapping[str, str], name: str) -> int | None:
    """A number of an address, None if there is none."""
    written = args.get(name, "")
    is_number = written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER
    return int(written) if is_number else None


def one_of(kind: type[Choice], value: str | None, otherwise: Choice) -> Choice:
    try:
        return kind(value or otherwise)
    except ValueError:
        return otherwise


def text_wish_of(args: Mapping[str, str], draft: DraftAct) -> TextWish:
    """The text in the language that was asked for, else in the reader's, else in the one it was written in."""
    known = (args.get("text"), current_language(), draft.language)
    language = next(one for one in known if one in TEXT_LANGUAGES)
    return TextWish(str(language), number_of(args, "version"), number_of(args, "part") or 1)


class AttitudeForm(Form):
    """What somebody thinks of a draft as a whole; "none" takes it back."""

    attitude = RadioField(
        choices=[("like", "like"), ("dislike", "dislike"), ("none", "none")], validators=[InputRequired()]
    )

    def details(self) -> bool | None:
        """Whether the person likes it; None if they take back what they said."""
        return {"like": True, "dislike": False}.get(str(self.attitude.data))
