"""What the tests of abuse share: every address that there is, who comes to it, and how to see that markup runs."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from werkzeug.routing.converters import AnyConverter, NumberConverter

from app.accounts.models import Account
from app.petitions.services.drafting import STEPS
from tests.cast import sign_in, sign_out

# Every one of these counts its own things: the word in an address before the number.
TABLES = ("drafts", "sittings", "rulings", "promises", "proposals", "control", "competitions")
NUMBERED = ("number", "competition_id")
MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def addresses(
    app: Any,
    number: int | None,
    tokens: list[str],
    *,
    lang: str = "ru",
    things: Mapping[str, Sequence[Any]] | None = None,
    where: Callable[[Any], bool] = lambda rule: True,
) -> list[str]:
    """Every page that can be asked for; those of a petition, a draft or another numbered thing only with a `number`.
    `things` are the ids of others, by the name that they have in addresses (`council` for a council's slug); of what is
    not named there, one that hardly exists is asked for. `where` chooses among the rules."""
    values: dict[str, list[Any]] = {
        "lang": [lang],
        "number": [number],
        "step": list(STEPS),
        "token": tokens,
        "competition_id": [number],
        "slug": ["akimat-of-akmola-region", "nobody"],
        "council": ["akmola-region"],
        "key": ["x"],
        "archived_id": [1],
        **(things or {}),
    }
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or "lang" not in rule.arguments:
            continue
        is_numbered = any(name in rule.arguments for name in NUMBERED)
        if is_numbered != (number is not None) or not where(rule):
            continue
        choices: list[dict[str, Any]] = [{}]
        for name in sorted(rule.arguments):
            is_council = name == "slug" and "/councils/<slug>" in rule.rule
            known = values.get("council" if is_council else name) or [_example(rule._converters[name])]
            choices = [{**choice, name: value} for choice in choices for value in known]
        found += [adapter.build(rule.endpoint, choice) for choice in choices]
    return sorted(set(found))


def table_of(rule: Any) -> str:
    """Of what the number in this address is: drafts, sittings and others are counted apart from petitions."""
    found = re.search(r"/([a-z]+)/<int:(?:number|competition_id)>", rule.rule)
    return found[1] if found and found[1] in TABLES else "petitions"


def _example(converter: Any) -> Any:
    """A value that an address takes there, of which there hardly is anything."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, NumberConverter) else "x"


def enter(client: Any, cast: Any, person: str | Account) -> None:
    """`person` is an account, or somebody of the cast by their name there, or "" for nobody."""
    sign_out(client)
    if person:
        sign_in(client, getattr(cast, person) if isinstance(person, str) else person)


def is_run(document: Any) -> bool:
    return bool(document.xpath("//script[contains(., 'alert')] | //*[@onerror] | //img[@src='x']"))
