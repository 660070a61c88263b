"""Libraries that hang on the application, configured in one place."""

from flask import Flask
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect

from app.db import ROOT_MIGRATIONS, db

migrate = Migrate()
csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT_MIGRATIONS))
    csrf.init_app(app)
