"""What the kinds of bodies and of addressees are called."""

from flask_babel import LazyString

from app.agencies.models import AgencyKind
from app.i18n import _l
from app.law.thresholds import AddresseeKind

KIND: dict[AgencyKind, LazyString] = {
    AgencyKind.MINISTRY: _l("Ministry"),
    AgencyKind.AGENCY: _l("Agency under the President"),
    AgencyKind.CENTRAL_OTHER: _l("Other central state body"),
    AgencyKind.REGIONAL_AKIMAT: _l("Akimat of a region"),
    AgencyKind.REGIONAL_MASLIKHAT: _l("Maslikhat of a region"),
    AgencyKind.DISTRICT_AKIMAT: _l("Akimat of a district or town"),
    AgencyKind.DISTRICT_MASLIKHAT: _l("Maslikhat of a district or town"),
    AgencyKind.CITY_DISTRICT_AKIM: _l("Office of the akim of a city district"),
    AgencyKind.NOT_A_STATE_BODY: _l("Not a state body"),
}

ADDRESSEE: dict[AddresseeKind, LazyString] = {
    AddresseeKind.CENTRAL_BODY: _l("The Government and central state bodies"),
    AddresseeKind.REGIONAL_MASLIKHAT: _l(
        "Maslikhats of oblasts, cities of republican significance and the capital"
    ),
    AddresseeKind.REGIONAL_AKIMAT: _l(
        "Akimats of oblasts, cities of republican significance and the capital"
    ),
    AddresseeKind.DISTRICT_MASLIKHAT: _l("Maslikhats of districts and towns"),
    AddresseeKind.DISTRICT_AKIMAT: _l("Akimats of districts and towns, and offices of akims"),
}
