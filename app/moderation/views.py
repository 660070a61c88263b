"""The moderators' pages."""

from app.web.blueprint import pages

bp = pages("moderation", __name__)
