"""Roles, and what can be wrong with a proof of identity, in words."""

from flask_babel import LazyString

from app.access import Role
from app.i18n import _l

ROLES: dict[Role, LazyString] = {
    Role.CITIZEN: _l("Citizen"),
    Role.MODERATOR: _l("Moderator"),
    Role.OFFICER: _l("Officer of a state body"),
    Role.HEAD: _l("Head of a state body"),
    Role.COUNCIL_MEMBER: _l("Member of a public council"),
    Role.SECRETARY: _l("Secretary of a public council"),
    Role.ADMINISTRATOR: _l("Administrator"),
}

# By the field and the reason that `WrongIdentity` carries.
WRONG_IDENTITY: dict[tuple[str, str], LazyString] = {
    ("iin", "digits"): _l(
        "The IIN has 12 digits from 0 to 9. Check that none is missing and none is too many."
    ),
    ("iin", "date"): _l(
        "The first seven digits of the IIN stand for a date of birth, and these are no date. Check them."
    ),
    ("iin", "checksum"): _l(
        "The last digit does not fit the others, so one of the digits is wrong. Check them."
    ),
    ("given_name", "name"): _l("Type your given name, in letters, no longer than 100 characters."),
    ("family_name", "name"): _l("Type your family name, in letters, no longer than 100 characters."),
}
