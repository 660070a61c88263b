"""Libraries that hang on the application, configured in one place."""

from flask import Flask
from flask_migrate import Migrate

from app.db import ROOT_MIGRATIONS, db
from app.web import openapi
from app.web.forms import csrf

migrate = Migrate()


def init_app(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT_MIGRATIONS))
    csrf.init_app(app)
    openapi.init_app(app)
