"""An anonymous petition page from memory beside the same page rendered; lists and search as petitions grow."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from app.db import db, transaction
from app.petitions.queries import listing
from app.petitions.queries.listing import Facet, Order, Wish
from bench import client
from bench.ground import Ground, add_petition, server

CONNECTIONS = 32
PORT = 18432


@dataclass
class Pages:
    rendered: list[float]
    kept: list[float]
    unchanged: list[float]

    @property
    def ratio(self) -> float:
        return statistics.median(k / r for k, r in zip(self.kept, self.rendered, strict=True))


def measure_page(ground: Ground, *, rounds: int, seconds: float) -> Pages:
    """Two servers of the same code, one without page memory; used alternately, never at once."""
    with transaction():
        number = add_petition(title="Оқылатын петиция").number
    page = client.get(f"/kk/petitions/{number}")
    pages = Pages([], [], [])
    with (
        server(ground, port=PORT, UNQOS_PAGE_CACHE_SECONDS="0") as rendering,
        server(ground, port=PORT + 1, UNQOS_PAGE_CACHE_SECONDS="3600") as keeping,
    ):
        etag = _etag(keeping, page)
        asking = page.replace(b"Connection:", b"If-None-Match: " + etag + b"\r\nConnection:", 1)
        for port in (rendering, keeping):
            client.run(port, [page] * 64, connections=CONNECTIONS, seconds=3.0, repeat=True)
        for _ in range(rounds):
            for port, request, into in (
                (rendering, page, pages.rendered),
                (keeping, page, pages.kept),
                (keeping, asking, pages.unchanged),
            ):
                result = client.run(
                    port, [request] * 64, connections=CONNECTIONS, seconds=seconds, repeat=True
                )
                assert set(result.statuses) <= {200, 304}, result.statuses
                into.append(result.per_second)
    return pages


def _etag(port: int, page: bytes) -> bytes:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", page.split(b" ", 2)[1].decode(), headers={"Host": "127.0.0.1:8000"})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200 and answer.getheader("Set-Cookie") is None
    return (answer.getheader("ETag") or "").encode()


WISHES = {
    "newest, first page": Wish(facet=Facet.OPEN),
    "most signed, first page": Wish(facet=Facet.OPEN, order=Order.MOST_SIGNED),
    "two words, Kazakh": Wish(words="жол жөндеу"),
    "two words, Russian": Wish(words="ремонт дорог"),
    "one word that all have": Wish(words="петиция"),
}
SUBJECTS = ("жол жөндеу", "ремонт дорог", "мектеп автобусы", "чистая вода", "көше жарығы", "safe crossing")
PLACES = ("Ақсу", "Талғар", "Шу", "Риддер", "Абай", "Қаскелең", "Арал", "Есік", "Хромтау", "Сарань")


def measure_lists(*, sizes: tuple[int, ...], repeats: int) -> dict[str, list[tuple[int, float, float]]]:
    """p50 and p95 in milliseconds of each list and search with `sizes` petitions, straight through the queries."""
    found: dict[str, list[tuple[int, float, float]]] = {
        name: [] for name in [*WISHES, "deep page by keyset", "facet counts", "similar titles"]
    }
    for size in sizes:
        _grow_to(size)
        for name, wish in WISHES.items():
            found[name].append((size, *_times(partial(listing.page_of, wish, position=None), repeats)))
        deep = _deep_position(size)
        newest = WISHES["newest, first page"]
        found["deep page by keyset"].append(
            (size, *_times(partial(listing.page_of, newest, position=deep), repeats))
        )
        found["facet counts"].append((size, *_times(lambda: listing.facet_counts(Wish()), repeats)))
        found["similar titles"].append(
            (size, *_times(lambda: listing.similar_to("Ақсу ауылында жол жөндеу"), repeats))
        )
    return found


def _deep_position(size: int) -> str:
    from app.web.pagination import encode

    middle = db.session.scalar(
        sa.text("SELECT percentile_disc(0.6) WITHIN GROUP (ORDER BY id) FROM petition")
    )
    return encode([middle])


def _times(action: Callable[[], object], repeats: int) -> tuple[float, float]:
    measured = []
    for _ in range(repeats):
        started = time.perf_counter()
        action()
        measured.append((time.perf_counter() - started) * 1000)
        db.session.rollback()
    measured.sort()
    return measured[len(measured) // 2], measured[int(len(measured) * 0.95)]


def _grow_to(size: int) -> None:
    """Copies of one petition with titles put together from subjects, places and numbers, and their vectors."""
    with transaction():
        first = add_petition(title="Үлгі петиция")
        have = db.session.scalar(sa.text("SELECT count(*) FROM petition")) or 0
        columns = [
            c.name
            for c in first.__table__.columns
            if c.name not in ("id", "number", "titles", "search_vector", "search_title", "support_token")
        ]
        names = ", ".join(columns)
        db.session.execute(
            sa.text(
                f"""
                INSERT INTO petition ({names}, titles, search_title, search_vector)
                SELECT {names}, jsonb_build_object('kk', title), lower(title),
                       to_tsvector('simple', title || ' петиция') || to_tsvector('russian', title || ' петиция')
                FROM petition, LATERAL (
                    SELECT n, (:subjects ::text[])[1 + n % {len(SUBJECTS)}] || ' '
                           || (:places ::text[])[1 + (n / 7) % {len(PLACES)}] || ' № ' || n AS title
                    FROM generate_series(1, :missing) AS n
                ) AS made
                WHERE petition.id = :first
                """
            ),
            {
                "subjects": list(SUBJECTS),
                "places": list(PLACES),
                "missing": max(size - have, 0),
                "first": first.id,
            },
        )
        db.session.execute(
            sa.text(
                "INSERT INTO petition_tally (petition_id, signatures, withdrawn, invalidated, log_index, counted_at)"
                " SELECT id, (id * 7919) % 40000, 0, 0, 0, now() FROM petition ON CONFLICT DO NOTHING"
            )
        )
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE petition"))
        connection.execute(sa.text("VACUUM ANALYZE petition_tally"))
