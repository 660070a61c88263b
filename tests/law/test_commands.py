"""What an operator reads at `flask law`."""


def run(app, *words: str):
    return app.test_cli_runner().invoke(args=["law", *words])


def test_check_says_what_is_in_the_files(app):
    result = run(app, "check")

    assert result.exit_code == 0, result.output
    assert "246-VIII: 2026-03-01 to now" in result.output
    assert "17 excluded matters" in result.output
    assert "consultations 223-VII: 2023-07-01 to now" in result.output
    assert "councils 157-VII: 2023-01-01 to 2024-04-03" in result.output
    assert "councils 30-VIII: 2024-04-04 to now" in result.output


def test_show_prints_the_rules_of_a_day_with_their_sources(app):
    result = run(app, "show", "--on", "2025-06-01")

    assert result.exit_code == 0, result.output
    assert result.output.startswith("31-VIII")
    assert "10 working days" in result.output and "art. 90-3(4) [law]" in result.output


def test_councils_prints_the_rules_of_a_day_with_their_sources(app):
    result = run(app, "councils", "--on", "2023-05-01")

    assert result.exit_code == 0, result.output
    assert result.output.startswith("157-VII")
    assert "2/3  Law on public councils, art. 13(2) [law]" in result.output
    assert "public_discussion" not in result.output
    assert "No rules of public councils" in run(app, "councils", "--on", "2020-01-01").output


def test_show_explains_that_there_were_no_rules(app):
    result = run(app, "show", "--on", "2020-01-01")

    assert result.exit_code == 1
    assert "No petition rules were in force" in result.output


def test_the_table_of_transfers_can_be_listed(app):
    result = run(app, "transfers", "list")

    assert result.exit_code == 0, result.output
    assert "calendar " in result.output


def test_a_refused_transfer_is_explained_in_words(app):
    words = [
        "2026-12-19",
        "day_off",
        "--kk",
        "Қаулы",
        "--ru",
        "Постановление",
        "--en",
        "Decree",
        "--source",
        "No. 1",
    ]
    result = run(app, "transfers", "add", *words)

    assert result.exit_code == 1
    assert "2026-12-19 already is that." in result.output
