"""What the tests of abuse share: every address that there is, who comes to it, and how to see that markup runs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from werkzeug.routing.converters import AnyConverter, NumberConverter

from app.petitions.services.drafting import STEPS
from tests.cast import sign_in, sign_out

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
    """Every page that can be asked for; those of a petition or a draft only with a `number`. `things` are the ids of
    others, by the name that they have in addresses; of what is not named there, one that hardly exists is asked for.
    `where` chooses among the rules."""
    values: dict[str, list[Any]] = {
        "lang": [lang],
        "number": [number],
        "step": list(STEPS),
        "token": tokens,
        "slug": ["akimat-of-akmola-region", "nobody"],
        "key": ["x"],
        "archived_id": [1],
        **(things or {}),
    }
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or "lang" not in rule.arguments:
            continue
        if ("number" in rule.arguments) != (number is not None) or not where(rule):
            continue
        choices: list[dict[str, Any]] = [{}]
        for name in sorted(rule.arguments):
            known = values.get(name) or [_example(rule._converters[name])]
            choices = [{**choice, name: value} for choice in choices for value in known]
        found += [adapter.build(rule.endpoint, choice) for choice in choices]
    return sorted(set(found))


def is_of_a_draft(rule: Any) -> bool:
    """Whether the number in this address is a draft act's. Theirs and petitions' are counted apart."""
    return "/drafts/<int:number>" in rule.rule


def _example(converter: Any) -> Any:
    """A value that an address takes there, of which there hardly is anything."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, NumberConverter) else "x"


def enter(client: Any, cast: Any, person: str) -> None:
    sign_out(client)
    if person:
        sign_in(client, getattr(cast, person))


def is_run(document: Any) -> bool:
    return bool(document.xpath("//script[contains(., 'alert')] | //*[@onerror] | //img[@src='x']"))
