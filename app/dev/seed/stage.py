"""The stage on which the lives of petitions are told, all together and in the order of time."""

import heapq
import itertools
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.dev.seed.crowd import Crowd, Wave
from app.dev.seed.moments import Moments
from app.dev.seed.people import People
from app.dev.seed.texts import Story
from app.petitions.models import Petition
from app.petitions.services import counting

# A tale yields the moment at which it goes on, and is sent the moment at which it really does.
Tale = Generator[datetime, datetime, None]


@dataclass
class Stage:
    when: Moments
    people: People
    crowd: Crowd

    @property
    def now(self) -> datetime:
        """The last moment at which anything has happened."""
        return self.when.now - timedelta(minutes=1)

    def come(
        self, petition: Petition, story: Story, people: int, *, since: datetime, until: datetime
    ) -> None:
        """`people` of the crowd will sign between the two moments, more of them from the addressee's own region."""
        life, home = story.life, home_of(petition, story)
        at_home = life.at_home if life.at_home is not None else (0.25 if is_central(petition) else 0.86)
        self.crowd.gather(petition, Wave(people, since, until, home, at_home, life.spikes))

    def reach_threshold(self, petition: Petition, *, now: datetime) -> None:
        self.crowd.count(now=now)
        counting.see_published([petition.id], now=now)

    def play(self, tales: Iterable[Tale]) -> None:
        """Tells all tales at once: whichever goes on earliest is next."""
        order = itertools.count()
        waiting = [(next(tale), next(order), tale) for tale in tales]
        heapq.heapify(waiting)
        while waiting:
            moment, _, tale = heapq.heappop(waiting)
            try:
                following = tale.send(min(moment, self.now))
            except StopIteration:
                continue
            heapq.heappush(waiting, (max(following, moment), next(order), tale))
        self.crowd.count(now=self.now)


def is_central(petition: Petition) -> bool:
    return petition.addressee is not None and petition.addressee.territory is None


def home_of(petition: Petition, story: Story) -> str:
    """The region that a local petition is about; the author's for a central one."""
    unit = petition.addressee.territory if petition.addressee else None
    while unit is not None and not unit.is_region:
        unit = unit.parent
    return unit.code if unit else story.region


def day_of(moment: datetime | None) -> datetime:
    """`moment` that is known to be there."""
    if moment is None:
        raise LookupError("the petition has not come so far")
    return moment.astimezone(UTC)
