"""What the floors above add to a council's page: its sittings, its figures, public control.

Councils know nothing of what stands on them. A package above registers a panel when its views are imported:

    from app.councils.panels import Panel, register

    register(20, lambda council: Panel("sittings/panel.html", {"sittings": queries.next_of(council)}))

The template is given `council` and the panel's values, and begins with an `h2` inside a `section` of class `uq-part`.
None leaves the panel out. Smaller orders stand higher: figures 10, sittings 20, rulings 30, control 40, promises 50,
proposals 60.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.councils.models import Council


@dataclass(frozen=True, slots=True)
class Panel:
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


PanelOf = Callable[[Council], Panel | None]
_panels: list[tuple[int, PanelOf]] = []


def register(order: int, panel: PanelOf) -> None:
    _panels.append((order, panel))
    _panels.sort(key=lambda one: one[0])


def drawn(council: Council) -> list[Markup]:
    """The panels of the council's page, each as a piece of HTML."""
    found = (panel(council) for _, panel in _panels)
    return [
        # The templates escape what they print.
        Markup(render_template(panel.template, council=council, **panel.values))  # noqa: S704
        for panel in found
        if panel is not None
    ]
