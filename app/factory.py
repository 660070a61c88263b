"""Composes the application; imported by nobody but `create_app`."""

from datetime import timedelta

from flask import Flask, redirect
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix

from app import extensions, i18n, queues, schedule, subscriptions
from app.accounts import session as accounts_session
from app.accounts.identity_providers.trial import TrialProvider
from app.composition import register_blueprints, register_commands
from app.notifications import mailer
from app.outbox.subscriptions import wire
from app.web import (
    assets,
    blueprint,
    caching,
    components,
    errorpages,
    filters,
    guards,
    headers,
    health,
    ratelimit,
)
from app.web import logging as web_logging
from app.web.application import Application
from app.web.caching import PageCache
from app.web.guards import current_actor
from config import Settings

SESSION_COOKIE = "unqos"
# Whose views have rate limits.
LIMITED = ("accounts", "notifications", "consultations_api", "proposals_api")


def make(settings: Settings) -> Application:
    app = Application("app", static_folder=None)
    configure(app, settings)
    app.page_cache = PageCache(
        seconds=settings.page_cache_seconds,
        entries=settings.page_cache_entries,
        session_cookie=app.config["SESSION_COOKIE_NAME"],
    )
    # Runs last of all: what it keeps has every header.
    app.after_request(caching.finish)
    web_logging.init_app(app, form=settings.log_format)
    extensions.init_app(app)
    queues.init_app(app)
    i18n.init_app(app, spare=settings.data_dir / "translations")
    headers.init_app(app, https=settings.public_url.startswith("https://"))
    health.init_app(app)
    ratelimit.init_app(app, redis_url=settings.redis_url, blueprints=LIMITED)
    errorpages.init_app(app)
    filters.init_app(app)
    components.init_app(app)
    assets.init_app(app)
    accounts_session.init_app(app)
    app.extensions["settings"] = settings
    mailer.init_app(app, settings)
    app.extensions["identity_provider"] = TrialProvider(is_allowed=settings.allows_test_identities)
    app.extensions["schedule"] = schedule.APPOINTMENTS
    app.extensions["beats"] = schedule.beats(settings)
    app.extensions["gauges"] = (schedule.gauges,)
    wire(app, subscriptions.SUBSCRIPTIONS, schedule.JOBS)
    register_blueprints(app, settings)
    register_commands(app)
    add_addresses(app)
    app.jinja_env.globals.update(current_actor=current_actor, settings=settings, csrf_token=generate_csrf)
    if settings.trusted_proxy_count:
        hops = settings.trusted_proxy_count
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def configure(app: Flask, settings: Settings) -> None:
    secure = settings.public_url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SIGNER_KEY=settings.signer_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_size": settings.database_pool_size},
        REDIS_URL=settings.redis_url,
        SESSION_COOKIE_NAME=f"__Host-{SESSION_COOKIE}" if secure else SESSION_COOKIE,
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_lifetime_hours),
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=settings.request_limit_bytes,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        TRUSTED_HOSTS=list(settings.trusted_hosts) if settings.is_production else None,
        SESSION_HOURS=settings.session_lifetime_hours,
        SESSION_IDLE_MINUTES=settings.session_idle_minutes,
        STAFF_SESSION_HOURS=settings.staff_session_lifetime_hours,
        STAFF_SESSION_IDLE_MINUTES=settings.staff_session_idle_minutes,
        SEQUENCER_BATCH=settings.sequencer_batch_rows,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        PUBLIC_URL=settings.public_url,
        PROPAGATE=settings.environment.value == "test",
        METRICS_DIR=settings.metrics_dir,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]


def add_addresses(app: Flask) -> None:
    """`/` chooses the language; links keep it."""

    @app.get("/")
    @guards.public
    def root() -> ResponseReturnValue:
        response = redirect(f"/{i18n.language_of_request()}/", 303)
        response.headers["Vary"] = "Accept-Language"
        return response

    @app.url_defaults
    def keep_language(endpoint: str, values: dict[str, object]) -> None:
        blueprint.keep_language(app.url_map.is_endpoint_expecting, values, endpoint)
