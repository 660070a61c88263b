"""Discussions in which bodies still owe answers, for everybody's desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.comments.models import Thread
from app.comments.queries import desk, figures
from app.comments.queries.figures import Figures
from app.comments.subjects import subject_of
from app.duties.queries import Clock, clock_of
from app.law import calendar_now


@dataclass(frozen=True, slots=True)
class Owed:
    """One discussion: what it is about, the clock of its answers, and how far the body is."""

    thread: Thread
    title: str
    clock: Clock
    figures: Figures


def by_bodies(agency_ids: Iterable[int], *, now: datetime) -> list[Owed]:
    """What these bodies owe to people who commented, what is due first."""
    threads = desk.threads_with(agency_ids)
    counts = figures.of_threads(threads)
    today, calendar = clock.today(now), calendar_now()
    return [
        Owed(
            thread,
            subject_of(thread).title(thread),
            clock_of(thread.duty, today=today, calendar=calendar),
            counts.get(thread.id, Figures()),
        )
        for thread in threads
        if thread.duty is not None
    ]
