"""Making a draft act findable: one vector with the stems of three languages."""

from sqlalchemy import select

from app.consultations.models import Clause, DraftAct, DraftVersion
from app.db import db
from app.text.search import document_text, search_vector

# PostgreSQL refuses a vector of more than a megabyte; the beginning of a very long act is what people look for.
INDEXED_CHARACTERS = 250_000


def index(draft: DraftAct, version: DraftVersion | None = None) -> None:
    """Title, summary and note count for more than the text of `version` (none before there is one)."""
    parts = [*draft.summaries.values(), *draft.notes.values()]
    if version is not None:
        room = INDEXED_CHARACTERS
        texts = db.session.scalars(
            select(Clause.text).where(Clause.version_id == version.id).order_by(Clause.position)
        )
        for text in texts:
            parts.append(text[:room])
            room -= len(text)
            if room <= 0:
                break
    draft.search_vector = search_vector(document_text(" ".join(draft.titles.values()), parts))
