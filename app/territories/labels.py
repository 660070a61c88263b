"""What the kinds of territorial units are called."""

from flask_babel import LazyString

from app.i18n import _l
from app.territories.models import TerritoryKind

KIND: dict[TerritoryKind, LazyString] = {
    TerritoryKind.COUNTRY: _l("Country"),
    TerritoryKind.OBLAST: _l("Oblast"),
    TerritoryKind.CITY_REPUBLICAN: _l("City of republican significance"),
    TerritoryKind.CAPITAL: _l("Capital"),
    TerritoryKind.DISTRICT: _l("District"),
    TerritoryKind.CITY_OBLAST_SIGNIFICANCE: _l("City of oblast significance"),
    TerritoryKind.CITY_DISTRICT: _l("District of a city"),
    TerritoryKind.CITY_SPECIAL_STATUS: _l("City with special status"),
}
