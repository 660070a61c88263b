"""The rules of consultation that are in the file, and what it must not be possible to write there."""

import re
from datetime import date
from pathlib import Path

import pytest

from app import law
from app.law.consultation_loader import load_consultation_rules
from app.law.consultation_rules import Level, Procedure, Stage
from app.law.labels import STARTS
from app.law.registry import DATA, NoRulesInForce
from app.law.rules import Mark
from app.law.tables import LawDataError
from tests.law.test_rules import words_in

RULES = law.consultation_rules_version("223-VII")
TEXT = (DATA / "consultations.toml").read_text(encoding="utf-8")


def load(tmp_path: Path, old: str, new: str):
    assert old in TEXT
    path = tmp_path / "consultations.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return load_consultation_rules(path)


def test_a_draft_is_judged_by_the_wording_of_its_day():
    assert law.consultation_rules_in_force(date(2026, 11, 22)) is RULES
    with pytest.raises(NoRulesInForce):
        law.consultation_rules_in_force(date(2023, 6, 30))
    with pytest.raises(NoRulesInForce):
        law.consultation_rules_version("1-I")


@pytest.mark.parametrize(
    ("stage", "kind", "name"),
    [
        ("consultative_document", "consultative_document", "discussion_consultative"),
        ("draft", "law", "discussion_law"),
        ("draft", "code", "discussion_law"),
        ("draft", "ministerial_order", "discussion_by_law"),
        ("draft", "akimat_decree", "discussion_by_law"),
        ("draft", "public_service_rules", "discussion_public_service"),
        ("draft", "agreement", "discussion_other"),
        ("repeat", "law", "repeat_law"),
        ("repeat", "maslikhat_decision", "repeat_by_law"),
        ("repeat", "public_service_rules", "repeat_by_law"),
        ("repeat", "concept", "repeat_consultative"),
    ],
)
def test_how_long_it_is_discussed(stage, kind, name):
    assert RULES.term(stage, kind).name == name
    assert RULES.term(Stage(stage), RULES.kind(kind), is_emergency=True).value == 3


def test_a_kind_does_not_pass_a_stage_that_is_not_its_own():
    with pytest.raises(KeyError):
        RULES.term("consultative_document", "law")
    with pytest.raises(KeyError):
        RULES.term("draft", "novel")


def test_the_terms_have_the_values_of_the_sources():
    values = {name: RULES.deadline(name).value for name in (*RULES.deadlines, *RULES.deadlines_elsewhere)}
    assert values["discussion_law"] == values["discussion_consultative"] == 15
    assert values["discussion_by_law"] == values["discussion_public_service"] == values["answers"] == 10
    assert values["report"] > values["answers"]
    assert (values["chamber_conclusion_trade_ban"], values["chamber_conclusion_emergency"]) == (5, 3)
    assert values["agency_remarks"] == 30
    for elsewhere in ("collection", "council_recommendations"):
        with pytest.raises(KeyError):
            RULES.deadline(elsewhere)


def test_what_is_not_established_says_so():
    marks = {name: RULES.deadline(name).mark for name in RULES.deadlines}
    for name in ("answers", "report", "repeat_law", "repeat_by_law", "discussion_emergency"):
        assert marks[name] is Mark.NOT_ESTABLISHED, name
    for name in ("discussion_law", "discussion_by_law", "discussion_consultative"):
        assert marks[name] is Mark.BACKGROUND, name
    assert {marks["moderation_appeal"], marks["moderation_appeal_decision"]} == {Mark.PRODUCT}
    assert RULES.in_force_mark is Mark.NOT_ESTABLISHED


def test_an_exemption_releases_only_from_what_it_names():
    for stage in Stage:
        ids = {one.id for one in RULES.exemptions_from(Procedure.DISCUSSION, stage)}
        assert ("budget_law" in ids) == (stage is Stage.CONSULTATIVE_DOCUMENT)
        assert "state_secrets" in ids and "deputies_bill" not in ids
    assert "deputies_bill" in {one.id for one in RULES.exemptions_from("councils", "draft")}
    assert RULES.exemption("state_secrets").mark is Mark.BACKGROUND


def test_everything_is_found_by_its_id():
    assert RULES.stage("repeat").id is Stage.REPEAT
    assert RULES.kind("law").is_law and not RULES.kind("rules").is_law
    assert RULES.kind("akimat_decree").levels == (Level.REGIONAL, Level.DISTRICT)
    assert RULES.affected("business").triggers[0].deadlines[0].name == "chamber_conclusion"
    assert not RULES.author_kind("council").is_self_declared
    assert RULES.hiding_reason("insult").note
    assert {one.id for one in RULES.materials_at("consultative_document")} >= {"full_text", "summary"}
    for ask in (RULES.kind, RULES.affected, RULES.exemption, RULES.author_kind, RULES.hiding_reason):
        with pytest.raises(KeyError):
            ask("nothing")


@pytest.mark.parametrize(
    ("same", "others", "formal"),
    [(1, 3, False), (2, 3, True), (34, 100, True), (33, 99, False), (0, 0, False)],
)
def test_an_answer_is_formal_beyond_a_third_of_the_others(same, others, formal):
    assert RULES.limits.is_formal(same=same, others=others) is formal


def test_every_fact_has_words():
    for deadline in (*RULES.deadlines.values(), *RULES.deadlines_elsewhere.values()):
        assert deadline.starts in STARTS


def test_every_text_is_in_three_different_languages():
    texts = words_in(RULES, [])

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
        ("[version.kind.law]\n", "[version.kind.law]\ncolour = 1\n", "unknown keys: colour"),
        ('source = "Law on legal acts, art. 17-1(8)"\n', "", "“source” is missing"),
        ('source = "Law on legal acts, art. 20"\n', 'source = "Law on fishing, art. 20"\n', "the source 'Law on fishing"),
        ('source = "Law on legal acts, art. 20"\n', 'source = "Law on legal acts, art. many"\n', "nothing is said about"),
        ('mark = "law"\n', 'mark = "sure"\n', "not one of law"),
        ('rank = "law"\n', 'rank = "poem"\n', "not one of law"),
        ('levels = ["republican"]\n', "levels = []\n", "“levels” should list some of"),
        ('levels = ["republican"]\n', 'levels = ["lunar"]\n', "“levels” should list some of"),
        ('levels = ["republican"]\n', "levels = [[1]]\n", "“levels” should list some of"),
        ("[version.stage.repeat]\n", "[version.stage.third]\n", "there is no stage 'third'"),
        ("[version.deadline.answers]\n", "[version.deadline.replies]\n", "no deadline for answers"),
        ("[version.deadline_elsewhere.agency_remarks]\n", "[version.deadline_elsewhere.answers]\n", "both here and elsewhere"),
        ('emergency_term = "discussion_emergency"\n', 'emergency_term = "soon"\n', "there is no deadline 'soon'"),
        ('deadlines = ["chamber_conclusion"', 'deadlines = ["postcard"', "there is no deadline 'postcard'"),
        ('kinds = ["public_service_rules"]\n', 'kinds = ["poem"]\n', "nothing is said about the kinds poem"),
        ('stage = "draft"\nrank = "by_law"\n', 'stage = "draft"\nrank = "law"\n', "periods of discussion for"),
        ("formal_share_denominator = 3\n", "formal_share_denominator = 1\n", "not a part of the whole"),
        ("edit_window_minutes = 15\n", "edit_window_minutes = 0\n", "less than 1"),
        ("in_force_from = 2023-07-01\n", "in_force_from = 2023-07-01\nin_force_until = 2026-01-01\n", "no version after"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_meant_stops_the_start(tmp_path, old, new, complaint):
    with pytest.raises(LawDataError, match=re.escape(complaint)):
        load(tmp_path, old, new)
