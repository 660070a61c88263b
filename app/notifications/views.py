"""Following a petition, and stopping to."""

from app.web.blueprint import pages

bp = pages("notifications", __name__)
