"""The lists of everything that has pages or commands."""

from flask import Flask

from app import law
from app.accounts.views import bp as accounts
from app.agencies import cli as agencies_cli
from app.dev.views import bp as dev
from app.law.views import bp as law_pages
from app.moderation.views import bp as moderation
from app.notifications import models as _notification_models  # noqa: F401  migrations must see every table
from app.notifications.views import bp as notifications
from app.outbox import cli as outbox_cli
from app.pages.views import bp as pages
from app.petitions import cli as petitions_cli
from app.petitions.views import bp as petitions
from app.statistics.views import bp as statistics
from app.territories import cli as territories_cli
from config import Settings

PAGES = (pages, petitions, accounts, law_pages, moderation, statistics, notifications)


def register_blueprints(app: Flask, settings: Settings) -> None:
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    if not settings.is_production:
        app.register_blueprint(dev)


def register_commands(app: Flask) -> None:
    law.init_app(app)
    outbox_cli.init_app(app)
    petitions_cli.init_app(app)
    territories_cli.init_app(app)
    agencies_cli.init_app(app)
