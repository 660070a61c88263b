"""The description of the open data keeps what it says: addresses, parameters, answers and refusals."""

import re

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app import clock
from app.comments.services import posting
from app.db import db
from app.petitions.lifecycle import PUBLIC_STATES, State
from tests import councils_cast, drafts, factories, sittings_cast
from tests.control import acts
from tests.promises.factories import promised
from tests.proposals import proposing

EXAMPLES = 10
# A position of a list is an opaque word, and the slugs of bodies are in the register: a description cannot spell out
# either, so made-up ones are refused although they have the right shape.
EXCLUDED = [positive_data_acceptance]
LIMITED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def numbers(cast):
    """What there is to ask for: a petition in each public state, one hidden, one removed; a draft act with comments
    and an answer, one that is exempt, one in preparation."""
    states = [*sorted(PUBLIC_STATES), State.SUBMITTED, State.REJECTED, State.REMOVED]
    petitions = [factories.in_state(state, cast).number for state in states]
    discussed = drafts.opened(cast)
    drafts.comparative_row(discussed)
    said = drafts.comment(discussed, cast.bolat, selected="айына бір рет")
    posting.withdraw(said, actor=cast.bolat.actor(), now=clock.now())
    drafts.answered(drafts.comment(discussed, cast.dana, path=None), cast)
    drafted = [discussed, drafts.exempt(cast), drafts.preparing(cast)]
    made = {
        "petitions": petitions,
        "drafts": [draft.number for draft in drafted],
        **of_councils(cast, discussed),
    }
    db.session.commit()
    return made


def of_councils(cast, draft):
    """A council with members that ruled on the draft, a promise, a proposal, an act of public control."""
    council = councils_cast.council()
    councils_cast.seated(council)
    sitting = sittings_cast.in_session(council, [sittings_cast.on_draft(draft)])
    ruling = sittings_cast.ruled(sittings_cast.item_of(sitting), outcome="support_with_remarks")
    return {
        "councils": [council.slug],
        "sittings": [sitting.number],
        "rulings": [ruling.number],
        "promises": [promised(cast).number],
        "proposals": [proposing.proposed(cast, to=council).number],
        "control": [acts.announced(council_=council).number],
    }


@pytest.fixture
def operations(app, session):
    """Every operation of the description, each request with an application context of its own."""

    def asked(environ, start_response):
        with app.app_context():
            return app(environ, start_response)

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", asked)
    return [result.ok() for result in schema.get_all_operations()]


def test_it_names_every_address_of_the_open_data(app, client):
    described = set(client.get("/api/v1/openapi.json").json["paths"])
    routed = {
        re.sub(r"<(?:int:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert described == routed - {"/api/v1/openapi.json"}


def test_every_value_is_described(client):
    schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    assert {"Petition", "WholePetition", "History"} <= set(schemas)
    nameless = {
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, value in schema.get("properties", {}).items()
        if not value.get("description")
    }
    assert not nameless


def test_real_answers_have_the_described_shape(numbers, operations):
    """Each address with each thing that it names: what comes back is what the description promises."""
    for operation in operations:
        kind = operation.path.removeprefix("/api/v1").split("/")[1]
        for key in numbers[kind] if "{" in operation.path else [None]:
            known = {"number": key, "slug": key, "version": 1}
            place = {name: value for name, value in known.items() if f"{{{name}}}" in operation.path}
            operation.Case(path_parameters=place).call_and_validate(excluded_checks=EXCLUDED)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_made_up_questions_are_answered_as_described(numbers, operations, mode):
    """Made-up parameters, good and bad: no error of ours, every refusal as described."""
    asked = 0
    for operation in operations:
        # Any word may be a name in an address: of such there are none that are wrong in shape.
        shaped = [one for one in operation.iter_parameters() if one.name != "slug"]
        if mode is GenerationMode.NEGATIVE and not shaped:
            continue

        @LIMITED
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case):
            nonlocal asked
            asked += 1
            case.call_and_validate(excluded_checks=EXCLUDED)

        ask()
    assert asked
