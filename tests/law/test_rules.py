"""The wordings that are in the file, and what it must not be possible to write there."""

import re
from datetime import date
from pathlib import Path

import pytest

from app import law
from app.law.petition_loader import load_petition_rules
from app.law.registry import DATA, NoRulesInForce
from app.law.rules import Mark, Words
from app.law.tables import LawDataError

OLD, NEW = law.rules_version("31-VIII"), law.rules_version("246-VIII")
TEXT = (DATA / "petitions.toml").read_text(encoding="utf-8")


def load(tmp_path: Path, old: str, new: str):
    """The rules with one passage of the file replaced; the passage must be there, once or more."""
    assert old in TEXT
    path = tmp_path / "petitions.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return load_petition_rules(path)


def test_a_petition_is_judged_by_the_wording_of_its_day():
    assert law.rules_in_force(date(2026, 2, 28)) is OLD
    assert law.rules_in_force(date(2026, 3, 1)) is NEW
    with pytest.raises(NoRulesInForce):
        law.rules_in_force(date(2024, 4, 3))
    with pytest.raises(NoRulesInForce):
        law.rules_version("1-I")


def test_what_law_246_changed():
    assert OLD.first_support.deadline.value == 10
    assert OLD.deadline("first_support_on_paper").value == 20
    assert NEW.first_support.deadline.value == 20
    assert "check_from_draft" not in OLD.deadlines and NEW.deadline("check_from_draft").value == 20
    assert len(OLD.excluded_matters) == 17 and len(NEW.excluded_matters) == 16
    assert {"same_subject_decided"} == {c.id for c in NEW.conditions} - {c.id for c in OLD.conditions}


def test_what_it_did_not_change():
    assert OLD.thresholds == NEW.thresholds
    assert OLD.first_support.citizens == NEW.first_support.citizens == 50
    for name in ("collection", "review_central", "review_local", "check"):
        assert OLD.deadline(name) == NEW.deadline(name)
    assert OLD.steps == NEW.steps


def test_the_matters_are_numbered_as_in_the_law():
    assert [ground.number for ground in NEW.excluded_matters] == list(range(1, 17))
    assert NEW.ground("competences").source == "art. 90-2(3)15"
    assert OLD.ground("amnesty_2024").number == 10
    with pytest.raises(KeyError):
        NEW.ground("amnesty_2024")


def test_a_central_body_has_more_duties_than_a_local_one():
    central = [step.id for step in NEW.review_steps("central_body")]
    local = [step.id for step in NEW.review_steps("district_akimat")]

    assert local == ["site_visit", "working_group", "public_discussion"]
    assert central == [*local, "analysis", "comparative_study"]
    assert NEW.review_deadline("central_body").value == 40
    assert NEW.review_deadline("regional_maslikhat").value == 20


def test_a_share_needs_a_population():
    with pytest.raises(law.PopulationNeeded):
        NEW.threshold("regional_akimat")
    with pytest.raises(law.PopulationNeeded):
        NEW.threshold("district_akimat", 0)


def test_what_is_not_established_says_so():
    assert NEW.in_force_mark is OLD.in_force_mark is Mark.NOT_ESTABLISHED
    assert NEW.deadline("letter_answer").mark is Mark.INFERRED
    assert NEW.deadline("extension_limit").mark is Mark.NOT_ESTABLISHED
    assert NEW.eligibility.minimum_age_mark is Mark.PRODUCT
    assert {reading.mark for reading in NEW.readings} >= {
        Mark.INFERRED,
        Mark.NOT_ESTABLISHED,
        Mark.BACKGROUND,
    }


def words_in(value, found: list[Words]) -> list[Words]:
    if isinstance(value, Words):
        found.append(value)
    elif isinstance(value, tuple):
        for item in value:
            words_in(item, found)
    elif hasattr(value, "items"):
        for item in value.values():
            words_in(item, found)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            words_in(getattr(value, name), found)
    return found


@pytest.mark.parametrize("rules", law.versions(), ids=lambda rules: rules.id)
def test_every_text_is_in_three_different_languages(rules):
    texts = words_in(rules, [])

    assert len(texts) >= 90
    for words in texts:
        assert len({words.kk, words.ru, words.en}) == 3, words.en
        assert len(words.kk) < 40 or re.search("[әіңғүұқөһ]", words.kk.lower()), words.kk
        assert not re.search("[әіңғүұқөһ]", words.ru.lower()), words.ru
        assert not re.search("[а-я]", words.en.lower()), words.en


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[version.first_support]\n", "[version.first_support]\ncolour = 1\n", "unknown keys: colour"),
        ("[version.deadline.check]\n", "[version.deadline.check]\nvalu = 20\n", "unknown keys: valu"),
        ('source = "art. 90-2(4)1"\n', "", "“source” is missing"),
        ('source = "art. 90-5(1)1"\n', 'source = " "\n', "“source” is empty"),
        ('mark = "law"\n', 'mark = "sure"\n', "not one of law"),
        ("in_force_until = 2026-02-28\n", "in_force_until = 2026-02-27\n", "no version on 2026-02-28"),
        ("in_force_until = 2026-02-28\n", "in_force_until = 2026-03-01\n", "overlap on 2026-03-01"),
        ("in_force_until = 2026-02-28\n", "", "overlap on 2026-03-01"),
        ("in_force_from = 2026-03-01\n", "in_force_from = 2026-03-01\nin_force_until = 2030-01-01\n", "no version after"),
        ("value = 40\n", 'value = "40"\n', "should be int"),
        ("value = 40\n", "value = true\n", "should be int"),
        ("value = 40\n", "value = -1\n", "less than 0"),
        ('unit = "months"\n', 'unit = "moons"\n', "not one of working_days"),
        ('addressee = "regional_akimat"\n', 'addressee = "regional_maslikhat"\n', "thresholds for regional_maslikhat"),
        ("if_population_over = 50000\n", "", "the population that divides them"),
        ("percent = 1\n", "percent = 0\n", "out of range"),
        ("[version.deadline.collection]\n", "[version.deadline.collecting]\n", "no deadline for collection"),
        ('notice = "discussion_notice"\n', 'notice = "postcard"\n', "there is no deadline 'postcard'"),
        ('    "territory",\n', '    "space",\n', "nothing is said about the matters space"),
        ('    "territory",\n', '    "statehood",\n', "stands twice"),
        ('otherwise_as = "246-VIII"\n', 'otherwise_as = "1-I"\n', "does not stand above"),
        ('    "deadline.check_from_draft",\n', '    "deadline.check_twice",\n', "there is no deadline.check_twice"),
        ("maximum_demands = 5\n", "maximum_demands = 0\n", "less than 1"),
        ("[version.limits]\n", "[version.limits\n", "petitions.toml"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_meant_stops_the_start(tmp_path, old, new, complaint):
    with pytest.raises(LawDataError, match=re.escape(complaint)):
        load(tmp_path, old, new)


def test_a_missing_file_stops_the_start(tmp_path):
    with pytest.raises(LawDataError, match="cannot be read"):
        load_petition_rules(tmp_path / "petitions.toml")
