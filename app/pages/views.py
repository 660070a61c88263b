"""Home and the pages that explain."""

from app.web.blueprint import pages

bp = pages("pages", __name__)
