"""What a council published elsewhere before it worked here."""

from sqlalchemy import select

from app.councils.models import Council, CouncilRecord
from app.db import db
from app.i18n import current_language

MOST = 50


def records_of(council: Council) -> list[CouncilRecord]:
    """The archived records, the newest first; of two that say the same, the one in the reader's language."""
    found = (
        select(CouncilRecord)
        .where(CouncilRecord.council_id == council.id)
        .order_by(CouncilRecord.held_on.desc().nulls_last(), CouncilRecord.id.desc())
        .limit(MOST)
    )
    records = list(db.session.scalars(found))
    read = {record.source_id for record in records if record.language == current_language()}
    return [record for record in records if not _is_said_elsewhere(record, records, read)]


def _is_said_elsewhere(record: CouncilRecord, records: list[CouncilRecord], read: set[str]) -> bool:
    other = next((one for one in records if one.source_id == record.parallel), None)
    if other is None or record.source_id in read:
        return False
    return other.source_id in read or other.id < record.id
