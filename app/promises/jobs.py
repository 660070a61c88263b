"""What runs for promises without a click. Nothing here enters or closes one: people do that."""

from app import clock
from app.promises import services


def remind() -> None:
    services.remind(now=clock.now())


def find_late() -> None:
    services.find_late(now=clock.now())
