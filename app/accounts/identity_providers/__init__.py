"""The port through which people prove who they are: one real implementation per provider, one for trials."""

from dataclasses import dataclass
from typing import Protocol

from flask import current_app

from app.accounts.iin import Iin


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a provider says this is."""

    iin: Iin
    given_name: str
    family_name: str
    provider: str


class IdentityProvider(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def is_allowed(self) -> bool:
        """Whether this installation lets people in through it."""
        ...

    def identify(self, answer: dict[str, str]) -> Identity:
        """The person whom the provider's `answer` proves; WrongIdentity if it proves nobody, ProviderRefused if the
        provider is not for this installation."""
        ...


def provider() -> IdentityProvider:
    found: IdentityProvider = current_app.extensions["identity_provider"]
    return found
