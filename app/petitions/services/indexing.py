"""Making a petition findable: one vector with the stems of three languages, one folded title."""

from app.petitions.models import ArchivedPetition, Petition
from app.text.normalize import folded
from app.text.search import document_text, search_vector


def index(petition: Petition) -> None:
    titles = " ".join(petition.titles.values())
    document = document_text(titles, [d.text for d in petition.demands] + [petition.arguments])
    petition.search_vector = search_vector(document)
    petition.search_title = folded(titles)


def index_archived(petition: ArchivedPetition) -> None:
    titles = " ".join(petition.titles.values())
    petition.search_vector = search_vector(document_text(titles, list(petition.texts.values())))
    petition.search_title = folded(titles)
