"""The rules that the site obeys, as open data."""

from dataclasses import fields
from typing import Any

from flask_smorest import Blueprint

from app.law.consultation_rules import ConsultationRules
from app.law.council_rules import CouncilRules
from app.law.registry import consultation_versions, council_versions, versions
from app.law.rules import PetitionRules
from app.law.schemas import RulesSchema
from app.web.guards import public
from app.web.openapi import PREFIX, open_data

bp = Blueprint("law_api", __name__, url_prefix=PREFIX, description="The rules that the site obeys")


@bp.route("/rules")
@public
@open_data
@bp.response(200, RulesSchema)
@bp.alt_response(304, "NOT_MODIFIED")
def rules() -> dict[str, Any]:
    """Thresholds, periods, grounds and exemptions in every wording, with their articles"""
    return {
        "wordings": [wording(version) for version in versions()],
        "consultations": [consultation_wording(version) for version in consultation_versions()],
        "councils": [council_wording(version) for version in council_versions()],
    }


def wording(version: PetitionRules) -> dict[str, Any]:
    values = {field.name: getattr(version, field.name) for field in fields(version)}
    return {**values, "deadlines": list(version.deadlines.values()), "grounds": version.rejection_grounds}


def consultation_wording(version: ConsultationRules) -> dict[str, Any]:
    values = {field.name: getattr(version, field.name) for field in fields(version)}
    return {
        **values,
        "deadlines": list(version.deadlines.values()),
        "deadlines_elsewhere": list(version.deadlines_elsewhere.values()),
    }


def council_wording(version: CouncilRules) -> dict[str, Any]:
    values = {field.name: getattr(version, field.name) for field in fields(version)}
    return {
        **values,
        "deadlines": list(version.deadlines.values()),
        "shares": list(version.shares.values()),
        "figures": list(version.figures.values()),
    }
