"""Competitions for the seats of a council in every state, made by the services themselves.

Marat is an officer of the body and prepares them, Nazym approves; Kanat of the working group has an account. Candidates are citizens born in 1985.
"""

from datetime import timedelta
from io import BytesIO
from typing import Any

from werkzeug.datastructures import FileStorage

from app import clock
from app.access import Role
from app.accounts import queries as accounts
from app.accounts.models import Account
from app.councils.lifecycle import CandidacyState
from app.councils.models import Candidacy, Competition, Council, Origin
from app.councils.queries import forming as queries
from app.councils.services import candidacies, deciding, forming
from app.councils.services.deciding import Decision
from app.councils.services.forming import GroupPerson
from tests import councils_cast
from tests.cast import Cast, citizen, employee

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TEXTS = {
    "kk": "Қоғамдық кеңестің мүшелігіне конкурс жарияланады.",
    "ru": "Объявлен конкурс на места в общественном совете.",
}
CIVIL, BODY = Origin.CIVIL_SOCIETY, Origin.BODY
CHOSEN, RESERVE, DECLINED = CandidacyState.CHOSEN, CandidacyState.RESERVE, CandidacyState.DECLINED


def approver(council: Council) -> Account:
    """The head of whoever approves the composition: of a local council the maslikhat's, and not the body's."""
    email = f"approver-{council.approver_id}@example.kz"
    return accounts.staff_by_email(email) or employee(
        email, Role.HEAD, agency_id=council.approver_id or council.agency_id, given_name="Назым"
    )


def kanat() -> Account:
    return citizen(4801, given_name="Қанат", family_name="Сүлейменов", born="850101")


def group() -> list[GroupPerson]:
    """Three members, one of them of the state, the head of civil society."""
    return [
        GroupPerson("Қанат Сүлейменов", CIVIL, is_head=True, account_id=kanat().id),
        GroupPerson("Раушан Әлімова", CIVIL),
        GroupPerson("Марат Ахметов", BODY),
    ]


def plan(**changes: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "seats": 2,
        "texts": TEXTS,
        "applications_until": today + timedelta(days=20),
        "term_from": today + timedelta(days=60),
        "working_group": group(),
        **changes,
    }


def preparing(cast: Cast, *, council: Council | None = None, **changes: Any) -> Competition:
    return forming.open_competition(
        council or councils_cast.council(), **plan(**changes), actor=cast.marat.actor(), now=clock.now()
    )


def announced(cast: Cast, **changes: Any) -> Competition:
    return forming.announce(preparing(cast, **changes), actor=cast.marat.actor(), now=clock.now())


def person(n: int, **words: Any) -> Account:
    name = {"given_name": f"Үміткер {n}", "family_name": "Қасымов"} | words
    return citizen(n, **({"born": "850101"} | name))


def certificates(competition: Competition) -> dict[str, list[FileStorage]]:
    asked = forming.rules_of(competition).requirements_at(competition.council.level)
    return {
        one.id: [FileStorage(BytesIO(PDF), filename="анықтама.pdf", content_type="application/pdf")]
        for one in asked
        if one.is_certified
    }


def apply(competition: Competition, account: Account, **changes: Any) -> Candidacy:
    asked = forming.rules_of(competition).requirements_at(competition.council.level)
    words = {
        "ngo": None,
        "statement": "Аулалар мен саябақтар туралы ұсыныстарым бар.",
        "language": "kk",
        "checklist": [one.id for one in asked],
        "uploads": certificates(competition),
        "actor": account.actor(),
        "now": clock.now(),
    }
    return candidacies.apply(competition, **(words | changes))


def closed(cast: Cast, candidates: int = 4, **changes: Any) -> Competition:
    """Past the last day, with so many candidates."""
    competition = announced(cast, **changes)
    for n in range(1, candidates + 1):
        apply(competition, person(n), ngo=f"«Қамқор {n}» қоры")
    return close(competition)


def close(competition: Competition) -> Competition:
    forming.close_due(now=clock.now() + timedelta(days=21))
    return competition


def decisions(competition: Competition, *outcomes: CandidacyState) -> dict[int, Decision]:
    """What is said of the candidates in the order of their applications; reserve places count up."""
    said, place = {}, 0
    for one, outcome in zip(
        sorted(queries.candidates(competition), key=lambda c: c.id), outcomes, strict=True
    ):
        place += outcome is RESERVE
        said[one.id] = Decision(
            outcome,
            reason="Тәжірибесі аз." if outcome is DECLINED else "",
            votes_for=2,
            votes_against=1,
            reserve_place=place if outcome is RESERVE else None,
        )
    return said


def decided(cast: Cast, *outcomes: CandidacyState, **changes: Any) -> Competition:
    outcomes = outcomes or (CHOSEN, CHOSEN, RESERVE, DECLINED)
    competition = closed(cast, len(outcomes), **changes)
    said = decisions(competition, *outcomes)
    return deciding.decide(competition, said, actor=cast.marat.actor(), now=clock.now())


def approved(cast: Cast, *outcomes: CandidacyState, **changes: Any) -> Competition:
    competition = decided(cast, *outcomes, **changes)
    return deciding.approve(competition, actor=approver(competition.council).actor(), now=clock.now())


def cancelled(cast: Cast) -> Competition:
    return forming.cancel(announced(cast), reason="Қате шықты.", actor=cast.marat.actor(), now=clock.now())
