"""Public councils: the register, sittings, votes and rulings; recommendations, promises, proposals, public control."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("control_act_number", start=101)))
    op.execute(sa.schema.CreateSequence(sa.Sequence("promise_number", start=101)))
    op.execute(sa.schema.CreateSequence(sa.Sequence("proposal_number", start=101)))
    op.execute(sa.schema.CreateSequence(sa.Sequence("ruling_number", start=101)))
    op.execute(sa.schema.CreateSequence(sa.Sequence("sitting_number", start=101)))
    op.create_table(
        "council",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "republican",
                "quasi_state",
                "regional",
                "city",
                "district",
                name="councillevel",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("body_kk", sa.Text(), nullable=True),
        sa.Column("body_ru", sa.Text(), nullable=True),
        sa.Column("body_en", sa.Text(), nullable=True),
        sa.Column("territory_id", sa.Integer(), nullable=True),
        sa.Column("topics", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("confidence", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("majority", sa.String(length=40), nullable=True),
        sa.Column("tie", sa.String(length=40), nullable=True),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("minutes_working_days", sa.Integer(), nullable=True),
        sa.Column("regulation_link", sa.String(), nullable=True),
        sa.CheckConstraint(
            "agency_id IS NOT NULL OR body_kk IS NOT NULL", name=op.f("ck_council_belongs_to_a_body")
        ),
        sa.CheckConstraint("seats IS NULL OR seats > 0", name=op.f("ck_council_has_seats")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_council_agency_id_agency")),
        sa.ForeignKeyConstraint(["approver_id"], ["agency.id"], name=op.f("fk_council_approver_id_agency")),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_council_territory_id_territory")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council")),
        sa.UniqueConstraint("slug", name=op.f("uq_council_slug")),
    )
    with op.batch_alter_table("council", schema=None) as batch_op:
        batch_op.create_index("ix_council_agency", ["agency_id"], unique=False)
        batch_op.create_index("ix_council_level", ["level", "territory_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_council_territory_id"), ["territory_id"], unique=False)

    op.create_table(
        "council_commission",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_council_commission_council_id_council")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_commission")),
    )
    with op.batch_alter_table("council_commission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_commission_council_id"), ["council_id"], unique=False)

    op.create_table(
        "council_competition",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "preparing",
                "announced",
                "closed",
                "decided",
                "approved",
                "cancelled",
                name="competitionstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("texts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("applications_until", sa.Date(), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("cancellation_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'approved') = (approved_at IS NOT NULL)", name=op.f("ck_council_competition_approved")
        ),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancellation_reason IS NOT NULL)",
            name=op.f("ck_council_competition_cancelled"),
        ),
        sa.CheckConstraint(
            "state IN ('preparing','cancelled') OR announced_at IS NOT NULL",
            name=op.f("ck_council_competition_announced"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('decided','approved') OR decided_at IS NOT NULL",
            name=op.f("ck_council_competition_decided"),
        ),
        sa.CheckConstraint("seats > 0", name=op.f("ck_council_competition_has_seats")),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["account.id"], name=op.f("fk_council_competition_approved_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_council_competition_council_id_council")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_council_competition_created_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_competition")),
    )
    with op.batch_alter_table("council_competition", schema=None) as batch_op:
        batch_op.create_index(
            "uq_council_competition_running",
            ["council_id"],
            unique=True,
            postgresql_where=sa.text("state NOT IN ('approved','cancelled')"),
        )

    op.create_table(
        "council_member",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum("civil_society", "body", name="origin", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("ngo", sa.Text(), nullable=True),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("removal_ground", sa.String(length=40), nullable=True),
        sa.Column("removal_note", sa.String(), nullable=True),
        sa.Column("in_presidium", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("seated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (removal_ground IS NULL)",
            name=op.f("ck_council_member_removed_with_ground"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_council_member_term_in_order")),
        sa.CheckConstraint("term > 0", name=op.f("ck_council_member_term_counts")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_council_member_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_council_member_council_id_council")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_member")),
    )
    with op.batch_alter_table("council_member", schema=None) as batch_op:
        batch_op.create_index("ix_council_member_account", ["account_id"], unique=False)
        batch_op.create_index("ix_council_member_council", ["council_id", "ends_on"], unique=False)
        batch_op.create_index(
            "uq_council_member_account_term",
            ["council_id", "account_id", "starts_on"],
            unique=True,
            postgresql_where=sa.text("account_id IS NOT NULL"),
        )

    op.create_table(
        "council_record",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("parallel", sa.String(length=120), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("agenda", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("decisions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("is_truncated", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_council_record_council_id_council")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_record")),
        sa.UniqueConstraint("source_id", name=op.f("uq_council_record_source_id")),
    )
    with op.batch_alter_table("council_record", schema=None) as batch_op:
        batch_op.create_index("ix_council_record_council", ["council_id", "held_on"], unique=False)

    op.create_table(
        "council_secretary",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_council_secretary_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_council_secretary_council_id_council")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_secretary")),
    )
    with op.batch_alter_table("council_secretary", schema=None) as batch_op:
        batch_op.create_index("ix_council_secretary_account", ["account_id"], unique=False)
        batch_op.create_index(
            "uq_council_secretary_open",
            ["council_id", "account_id"],
            unique=True,
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "gathering",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sitting",
                "hearing",
                "discussion",
                "monitoring",
                "expertise",
                "head_report",
                name="gatheringkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("territory_id", sa.Integer(), nullable=True),
        sa.Column("titles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancellation_reason", sa.String(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "published_at IS NULL OR place <> '' OR link IS NOT NULL",
            name=op.f("ck_gathering_has_place_or_link"),
        ),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancellation_reason IS NULL)",
            name=op.f("ck_gathering_cancelled_with_reason"),
        ),
        sa.CheckConstraint(
            "ends_at IS NULL OR ends_at > starts_at", name=op.f("ck_gathering_ends_after_start")
        ),
        sa.CheckConstraint("places IS NULL OR places > 0", name=op.f("ck_gathering_takes_guests")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_gathering_agency_id_agency")),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_gathering_council_id_council")),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_gathering_territory_id_territory")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_gathering_kind_number")),
    )
    with op.batch_alter_table("gathering", schema=None) as batch_op:
        batch_op.create_index("ix_gathering_council", ["council_id", "starts_at"], unique=False)
        batch_op.create_index(
            "ix_gathering_starts",
            ["starts_at", "id"],
            unique=False,
            postgresql_where=sa.text("published_at IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_gathering_territory_id"), ["territory_id"], unique=False)

    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "number", sa.Integer(), server_default=sa.text("nextval('promise_number')"), nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum("open", "done", "dropped", name="state", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("source_kind", sa.String(length=40), nullable=False),
        sa.Column("source_number", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=True),
        sa.Column("subject_number", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closing_words", sa.String(), nullable=True),
        sa.Column("proof_link", sa.String(), nullable=True),
        sa.Column("proof_file_id", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found_late_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f("ck_promise_closed")),
        sa.CheckConstraint("language IN ('kk', 'ru', 'en')", name=op.f("ck_promise_language")),
        sa.CheckConstraint("state <> 'done' OR done_on IS NOT NULL", name=op.f("ck_promise_done_has_day")),
        sa.CheckConstraint(
            "state <> 'done' OR proof_link IS NOT NULL OR proof_file_id IS NOT NULL",
            name=op.f("ck_promise_done_has_proof"),
        ),
        sa.CheckConstraint(
            "state = 'open' OR closing_words IS NOT NULL", name=op.f("ck_promise_closed_with_words")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_promise_agency_id_agency")),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_promise_closed_by_account")),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_promise_council_id_council")),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_promise_entered_by_account")),
        sa.ForeignKeyConstraint(
            ["proof_file_id"], ["attachment.id"], name=op.f("fk_promise_proof_file_id_attachment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
        sa.UniqueConstraint("number", name=op.f("uq_promise_number")),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index("ix_promise_agency", ["agency_id", "state", "due_on"], unique=False)
        batch_op.create_index(
            "ix_promise_council",
            ["council_id"],
            unique=False,
            postgresql_where=sa.text("council_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_promise_due", ["due_on", "id"], unique=False, postgresql_where=sa.text("state = 'open'")
        )
        batch_op.create_index("ix_promise_source", ["source_kind", "source_number"], unique=False)
        batch_op.create_index(
            "ix_promise_subject",
            ["subject_kind", "subject_number"],
            unique=False,
            postgresql_where=sa.text("subject_kind IS NOT NULL"),
        )

    op.create_table(
        "council_candidacy",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "applied",
                "withdrawn",
                "chosen",
                "reserve",
                "declined",
                name="candidacystate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ngo", sa.Text(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("checklist", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.String(), nullable=True),
        sa.Column("votes", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("reserve_place", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'reserve') = (reserve_place IS NOT NULL)",
            name=op.f("ck_council_candidacy_reserve_has_place"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_council_candidacy_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["competition_id"],
            ["council_competition.id"],
            name=op.f("fk_council_candidacy_competition_id_council_competition"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["council_member.id"], name=op.f("fk_council_candidacy_member_id_council_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_candidacy")),
        sa.UniqueConstraint(
            "competition_id", "account_id", name=op.f("uq_council_candidacy_competition_id_account_id")
        ),
    )
    with op.batch_alter_table("council_candidacy", schema=None) as batch_op:
        batch_op.create_index("ix_council_candidacy_account", ["account_id"], unique=False)

    op.create_table(
        "council_commission_seat",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("is_head", sa.Boolean(), server_default="false", nullable=False),
        sa.ForeignKeyConstraint(
            ["commission_id"],
            ["council_commission.id"],
            name=op.f("fk_council_commission_seat_commission_id_council_commission"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["council_member.id"],
            name=op.f("fk_council_commission_seat_member_id_council_member"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_commission_seat")),
        sa.UniqueConstraint(
            "commission_id", "member_id", name=op.f("uq_council_commission_seat_commission_id_member_id")
        ),
    )
    op.create_table(
        "council_office",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("chair", "deputy", name="officekind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_council_office_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_council_office_council_id_council")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["council_member.id"], name=op.f("fk_council_office_member_id_council_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_office")),
    )
    with op.batch_alter_table("council_office", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_office_council_id"), ["council_id"], unique=False)
        batch_op.create_index(
            "uq_council_office_chair",
            ["council_id"],
            unique=True,
            postgresql_where=sa.text("kind = 'chair' AND until_on IS NULL"),
        )

    op.create_table(
        "council_working_group_member",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum("civil_society", "body", name="origin", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("is_head", sa.Boolean(), server_default="false", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_council_working_group_member_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["competition_id"],
            ["council_competition.id"],
            name=op.f("fk_council_working_group_member_competition_id_council_competition"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_working_group_member")),
    )
    with op.batch_alter_table("council_working_group_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_council_working_group_member_competition_id"), ["competition_id"], unique=False
        )

    op.create_table(
        "gathering_guest",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("in_person", "online", name="guestmode", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("wants_to_speak", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_gathering_guest_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_gathering_guest_gathering_id_gathering")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering_guest")),
        sa.UniqueConstraint(
            "gathering_id", "account_id", name=op.f("uq_gathering_guest_gathering_id_account_id")
        ),
    )
    with op.batch_alter_table("gathering_guest", schema=None) as batch_op:
        batch_op.create_index("ix_gathering_guest_account", ["account_id"], unique=False)

    op.create_table(
        "gathering_move",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("was_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_place", sa.String(), nullable=False),
        sa.Column("was_link", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_gathering_move_by_account")),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_gathering_move_gathering_id_gathering")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering_move")),
    )
    with op.batch_alter_table("gathering_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gathering_move_gathering_id"), ["gathering_id"], unique=False)

    op.create_table(
        "promise_entry",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("was_due_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_promise_entry_by_account")),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_promise_entry_promise_id_promise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_entry")),
    )
    with op.batch_alter_table("promise_entry", schema=None) as batch_op:
        batch_op.create_index("ix_promise_entry_promise", ["promise_id", "id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "number", sa.Integer(), server_default=sa.text("nextval('proposal_number')"), nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "taken_up",
                "declined",
                "done",
                "withdrawn",
                "hidden",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("region_code", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answer_language", sa.String(length=2), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("result_link", sa.String(), nullable=True),
        sa.Column("hidden_reason", sa.String(length=40), nullable=True),
        sa.Column("supports", sa.Integer(), server_default="0", nullable=False),
        sa.Column("search_title", sa.String(), nullable=True),
        sa.Column("search_vector", postgresql.TSVECTOR(), nullable=True),
        sa.CheckConstraint(
            "(state = 'hidden') = (hidden_reason IS NOT NULL)", name=op.f("ck_proposal_hidden_with_reason")
        ),
        sa.CheckConstraint("language IN ('kk', 'ru', 'en')", name=op.f("ck_proposal_language")),
        sa.CheckConstraint(
            "state <> 'declined' OR answer IS NOT NULL", name=op.f("ck_proposal_declined_with_reason")
        ),
        sa.CheckConstraint(
            "state NOT IN ('taken_up','declined','done') OR answered_at IS NOT NULL",
            name=op.f("ck_proposal_answered"),
        ),
        sa.CheckConstraint(
            "(agency_id IS NULL) <> (council_id IS NULL)", name=op.f("ck_proposal_of_one_addressee")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_proposal_agency_id_agency")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_proposal_author_id_account")),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_proposal_council_id_council")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_proposal_duty_id_duty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("number", name=op.f("uq_proposal_number")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(
            "ix_proposal_agency",
            ["agency_id", "state", sa.literal_column("supports DESC"), sa.literal_column("id DESC")],
            unique=False,
        )
        batch_op.create_index("ix_proposal_author", ["author_id"], unique=False)
        batch_op.create_index(
            "ix_proposal_council",
            ["council_id", "state", sa.literal_column("supports DESC"), sa.literal_column("id DESC")],
            unique=False,
        )
        batch_op.create_index(
            "ix_proposal_created",
            [sa.literal_column("created_at DESC"), sa.literal_column("id DESC")],
            unique=False,
        )
        batch_op.create_index("ix_proposal_search", ["search_vector"], unique=False, postgresql_using="gin")
        batch_op.create_index(
            "ix_proposal_state",
            ["state", sa.literal_column("supports DESC"), sa.literal_column("id DESC")],
            unique=False,
        )
        batch_op.create_index(
            "ix_proposal_supports",
            [sa.literal_column("supports DESC"), sa.literal_column("id DESC")],
            unique=False,
        )
        batch_op.create_index(
            "ix_proposal_title",
            ["search_title"],
            unique=False,
            postgresql_using="gin",
            postgresql_ops={"search_title": "gin_trgm_ops"},
        )

    op.create_table(
        "recommendation_list",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "preparing", "issued", "answered", "withdrawn", name="state", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("source_kind", sa.String(length=40), nullable=False),
        sa.Column("source_number", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=True),
        sa.Column("subject_number", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("council_id", sa.Integer(), nullable=True),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signature_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("signed_name", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'answered') = (answered_at IS NOT NULL)", name=op.f("ck_recommendation_list_answered")
        ),
        sa.CheckConstraint(
            "state = 'preparing' OR issued_at IS NOT NULL", name=op.f("ck_recommendation_list_issued")
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_recommendation_list_answered_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_recommendation_list_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_recommendation_list_answered_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_recommendation_list_council_id_council")
        ),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_recommendation_list_duty_id_duty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_list")),
        sa.UniqueConstraint(
            "source_kind", "source_number", name=op.f("uq_recommendation_list_source_kind_source_number")
        ),
    )
    with op.batch_alter_table("recommendation_list", schema=None) as batch_op:
        batch_op.create_index("ix_recommendation_list_agency", ["agency_id", "state"], unique=False)
        batch_op.create_index("ix_recommendation_list_council", ["council_id", "state"], unique=False)
        batch_op.create_index(
            "ix_recommendation_list_subject", ["subject_kind", "subject_number"], unique=False
        )

    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "number", sa.Integer(), server_default=sa.text("nextval('sitting_number')"), nullable=False
        ),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "preparing",
                "called",
                "in_session",
                "closed",
                "recorded",
                "cancelled",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("presiding_id", sa.Integer(), nullable=True),
        sa.Column("members_total", sa.Integer(), nullable=True),
        sa.Column("quorum", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state NOT IN ('called','in_session','closed','recorded') OR called_at IS NOT NULL",
            name=op.f("ck_sitting_called"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('closed','recorded') OR closed_at IS NOT NULL", name=op.f("ck_sitting_closed")
        ),
        sa.CheckConstraint(
            "state NOT IN ('in_session','closed','recorded') OR (opened_at IS NOT NULL AND members_total IS NOT NULL AND quorum IS NOT NULL AND presiding_id IS NOT NULL)",
            name=op.f("ck_sitting_opened"),
        ),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_sitting_council_id_council")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_sitting_created_by_account")),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_sitting_gathering_id_gathering")
        ),
        sa.ForeignKeyConstraint(
            ["presiding_id"], ["council_member.id"], name=op.f("fk_sitting_presiding_id_council_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("gathering_id", name=op.f("uq_sitting_gathering_id")),
        sa.UniqueConstraint("number", name=op.f("uq_sitting_number")),
    )
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.create_index("ix_sitting_council", ["council_id", "id"], unique=False)

    op.create_table(
        "control_act",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "number", sa.Integer(), server_default=sa.text("nextval('control_act_number')"), nullable=False
        ),
        sa.Column(
            "form",
            sa.Enum(
                "hearing",
                "public_discussion",
                "monitoring",
                "expertise",
                "head_report",
                name="form",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "preparing",
                "announced",
                "held",
                "concluded",
                "cancelled",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("initiator", sa.Text(), nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("titles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("subjects", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("programmes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("in_favour", sa.Integer(), nullable=True),
        sa.Column("final_texts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("assessment", sa.String(length=40), nullable=True),
        sa.Column("signed_name", sa.String(), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_duty_id", sa.Integer(), nullable=True),
        sa.Column("list_id", sa.Integer(), nullable=True),
        sa.Column("cancellation_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancellation_reason IS NOT NULL)", name=op.f("ck_control_act_cancelled")
        ),
        sa.CheckConstraint(
            "state <> 'concluded' OR (concluded_at IS NOT NULL AND signed_name IS NOT NULL AND final_texts ? 'kk' AND final_texts ? 'ru')",
            name=op.f("ck_control_act_concluded"),
        ),
        sa.CheckConstraint(
            "state IN ('preparing','cancelled') OR announced_at IS NOT NULL",
            name=op.f("ck_control_act_announced"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('held','concluded') OR held_on IS NOT NULL", name=op.f("ck_control_act_held")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_control_act_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_control_act_council_id_council")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_control_act_created_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["document_duty_id"], ["duty.id"], name=op.f("fk_control_act_document_duty_id_duty")
        ),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_control_act_gathering_id_gathering")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["recommendation_list.id"], name=op.f("fk_control_act_list_id_recommendation_list")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_act")),
        sa.UniqueConstraint("gathering_id", name=op.f("uq_control_act_gathering_id")),
        sa.UniqueConstraint("list_id", name=op.f("uq_control_act_list_id")),
        sa.UniqueConstraint("number", name=op.f("uq_control_act_number")),
    )
    with op.batch_alter_table("control_act", schema=None) as batch_op:
        batch_op.create_index("ix_control_act_agency", ["agency_id", "state"], unique=False)
        batch_op.create_index(
            "ix_control_act_announced",
            ["announced_at", "id"],
            unique=False,
            postgresql_where=sa.text("announced_at IS NOT NULL"),
        )
        batch_op.create_index("ix_control_act_council", ["council_id", "state"], unique=False)

    op.create_table(
        "council_candidacy_file",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("requirement", sa.String(length=40), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_council_candidacy_file_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"],
            ["council_candidacy.id"],
            name=op.f("fk_council_candidacy_file_candidacy_id_council_candidacy"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_candidacy_file")),
    )
    with op.batch_alter_table("council_candidacy_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_council_candidacy_file_candidacy_id"), ["candidacy_id"], unique=False
        )

    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("chair_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("secretary_id", sa.Integer(), nullable=True),
        sa.Column("secretary_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "published_at IS NULL OR (chair_signed_at IS NOT NULL AND secretary_signed_at IS NOT NULL)",
            name=op.f("ck_minutes_published_is_signed"),
        ),
        sa.ForeignKeyConstraint(
            ["chair_id"], ["council_member.id"], name=op.f("fk_minutes_chair_id_council_member")
        ),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_minutes_duty_id_duty")),
        sa.ForeignKeyConstraint(
            ["secretary_id"], ["account.id"], name=op.f("fk_minutes_secretary_id_account")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_minutes_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("sitting_id", name=op.f("uq_minutes_sitting_id")),
    )
    op.create_table(
        "proposal_step",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("from_council_id", sa.Integer(), nullable=True),
        sa.Column("from_agency_id", sa.Integer(), nullable=True),
        sa.Column("to_council_id", sa.Integer(), nullable=True),
        sa.Column("to_agency_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_proposal_step_by_account")),
        sa.ForeignKeyConstraint(
            ["from_agency_id"], ["agency.id"], name=op.f("fk_proposal_step_from_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["from_council_id"], ["council.id"], name=op.f("fk_proposal_step_from_council_id_council")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_step_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["to_agency_id"], ["agency.id"], name=op.f("fk_proposal_step_to_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["to_council_id"], ["council.id"], name=op.f("fk_proposal_step_to_council_id_council")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_step")),
    )
    with op.batch_alter_table("proposal_step", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_step_proposal", ["proposal_id", "id"], unique=False)

    op.create_table(
        "proposal_support",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_proposal_support_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_support_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_support")),
        sa.UniqueConstraint(
            "proposal_id", "account_id", name=op.f("uq_proposal_support_proposal_id_account_id")
        ),
    )
    with op.batch_alter_table("proposal_support", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_support_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_proposal_support_at", ["at"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("texts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("clause_key", sa.String(length=40), nullable=True),
        sa.Column("clause_path", sa.String(), nullable=True),
        sa.Column("clause_label", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("clause_version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(clause_key IS NULL) = (clause_version IS NULL)",
            name=op.f("ck_recommendation_clause_has_version"),
        ),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["recommendation_list.id"],
            name=op.f("fk_recommendation_list_id_recommendation_list"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("list_id", "position", name=op.f("uq_recommendation_list_id_position")),
    )
    op.create_table(
        "sitting_attendance",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "present",
                "remote",
                "excused",
                "absent",
                "left",
                name="attendancekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["council_member.id"], name=op.f("fk_sitting_attendance_member_id_council_member")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["account.id"], name=op.f("fk_sitting_attendance_noted_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_attendance_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_attendance")),
    )
    with op.batch_alter_table("sitting_attendance", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sitting_attendance_sitting", ["sitting_id", "member_id", "id"], unique=False
        )

    op.create_table(
        "control_file",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "programme",
                "material",
                "group_protocol",
                "photo",
                "report",
                "co_report",
                "final",
                name="purpose",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["act_id"], ["control_act.id"], name=op.f("fk_control_file_act_id_control_act")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_control_file_attachment_id_attachment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_file")),
    )
    with op.batch_alter_table("control_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_control_file_act_id"), ["act_id"], unique=False)

    op.create_table(
        "control_participant",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "chair",
                "secretary",
                "speaker",
                "group_member",
                "expert",
                "head_of_body",
                "co_reporter",
                name="role",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("qualification", sa.String(), nullable=True),
        sa.Column("years_in_field", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["act_id"], ["control_act.id"], name=op.f("fk_control_participant_act_id_control_act")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_participant")),
    )
    with op.batch_alter_table("control_participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_control_participant_act_id"), ["act_id"], unique=False)

    op.create_table(
        "control_question",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(length=40), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supports", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("language IN ('kk', 'ru', 'en')", name=op.f("ck_control_question_language")),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_control_question_answered")
        ),
        sa.CheckConstraint(
            "(hidden_at IS NULL) = (hidden_reason IS NULL)",
            name=op.f("ck_control_question_hidden_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["act_id"], ["control_act.id"], name=op.f("fk_control_question_act_id_control_act")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_control_question_author_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_question")),
    )
    with op.batch_alter_table("control_question", schema=None) as batch_op:
        batch_op.create_index(
            "ix_control_question_act",
            ["act_id", sa.literal_column("supports DESC"), sa.literal_column("id DESC")],
            unique=False,
        )
        batch_op.create_index("ix_control_question_author", ["author_id"], unique=False)

    op.create_table(
        "control_visit",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["act_id"], ["control_act.id"], name=op.f("fk_control_visit_act_id_control_act")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_visit")),
    )
    with op.batch_alter_table("control_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_control_visit_act_id"), ["act_id"], unique=False)

    op.create_table(
        "council_examination",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "ruled",
                "tacit",
                "withdrawn",
                name="examinationstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("rapporteur_id", sa.Integer(), nullable=True),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (ended_at IS NULL)", name=op.f("ck_council_examination_ended")
        ),
        sa.ForeignKeyConstraint(
            ["council_id"], ["council.id"], name=op.f("fk_council_examination_council_id_council")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft_act.id"], name=op.f("fk_council_examination_draft_id_draft_act")
        ),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_council_examination_duty_id_duty")),
        sa.ForeignKeyConstraint(
            ["rapporteur_id"],
            ["council_member.id"],
            name=op.f("fk_council_examination_rapporteur_id_council_member"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_examination")),
        sa.UniqueConstraint(
            "council_id", "draft_id", name=op.f("uq_council_examination_council_id_draft_id")
        ),
    )
    with op.batch_alter_table("council_examination", schema=None) as batch_op:
        batch_op.create_index("ix_council_examination_draft", ["draft_id"], unique=False)
        batch_op.create_index("ix_council_examination_rapporteur", ["rapporteur_id"], unique=False)
        batch_op.create_index(
            "ix_council_examination_waiting",
            ["council_id", "id"],
            unique=False,
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "minutes_addition",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.CheckConstraint("language IN ('kk', 'ru')", name=op.f("ck_minutes_addition_language")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_minutes_addition_by_account")),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_addition_minutes_id_minutes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_addition")),
    )
    with op.batch_alter_table("minutes_addition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_addition_minutes_id"), ["minutes_id"], unique=False)

    op.create_table(
        "minutes_file",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("format", sa.String(length=8), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_minutes_file_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_file_minutes_id_minutes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_file")),
        sa.UniqueConstraint(
            "minutes_id", "language", "format", name=op.f("uq_minutes_file_minutes_id_language_format")
        ),
    )
    op.create_table(
        "recommendation_answer",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("accepted", "partly", "refused", name="answerkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("by_when", sa.Date(), nullable=True),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind = 'accepted' OR reasons <> ''", name=op.f("ck_recommendation_answer_refused_says_why")
        ),
        sa.CheckConstraint(
            "kind = 'refused' OR (change <> '' AND by_when IS NOT NULL)",
            name=op.f("ck_recommendation_answer_accepted_says_what"),
        ),
        sa.CheckConstraint("language IN ('kk', 'ru')", name=op.f("ck_recommendation_answer_language")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_answer_recommendation_id_recommendation"),
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["account.id"], name=op.f("fk_recommendation_answer_saved_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_answer")),
        sa.UniqueConstraint("recommendation_id", name=op.f("uq_recommendation_answer_recommendation_id")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "draft",
                "petition",
                "proposal",
                "matter",
                "other",
                name="itemkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "decided",
                "heard",
                "postponed",
                "dropped",
                name="itemstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("titles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("matter", sa.String(length=40), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("petition_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("examination_id", sa.Integer(), nullable=True),
        sa.Column("rapporteur_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proceedings", sa.Text(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("(kind = 'draft') = (draft_id IS NOT NULL)", name=op.f("ck_agenda_item_draft")),
        sa.CheckConstraint("(kind = 'matter') = (matter IS NOT NULL)", name=op.f("ck_agenda_item_matter")),
        sa.CheckConstraint(
            "(kind = 'petition') = (petition_id IS NOT NULL)", name=op.f("ck_agenda_item_petition")
        ),
        sa.CheckConstraint(
            "(kind = 'proposal') = (proposal_id IS NOT NULL)", name=op.f("ck_agenda_item_proposal")
        ),
        sa.CheckConstraint(
            "state <> 'dropped' OR note IS NOT NULL", name=op.f("ck_agenda_item_dropped_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft_act.id"], name=op.f("fk_agenda_item_draft_id_draft_act")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"],
            ["council_examination.id"],
            name=op.f("fk_agenda_item_examination_id_council_examination"),
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_agenda_item_petition_id_petition")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_agenda_item_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["rapporteur_id"], ["council_member.id"], name=op.f("fk_agenda_item_rapporteur_id_council_member")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_agenda_item_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint(
            "sitting_id",
            "position",
            deferrable=True,
            initially="DEFERRED",
            name=op.f("uq_agenda_item_sitting_id_position"),
        ),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_item_draft", ["draft_id"], unique=False)
        batch_op.create_index("ix_agenda_item_petition", ["petition_id"], unique=False)
        batch_op.create_index("ix_agenda_item_proposal", ["proposal_id"], unique=False)

    op.create_table(
        "control_question_support",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_control_question_support_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["control_question.id"],
            name=op.f("fk_control_question_support_question_id_control_question"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_question_support")),
        sa.UniqueConstraint(
            "question_id", "account_id", name=op.f("uq_control_question_support_question_id_account_id")
        ),
    )
    with op.batch_alter_table("control_question_support", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_control_question_support_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index("ix_control_question_support_at", ["at"], unique=False)

    op.create_table(
        "agenda_item_conflict",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["account.id"], name=op.f("fk_agenda_item_conflict_declared_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_agenda_item_conflict_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["council_member.id"],
            name=op.f("fk_agenda_item_conflict_member_id_council_member"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item_conflict")),
        sa.UniqueConstraint("item_id", "member_id", name=op.f("uq_agenda_item_conflict_item_id_member_id")),
    )
    op.create_table(
        "agenda_item_file",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_agenda_item_file_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_agenda_item_file_item_id_agenda_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item_file")),
    )
    with op.batch_alter_table("agenda_item_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_file_item_id"), ["item_id"], unique=False)

    op.create_table(
        "agenda_item_opinion",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("language IN ('kk', 'ru')", name=op.f("ck_agenda_item_opinion_language")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_agenda_item_opinion_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["council_member.id"], name=op.f("fk_agenda_item_opinion_member_id_council_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item_opinion")),
        sa.UniqueConstraint("item_id", "member_id", name=op.f("uq_agenda_item_opinion_item_id_member_id")),
    )
    op.create_table(
        "voting",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "closed", "annulled", name="votingstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("questions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("majority", sa.String(length=40), nullable=False),
        sa.Column("tie", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("eligible", sa.Integer(), nullable=True),
        sa.Column("in_favour", sa.Integer(), nullable=True),
        sa.Column("against", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("needed", sa.Integer(), nullable=True),
        sa.Column("is_adopted", sa.Boolean(), nullable=True),
        sa.Column("chair_decided", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("annulment_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'annulled') = (annulment_reason IS NOT NULL)",
            name=op.f("ck_voting_annulled_with_reason"),
        ),
        sa.CheckConstraint(
            "state <> 'closed' OR num_nulls(closed_at, in_favour, against, abstained, present, eligible, is_adopted) = 0",
            name=op.f("ck_voting_closed_is_counted"),
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_voting_closed_by_account")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_voting_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name=op.f("fk_voting_opened_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting")),
        sa.UniqueConstraint("item_id", "position", name=op.f("uq_voting_item_id_position")),
    )
    with op.batch_alter_table("voting", schema=None) as batch_op:
        batch_op.create_index(
            "uq_voting_open", ["item_id"], unique=True, postgresql_where=sa.text("state = 'open'")
        )

    op.create_table(
        "ruling",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Integer(), server_default=sa.text("nextval('ruling_number')"), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("voting_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum("preparing", "published", name="rulingstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("texts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signer_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'published' OR (texts ? 'kk' AND texts ? 'ru' AND signer_id IS NOT NULL AND signed_at IS NOT NULL AND published_at IS NOT NULL)",
            name=op.f("ck_ruling_published_in_both_languages"),
        ),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_ruling_council_id_council")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_ruling_item_id_agenda_item")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["recommendation_list.id"], name=op.f("fk_ruling_list_id_recommendation_list")
        ),
        sa.ForeignKeyConstraint(["saved_by"], ["account.id"], name=op.f("fk_ruling_saved_by_account")),
        sa.ForeignKeyConstraint(
            ["signer_id"], ["council_member.id"], name=op.f("fk_ruling_signer_id_council_member")
        ),
        sa.ForeignKeyConstraint(["voting_id"], ["voting.id"], name=op.f("fk_ruling_voting_id_voting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
        sa.UniqueConstraint("item_id", name=op.f("uq_ruling_item_id")),
        sa.UniqueConstraint("list_id", name=op.f("uq_ruling_list_id")),
        sa.UniqueConstraint("number", name=op.f("uq_ruling_number")),
        sa.UniqueConstraint("voting_id", name=op.f("uq_ruling_voting_id")),
    )
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.create_index("ix_ruling_council", ["council_id", "published_at"], unique=False)
        batch_op.create_index(
            "ix_ruling_published",
            ["published_at", "id"],
            unique=False,
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("voting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum("for", "against", "abstained", name="choice", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("is_remote", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (void_reason IS NULL)", name=op.f("ck_vote_voided_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["council_member.id"], name=op.f("fk_vote_member_id_council_member")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_vote_recorded_by_account")),
        sa.ForeignKeyConstraint(["voting_id"], ["voting.id"], name=op.f("fk_vote_voting_id_voting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("voting_id", "member_id", name=op.f("uq_vote_voting_id_member_id")),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index("ix_vote_member", ["member_id"], unique=False)

    op.create_table(
        "vote_correction",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("voting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "was",
            sa.Enum("for", "against", "abstained", name="choice", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column(
            "choice",
            sa.Enum("for", "against", "abstained", name="choice", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_vote_correction_by_account")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["council_member.id"], name=op.f("fk_vote_correction_member_id_council_member")
        ),
        sa.ForeignKeyConstraint(
            ["voting_id"], ["voting.id"], name=op.f("fk_vote_correction_voting_id_voting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_correction")),
    )
    with op.batch_alter_table("vote_correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_correction_voting_id"), ["voting_id"], unique=False)

    op.create_table(
        "vote_dissent",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("voting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("language IN ('kk', 'ru')", name=op.f("ck_vote_dissent_language")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["council_member.id"], name=op.f("fk_vote_dissent_member_id_council_member")
        ),
        sa.ForeignKeyConstraint(["voting_id"], ["voting.id"], name=op.f("fk_vote_dissent_voting_id_voting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_dissent")),
        sa.UniqueConstraint("voting_id", "member_id", name=op.f("uq_vote_dissent_voting_id_member_id")),
    )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.add_column(sa.Column("council_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("agency_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(
            "ix_duty_council",
            ["council_id", sa.literal_column("coalesce(extended_to, due_on)")],
            unique=False,
            postgresql_where=sa.text("council_id IS NOT NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_duty_council_id_council"), "council", ["council_id"], ["id"]
        )

    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.add_column(sa.Column("council_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            "uq_follow_council_address", ["council_id", sa.literal_column("lower(email)")], unique=True
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_follow_council_id_council"), "council", ["council_id"], ["id"]
        )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_duty_fulfilled_or_cancelled"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_duty_ended_once"), "num_nonnulls(fulfilled_at, cancelled_at, lapsed_at) <= 1"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_duty_of_one_body"), "(agency_id IS NULL) <> (council_id IS NULL)"
        )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_follow_of_one_thing"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_follow_of_one_thing"), "num_nonnulls(petition_id, draft_id, council_id) = 1"
        )


def downgrade() -> None:
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_duty_of_one_body"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_duty_ended_once"), type_="check")
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_follow_of_one_thing"), type_="check")
    op.execute("DELETE FROM follow WHERE council_id IS NOT NULL")
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_follow_council_id_council"), type_="foreignkey")
        batch_op.drop_index("uq_follow_council_address")
        batch_op.drop_column("council_id")

    # The older table has no place for what councils owed, nor for the new kinds of duty; whatever points to them goes
    # with the tables below.
    op.execute("TRUNCATE council_examination, minutes, recommendation_list, proposal, control_act CASCADE")
    op.execute(
        "DELETE FROM duty WHERE council_id IS NOT NULL OR lapsed_at IS NOT NULL OR kind IN "
        "('recommendation_answers', 'control_document', 'proposal_answer', 'minutes', 'council_recommendations')"
    )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_duty_council_id_council"), type_="foreignkey")
        batch_op.drop_index("ix_duty_council", postgresql_where=sa.text("council_id IS NOT NULL"))
        batch_op.alter_column("agency_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("lapsed_at")
        batch_op.drop_column("council_id")

    op.drop_table("vote_dissent")
    with op.batch_alter_table("vote_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vote_correction_voting_id"))

    op.drop_table("vote_correction")
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.drop_index("ix_vote_member")

    op.drop_table("vote")
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.drop_index("ix_ruling_published", postgresql_where=sa.text("state = 'published'"))
        batch_op.drop_index("ix_ruling_council")

    op.drop_table("ruling")
    with op.batch_alter_table("voting", schema=None) as batch_op:
        batch_op.drop_index("uq_voting_open", postgresql_where=sa.text("state = 'open'"))

    op.drop_table("voting")
    op.drop_table("agenda_item_opinion")
    with op.batch_alter_table("agenda_item_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_item_file_item_id"))

    op.drop_table("agenda_item_file")
    op.drop_table("agenda_item_conflict")
    with op.batch_alter_table("control_question_support", schema=None) as batch_op:
        batch_op.drop_index("ix_control_question_support_at")
        batch_op.drop_index(batch_op.f("ix_control_question_support_account_id"))

    op.drop_table("control_question_support")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index("ix_agenda_item_proposal")
        batch_op.drop_index("ix_agenda_item_petition")
        batch_op.drop_index("ix_agenda_item_draft")

    op.drop_table("agenda_item")
    op.drop_table("recommendation_answer")
    op.drop_table("minutes_file")
    with op.batch_alter_table("minutes_addition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_addition_minutes_id"))

    op.drop_table("minutes_addition")
    with op.batch_alter_table("council_examination", schema=None) as batch_op:
        batch_op.drop_index("ix_council_examination_waiting", postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index("ix_council_examination_rapporteur")
        batch_op.drop_index("ix_council_examination_draft")

    op.drop_table("council_examination")
    with op.batch_alter_table("control_visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_control_visit_act_id"))

    op.drop_table("control_visit")
    with op.batch_alter_table("control_question", schema=None) as batch_op:
        batch_op.drop_index("ix_control_question_author")
        batch_op.drop_index("ix_control_question_act")

    op.drop_table("control_question")
    with op.batch_alter_table("control_participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_control_participant_act_id"))

    op.drop_table("control_participant")
    with op.batch_alter_table("control_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_control_file_act_id"))

    op.drop_table("control_file")
    with op.batch_alter_table("sitting_attendance", schema=None) as batch_op:
        batch_op.drop_index("ix_sitting_attendance_sitting")

    op.drop_table("sitting_attendance")
    op.drop_table("recommendation")
    with op.batch_alter_table("proposal_support", schema=None) as batch_op:
        batch_op.drop_index("ix_proposal_support_at")
        batch_op.drop_index(batch_op.f("ix_proposal_support_account_id"))

    op.drop_table("proposal_support")
    with op.batch_alter_table("proposal_step", schema=None) as batch_op:
        batch_op.drop_index("ix_proposal_step_proposal")

    op.drop_table("proposal_step")
    op.drop_table("minutes")
    with op.batch_alter_table("council_candidacy_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_candidacy_file_candidacy_id"))

    op.drop_table("council_candidacy_file")
    with op.batch_alter_table("control_act", schema=None) as batch_op:
        batch_op.drop_index("ix_control_act_council")
        batch_op.drop_index("ix_control_act_announced", postgresql_where=sa.text("announced_at IS NOT NULL"))
        batch_op.drop_index("ix_control_act_agency")

    op.drop_table("control_act")
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.drop_index("ix_sitting_council")

    op.drop_table("sitting")
    with op.batch_alter_table("recommendation_list", schema=None) as batch_op:
        batch_op.drop_index("ix_recommendation_list_subject")
        batch_op.drop_index("ix_recommendation_list_council")
        batch_op.drop_index("ix_recommendation_list_agency")

    op.drop_table("recommendation_list")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_proposal_title", postgresql_using="gin", postgresql_ops={"search_title": "gin_trgm_ops"}
        )
        batch_op.drop_index("ix_proposal_supports")
        batch_op.drop_index("ix_proposal_state")
        batch_op.drop_index("ix_proposal_search", postgresql_using="gin")
        batch_op.drop_index("ix_proposal_created")
        batch_op.drop_index("ix_proposal_council")
        batch_op.drop_index("ix_proposal_author")
        batch_op.drop_index("ix_proposal_agency")

    op.drop_table("proposal")
    with op.batch_alter_table("promise_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_promise_entry_promise")

    op.drop_table("promise_entry")
    with op.batch_alter_table("gathering_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gathering_move_gathering_id"))

    op.drop_table("gathering_move")
    with op.batch_alter_table("gathering_guest", schema=None) as batch_op:
        batch_op.drop_index("ix_gathering_guest_account")

    op.drop_table("gathering_guest")
    with op.batch_alter_table("council_working_group_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_working_group_member_competition_id"))

    op.drop_table("council_working_group_member")
    with op.batch_alter_table("council_office", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_council_office_chair", postgresql_where=sa.text("kind = 'chair' AND until_on IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_council_office_council_id"))

    op.drop_table("council_office")
    op.drop_table("council_commission_seat")
    with op.batch_alter_table("council_candidacy", schema=None) as batch_op:
        batch_op.drop_index("ix_council_candidacy_account")

    op.drop_table("council_candidacy")
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_index("ix_promise_subject", postgresql_where=sa.text("subject_kind IS NOT NULL"))
        batch_op.drop_index("ix_promise_source")
        batch_op.drop_index("ix_promise_due", postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index("ix_promise_council", postgresql_where=sa.text("council_id IS NOT NULL"))
        batch_op.drop_index("ix_promise_agency")

    op.drop_table("promise")
    with op.batch_alter_table("gathering", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gathering_territory_id"))
        batch_op.drop_index("ix_gathering_starts", postgresql_where=sa.text("published_at IS NOT NULL"))
        batch_op.drop_index("ix_gathering_council")

    op.drop_table("gathering")
    with op.batch_alter_table("council_secretary", schema=None) as batch_op:
        batch_op.drop_index("uq_council_secretary_open", postgresql_where=sa.text("until_on IS NULL"))
        batch_op.drop_index("ix_council_secretary_account")

    op.drop_table("council_secretary")
    with op.batch_alter_table("council_record", schema=None) as batch_op:
        batch_op.drop_index("ix_council_record_council")

    op.drop_table("council_record")
    with op.batch_alter_table("council_member", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_council_member_account_term", postgresql_where=sa.text("account_id IS NOT NULL")
        )
        batch_op.drop_index("ix_council_member_council")
        batch_op.drop_index("ix_council_member_account")

    op.drop_table("council_member")
    with op.batch_alter_table("council_competition", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_council_competition_running",
            postgresql_where=sa.text("state NOT IN ('approved','cancelled')"),
        )

    op.drop_table("council_competition")
    with op.batch_alter_table("council_commission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_commission_council_id"))

    op.drop_table("council_commission")
    with op.batch_alter_table("council", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_territory_id"))
        batch_op.drop_index("ix_council_level")
        batch_op.drop_index("ix_council_agency")

    op.drop_table("council")
    op.execute(sa.schema.DropSequence(sa.Sequence("control_act_number")))
    op.execute(sa.schema.DropSequence(sa.Sequence("promise_number")))
    op.execute(sa.schema.DropSequence(sa.Sequence("proposal_number")))
    op.execute(sa.schema.DropSequence(sa.Sequence("ruling_number")))
    op.execute(sa.schema.DropSequence(sa.Sequence("sitting_number")))
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_duty_fulfilled_or_cancelled"), "fulfilled_at IS NULL OR cancelled_at IS NULL"
        )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_follow_of_one_thing"), "(petition_id IS NULL) <> (draft_id IS NULL)"
        )
