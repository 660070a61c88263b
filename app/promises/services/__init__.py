"""Writes of promises: people enter, put off and close them; the clock only reminds, and says that one is late."""

from app.promises.services.chasing import find_late, remind
from app.promises.services.keeping import PromiseWords, correct, drop, enter, fulfil, put_off

__all__ = ["PromiseWords", "correct", "drop", "enter", "find_late", "fulfil", "put_off", "remind"]
