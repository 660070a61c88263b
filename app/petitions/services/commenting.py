"""The thread of comments follows the petition's state."""

from datetime import datetime

from app.comments.services import threads
from app.petitions.lifecycle import OPEN_FOR_COMMENTS
from app.petitions.models import Petition


def follow(petition: Petition, *, now: datetime) -> None:
    """Opens the thread when comments may be taken, closes it when they may not any more.

    The addressee owes no answer to each of them: it weighs them in its review and answers the demands.
    """
    if petition.state in OPEN_FOR_COMMENTS and petition.thread is None:
        petition.thread = threads.open_thread(
            subject_kind="petition", subject_number=petition.number, agency=petition.addressee, now=now
        )
    elif petition.state not in OPEN_FOR_COMMENTS and petition.thread is not None:
        threads.close(petition.thread, now=now)
