"""A promise: who, what, by when, and the sentence in which it was made."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Sequence, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.agencies.models import Agency
from app.councils.models import Council
from app.db import Base, enum_column
from app.files.models import Attachment
from app.promises.lifecycle import State

NUMBERS = Sequence("promise_number", start=101, metadata=Base.metadata)


class Promise(Base):
    """Entered and closed by people, never by a machine. `source_kind` and `source_number` name what it was promised
    in (`sources.py`); `quote` is its sentence word for word, in `language`. `council_id` is the council whose ruling
    asked for it. Done needs proof: words and a link or a file."""

    __tablename__ = "promise"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed"),
        CheckConstraint("state = 'open' OR closing_words IS NOT NULL", name="closed_with_words"),
        CheckConstraint("state <> 'done' OR done_on IS NOT NULL", name="done_has_day"),
        CheckConstraint(
            "state <> 'done' OR proof_link IS NOT NULL OR proof_file_id IS NOT NULL", name="done_has_proof"
        ),
        CheckConstraint("language IN ('kk', 'ru', 'en')", name="language"),
        Index("ix_promise_agency", "agency_id", "state", "due_on"),
        Index("ix_promise_due", "due_on", "id", postgresql_where=text("state = 'open'")),
        Index("ix_promise_source", "source_kind", "source_number"),
        Index(
            "ix_promise_subject",
            "subject_kind",
            "subject_number",
            postgresql_where=text("subject_kind IS NOT NULL"),
        ),
        Index("ix_promise_council", "council_id", postgresql_where=text("council_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[int] = mapped_column(NUMBERS, server_default=NUMBERS.next_value(), unique=True)
    state: Mapped[State] = mapped_column(enum_column(State), default=State.OPEN)
    agency_id: Mapped[int] = mapped_column(ForeignKey(Agency.id))
    council_id: Mapped[int | None] = mapped_column(ForeignKey(Council.id))
    what: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    due_on: Mapped[date]
    source_kind: Mapped[str] = mapped_column(String(40))
    source_number: Mapped[int]
    # The thing it is all about: what followers follow.
    subject_kind: Mapped[str | None] = mapped_column(String(40))
    subject_number: Mapped[int | None]
    entered_by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    entered_at: Mapped[datetime]
    done_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    closing_words: Mapped[str | None]
    proof_link: Mapped[str | None]
    proof_file_id: Mapped[int | None] = mapped_column(ForeignKey(Attachment.id))
    reminded_at: Mapped[datetime | None]
    found_late_at: Mapped[datetime | None]

    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    council: Mapped[Council | None] = relationship()
    proof_file: Mapped[Attachment | None] = relationship()
    entries: Mapped[list["PromiseEntry"]] = relationship(
        back_populates="promise", order_by=lambda: PromiseEntry.id
    )

    def is_late(self, today: date) -> bool:
        return self.state is State.OPEN and today > self.due_on


class PromiseEntry(Base):
    """One line of its history: entered, put off (from which day), corrected, done, dropped."""

    __tablename__ = "promise_entry"
    __table_args__ = (Index("ix_promise_entry_promise", "promise_id", "id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    promise_id: Mapped[int] = mapped_column(ForeignKey(Promise.id))
    action: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    was_due_on: Mapped[date | None]
    due_on: Mapped[date | None]
    words: Mapped[str | None]

    promise: Mapped[Promise] = relationship(back_populates="entries")
