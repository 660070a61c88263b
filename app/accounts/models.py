"""Accounts, their roles, and the sessions in which they are signed in."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import Actor, Role
from app.db import Base, enum_column


class Account(Base):
    """A citizen (known by `person_tag`, the keyed hash of the IIN) or a member of staff (known by e-mail).

    The IIN itself is stored nowhere.
    """

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("person_tag"),
        Index(
            "uq_account_staff_email",
            text("lower(email)"),
            unique=True,
            postgresql_where=text("password_hash IS NOT NULL"),
        ),
        CheckConstraint("person_tag IS NOT NULL OR password_hash IS NOT NULL", name="citizen_or_staff"),
        CheckConstraint("person_tag IS NULL OR octet_length(person_tag) = 32", name="person_tag_length"),
        CheckConstraint("person_tag IS NULL OR born_on IS NOT NULL", name="citizen_has_birthday"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    person_tag: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    born_on: Mapped[date | None]
    given_name: Mapped[str] = mapped_column(default="")
    family_name: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None]
    email_confirmed_at: Mapped[datetime | None]
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="kk")
    region_code: Mapped[str | None]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    roles: Mapped[list["RoleAssignment"]] = relationship(back_populates="account", lazy="selectin")

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def public_name(self) -> str:
        """Given name and first letter of the family name: what the public may see of an author."""
        return f"{self.given_name} {self.family_name[:1]}.".strip() if self.family_name else self.given_name

    def actor(self) -> Actor:
        held = {r.role for r in self.roles if r.ended_at is None}
        if self.person_tag is not None:
            held.add(Role.CITIZEN)
        return Actor(
            account_id=self.id,
            name=self.name,
            roles=frozenset(held),
            officer_of=self._agencies(Role.OFFICER),
            head_of=self._agencies(Role.HEAD),
            person_tag=self.person_tag,
            language=self.language,
        )

    def _agencies(self, role: Role) -> frozenset[int]:
        return frozenset(
            r.agency_id for r in self.roles if r.role == role and r.agency_id and r.ended_at is None
        )


class RoleAssignment(Base):
    """A role that an account holds, for an agency where the role is one; ended, never deleted."""

    __tablename__ = "role_assignment"
    __table_args__ = (
        Index(
            "uq_role_assignment_open",
            "account_id",
            "role",
            text("coalesce(agency_id, 0)"),
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint(
            "role NOT IN ('officer', 'head') OR agency_id IS NOT NULL", name="agency_role_has_agency"
        ),
        Index("ix_role_assignment_agency", "agency_id", "role", postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    # Without a foreign key: agencies stand a floor above, and are never deleted.
    agency_id: Mapped[int | None]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(back_populates="roles")


class SignIn(Base):
    """One signed-in browser. The cookie holds a random token, this row its hash: a copied database opens no door,
    and a copied cookie is worthless after signing out."""

    __tablename__ = "sign_in"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_sign_in_account_id", "account_id"))

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    provider: Mapped[str]

    account: Mapped[Account] = relationship(lazy="joined")
