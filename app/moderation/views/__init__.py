"""Pages of the people who keep the site: their desk, the check before publication, and the ends a petition can take."""

from app.web.blueprint import pages

bp = pages("moderation", __name__)

from app.moderation.views import checking, desk, ending, signatures  # noqa: E402, F401  they add their routes
