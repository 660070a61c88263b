"""Why somebody could not come in."""

from app.errors import Forbidden, InvalidInput


class WrongIdentity(InvalidInput):
    """The identity provider's answer cannot be a person: `field` says which part."""


class WrongPassword(InvalidInput):
    """E-mail and password do not belong together, or the account is closed: which of these is nobody's business."""


class ProviderRefused(Forbidden):
    """This identity provider is not for this installation."""
