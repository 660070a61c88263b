"""Comments, their groups and answers; draft acts, their versions, comparisons and reports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


# Petitions that were published before take comments like the others.
THREADS = """
    INSERT INTO comment_thread (subject_kind, subject_number, agency_id, opened_at, closed_at)
    SELECT 'petition', number, addressee_id, published_at,
           CASE WHEN state NOT IN ('published', 'supported', 'forwarded', 'under_review') THEN coalesce(
               (SELECT max(at) FROM petition_transition AS moved
                WHERE moved.petition_id = petition.id
                  AND moved.source IN ('published', 'supported', 'forwarded', 'under_review')
                  AND moved.target NOT IN ('published', 'supported', 'forwarded', 'under_review')),
               published_at) END
    FROM petition WHERE published_at IS NOT NULL
"""
POINTERS = """
    UPDATE petition SET thread_id = comment_thread.id FROM comment_thread
    WHERE subject_kind = 'petition' AND subject_number = petition.number
"""


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("draft_act_number", start=101)))
    op.create_table(
        "comment_answer_template",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "accepted", "partly", "refused", "noted", name="answerkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_comment_answer_template_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_comment_answer_template_created_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_answer_template")),
    )
    with op.batch_alter_table("comment_answer_template", schema=None) as batch_op:
        batch_op.create_index("ix_comment_answer_template_agency", ["agency_id", "title"], unique=False)

    op.create_table(
        "saved_search",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=40), server_default="", nullable=False),
        sa.Column("topic", sa.String(length=40), server_default="", nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("region", sa.String(length=40), server_default="", nullable=False),
        sa.Column("words", sa.String(length=200), server_default="", nullable=False),
        sa.Column(
            "frequency",
            sa.Enum("daily", "weekly", name="frequency", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("language IN ('kk', 'ru', 'en')", name=op.f("ck_saved_search_language")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_saved_search_account_id_account")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_saved_search_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("token", name=op.f("uq_saved_search_token")),
    )
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.create_index("ix_saved_search_account", ["account_id"], unique=False)
        batch_op.create_index(
            "ix_saved_search_due",
            ["frequency", "looked_at"],
            unique=False,
            postgresql_where=sa.text("confirmed_at IS NOT NULL AND ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_saved_search_wish",
            [
                sa.literal_column("lower(email)"),
                "frequency",
                "stage",
                "topic",
                "agency_id",
                "region",
                "words",
            ],
            unique=True,
            postgresql_nulls_not_distinct=True,
        )

    op.create_table(
        "comment_thread",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_number", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "duty_id IS NULL OR agency_id IS NOT NULL", name=op.f("ck_comment_thread_duty_has_agency")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_comment_thread_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_comment_thread_duty_id_duty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_thread")),
        sa.UniqueConstraint(
            "subject_kind", "subject_number", name=op.f("uq_comment_thread_subject_kind_subject_number")
        ),
    )
    with op.batch_alter_table("comment_thread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_thread_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "comment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("shown", "hidden", "withdrawn", name="state", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column(
            "author_kind",
            sa.Enum(
                "citizen",
                "organisation",
                "expert",
                "council",
                "chamber",
                name="authorkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("shown_as", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("proposed", sa.String(), nullable=True),
        sa.Column("anchor_key", sa.String(length=40), nullable=True),
        sa.Column("anchor_path", sa.String(length=200), nullable=True),
        sa.Column("anchor_version", sa.Integer(), nullable=True),
        sa.Column("anchor_language", sa.String(length=2), nullable=True),
        sa.Column("quote_exact", sa.String(), nullable=True),
        sa.Column("quote_prefix", sa.String(), nullable=True),
        sa.Column("quote_suffix", sa.String(), nullable=True),
        sa.Column("quote_start", sa.Integer(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("sketch", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("is_changed", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("apart_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_group_id", sa.BigInteger(), nullable=True),
        sa.Column("agreements", sa.Integer(), server_default="0", nullable=False),
        sa.Column("score", sa.Double(), server_default="0", nullable=False),
        sa.Column("is_answered", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("search_vector", postgresql.TSVECTOR(), nullable=True),
        sa.CheckConstraint("language IN ('kk', 'ru', 'en')", name=op.f("ck_comment_language")),
        sa.CheckConstraint(
            "(anchor_key IS NULL) = (anchor_version IS NULL)", name=op.f("ck_comment_anchor_has_version")
        ),
        sa.CheckConstraint(
            "apart_at IS NULL OR group_id IS NULL", name=op.f("ck_comment_apart_has_no_group")
        ),
        sa.CheckConstraint(
            "author_id IS NOT NULL OR source IS NOT NULL", name=op.f("ck_comment_author_or_source")
        ),
        sa.CheckConstraint(
            "parent_id IS NULL OR group_id IS NULL", name=op.f("ck_comment_reply_has_no_group")
        ),
        sa.CheckConstraint(
            "quote_exact IS NULL OR anchor_key IS NOT NULL", name=op.f("ck_comment_quote_has_anchor")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_comment_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_comment_author_id_account")),
        sa.ForeignKeyConstraint(["parent_id"], ["comment.id"], name=op.f("fk_comment_parent_id_comment")),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["comment_thread.id"], name=op.f("fk_comment_thread_id_comment_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_comment_attachment_id")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_comment_anchor",
            ["thread_id", "anchor_key", sa.literal_column("id DESC")],
            unique=False,
            postgresql_where=sa.text("parent_id IS NULL AND anchor_key IS NOT NULL"),
        )
        batch_op.create_index("ix_comment_author", ["author_id", "id"], unique=False)
        batch_op.create_index(
            "ix_comment_best",
            ["thread_id", sa.literal_column("score DESC"), sa.literal_column("id DESC")],
            unique=False,
            postgresql_where=sa.text("parent_id IS NULL"),
        )
        batch_op.create_index(
            "ix_comment_group",
            ["group_id", "id"],
            unique=False,
            postgresql_where=sa.text("group_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_comment_newest",
            ["thread_id", sa.literal_column("id DESC")],
            unique=False,
            postgresql_where=sa.text("parent_id IS NULL"),
        )
        batch_op.create_index(
            "ix_comment_parent",
            ["parent_id", "id"],
            unique=False,
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_comment_replies",
            ["thread_id", "id"],
            unique=False,
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        )
        batch_op.create_index("ix_comment_search", ["search_vector"], unique=False, postgresql_using="gin")
        batch_op.create_index(
            "ix_comment_sketch",
            ["sketch"],
            unique=False,
            postgresql_using="gin",
            postgresql_where=sa.text("group_id IS NULL AND parent_id IS NULL"),
        )
        batch_op.create_index(
            "ix_comment_unanswered",
            ["thread_id", sa.literal_column("(NOT is_answered) DESC"), sa.literal_column("id DESC")],
            unique=False,
            postgresql_where=sa.text("parent_id IS NULL"),
        )
        batch_op.create_index(
            "uq_comment_source",
            ["thread_id", "source"],
            unique=True,
            postgresql_where=sa.text("source IS NOT NULL"),
        )

    op.create_table(
        "comment_anchor_count",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("anchor_key", sa.String(length=40), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["comment_thread.id"],
            name=op.f("fk_comment_anchor_count_thread_id_comment_thread"),
        ),
        sa.PrimaryKeyConstraint("thread_id", "anchor_key", name=op.f("pk_comment_anchor_count")),
    )
    op.create_table(
        "comment_thread_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["comment_thread.id"],
            name=op.f("fk_comment_thread_change_thread_id_comment_thread"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_thread_change")),
    )
    op.create_table(
        "comment_thread_figures",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("answered_people", sa.Integer(), nullable=False),
        sa.Column("answered_texts", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("formal", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["comment_thread.id"],
            name=op.f("fk_comment_thread_figures_thread_id_comment_thread"),
        ),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_comment_thread_figures")),
    )
    op.create_table(
        "draft_act",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "number", sa.Integer(), server_default=sa.text("nextval('draft_act_number')"), nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum(
                "preparing",
                "discarded",
                "exempt",
                "announced",
                "open",
                "closed",
                "under_review",
                "reported",
                "adopted",
                "withdrawn",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=True),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("titles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("summaries", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("notes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("region_code", sa.String(length=40), nullable=True),
        sa.Column("affects", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("is_emergency", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("rules_version", sa.String(), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("term_value", sa.Integer(), nullable=True),
        sa.Column("term_unit", sa.String(), nullable=True),
        sa.Column("term_source", sa.String(), nullable=True),
        sa.Column("term_mark", sa.String(), nullable=True),
        sa.Column("term_reason", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("adopted_link", sa.String(), nullable=True),
        sa.Column("adopted_title", sa.String(), nullable=True),
        sa.Column("withdrawal_reason", sa.String(), nullable=True),
        sa.Column("exemption_ground", sa.String(length=40), nullable=True),
        sa.Column("exemption_note", sa.String(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("answers_duty_id", sa.Integer(), nullable=True),
        sa.Column("report_duty_id", sa.Integer(), nullable=True),
        sa.Column("likes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("dislikes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("search_vector", postgresql.TSVECTOR(), nullable=True),
        sa.CheckConstraint(
            "(state = 'exempt') = (exemption_ground IS NOT NULL)", name=op.f("ck_draft_act_exempt")
        ),
        sa.CheckConstraint("language IN ('kk', 'ru')", name=op.f("ck_draft_act_language")),
        sa.CheckConstraint(
            "state <> 'adopted' OR adopted_link IS NOT NULL", name=op.f("ck_draft_act_adopted")
        ),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR withdrawal_reason IS NOT NULL", name=op.f("ck_draft_act_withdrawn")
        ),
        sa.CheckConstraint(
            "state IN ('preparing','discarded') OR announced_at IS NOT NULL",
            name=op.f("ck_draft_act_announced"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('announced','open','closed','under_review','reported','adopted') OR (opens_on IS NOT NULL AND closes_on IS NOT NULL)",
            name=op.f("ck_draft_act_has_term"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('closed','under_review','reported','adopted') OR closed_at IS NOT NULL",
            name=op.f("ck_draft_act_closed"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('open','closed','under_review','reported','adopted') OR (answers_duty_id IS NOT NULL AND report_duty_id IS NOT NULL AND thread_id IS NOT NULL)",
            name=op.f("ck_draft_act_opened"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('reported','adopted') OR reported_at IS NOT NULL",
            name=op.f("ck_draft_act_reported"),
        ),
        sa.CheckConstraint(
            "closes_on IS NULL OR closes_on >= opens_on", name=op.f("ck_draft_act_closes_after_opening")
        ),
        sa.CheckConstraint(
            "created_by IS NOT NULL OR source IS NOT NULL", name=op.f("ck_draft_act_officer_or_source")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_draft_act_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["answers_duty_id"], ["duty.id"], name=op.f("fk_draft_act_answers_duty_id_duty")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_draft_act_created_by_account")),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["draft_act.id"], name=op.f("fk_draft_act_previous_id_draft_act")
        ),
        sa.ForeignKeyConstraint(
            ["report_duty_id"], ["duty.id"], name=op.f("fk_draft_act_report_duty_id_duty")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["comment_thread.id"], name=op.f("fk_draft_act_thread_id_comment_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_act")),
        sa.UniqueConstraint("number", name=op.f("uq_draft_act_number")),
        sa.UniqueConstraint("source", name=op.f("uq_draft_act_source")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_draft_act_thread_id")),
    )
    with op.batch_alter_table("draft_act", schema=None) as batch_op:
        batch_op.create_index("ix_draft_act_agency", ["agency_id", "state"], unique=False)
        batch_op.create_index(
            "ix_draft_act_announced",
            [sa.literal_column("announced_at DESC"), sa.literal_column("id DESC")],
            unique=False,
        )
        batch_op.create_index("ix_draft_act_search", ["search_vector"], unique=False, postgresql_using="gin")
        batch_op.create_index("ix_draft_act_state_closes", ["state", "closes_on", "id"], unique=False)

    op.create_table(
        "comment_agreement",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("comment_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_comment_agreement_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_agreement_comment_id_comment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_agreement")),
        sa.UniqueConstraint(
            "comment_id", "account_id", name=op.f("uq_comment_agreement_comment_id_account_id")
        ),
    )
    with op.batch_alter_table("comment_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_agreement_account_id"), ["account_id"], unique=False)

    op.create_table(
        "comment_edit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("comment_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_before", sa.String(), nullable=False),
        sa.Column("proposed_before", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_edit_comment_id_comment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_edit")),
    )
    with op.batch_alter_table("comment_edit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_edit_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "comment_group",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "state",
            sa.Enum("proposed", "confirmed", name="groupstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("people", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "(state = 'confirmed') = (confirmed_at IS NOT NULL)", name=op.f("ck_comment_group_confirmed")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["account.id"], name=op.f("fk_comment_group_confirmed_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["comment.id"], name=op.f("fk_comment_group_sample_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["comment_thread.id"], name=op.f("fk_comment_group_thread_id_comment_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_group")),
    )
    with op.batch_alter_table("comment_group", schema=None) as batch_op:
        batch_op.create_index("ix_comment_group_thread", ["thread_id", "people", "id"], unique=False)

    op.create_table(
        "comment_hiding",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("comment_id", sa.BigInteger(), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("hidden_by", sa.Integer(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("may_appeal_until", sa.Date(), nullable=False),
        sa.Column("appeal", sa.String(), nullable=True),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_due_on", sa.Date(), nullable=True),
        sa.Column("appeal_decided_by", sa.Integer(), nullable=True),
        sa.Column("appeal_decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_reason", sa.String(), nullable=True),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(appealed_at IS NULL) = (appeal IS NULL)", name=op.f("ck_comment_hiding_appeal_has_text")
        ),
        sa.CheckConstraint(
            "(appealed_at IS NULL) = (appeal_due_on IS NULL)", name=op.f("ck_comment_hiding_appeal_has_clock")
        ),
        sa.CheckConstraint(
            "appeal_decided_at IS NULL OR (appealed_at IS NOT NULL AND appeal_reason IS NOT NULL AND is_upheld IS NOT NULL AND appeal_decided_by <> hidden_by)",
            name=op.f("ck_comment_hiding_appeal_decided_by_another"),
        ),
        sa.ForeignKeyConstraint(
            ["appeal_decided_by"], ["account.id"], name=op.f("fk_comment_hiding_appeal_decided_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_hiding_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["hidden_by"], ["account.id"], name=op.f("fk_comment_hiding_hidden_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_hiding")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_comment_hiding_comment_id")),
    )
    with op.batch_alter_table("comment_hiding", schema=None) as batch_op:
        batch_op.create_index(
            "ix_comment_hiding_appeals",
            ["appeal_due_on"],
            unique=False,
            postgresql_where=sa.text("appealed_at IS NOT NULL AND appeal_decided_at IS NULL"),
        )

    op.create_table(
        "draft_attitude",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("likes", sa.Boolean(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_draft_attitude_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft_act.id"], name=op.f("fk_draft_attitude_draft_id_draft_act")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_attitude")),
        sa.UniqueConstraint("draft_id", "account_id", name=op.f("uq_draft_attitude_draft_id_account_id")),
    )
    with op.batch_alter_table("draft_attitude", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_attitude_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_draft_attitude_at", ["at"], unique=False)

    op.create_table(
        "draft_report",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "published_at IS NULL OR fingerprint IS NOT NULL",
            name=op.f("ck_draft_report_published_has_fingerprint"),
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft_act.id"], name=op.f("fk_draft_report_draft_id_draft_act")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["account.id"], name=op.f("fk_draft_report_published_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_report")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_draft_report_draft_id")),
    )
    op.create_table(
        "draft_transition",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "preparing",
                "discarded",
                "exempt",
                "announced",
                "open",
                "closed",
                "under_review",
                "reported",
                "adopted",
                "withdrawn",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "target",
            sa.Enum(
                "preparing",
                "discarded",
                "exempt",
                "announced",
                "open",
                "closed",
                "under_review",
                "reported",
                "adopted",
                "withdrawn",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["account.id"], name=op.f("fk_draft_transition_actor_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft_act.id"], name=op.f("fk_draft_transition_draft_id_draft_act")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_transition")),
    )
    with op.batch_alter_table("draft_transition", schema=None) as batch_op:
        batch_op.create_index("ix_draft_transition_draft", ["draft_id", "id"], unique=False)

    op.create_table(
        "draft_version",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "preparing",
                "comparing",
                "ready",
                "published",
                name="versionstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("file_kk_id", sa.Integer(), nullable=True),
        sa.Column("file_ru_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_draft_version_published")
        ),
        sa.CheckConstraint(
            "state <> 'published' OR fingerprint IS NOT NULL",
            name=op.f("ck_draft_version_published_has_fingerprint"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_draft_version_created_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft_act.id"], name=op.f("fk_draft_version_draft_id_draft_act")
        ),
        sa.ForeignKeyConstraint(
            ["file_kk_id"], ["attachment.id"], name=op.f("fk_draft_version_file_kk_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["file_ru_id"], ["attachment.id"], name=op.f("fk_draft_version_file_ru_id_attachment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_version")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_draft_version_draft_id_number")),
    )
    op.create_table(
        "comment_answer",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.BigInteger(), nullable=True),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("draft", "approved", "published", name="answerstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "accepted", "partly", "refused", "noted", name="answerkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("changed_key", sa.String(length=40), nullable=True),
        sa.Column("changed_version", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_back_reason", sa.String(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_comment_answer_published")
        ),
        sa.CheckConstraint("language IN ('kk', 'ru', 'en')", name=op.f("ck_comment_answer_language")),
        sa.CheckConstraint(
            "sent_back_reason IS NULL OR state = 'draft'", name=op.f("ck_comment_answer_sent_back_is_draft")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR approved_at IS NOT NULL", name=op.f("ck_comment_answer_approved")
        ),
        sa.CheckConstraint(
            "(changed_key IS NULL) = (changed_version IS NULL)",
            name=op.f("ck_comment_answer_change_has_version"),
        ),
        sa.CheckConstraint(
            "(comment_id IS NULL) <> (group_id IS NULL)", name=op.f("ck_comment_answer_of_one_thing")
        ),
        sa.CheckConstraint(
            "drafted_by IS NOT NULL OR source IS NOT NULL", name=op.f("ck_comment_answer_officer_or_source")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["account.id"], name=op.f("fk_comment_answer_approved_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_answer_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["account.id"], name=op.f("fk_comment_answer_drafted_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["comment_group.id"], name=op.f("fk_comment_answer_group_id_comment_group")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["comment_thread.id"], name=op.f("fk_comment_answer_thread_id_comment_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_answer")),
    )
    with op.batch_alter_table("comment_answer", schema=None) as batch_op:
        batch_op.create_index("ix_comment_answer_thread", ["thread_id", "state", "id"], unique=False)
        batch_op.create_index(
            "uq_comment_answer_comment",
            ["comment_id"],
            unique=True,
            postgresql_where=sa.text("comment_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_comment_answer_group",
            ["group_id"],
            unique=True,
            postgresql_where=sa.text("group_id IS NOT NULL"),
        )

    op.create_table(
        "draft_carried_comment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "fate",
            sa.Enum(
                "unchanged",
                "edited",
                "moved",
                "removed",
                "doubtful",
                name="fate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("clause_key", sa.String(length=40), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "fate <> 'doubtful' OR settled_at IS NULL", name=op.f("ck_draft_carried_comment_doubtful_waits")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_draft_carried_comment_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["account.id"], name=op.f("fk_draft_carried_comment_settled_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["draft_version.id"],
            name=op.f("fk_draft_carried_comment_version_id_draft_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_carried_comment")),
        sa.UniqueConstraint(
            "version_id", "comment_id", name=op.f("uq_draft_carried_comment_version_id_comment_id")
        ),
    )
    with op.batch_alter_table("draft_carried_comment", schema=None) as batch_op:
        batch_op.create_index("ix_draft_carried_comment_comment", ["comment_id"], unique=False)
        batch_op.create_index(
            "ix_draft_carried_key", ["version_id", "clause_key", "comment_id"], unique=False
        )
        batch_op.create_index(
            "ix_draft_carried_waiting",
            ["version_id"],
            unique=False,
            postgresql_where=sa.text("fate = 'doubtful'"),
        )

    op.create_table(
        "draft_clause",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("anchor", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "part",
                "chapter",
                "section",
                "article",
                "clause",
                "subclause",
                "paragraph",
                "table",
                "note",
                "heading",
                name="blockkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("cells", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["draft_version.id"], name=op.f("fk_draft_clause_version_id_draft_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_clause")),
        sa.UniqueConstraint(
            "version_id",
            "language",
            "anchor",
            deferrable=True,
            initially="DEFERRED",
            name=op.f("uq_draft_clause_version_id_language_anchor"),
        ),
        sa.UniqueConstraint(
            "version_id",
            "language",
            "key",
            deferrable=True,
            initially="DEFERRED",
            name=op.f("uq_draft_clause_version_id_language_key"),
        ),
        sa.UniqueConstraint(
            "version_id",
            "language",
            "position",
            deferrable=True,
            initially="DEFERRED",
            name=op.f("uq_draft_clause_version_id_language_position"),
        ),
    )
    op.create_table(
        "draft_comparative_row",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("clause_key", sa.String(length=40), nullable=True),
        sa.Column("element", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("current", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("proposed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["draft_version.id"],
            name=op.f("fk_draft_comparative_row_version_id_draft_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_comparative_row")),
        sa.UniqueConstraint(
            "version_id",
            "position",
            deferrable=True,
            initially="DEFERRED",
            name=op.f("uq_draft_comparative_row_version_id_position"),
        ),
    )
    op.create_table(
        "draft_report_file",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "format",
            sa.Enum("docx", "pdf", name="reportformat", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_draft_report_file_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["draft_report.id"], name=op.f("fk_draft_report_file_report_id_draft_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_report_file")),
        sa.UniqueConstraint(
            "report_id", "language", "format", name=op.f("uq_draft_report_file_report_id_language_format")
        ),
    )
    op.create_table(
        "draft_clause_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "change",
            sa.Enum(
                "unchanged", "edited", "moved", "new", "removed", name="change", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("is_edited", sa.Boolean(), nullable=False),
        sa.Column("is_doubtful", sa.Boolean(), nullable=False),
        sa.Column("old_clause_id", sa.BigInteger(), nullable=True),
        sa.Column("new_clause_id", sa.BigInteger(), nullable=True),
        sa.Column("pieces", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["new_clause_id"],
            ["draft_clause.id"],
            name=op.f("fk_draft_clause_change_new_clause_id_draft_clause"),
        ),
        sa.ForeignKeyConstraint(
            ["old_clause_id"],
            ["draft_clause.id"],
            name=op.f("fk_draft_clause_change_old_clause_id_draft_clause"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["draft_version.id"], name=op.f("fk_draft_clause_change_version_id_draft_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_clause_change")),
        sa.UniqueConstraint(
            "version_id",
            "language",
            "position",
            name=op.f("uq_draft_clause_change_version_id_language_position"),
        ),
    )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.add_column(sa.Column("draft_id", sa.Integer(), nullable=True))
        batch_op.alter_column("petition_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(
            "uq_follow_draft_address", ["draft_id", sa.literal_column("lower(email)")], unique=True
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_follow_draft_id_draft_act"), "draft_act", ["draft_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_follow_of_one_thing"), "(petition_id IS NULL) <> (draft_id IS NULL)"
        )

    with op.batch_alter_table("petition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("thread_id", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_petition_thread_id"), ["thread_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_petition_thread_id_comment_thread"), "comment_thread", ["thread_id"], ["id"]
        )
    # The two tables point to each other.
    op.create_foreign_key(
        "fk_comment_group_id_comment_group", "comment", "comment_group", ["group_id"], ["id"]
    )
    op.create_foreign_key(
        "fk_comment_left_group_id_comment_group", "comment", "comment_group", ["left_group_id"], ["id"]
    )

    op.execute(THREADS)
    op.execute(POINTERS)
    # The two tables point to each other.


def downgrade() -> None:
    op.drop_constraint("fk_comment_group_id_comment_group", "comment", type_="foreignkey")
    op.drop_constraint("fk_comment_left_group_id_comment_group", "comment", type_="foreignkey")
    with op.batch_alter_table("petition", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_petition_thread_id_comment_thread"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_petition_thread_id"), type_="unique")
        batch_op.drop_column("thread_id")

    # Those who follow draft acts have no petition.
    op.execute("DELETE FROM follow WHERE petition_id IS NULL")
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_follow_of_one_thing"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_follow_draft_id_draft_act"), type_="foreignkey")
        batch_op.drop_index("uq_follow_draft_address")
        batch_op.alter_column("petition_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("draft_id")

    op.drop_table("draft_clause_change")
    op.drop_table("draft_report_file")
    op.drop_table("draft_comparative_row")
    op.drop_table("draft_clause")
    with op.batch_alter_table("draft_carried_comment", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_carried_waiting", postgresql_where=sa.text("fate = 'doubtful'"))
        batch_op.drop_index("ix_draft_carried_key")
        batch_op.drop_index("ix_draft_carried_comment_comment")

    op.drop_table("draft_carried_comment")
    with op.batch_alter_table("comment_answer", schema=None) as batch_op:
        batch_op.drop_index("uq_comment_answer_group", postgresql_where=sa.text("group_id IS NOT NULL"))
        batch_op.drop_index("uq_comment_answer_comment", postgresql_where=sa.text("comment_id IS NOT NULL"))
        batch_op.drop_index("ix_comment_answer_thread")

    op.drop_table("comment_answer")
    op.drop_table("draft_version")
    with op.batch_alter_table("draft_transition", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_transition_draft")

    op.drop_table("draft_transition")
    op.drop_table("draft_report")
    with op.batch_alter_table("draft_attitude", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_attitude_at")
        batch_op.drop_index(batch_op.f("ix_draft_attitude_account_id"))

    op.drop_table("draft_attitude")
    with op.batch_alter_table("comment_hiding", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_comment_hiding_appeals",
            postgresql_where=sa.text("appealed_at IS NOT NULL AND appeal_decided_at IS NULL"),
        )

    op.drop_table("comment_hiding")
    with op.batch_alter_table("comment_group", schema=None) as batch_op:
        batch_op.drop_index("ix_comment_group_thread")

    op.drop_table("comment_group")
    with op.batch_alter_table("comment_edit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_edit_comment_id"))

    op.drop_table("comment_edit")
    with op.batch_alter_table("comment_agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_agreement_account_id"))

    op.drop_table("comment_agreement")
    with op.batch_alter_table("draft_act", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_act_state_closes")
        batch_op.drop_index("ix_draft_act_search", postgresql_using="gin")
        batch_op.drop_index("ix_draft_act_announced")
        batch_op.drop_index("ix_draft_act_agency")

    op.drop_table("draft_act")
    op.drop_table("comment_thread_figures")
    op.drop_table("comment_thread_change")
    op.drop_table("comment_anchor_count")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index("uq_comment_source", postgresql_where=sa.text("source IS NOT NULL"))
        batch_op.drop_index("ix_comment_unanswered", postgresql_where=sa.text("parent_id IS NULL"))
        batch_op.drop_index(
            "ix_comment_sketch",
            postgresql_using="gin",
            postgresql_where=sa.text("group_id IS NULL AND parent_id IS NULL"),
        )
        batch_op.drop_index("ix_comment_search", postgresql_using="gin")
        batch_op.drop_index("ix_comment_replies", postgresql_where=sa.text("parent_id IS NOT NULL"))
        batch_op.drop_index("ix_comment_parent", postgresql_where=sa.text("parent_id IS NOT NULL"))
        batch_op.drop_index("ix_comment_newest", postgresql_where=sa.text("parent_id IS NULL"))
        batch_op.drop_index("ix_comment_group", postgresql_where=sa.text("group_id IS NOT NULL"))
        batch_op.drop_index("ix_comment_best", postgresql_where=sa.text("parent_id IS NULL"))
        batch_op.drop_index("ix_comment_author")
        batch_op.drop_index(
            "ix_comment_anchor", postgresql_where=sa.text("parent_id IS NULL AND anchor_key IS NOT NULL")
        )

    op.drop_table("comment")
    with op.batch_alter_table("comment_thread", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_thread_agency_id"))

    op.drop_table("comment_thread")
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.drop_index("uq_saved_search_wish", postgresql_nulls_not_distinct=True)
        batch_op.drop_index(
            "ix_saved_search_due", postgresql_where=sa.text("confirmed_at IS NOT NULL AND ended_at IS NULL")
        )
        batch_op.drop_index("ix_saved_search_account")

    op.drop_table("saved_search")
    with op.batch_alter_table("comment_answer_template", schema=None) as batch_op:
        batch_op.drop_index("ix_comment_answer_template_agency")

    op.drop_table("comment_answer_template")
    op.execute(sa.schema.DropSequence(sa.Sequence("draft_act_number")))
