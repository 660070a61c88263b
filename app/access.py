"""Who acts, and how packages say in a table who may do what. Pure: no database, no request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    CITIZEN = "citizen"
    MODERATOR = "moderator"
    OFFICER = "officer"
    HEAD = "head"
    COUNCIL_MEMBER = "council_member"
    SECRETARY = "secretary"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or the clock, at the moment of an act; plain values, so that a policy test needs no database.

    `person_tag` is the keyed hash by which one citizen is recognised; None for staff and visitors.
    """

    account_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    officer_of: frozenset[int] = frozenset()
    head_of: frozenset[int] = frozenset()
    person_tag: bytes | None = field(default=None, repr=False)
    language: str = "kk"
    is_clock: bool = False

    @property
    def is_anonymous(self) -> bool:
        return self.account_id is None and not self.is_clock

    @property
    def is_staff(self) -> bool:
        return bool(self.roles - {Role.CITIZEN})

    @property
    def agency_ids(self) -> frozenset[int]:
        return self.officer_of | self.head_of

    def has(self, role: Role) -> bool:
        return role in self.roles


ANONYMOUS = Actor()
CLOCK = Actor(is_clock=True)

Predicate = Callable[[Actor, Any], bool]
Rules = Mapping[Any, Predicate]


def any_of(*predicates: Predicate) -> Predicate:
    def check(actor: Actor, subject: Any) -> bool:
        return any(predicate(actor, subject) for predicate in predicates)

    return check


def all_of(*predicates: Predicate) -> Predicate:
    def check(actor: Actor, subject: Any) -> bool:
        return all(predicate(actor, subject) for predicate in predicates)

    return check


def anyone(_: Actor, __: Any) -> bool:
    return True


def nobody(_: Actor, __: Any) -> bool:
    return False


def is_clock(actor: Actor, _: Any) -> bool:
    return actor.is_clock


def is_citizen(actor: Actor, _: Any) -> bool:
    return Role.CITIZEN in actor.roles


def is_moderator(actor: Actor, _: Any) -> bool:
    return Role.MODERATOR in actor.roles


def is_administrator(actor: Actor, _: Any) -> bool:
    return Role.ADMINISTRATOR in actor.roles


def allows(rules: Rules, action: Any, actor: Actor, subject: Any) -> bool:
    """Whether `rules` let `actor` do `action` to `subject`; an action without a rule is denied."""
    return rules.get(action, nobody)(actor, subject)
