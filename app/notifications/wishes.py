"""A saved search as the list of draft acts spells it: in its address, and in words."""

from typing import Any

from app import clock
from app.i18n import _
from app.law import consultation_rules_in_force
from app.notifications.models import SavedSearch
from app.territories import queries as territories
from app.text import topics


def in_address(search: SavedSearch) -> dict[str, str]:
    """The values with which the list's address shows the same drafts."""
    values = {
        "q": search.words,
        "stage": search.stage,
        "topic": search.topic,
        "body": search.agency.slug if search.agency else "",
        "region": search.region,
    }
    return {name: value for name, value in values.items() if value}


def in_words(search: SavedSearch) -> list[tuple[str, Any]]:
    """What the search is narrowed to, as pairs of a name and a value; none where it is narrowed to nothing."""
    stages = {stage.id.value: stage.name for stage in consultation_rules_in_force(clock.today()).stages}
    topic = topics.topic(search.topic) if search.topic else None
    pairs = [
        (_("Words"), search.words),
        (_("Stage"), stages.get(search.stage, search.stage)),
        (_("Topic"), topic.name if topic else ""),
        (_("Body"), search.agency.name if search.agency else ""),
        (_("Region"), territories.region_names().get(search.region, "")),
    ]
    return [(name, value) for name, value in pairs if value]
