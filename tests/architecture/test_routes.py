"""Over all routes: guarded exactly once, typed, in words that people can say aloud, and never writing on GET."""

import re

import pytest

SAFE = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture
def rules(app):
    return list(app.url_map.iter_rules())


def test_every_view_is_guarded_exactly_once(app, rules):
    wrong = {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "guards", ())
        for rule in rules
        if len(getattr(app.view_functions[rule.endpoint], "guards", ())) != 1
    }
    assert not wrong


def test_addresses_are_kebab_case(rules):
    for rule in rules:
        fixed = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.-]*", fixed), rule.rule


def test_numbers_in_addresses_are_typed(rules):
    for rule in rules:
        for name in rule.arguments:
            if name in ("number", "position") or name.endswith("_id"):
                assert f"<int:{name}>" in rule.rule, rule.rule


def test_every_page_lives_under_its_language(rules):
    outside = {
        rule.rule
        for rule in rules
        if "lang" not in rule.arguments and not rule.rule.startswith(("/static", "/api/", "/dev/"))
    }
    assert outside <= {"/", "/healthz", "/readyz", "/metrics"}, outside


def test_the_addresses_that_stay(rules):
    known = {rule.rule.replace("<any(kk, ru, en):lang>", "<lang>") for rule in rules}
    promised = {
        "/<lang>/",
        "/<lang>/petitions",
        "/<lang>/petitions/<int:number>",
        "/<lang>/petitions/<int:number>/comments",
        "/<lang>/petitions/new",
        "/<lang>/comments/<int:comment_id>",
        "/<lang>/comment-groups/<int:group_id>",
        "/<lang>/rules",
        "/<lang>/rules/consultations",
        "/<lang>/rules/councils",
        "/<lang>/councils",
        "/<lang>/councils/<slug>",
        "/<lang>/council-figures",
        "/<lang>/sittings/<int:number>",
        "/<lang>/rulings",
        "/<lang>/rulings/<int:number>",
        "/<lang>/promises",
        "/<lang>/promises/<int:number>",
        "/<lang>/control",
        "/<lang>/control/<int:number>",
        "/<lang>/calendar",
        "/<lang>/competitions",
        "/<lang>/competitions/<int:competition_id>",
        "/<lang>/councils/<slug>/sittings",
        "/<lang>/sittings/<int:number>/minutes",
        "/<lang>/agencies",
        "/<lang>/agencies/<slug>",
        "/<lang>/proposals",
        "/<lang>/proposals/<int:number>",
        "/<lang>/proposals/new",
        "/<lang>/me",
        "/<lang>/my/councils",
        "/<lang>/desk",
        "/<lang>/sign-in",
        "/api/v1/openapi.json",
        "/api/v1/petitions",
        "/api/v1/agencies",
        "/api/v1/proposals",
        "/api/v1/councils",
        "/api/v1/councils/<slug>",
        "/api/v1/sittings/<int:number>",
        "/api/v1/rulings",
        "/api/v1/rulings/<int:number>",
        "/api/v1/promises",
        "/api/v1/control",
        "/api/v1/control/<int:number>",
        "/healthz",
        "/readyz",
        "/metrics",
    }
    assert promised <= known, promised - known


def test_nothing_but_reading_happens_without_a_token(app, rules):
    """The one view without CSRF is the one-click unsubscribe of RFC 8058, which its own token guards."""
    exempt = app.extensions["csrf"]._exempt_views
    assert {name.rsplit(".", 1)[-1] for name in exempt} <= {"unsubscribe"}
    assert not [r for r in rules if r.rule.startswith("/api/") and set(r.methods or ()) - SAFE]
