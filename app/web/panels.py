"""What the floors above add to a page that knows nothing of them.

The lower package keeps one `Panels` for its page; a package above registers a panel when its views are imported:

    draft_panels.register(lambda draft: Panel("sittings/panels/draft.html", {"rulings": …}))

The template is given the thing under its name, and the panel's values. None leaves the panel out. Where the page is
kept for everybody alike, nothing in a panel may be anybody's own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from flask import render_template
from markupsafe import Markup

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Panel:
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Panels(Generic[Thing]):
    """The panels of one page, whose templates call the thing `name`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.panels: list[tuple[int, Callable[[Thing], Panel | None]]] = []

    def register(self, panel: Callable[[Thing], Panel | None], *, order: int = 0) -> None:
        """Smaller orders stand higher; among equals, whichever was registered first."""
        self.panels.append((order, panel))
        self.panels.sort(key=lambda one: one[0])

    def drawn(self, thing: Thing) -> list[Markup]:
        """Each panel as a piece of HTML, in order."""
        found = (panel(thing) for _, panel in self.panels)
        return [
            # The templates escape what they print.
            Markup(render_template(panel.template, **{self.name: thing}, **panel.values))  # noqa: S704
            for panel in found
            if panel is not None
        ]
