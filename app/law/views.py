"""The rules that this site obeys, with their sources."""

from app.web.blueprint import pages

bp = pages("law", __name__)
