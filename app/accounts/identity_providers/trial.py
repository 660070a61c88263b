"""The provider of trials and tests: it believes what is typed, and is refused where real people sign."""

from dataclasses import dataclass

from app.accounts.errors import ProviderRefused, WrongIdentity
from app.accounts.identity_providers import Identity
from app.accounts.iin import parse
from app.text.normalize import shown

LONGEST_NAME = 100


@dataclass(frozen=True)
class TrialProvider:
    """Reads the fields `iin`, `given_name` and `family_name`."""

    is_allowed: bool
    name: str = "trial"

    def identify(self, answer: dict[str, str]) -> Identity:
        if not self.is_allowed:
            raise ProviderRefused(provider=self.name)
        names = {field: shown(answer.get(field, "")) for field in ("given_name", "family_name")}
        for field, value in names.items():
            if not value or len(value) > LONGEST_NAME or not any(c.isalpha() for c in value):
                raise WrongIdentity(field=field, reason="name")
        return Identity(iin=parse(answer.get("iin", "")), provider=self.name, **names)
