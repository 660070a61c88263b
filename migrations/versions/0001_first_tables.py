"""First tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Trigrams for titles that say nearly the same; comes with every PostgreSQL.
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute(sa.schema.CreateSequence(sa.Sequence("petition_number", start=1001)))
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("person_tag", sa.LargeBinary(length=32), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "person_tag IS NOT NULL OR password_hash IS NOT NULL", name=op.f("ck_account_citizen_or_staff")
        ),
        sa.CheckConstraint(
            "person_tag IS NULL OR born_on IS NOT NULL", name=op.f("ck_account_citizen_has_birthday")
        ),
        sa.CheckConstraint(
            "person_tag IS NULL OR octet_length(person_tag) = 32", name=op.f("ck_account_person_tag_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("person_tag", name=op.f("uq_account_person_tag")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(
            "uq_account_staff_email",
            [sa.literal_column("lower(email)")],
            unique=True,
            postgresql_where=sa.text("password_hash IS NOT NULL"),
        )

    op.create_table(
        "archived_petition",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("platform", sa.String(length=120), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("titles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("texts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("signatures", sa.Integer(), nullable=True),
        sa.Column(
            "signatures_are",
            sa.Enum(
                "exact",
                "about",
                "at_least",
                "more_than",
                "almost",
                name="reportedis",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("signatures_as_of", sa.String(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=True),
        sa.Column("reported_state", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("outcome_language", sa.String(), nullable=False),
        sa.Column("sources", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("search_vector", postgresql.TSVECTOR(), nullable=True),
        sa.Column("search_title", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archived_petition")),
        sa.UniqueConstraint(
            "platform", "external_id", name=op.f("uq_archived_petition_platform_external_id")
        ),
    )
    with op.batch_alter_table("archived_petition", schema=None) as batch_op:
        batch_op.create_index(
            "ix_archived_petition_search", ["search_vector"], unique=False, postgresql_using="gin"
        )
        batch_op.create_index(
            "ix_archived_petition_title_trgm",
            ["search_title"],
            unique=False,
            postgresql_using="gin",
            postgresql_ops={"search_title": "gin_trgm_ops"},
        )

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.String(length=32), nullable=False),
        sa.Column("storage_key", sa.String(length=80), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column(
            "media_type",
            sa.Enum(
                "application/pdf",
                "image/png",
                "image/jpeg",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/vnd.oasis.opendocument.text",
                name="mediatype",
                native_enum=False,
                length=100,
            ),
            nullable=False,
        ),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_attachment_is_not_empty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("public_key", name=op.f("uq_attachment_public_key")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_attachment_storage_key")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_uploaded_by"), ["uploaded_by"], unique=False)

    op.create_table(
        "audit_record",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_record")),
        sa.UniqueConstraint("digest", name=op.f("uq_audit_record_digest")),
    )
    with op.batch_alter_table("audit_record", schema=None) as batch_op:
        batch_op.create_index("ix_audit_record_subject", ["subject", "id"], unique=False)

    op.create_table(
        "calendar_transfer",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("day_off", "working_day", name="transferkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason_kk", sa.Text(), nullable=False),
        sa.Column("reason_ru", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("source <> ''", name=op.f("ck_calendar_transfer_has_source")),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_reason IS NULL)",
            name=op.f("ck_calendar_transfer_revoked_with_reason"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_transfer")),
    )
    with op.batch_alter_table("calendar_transfer", schema=None) as batch_op:
        batch_op.create_index(
            "uq_calendar_transfer_day_in_force", ["day"], unique=True, postgresql_where="revoked_at IS NULL"
        )

    op.create_table(
        "count_proof",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("petitions", sa.Integer(), nullable=False),
        sa.Column("drift", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_proof")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("event_key", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("event_key", "handler", name=op.f("uq_outbox_event_key_handler")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_due", ["next_at", "id"], unique=False, postgresql_where=sa.text("done_at IS NULL")
        )

    op.create_table(
        "territory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kato", sa.String(length=9), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "country",
                "oblast",
                "city_republican",
                "capital",
                "district",
                "city_oblast_significance",
                "city_district",
                "city_special_status",
                name="territorykind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_on", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'country') = (parent_id IS NULL)",
            name=op.f("ck_territory_only_the_country_has_no_parent"),
        ),
        sa.CheckConstraint(
            "(population IS NULL) = (population_on IS NULL)", name=op.f("ck_territory_population_has_a_date")
        ),
        sa.CheckConstraint(
            "population IS NULL OR population > 0", name=op.f("ck_territory_population_is_positive")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["territory.id"], name=op.f("fk_territory_parent_id_territory")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory")),
        sa.UniqueConstraint("code", name=op.f("uq_territory_code")),
    )
    with op.batch_alter_table("territory", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_territory_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "agency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ministry",
                "agency",
                "central_other",
                "regional_akimat",
                "regional_maslikhat",
                "district_akimat",
                "district_maslikhat",
                "city_district_akim",
                "not_a_state_body",
                name="agencykind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("territory_id", sa.Integer(), nullable=True),
        sa.Column(
            "addressee_kind",
            sa.Enum(
                "central_body",
                "regional_maslikhat",
                "regional_akimat",
                "district_maslikhat",
                "district_akimat",
                name="addresseekind",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("is_authorised_body", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("has_public_council", sa.Boolean(), nullable=True),
        sa.Column("is_active", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("keywords_kk", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("keywords_ru", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("keywords_en", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("topics", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.Column("confidence", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("search", postgresql.TSVECTOR(), nullable=True),
        sa.CheckConstraint("successor_id <> id", name=op.f("ck_agency_successor_is_another_body")),
        sa.CheckConstraint(
            "successor_id IS NULL OR NOT is_active",
            name=op.f("ck_agency_only_the_dissolved_have_a_successor"),
        ),
        sa.ForeignKeyConstraint(["successor_id"], ["agency.id"], name=op.f("fk_agency_successor_id_agency")),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_agency_territory_id_territory")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("slug", name=op.f("uq_agency_slug")),
    )
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agency_addressee_kind"), ["addressee_kind"], unique=False)
        batch_op.create_index("ix_agency_search", ["search"], unique=False, postgresql_using="gin")
        batch_op.create_index(batch_op.f("ix_agency_territory_id"), ["territory_id"], unique=False)
        batch_op.create_index(
            "uq_agency_is_authorised_body",
            ["is_authorised_body"],
            unique=True,
            postgresql_where=sa.text("is_authorised_body"),
        )

    op.create_table(
        "role_assignment",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "citizen",
                "moderator",
                "officer",
                "head",
                "council_member",
                "administrator",
                name="role",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role NOT IN ('officer', 'head') OR agency_id IS NOT NULL",
            name=op.f("ck_role_assignment_agency_role_has_agency"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_role_assignment_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignment")),
    )
    with op.batch_alter_table("role_assignment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_role_assignment_agency",
            ["agency_id", "role"],
            unique=False,
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_role_assignment_open",
            ["account_id", "role", sa.literal_column("coalesce(agency_id, 0)")],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_account_id", ["account_id"], unique=False)

    op.create_table(
        "territory_population",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("population_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("population > 0", name=op.f("ck_territory_population_population_is_positive")),
        sa.ForeignKeyConstraint(
            ["territory_id"],
            ["territory.id"],
            name=op.f("fk_territory_population_territory_id_territory"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory_population")),
        sa.UniqueConstraint(
            "territory_id",
            "population_on",
            "population",
            name=op.f("uq_territory_population_territory_id_population_on_population"),
        ),
    )
    op.create_table(
        "duty",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "check", "register", "review", "letter_answer", name="dutykind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_number", sa.Integer(), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("deadline", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("calendar_version", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("extension_reason", sa.String(), nullable=True),
        sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fulfilled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fulfilled_on", sa.Date(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(extended_to IS NULL) = (extension_reason IS NULL)", name=op.f("ck_duty_extension_has_reason")
        ),
        sa.CheckConstraint(
            "(fulfilled_at IS NULL) = (fulfilled_on IS NULL)", name=op.f("ck_duty_fulfilled_has_day")
        ),
        sa.CheckConstraint("due_on >= started_on", name=op.f("ck_duty_due_after_start")),
        sa.CheckConstraint(
            "extended_to IS NULL OR extended_to > due_on", name=op.f("ck_duty_extension_is_later")
        ),
        sa.CheckConstraint(
            "fulfilled_at IS NULL OR cancelled_at IS NULL", name=op.f("ck_duty_fulfilled_or_cancelled")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_duty_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.create_index("ix_duty_agency_kind", ["agency_id", "kind"], unique=False)
        batch_op.create_index(
            "ix_duty_open",
            ["agency_id", sa.literal_column("coalesce(extended_to, due_on)")],
            unique=False,
            postgresql_where=sa.text("fulfilled_at IS NULL AND cancelled_at IS NULL"),
        )
        batch_op.create_index("ix_duty_subject", ["subject_kind", "subject_number"], unique=False)

    op.create_table(
        "petition",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "number", sa.Integer(), server_default=sa.text("nextval('petition_number')"), nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "rejected",
                "lapsed",
                "withdrawn",
                "published",
                "supported",
                "forwarded",
                "under_review",
                "decided",
                "returned",
                "answered",
                "closed",
                "removed",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("titles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("arguments", sa.String(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("addressee_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=40), nullable=True),
        sa.Column("author_shown_as", sa.String(), nullable=False),
        sa.Column("draft_steps", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("draft_answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=True),
        sa.Column("threshold_votes", sa.Integer(), nullable=True),
        sa.Column("threshold_rule", sa.String(), nullable=True),
        sa.Column("threshold_percent", sa.Integer(), nullable=True),
        sa.Column("threshold_source", sa.String(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_on", sa.Date(), nullable=True),
        sa.Column("first_support_needed", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("support_token", sa.String(), nullable=True),
        sa.Column("support_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_support_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_duty_id", sa.Integer(), nullable=True),
        sa.Column("check_passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rejection_ground", sa.String(), nullable=True),
        sa.Column("rejection_reason", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supported_log_index", sa.Integer(), nullable=True),
        sa.Column("register_duty_id", sa.Integer(), nullable=True),
        sa.Column("registration_number", sa.String(), nullable=True),
        sa.Column("review_duty_id", sa.Integer(), nullable=True),
        sa.Column("statement_text", sa.String(), nullable=True),
        sa.Column("statement_link", sa.String(), nullable=True),
        sa.Column("statement_on", sa.Date(), nullable=True),
        sa.Column("letter_duty_id", sa.Integer(), nullable=True),
        sa.Column("letter_answer", sa.String(), nullable=True),
        sa.Column("letter_answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_note", sa.String(), nullable=True),
        sa.Column("search_vector", postgresql.TSVECTOR(), nullable=True),
        sa.Column("search_title", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(published_at IS NOT NULL) = (state NOT IN ('draft','submitted','rejected','lapsed','withdrawn'))",
            name=op.f("ck_petition_published"),
        ),
        sa.CheckConstraint(
            "(state = 'rejected') = (rejected_at IS NOT NULL)", name=op.f("ck_petition_rejected")
        ),
        sa.CheckConstraint("language IN ('kk', 'ru', 'en')", name=op.f("ck_petition_language")),
        sa.CheckConstraint(
            "state <> 'answered' OR letter_answer IS NOT NULL", name=op.f("ck_petition_answered")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR state = 'withdrawn' OR submitted_at IS NOT NULL",
            name=op.f("ck_petition_submitted"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('forwarded','under_review','decided') OR register_duty_id IS NOT NULL",
            name=op.f("ck_petition_forwarded"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('returned','answered') OR letter_duty_id IS NOT NULL",
            name=op.f("ck_petition_returned"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('supported','forwarded','under_review','decided') OR supported_at IS NOT NULL",
            name=op.f("ck_petition_supported"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('under_review','decided') OR review_duty_id IS NOT NULL",
            name=op.f("ck_petition_registered"),
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (closes_at IS NULL)", name=op.f("ck_petition_published_closes")
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR (check_passed_at IS NOT NULL AND first_support_at IS NOT NULL)",
            name=op.f("ck_petition_published_after_check_and_support"),
        ),
        sa.CheckConstraint(
            "rejected_at IS NULL OR rejection_ground IS NOT NULL",
            name=op.f("ck_petition_rejected_has_ground"),
        ),
        sa.CheckConstraint(
            "submitted_at IS NULL OR addressee_id IS NOT NULL",
            name=op.f("ck_petition_submitted_has_addressee"),
        ),
        sa.ForeignKeyConstraint(
            ["addressee_id"], ["agency.id"], name=op.f("fk_petition_addressee_id_agency")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_petition_author_id_account")),
        sa.ForeignKeyConstraint(["check_duty_id"], ["duty.id"], name=op.f("fk_petition_check_duty_id_duty")),
        sa.ForeignKeyConstraint(
            ["letter_duty_id"], ["duty.id"], name=op.f("fk_petition_letter_duty_id_duty")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["petition.id"], name=op.f("fk_petition_previous_id_petition")
        ),
        sa.ForeignKeyConstraint(
            ["register_duty_id"], ["duty.id"], name=op.f("fk_petition_register_duty_id_duty")
        ),
        sa.ForeignKeyConstraint(
            ["review_duty_id"], ["duty.id"], name=op.f("fk_petition_review_duty_id_duty")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition")),
        sa.UniqueConstraint("number", name=op.f("uq_petition_number")),
        sa.UniqueConstraint("support_token", name=op.f("uq_petition_support_token")),
    )
    with op.batch_alter_table("petition", schema=None) as batch_op:
        batch_op.create_index("ix_petition_addressee_state", ["addressee_id", "state"], unique=False)
        batch_op.create_index("ix_petition_author_id", ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_petition_region_code"), ["region_code"], unique=False)
        batch_op.create_index("ix_petition_search", ["search_vector"], unique=False, postgresql_using="gin")
        batch_op.create_index("ix_petition_state_published", ["state", "published_at", "id"], unique=False)
        batch_op.create_index(
            "ix_petition_title_trgm",
            ["search_title"],
            unique=False,
            postgresql_using="gin",
            postgresql_ops={"search_title": "gin_trgm_ops"},
        )

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("full", "partial", "refusal", name="outcome", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "published_at IS NULL OR (outcome IS NOT NULL AND signed_by <> '')",
            name=op.f("ck_decision_published_complete"),
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_decision_petition_id_petition")
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["account.id"], name=op.f("fk_decision_saved_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("petition_id", name=op.f("uq_decision_petition_id")),
    )
    op.create_table(
        "demand",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_demand_petition_id_petition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand")),
        sa.UniqueConstraint(
            "petition_id",
            "position",
            deferrable=True,
            initially="DEFERRED",
            name=op.f("uq_demand_petition_id_position"),
        ),
    )
    op.create_table(
        "follow",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("language IN ('kk', 'ru', 'en')", name=op.f("ck_follow_language")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_follow_account_id_account")),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_follow_petition_id_petition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint("token", name=op.f("uq_follow_token")),
    )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.create_index(
            "uq_follow_address", ["petition_id", sa.literal_column("lower(email)")], unique=True
        )

    op.create_table(
        "petition_document",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("author", "review", "decision", name="documentkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_petition_document_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_petition_document_petition_id_petition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_document")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_petition_document_attachment_id")),
    )
    with op.batch_alter_table("petition_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_petition_document_petition_id"), ["petition_id"], unique=False)

    op.create_table(
        "petition_hourly_count",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.Column("invalidated", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_petition_hourly_count_petition_id_petition")
        ),
        sa.PrimaryKeyConstraint("petition_id", "hour", name=op.f("pk_petition_hourly_count")),
    )
    op.create_table(
        "petition_region_tally",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=40), nullable=False),
        sa.Column("signatures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_petition_region_tally_petition_id_petition")
        ),
        sa.PrimaryKeyConstraint("petition_id", "region_code", name=op.f("pk_petition_region_tally")),
    )
    op.create_table(
        "petition_step",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum("announced", "done", "not_needed", name="stepstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'announced' OR place <> ''", name=op.f("ck_petition_step_announced_has_place")
        ),
        sa.CheckConstraint(
            "state = 'announced' OR note <> ''", name=op.f("ck_petition_step_finished_has_note")
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_petition_step_petition_id_petition")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_petition_step_recorded_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_step")),
    )
    with op.batch_alter_table("petition_step", schema=None) as batch_op:
        batch_op.create_index("ix_petition_step_petition", ["petition_id", "id"], unique=False)

    op.create_table(
        "petition_tally",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("signatures", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.Column("invalidated", sa.Integer(), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_petition_tally_petition_id_petition")
        ),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_petition_tally")),
    )
    with op.batch_alter_table("petition_tally", schema=None) as batch_op:
        batch_op.create_index("ix_petition_tally_signatures", ["signatures", "petition_id"], unique=False)

    op.create_table(
        "petition_transition",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "draft",
                "submitted",
                "rejected",
                "lapsed",
                "withdrawn",
                "published",
                "supported",
                "forwarded",
                "under_review",
                "decided",
                "returned",
                "answered",
                "closed",
                "removed",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "target",
            sa.Enum(
                "draft",
                "submitted",
                "rejected",
                "lapsed",
                "withdrawn",
                "published",
                "supported",
                "forwarded",
                "under_review",
                "decided",
                "returned",
                "answered",
                "closed",
                "removed",
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
            ["actor_id"], ["account.id"], name=op.f("fk_petition_transition_actor_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_petition_transition_petition_id_petition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_transition")),
    )
    with op.batch_alter_table("petition_transition", schema=None) as batch_op:
        batch_op.create_index("ix_petition_transition_petition", ["petition_id", "id"], unique=False)

    op.create_table(
        "signature",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("signer_key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("region_code", sa.String(length=40), nullable=False),
        sa.Column("consent_version", sa.String(length=40), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("log_index", sa.BigInteger(), nullable=True),
        sa.Column(
            "departure",
            sa.Enum("withdrawn", "invalidated", name="departure", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("departed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "not_a_citizen",
                "identity_revoked",
                "court",
                "technical",
                name="invalidationreason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("departure_index", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(reason IS NOT NULL) = (coalesce(departure, '') = 'invalidated')",
            name=op.f("ck_signature_invalidated_has_reason"),
        ),
        sa.CheckConstraint(
            "(signer_key IS NULL) = (coalesce(departure, '') = 'withdrawn')",
            name=op.f("ck_signature_withdrawn_is_erased"),
        ),
        sa.CheckConstraint(
            "(departure IS NULL) = (departed_at IS NULL)", name=op.f("ck_signature_departure_has_time")
        ),
        sa.CheckConstraint(
            "departure_index IS NULL OR (departure IS NOT NULL AND log_index IS NOT NULL)",
            name=op.f("ck_signature_departure_order"),
        ),
        sa.CheckConstraint(
            "signer_key IS NULL OR octet_length(signer_key) = 16", name=op.f("ck_signature_signer_key_length")
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_signature_petition_id_petition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("petition_id", "signer_key", name=op.f("uq_signature_petition_id_signer_key")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(
            "ix_signature_departed",
            ["id"],
            unique=False,
            postgresql_where=sa.text("departure IS NOT NULL AND departure_index IS NULL"),
        )
        batch_op.create_index(
            "ix_signature_unlogged", ["id"], unique=False, postgresql_where=sa.text("log_index IS NULL")
        )

    op.create_table(
        "signature_log",
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("sign", "withdraw", "invalidate", name="logkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("ref", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_signature_log_petition_id_petition")
        ),
        sa.PrimaryKeyConstraint("index", name=op.f("pk_signature_log")),
    )
    with op.batch_alter_table("signature_log", schema=None) as batch_op:
        batch_op.create_index("ix_signature_log_petition", ["petition_id", "index"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("fact_key", sa.String(), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("follow_id", sa.BigInteger(), nullable=True),
        sa.Column("values", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["follow_id"], ["follow.id"], name=op.f("fk_delivery_follow_id_follow"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(
            "ix_delivery_due",
            ["next_at", "id"],
            unique=False,
            postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
        )
        batch_op.create_index(
            "uq_delivery_once", ["fact_key", "template", sa.literal_column("lower(email)")], unique=True
        )

    op.create_table(
        "demand_answer",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "accepted",
                "partly",
                "refused",
                "other_body",
                "already_done",
                name="answerkind",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("by_when", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_demand_answer_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_answer_demand_id_demand")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_answer")),
        sa.UniqueConstraint("demand_id", name=op.f("uq_demand_answer_demand_id")),
    )
    with op.batch_alter_table("demand_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_answer_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "answer_rating",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("rater_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column(
            "rating",
            sa.Enum("yes", "partly", "no", name="rating", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["demand_answer.id"], name=op.f("fk_answer_rating_answer_id_demand_answer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_rating")),
        sa.UniqueConstraint("answer_id", "rater_key", name=op.f("uq_answer_rating_answer_id_rater_key")),
    )


def downgrade() -> None:
    op.drop_table("answer_rating")
    with op.batch_alter_table("demand_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demand_answer_decision_id"))

    op.drop_table("demand_answer")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("uq_delivery_once")
        batch_op.drop_index(
            "ix_delivery_due", postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL")
        )

    op.drop_table("delivery")
    with op.batch_alter_table("signature_log", schema=None) as batch_op:
        batch_op.drop_index("ix_signature_log_petition")

    op.drop_table("signature_log")
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_index("ix_signature_unlogged", postgresql_where=sa.text("log_index IS NULL"))
        batch_op.drop_index(
            "ix_signature_departed",
            postgresql_where=sa.text("departure IS NOT NULL AND departure_index IS NULL"),
        )

    op.drop_table("signature")
    with op.batch_alter_table("petition_transition", schema=None) as batch_op:
        batch_op.drop_index("ix_petition_transition_petition")

    op.drop_table("petition_transition")
    with op.batch_alter_table("petition_tally", schema=None) as batch_op:
        batch_op.drop_index("ix_petition_tally_signatures")

    op.drop_table("petition_tally")
    with op.batch_alter_table("petition_step", schema=None) as batch_op:
        batch_op.drop_index("ix_petition_step_petition")

    op.drop_table("petition_step")
    op.drop_table("petition_region_tally")
    op.drop_table("petition_hourly_count")
    with op.batch_alter_table("petition_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_petition_document_petition_id"))

    op.drop_table("petition_document")
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_index("uq_follow_address")

    op.drop_table("follow")
    op.drop_table("demand")
    op.drop_table("decision")
    with op.batch_alter_table("petition", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_petition_title_trgm", postgresql_using="gin", postgresql_ops={"search_title": "gin_trgm_ops"}
        )
        batch_op.drop_index("ix_petition_state_published")
        batch_op.drop_index("ix_petition_search", postgresql_using="gin")
        batch_op.drop_index(batch_op.f("ix_petition_region_code"))
        batch_op.drop_index("ix_petition_author_id")
        batch_op.drop_index("ix_petition_addressee_state")

    op.drop_table("petition")
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_index("ix_duty_subject")
        batch_op.drop_index(
            "ix_duty_open", postgresql_where=sa.text("fulfilled_at IS NULL AND cancelled_at IS NULL")
        )
        batch_op.drop_index("ix_duty_agency_kind")

    op.drop_table("duty")
    op.drop_table("territory_population")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_account_id")

    op.drop_table("sign_in")
    with op.batch_alter_table("role_assignment", schema=None) as batch_op:
        batch_op.drop_index("uq_role_assignment_open", postgresql_where=sa.text("ended_at IS NULL"))
        batch_op.drop_index("ix_role_assignment_agency", postgresql_where=sa.text("ended_at IS NULL"))

    op.drop_table("role_assignment")
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.drop_index("uq_agency_is_authorised_body", postgresql_where=sa.text("is_authorised_body"))
        batch_op.drop_index(batch_op.f("ix_agency_territory_id"))
        batch_op.drop_index("ix_agency_search", postgresql_using="gin")
        batch_op.drop_index(batch_op.f("ix_agency_addressee_kind"))

    op.drop_table("agency")
    with op.batch_alter_table("territory", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_territory_parent_id"))

    op.drop_table("territory")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_due", postgresql_where=sa.text("done_at IS NULL"))

    op.drop_table("outbox")
    op.drop_table("count_proof")
    with op.batch_alter_table("calendar_transfer", schema=None) as batch_op:
        batch_op.drop_index("uq_calendar_transfer_day_in_force", postgresql_where="revoked_at IS NULL")

    op.drop_table("calendar_transfer")
    with op.batch_alter_table("audit_record", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_record_subject")

    op.drop_table("audit_record")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_uploaded_by"))

    op.drop_table("attachment")
    with op.batch_alter_table("archived_petition", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_archived_petition_title_trgm",
            postgresql_using="gin",
            postgresql_ops={"search_title": "gin_trgm_ops"},
        )
        batch_op.drop_index("ix_archived_petition_search", postgresql_using="gin")

    op.drop_table("archived_petition")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index("uq_account_staff_email", postgresql_where=sa.text("password_hash IS NOT NULL"))

    op.drop_table("account")
    op.execute(sa.schema.DropSequence(sa.Sequence("petition_number")))
