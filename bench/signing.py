"""One hot petition: whole signing requests beside the same insert done by the database alone, in alternate rounds.

A whole request: real HTTP to gunicorn, the session's cookie, the form's token, the policy, one durable commit.
The database alone: pgbench with prepared statements, the same table, the same unique key, as many connections.
"""

import re
import secrets
import statistics
import subprocess
from dataclasses import dataclass
from urllib.parse import urlencode

import sqlalchemy as sa
from itsdangerous import URLSafeTimedSerializer

from app import clock
from app.db import db, transaction
from app.law import rules_in_force
from app.petitions.models import Signature
from app.petitions.services import counting
from bench import client
from bench.ground import Ground, add_citizens, add_petition, cookie_of, server

CONNECTIONS = 32
PORT = 18431

INSERT = """
\\set region random(1, 9)
INSERT INTO signature (petition_id, signer_key, region_code, consent_version, signed_at)
VALUES ({petition}, decode(md5(random()::text || clock_timestamp()::text), 'hex'), 'KZ-1' || :region, 'bench', now())
ON CONFLICT DO NOTHING;
"""


@dataclass
class Figures:
    database: list[float]
    whole: list[float]
    statuses: dict[int, int]

    @property
    def ratio(self) -> float:
        return statistics.median(w / d for w, d in zip(self.whole, self.database, strict=True))


def measure(ground: Ground, *, rounds: int, seconds: float) -> Figures:
    """`rounds` times: the database alone, then whole requests; ratios are of one round."""
    with transaction():
        petition = add_petition()
        number, petition_id = petition.number, petition.id
    figures = Figures([], [], {})
    with server(ground, port=PORT) as port:
        _whole(ground, port, number, seconds=2.0, most=1500)  # the first requests load what later ones share
        for _ in range(rounds):
            figures.database.append(_database(ground, petition_id, seconds=seconds))
            result = _whole(ground, port, number, seconds=seconds, most=int(2500 * seconds))
            figures.whole.append(result.per_second)
            for status, count in result.statuses.items():
                figures.statuses[status] = figures.statuses.get(status, 0) + count
    return figures


def _database(ground: Ground, petition_id: int, *, seconds: float) -> float:
    script = ground.directory / "insert.sql"
    script.write_text(INSERT.format(petition=petition_id))
    out = subprocess.run(
        [
            str(ground.psql_program("pgbench")),
            "--no-vacuum",
            "--protocol=prepared",
            f"--client={CONNECTIONS}",
            "--jobs=2",
            f"--time={int(seconds)}",
            f"--file={script}",
            "--host",
            ground.socket_directory,
            "--username=unqos",
            "unqos",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = re.search(r"tps = ([\d.]+)", out)
    assert found, out
    return float(found[1])


def _whole(ground: Ground, port: int, number: int, *, seconds: float, most: int) -> client.Result:
    with transaction():
        citizens = add_citizens(most)
    consent = rules_in_force(clock.today()).consent.version
    requests = []
    tokens = URLSafeTimedSerializer(ground.app.config["SECRET_KEY"], salt="wtf-csrf-token")
    for citizen in citizens:
        csrf = secrets.token_hex(20)
        body = urlencode(
            {"csrf_token": tokens.dumps(csrf), "region": "KZ-11", "consent_version": consent, "token": ""}
        )
        cookie = cookie_of(ground.app, citizen, csrf=csrf)
        requests.append(client.post(f"/kk/petitions/{number}/signatures", body, cookie=cookie))
    return client.run(port, requests, connections=CONNECTIONS, seconds=seconds)


@dataclass
class Sequenced:
    """How fast the sequencer gives signatures their places."""

    rows: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.rows / self.seconds


def measure_sequencer(*, batch: int) -> Sequenced:
    """Everything that waits, in batches of `batch`, each one transaction."""
    started, rows = clock.now(), 0
    while True:
        with transaction():
            written = counting.run(batch=batch, now=clock.now())
        rows += written
        if not written:
            break
    return Sequenced(rows, (clock.now() - started).total_seconds())


def measure_growth(ground: Ground, *, sizes: tuple[int, ...], seconds: float) -> list[tuple[int, float]]:
    """The database's own insert rate while the table grows to each of `sizes` rows."""
    with transaction():
        petition_id = add_petition(title="Үлкен кесте").id
    found = []
    for size in sizes:
        with transaction():
            have = db.session.scalar(sa.select(sa.func.count()).select_from(Signature)) or 0
            db.session.execute(
                sa.text(
                    "INSERT INTO signature (petition_id, signer_key, region_code, consent_version, signed_at, log_index)"
                    " SELECT :petition, decode(md5(random()::text || n), 'hex'), 'KZ-11', 'bench', now(), n"
                    " FROM generate_series(1, :missing) AS n"
                ),
                {"petition": petition_id, "missing": max(size - have, 0)},
            )
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE signature"))
            connection.execute(sa.text("CHECKPOINT"))
        found.append((size, _database(ground, petition_id, seconds=seconds)))
    return found
