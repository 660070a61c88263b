"""Thousands of people whom nobody knows, signing by day more than by night; written in bulk.

A run of the sequencer per hour of half a year would take minutes. Here the same rows are written by one statement
for all hours up to a moment; the nightly proof says whether they agree.
"""

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from app import clock
from app.db import db
from app.law import rules_version
from app.petitions.models import Petition
from app.petitions.services import counting
from app.territories import queries as territories

HOUR = timedelta(hours=1)
# How much of a day's signing falls into each hour on the clocks of Kazakhstan.
RHYTHM = (2, 1, 1, 1, 1, 2, 4, 9, 14, 17, 18, 18, 20, 19, 16, 15, 16, 18, 21, 24, 26, 23, 14, 6)
WEEKEND = 0.7
CHOICES_OF_REGION = 500

WAITING = text(
    """
    CREATE TEMPORARY TABLE IF NOT EXISTS seed_crowd (
        petition_id integer, region_code text, consent text, signed_at timestamptz
    ) ON COMMIT DROP
    """
)

GATHER = text(
    """
    INSERT INTO seed_crowd (petition_id, region_code, consent, signed_at)
    SELECT :petition_id, (CAST(:regions AS text[]))[CAST(1 + floor(random() * :choices) AS integer)], :consent,
           hour.since + (hour.until - hour.since) * random()
    FROM unnest(CAST(:since AS timestamptz[]), CAST(:until AS timestamptz[]), CAST(:people AS integer[]))
             AS hour (since, until, people),
         generate_series(1, hour.people)
    """
)

# The rows that the sequencer writes, for all petitions and hours at once, in the order of the minutes.
COUNT = text(
    """
    WITH due AS (
        DELETE FROM seed_crowd WHERE signed_at < :until RETURNING *
    ), numbered AS (
        SELECT due.*, date_trunc('minute', signed_at) AS minute,
               :last + row_number() OVER (ORDER BY date_trunc('minute', signed_at), random()) AS place
        FROM due
    ), signed AS (
        INSERT INTO signature (petition_id, signer_key, region_code, consent_version, signed_at, log_index)
        SELECT petition_id, uuid_send(gen_random_uuid()), region_code, consent, signed_at, place FROM numbered
    ), logged AS (
        INSERT INTO signature_log (index, petition_id, kind, minute)
        SELECT place, petition_id, 'sign', minute FROM numbered
    ), by_hour AS (
        SELECT petition_id, date_trunc('hour', minute) AS hour, count(*) AS people
        FROM numbered GROUP BY petition_id, date_trunc('hour', minute)
    ), hours AS (
        INSERT INTO petition_hourly_count AS known (petition_id, hour, signed, withdrawn, invalidated, total)
        SELECT by_hour.petition_id, hour, people, 0, 0,
               coalesce(tally.signatures, 0) + sum(people) OVER (PARTITION BY by_hour.petition_id ORDER BY hour)
        FROM by_hour LEFT JOIN petition_tally AS tally USING (petition_id)
        ON CONFLICT (petition_id, hour)
        DO UPDATE SET signed = known.signed + excluded.signed, total = excluded.total
    ), regions AS (
        INSERT INTO petition_region_tally AS known (petition_id, region_code, signatures)
        SELECT petition_id, region_code, count(*) FROM numbered GROUP BY petition_id, region_code
        ON CONFLICT (petition_id, region_code)
        DO UPDATE SET signatures = known.signatures + excluded.signatures
    )
    INSERT INTO petition_tally AS known (petition_id, signatures, withdrawn, invalidated, log_index, counted_at)
    SELECT petition_id, count(*), 0, 0, max(place), :until FROM numbered GROUP BY petition_id
    ON CONFLICT (petition_id) DO UPDATE
    SET signatures = known.signatures + excluded.signatures,
        log_index = excluded.log_index, counted_at = excluded.counted_at
    """
)

# Checking for each row that its petition is there takes half of the time: this transaction has made many versions of
# the few petitions. Left out where the database's role may; every id comes from a petition at hand.
TRUST = text(
    """
    SELECT set_config('session_replication_role', :role, true)
    WHERE has_parameter_privilege('session_replication_role', 'SET')
    """
)


@dataclass(frozen=True, slots=True)
class Wave:
    """Who comes between two moments: how many, from where, and when more than usual."""

    people: int
    since: datetime
    until: datetime
    home: str
    at_home: float
    spikes: Sequence[tuple[float, float]] = ()


@dataclass
class Crowd:
    """People who have made up their minds; `count` lets those sign whose time has come."""

    luck: random.Random = field(default_factory=lambda: random.Random(20261116))
    populations: dict[str, int] = field(default_factory=dict)

    def begin(self) -> None:
        db.session.execute(WAITING)
        # The same country every time; the keys of signers are really random all the same.
        db.session.execute(text("SELECT setseed(0.1)"))
        self.populations = {unit.code: unit.population or 0 for unit in territories.regions()}

    def gather(self, petition: Petition, wave: Wave) -> None:
        hours = self._hours(wave)
        if not hours:
            return
        regions = self._regions(wave)
        values: dict[str, Any] = {
            "petition_id": petition.id,
            "regions": regions,
            "choices": len(regions),
            "consent": rules_version(petition.rules_version or "").consent.version,
            "since": [max(hour, wave.since) for hour in hours],
            "until": [min(hour + HOUR, wave.until) for hour in hours],
            "people": list(hours.values()),
        }
        db.session.execute(GATHER, values)

    def count(self, *, now: datetime) -> None:
        """Counts everything up to `now`: the crowd by itself, whoever signed by name with the real sequencer."""
        last = counting.last_index()
        db.session.execute(TRUST, {"role": "replica"})
        db.session.execute(COUNT, {"until": now, "last": last})
        db.session.execute(TRUST, {"role": "origin"})
        counting.run(batch=1_000_000, now=now)

    def _hours(self, wave: Wave) -> Counter[datetime]:
        """How many sign in each hour of the wave."""
        if wave.people <= 0:
            return Counter()
        start = wave.since.replace(minute=0, second=0, microsecond=0)
        count = max(1, math.ceil((wave.until - start) / HOUR))
        hours = [start + HOUR * place for place in range(count)]
        moods = [self.luck.uniform(0.55, 1.45) for _ in range(count // 24 + 2)]
        weights = [
            self._weight(hour, place / count, wave) * moods[place // 24] for place, hour in enumerate(hours)
        ]
        return Counter(self.luck.choices(hours, weights, k=wave.people))

    def _weight(self, hour: datetime, place: float, wave: Wave) -> float:
        here = clock.local(hour)
        days = (hour - wave.since) / timedelta(days=1)
        # Much at the beginning, then what friends tell friends, and a day in the news now and then.
        attention = 0.35 + 1 / (1 + days / 5)
        for start, strength in wave.spikes:
            since = (place - start) * ((wave.until - wave.since) / timedelta(days=1))
            if since >= 0:
                attention += strength * math.exp(-since / 1.6)
        return RHYTHM[here.hour] * attention * (WEEKEND if here.isoweekday() > 5 else 1)

    def _regions(self, wave: Wave) -> list[str]:
        """Regions to draw from: one's own first, the others by how many live there."""
        at_home = round(CHOICES_OF_REGION * wave.at_home)
        codes, weights = list(self.populations), list(self.populations.values())
        return [wave.home] * at_home + self.luck.choices(codes, weights, k=CHOICES_OF_REGION - at_home)
