"""Pages of accounts."""

from app.web.blueprint import pages

bp = pages("accounts", __name__)

from app.accounts.views import settings, signing_in  # noqa: E402, F401  they add their routes
