"""`/healthz` (the process lives), `/readyz` (it can serve), `/metrics` (how it does)."""

import time

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client import REGISTRY as PROCESS_REGISTRY
from sqlalchemy import func, select, text

from app import clock, queues
from app.db import db
from app.outbox.models import OutboxEntry
from app.web.guards import public

bp = Blueprint("health", __name__)

REQUESTS = Counter("unqos_requests_total", "Requests answered", ["endpoint", "method", "status"])
SECONDS = Histogram("unqos_request_seconds", "Seconds spent on a request", ["endpoint"])


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    return jsonify(status="alive")


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """200 when PostgreSQL answers with the schema of this code; Redis is an accelerator and only reported."""
    db.session.execute(text("SELECT version_num FROM alembic_version"))
    zone = clock.has_current_zone_data()
    status = 200 if zone else 503
    return jsonify(database="ok", redis="ok" if queues.is_reachable() else "gone", zone_data=zone), status


@bp.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    registry = CollectorRegistry()
    multi = current_app.config.get("METRICS_DIR")
    if multi:
        multiprocess.MultiProcessCollector(registry, path=multi)
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(OutboxEntry.created_at)).where(OutboxEntry.done_at.is_(None))
    ).one()
    age = (clock.now() - oldest).total_seconds() if oldest else 0.0
    Gauge("unqos_outbox_waiting", "Facts not yet delivered", registry=registry).set(waiting)
    Gauge("unqos_outbox_oldest_seconds", "Age of the oldest undelivered fact", registry=registry).set(age)
    for gauge in current_app.extensions.get("gauges", ()):
        gauge(registry)
    body = generate_latest(registry) + (b"" if multi else generate_latest(PROCESS_REGISTRY))
    return Response(body, content_type=CONTENT_TYPE_LATEST)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        REQUESTS.labels(endpoint, request.method, response.status_code).inc()
        SECONDS.labels(endpoint).observe(time.perf_counter() - g.get("started", time.perf_counter()))
        return response
