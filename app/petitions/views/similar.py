"""What asks for the same already: shown while a title is typed, and before an author goes on."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.petitions import queries
from app.petitions.labels import OUTCOMES, STATES, reported_count
from app.petitions.models import ArchivedPetition, Outcome, Petition
from app.petitions.queries import listing
from app.petitions.queries.listing import Listed
from app.petitions.views import bp, drafts
from app.text.normalize import shown_line
from app.web.guards import on, public
from app.web.labels import Label

LONGEST_QUERY = 200


class Similar(NamedTuple):
    """Petitions here and elsewhere that ask for nearly the same."""

    here: Sequence[Listed]
    elsewhere: Sequence[ArchivedPetition]
    outcomes: Mapping[int, Outcome]

    def outcome_of(self, petition: Petition) -> Label | None:
        return OUTCOMES[self.outcomes[petition.id]] if petition.id in self.outcomes else None

    def state_of(self, petition: Petition) -> Label:
        return STATES[petition.state]

    def count_of(self, archived: ArchivedPetition) -> str:
        return reported_count(archived.signatures, archived.signatures_are)

    @property
    def found(self) -> bool:
        return bool(self.here or self.elsewhere)


def similar_to(title: str) -> Similar:
    here = listing.similar_to(title)
    return Similar(
        here, listing.similar_archived(title), queries.outcomes_of([listed.petition for listed in here])
    )


@bp.get("/petitions/similar")
@public
def similar() -> ResponseReturnValue:
    """The list alone, for the page that asks while somebody types."""
    typed = (request.args.get(name) for name in ("title", "title_kk", "title_ru", "title_en"))
    title = shown_line(next((text for text in typed if text), "")[:LONGEST_QUERY])
    return render_template("petitions/new/similar_list.html", similar=similar_to(title))


@bp.get("/petitions/<int:number>/draft/similar")
@on(Petition, needs_sign_in=True)
def draft_similar(petition: Petition) -> ResponseReturnValue:
    if elsewhere := drafts.elsewhere(petition):
        return elsewhere
    return render_template(
        "petitions/new/similar.html",
        petition=petition,
        similar=similar_to(petition.original_title),
        back=drafts.address(petition, "title"),
        go_on=drafts.address(petition, drafts.next_step(petition, "title")),
        frame=drafts.frame(petition, "title"),
    )
