"""The lists of everything that has pages or commands."""

from flask import Flask

from app import law
from app.accounts import cli as accounts_cli
from app.accounts.views import bp as accounts
from app.agencies import cli as agencies_cli
from app.agencies import queries as agencies
from app.comments import cli as comments_cli
from app.comments.views import bp as comments
from app.consultations import cli as consultations_cli
from app.consultations.api import bp as consultations_api
from app.consultations.views import bp as consultations
from app.control.api import bp as control_api
from app.control.views import bp as control
from app.councils import cli as councils_cli
from app.councils.api import bp as councils_api
from app.councils.views import bp as councils
from app.dev import cli as dev_cli
from app.dev.views import bp as dev
from app.gatherings.views import bp as gatherings
from app.law.api import bp as law_api
from app.law.views import bp as law_pages
from app.moderation.views import bp as moderation
from app.notifications import models as _notification_models  # noqa: F401  migrations must see every table
from app.notifications.views import bp as notifications
from app.outbox import cli as outbox_cli
from app.pages.views import bp as pages
from app.petitions import cli as petitions_cli
from app.petitions.api import bp as petitions_api
from app.petitions.views import bp as petitions
from app.promises.api import bp as promises_api
from app.promises.views import bp as promises
from app.proposals.api import bp as proposals_api
from app.proposals.views import bp as proposals
from app.recommendations.views import bp as recommendations
from app.sittings.api import bp as sittings_api
from app.sittings.views import bp as sittings
from app.statistics.api import bp as statistics_api
from app.statistics.views import bp as statistics
from app.territories import cli as territories_cli
from config import Settings

OPEN_DATA = (
    petitions_api,
    consultations_api,
    councils_api,
    statistics_api,
    law_api,
    promises_api,
    proposals_api,
    control_api,
    sittings_api,
)
PAGES = (
    pages,
    petitions,
    consultations,
    comments,
    councils,
    sittings,
    recommendations,
    promises,
    proposals,
    control,
    gatherings,
    accounts,
    law_pages,
    moderation,
    statistics,
    notifications,
)


def register_blueprints(app: Flask, settings: Settings) -> None:
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    for api in OPEN_DATA:
        app.extensions["open_data"].register_blueprint(api)
    if not settings.is_production:
        app.register_blueprint(dev)


def register_commands(app: Flask) -> None:
    law.init_app(app)
    outbox_cli.init_app(app)
    petitions_cli.init_app(app)
    comments_cli.init_app(app)
    consultations_cli.init_app(app)
    territories_cli.init_app(app)
    agencies_cli.init_app(app)
    councils_cli.init_app(app)
    accounts_cli.init_app(app, bodies=accounts_cli.Bodies(id_of=id_of_body, slug_of=slug_of_body))
    dev_cli.init_app(app)


def id_of_body(slug: str) -> int | None:
    body = agencies.by_slug(slug)
    return body.id if body else None


def slug_of_body(agency_id: int) -> str | None:
    body = agencies.by_id(agency_id)
    return body.slug if body else None
