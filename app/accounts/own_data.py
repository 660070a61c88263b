"""What packages keep about a person, for the file of one's own data: each says it for itself.

A package registers when its views are imported; the page that gives the file out need not know who keeps what.
"""

from collections.abc import Callable, Mapping
from typing import Any

from app.accounts.models import Account

Keeps = Callable[[Account], Mapping[str, Any]]
_keepers: list[Keeps] = []


def register(keeps: Keeps) -> None:
    """`keeps` yields plain values by the name of what is kept; names of its own."""
    _keepers.append(keeps)


def about(account: Account) -> dict[str, Any]:
    """Everything that is registered."""
    found: dict[str, Any] = {}
    for keeps in _keepers:
        found |= keeps(account)
    return found
