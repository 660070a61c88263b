"""The rules of public councils that are in the file, and what it must not be possible to write there."""

import re
from datetime import date
from pathlib import Path

import pytest

from app import law
from app.law.council_loader import load_council_rules
from app.law.council_rules import CouncilLevel, MajorityKind, OutcomeSubject, TieKind
from app.law.labels import MAJORITIES, OUTCOME_SUBJECTS, STARTS
from app.law.registry import DATA, NoRulesInForce
from app.law.rules import Mark, Unit
from app.law.tables import LawDataError
from tests.law.test_rules import words_in

OLD, RULES = law.council_rules_version("157-VII"), law.council_rules_version("30-VIII")
TEXT = (DATA / "councils.toml").read_text(encoding="utf-8")
BOTH = pytest.mark.parametrize("rules", law.council_versions(), ids=lambda rules: rules.id)


def load(tmp_path: Path, old: str, new: str):
    assert old in TEXT
    path = tmp_path / "councils.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return load_council_rules(path)


def test_a_sitting_is_judged_by_the_wording_of_its_day():
    assert law.council_rules_in_force(date(2023, 1, 1)) is OLD
    assert law.council_rules_in_force(date(2024, 4, 3)) is OLD
    assert law.council_rules_in_force(date(2024, 4, 4)) is RULES
    assert law.council_rules_in_force(date(2026, 11, 23)) is RULES
    with pytest.raises(NoRulesInForce):
        law.council_rules_in_force(date(2022, 12, 31))
    with pytest.raises(NoRulesInForce):
        law.council_rules_version("1-I")


def test_what_the_law_on_public_control_added():
    assert {form.id for form in RULES.forms} - {form.id for form in OLD.forms} == {"public_discussion"}
    assert not OLD.subject_bars and len(RULES.subject_bars) == 8
    assert (RULES.number("group_max"), RULES.number("expert_years_in_field")) == (5, 2)
    assert OLD.form("hearing").answer.unit is Unit.MONTHS
    assert RULES.form("hearing").answer.name == "control_answer"
    with pytest.raises(KeyError):
        OLD.number("group_max")


QUORUMS = {
    10: 7, 11: 8, 12: 8, 13: 9, 14: 10, 15: 10, 16: 11, 17: 12, 18: 12, 19: 13, 20: 14,
    21: 14, 22: 15, 23: 16, 24: 16, 25: 17, 26: 18, 27: 18, 28: 19, 29: 20, 30: 20,
}  # fmt: skip


@pytest.mark.parametrize(("members", "quorum"), QUORUMS.items())
def test_two_thirds_are_rounded_up(members, quorum):
    assert RULES.quorum(members) == RULES.civil_society_least(members) == quorum
    assert (quorum - 1) * 3 < members * 2 <= quorum * 3


@pytest.mark.parametrize(("members", "state"), [(3, 1), (5, 1), (6, 2), (8, 2), (9, 3), (11, 3)])
def test_a_third_is_rounded_down(members, state):
    assert RULES.working_group_state_most(members) == state


@pytest.mark.parametrize(
    ("kind", "needed"),
    [("more_than_half_of_present", 7), ("more_than_half_of_voting", 6), ("more_than_half_of_all", 8)],
)
def test_how_many_must_be_for(kind, needed):
    majority = RULES.majority(kind)
    assert majority.needed(present=12, voting=10, all_members=15) == needed
    assert majority.needed(present=13, voting=11, all_members=14) == needed
    assert majority.needed(present=0, voting=0, all_members=0) == 1


def test_what_a_council_has_not_said_is_assumed_and_says_so():
    assert RULES.default_majority.id is MajorityKind.MORE_THAN_HALF_OF_PRESENT
    assert RULES.default_tie.id is TieKind.NOT_ADOPTED
    assert {one.mark for one in (*RULES.majorities, *RULES.ties)} == {Mark.NOT_ESTABLISHED}
    assert RULES.tie("chair_decides").note
    assert RULES.conflict.counts_for_quorum and not RULES.conflict.counts_for_majority
    for unknown in (RULES.majority, RULES.tie):
        with pytest.raises(ValueError):
            unknown("two_thirds_of_the_moon")


def test_how_long_a_council_has_for_a_draft():
    assert RULES.draft_term("law").value == 15
    assert RULES.draft_term("by_law").value == RULES.draft_term("document").value == 10
    assert RULES.draft_term("law", is_emergency=True).value == RULES.draft_term("by_law", True).value == 3
    assert RULES.deadline("council_disagreed_reply").mark is Mark.NOT_ESTABLISHED


def test_who_may_sit_how_long():
    assert (RULES.term_years, RULES.terms_in_a_row, RULES.adult_age) == (3, 2, 18)
    assert not RULES.too_many_absences(3) and RULES.too_many_absences(4)
    assert {one.id for one in RULES.removal_grounds} == {
        "own_wish", "death", "incapacity", "absences", "state_service", "ngo_liquidated", "eligibility_lost",
    }  # fmt: skip
    assert {one.id for one in RULES.removal_grounds if not one.is_shown} == {"death", "incapacity"}
    local = {one.id for one in RULES.requirements_at("district")}
    assert local - {one.id for one in RULES.requirements_at(CouncilLevel.REPUBLICAN)} == {"resident"}
    assert [one.id for one in RULES.requirements if one.is_certified] == [
        "no_conviction", "no_corruption", "no_register",
    ]  # fmt: skip


def test_how_large_a_council_may_be():
    assert [RULES.level("republican").allows(members) for members in (14, 15, 30, 31)] == [0, 1, 1, 0]
    assert [RULES.level("quasi_state").allows(members) for members in (9, 10, 15, 16)] == [0, 1, 1, 0]
    assert RULES.level("city").allows(7) and not RULES.level("city").allows(0)
    assert [level.value for level in CouncilLevel if level.is_local] == ["regional", "city", "district"]


def test_what_a_council_says_has_a_name():
    assert [one.id for one in RULES.outcomes_for("draft")] == [
        "support", "support_with_remarks", "do_not_support", "return",
    ]  # fmt: skip
    assert [one.id for one in RULES.outcomes_for("petition")] == ["support", "remarks", "no_position"]
    assert RULES.outcome("draft", "support_with_remarks").needs_recommendations
    assert RULES.tacit_consent.text.en == "Tacit consent: no recommendations were given."
    assert RULES.matter("strategic_plans").answer.value == 10
    assert RULES.matter("police").answer.unit is Unit.MONTHS
    for ask in (RULES.matter, RULES.form, RULES.share, RULES.figure, RULES.removal_ground, RULES.requirement):
        with pytest.raises(KeyError):
            ask("nothing")
    with pytest.raises(KeyError):
        RULES.outcome("petition", "return")


def test_every_body_without_a_council_is_named():
    assert len(RULES.without_council) == 15


@BOTH
def test_everything_shown_has_words(rules):
    assert {deadline.starts for deadline in rules.deadlines.values()} <= set(STARTS)
    assert set(MAJORITIES) == set(MajorityKind) and set(OUTCOME_SUBJECTS) == set(OutcomeSubject)


@BOTH
def test_every_text_is_in_three_different_languages(rules):
    texts = words_in(rules, [])

    assert len(texts) >= 150
    for words in texts:
        assert len({words.kk, words.ru, words.en}) == 3, words.en
        assert len(words.kk) < 40 or re.search("[әіңғүұқөһ]", words.kk.lower()), words.kk
        assert not re.search("[әіңғүұқөһ]", words.ru.lower()), words.ru
        assert not re.search("[а-я]", words.en.lower()), words.en


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[version.limits]\n", "[version.limits]\ncolour = 1\n", "unknown keys: colour"),
        ("[version.conflict]\n", "[version.conflict]\ncolour = 1\n", "unknown keys: colour"),
        ("[version.tacit_consent]\n", "[version.tacit_consent]\ncolour = 1\n", "unknown keys: colour"),
        ('source = "Law on public councils, art. 13(2)"\n', "", "“source” is missing"),
        ('source = "Law on public councils, art. 13(2)"\n', 'source = "Law on fishing, art. 2"\n', "the source 'Law on fishing"),
        ('mark = "law"\n', 'mark = "sure"\n', "not one of law"),
        ("[version.level.city]\n", "[version.level.village]\n", "there is no 'village'"),
        ("members_least = 15\n", "", "stand together or not at all"),
        ("members_most = 30\n", "members_most = 14\n", "less than 15"),
        ("[version.majority.more_than_half_of_voting]\n", "[version.majority.everybody]\n", "there is no 'everybody'"),
        ("[version.tie.chair_decides]\n", "[version.tie.coin]\n", "there is no 'coin'"),
        ('default_tie = "not_adopted"\n', 'default_tie = "coin"\n', "“default_tie” is 'coin'"),
        ("[version.outcome.petition.support]\n", "[version.outcome.poem.support]\n", "unknown keys: poem"),
        ("[version.share.quorum]\n", "[version.share.half]\n", "no share for quorum"),
        ("numerator = 2\n", "numerator = 3\n", "not a part of the whole"),
        ("[version.figure.term_years]\n", "[version.figure.years]\n", "no figure for term_years"),
        ("[version.deadline.council_notice]\n", "[version.deadline.call]\n", "no deadline for council_notice"),
        ('deadlines = ["hearing_notice"]\n', 'deadlines = ["postcard"]\n', "there is no deadline 'postcard'"),
        ('answer = "ruling_answer_programmes"\n', 'answer = "soon"\n', "there is no deadline 'soon'"),
        ("question_characters = 600\n", "question_characters = 0\n", "less than 1"),
        ("in_force_until = 2024-04-03\n", "in_force_until = 2024-04-02\n", "no version on 2024-04-03"),
        ("in_force_until = 2024-04-03\n", "", "overlap on 2024-04-04"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_meant_stops_the_start(tmp_path, old, new, complaint):
    with pytest.raises(LawDataError, match=re.escape(complaint)):
        load(tmp_path, old, new)
