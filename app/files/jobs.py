"""What runs for files by the clock."""

from app import clock
from app.files import services


def sweep_unused() -> None:
    """Deletes bytes that no attachment names: what uploads left behind that were rolled back."""
    services.sweep(now=clock.now())
