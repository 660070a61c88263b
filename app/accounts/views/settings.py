"""What people may change about themselves."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts import queries
from app.accounts.forms import SettingsForm
from app.accounts.services import own
from app.accounts.views import bp
from app.errors import NotFound
from app.i18n import _
from app.web.guards import current_actor, signed_in


@bp.route("/me/settings", methods=["GET", "POST"])
@signed_in()
def settings() -> ResponseReturnValue:
    actor = current_actor()
    account = queries.by_id(actor.account_id)
    if account is None:
        raise NotFound(kind="Account")
    form = SettingsForm(
        is_staff=account.person_tag is None,
        language=account.language,
        email=account.email,
        region=account.region_code,
    )
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("accounts/settings.html", form=form, account=account), status
    details = form.details()
    own.change_settings(
        account, language=details.language, email=details.email, region_code=details.region_code, actor=actor
    )
    flash(_("Your settings are saved."), "success")
    return redirect(url_for("accounts.settings"), 303)
