"""The shape of the table "what runs after a fact"; its content stands in `app/subscriptions.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from app.outbox.facts import Fact
from app.queues import DEFAULT

Handler = Callable[[Any], None]


@dataclass(frozen=True)
class Subscription:
    handler: Handler
    queue: str = DEFAULT

    @property
    def name(self) -> str:
        return f"{self.handler.__module__}.{self.handler.__qualname__}"


Subscriptions = Mapping[type[Fact], tuple[Subscription, ...]]
Scheduled = Mapping[str, Callable[[], None]]


@dataclass(frozen=True)
class Wiring:
    """All that the relay and the workers may run, looked up by name and never imported by name."""

    by_topic: Mapping[str, tuple[Subscription, ...]]
    facts: Mapping[str, type[Fact]]
    handlers: Mapping[str, Handler]
    scheduled: Scheduled


def wire(app: Flask, subscriptions: Subscriptions, scheduled: Scheduled) -> None:
    app.extensions["wiring"] = Wiring(
        by_topic={fact.topic: found for fact, found in subscriptions.items()},
        facts={fact.topic: fact for fact in subscriptions},
        handlers={s.name: s.handler for found in subscriptions.values() for s in found},
        scheduled=scheduled,
    )


def wiring() -> Wiring:
    found: Wiring = current_app.extensions["wiring"]
    return found
