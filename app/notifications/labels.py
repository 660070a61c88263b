"""Why somebody gets a letter, in words."""

from typing import Any

from app.i18n import _l
from app.notifications.audiences import Audience

REASONS: dict[Audience, Any] = {
    Audience.AUTHOR: _l("You get this letter because you wrote this petition."),
    Audience.FOLLOWERS: _l("You get this letter because you asked to follow this petition."),
    Audience.ADDRESSEE: _l(
        "You get this letter because you work for the body that the petition is addressed to."
    ),
    Audience.AUTHORISED_BODY: _l(
        "You get this letter because you work for the authorised body for petitions."
    ),
    Audience.MODERATORS: _l("You get this letter because you check petitions before they are published."),
    Audience.ADMINISTRATORS: _l("You get this letter because you administer this site."),
    Audience.ASKER: _l(
        "This address was typed on a page of the site. If it was not you, do nothing: no further letters will come."
    ),
}
