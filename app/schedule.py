"""What runs by the clock (local time of Kazakhstan), and what the relay does by itself."""

from prometheus_client import CollectorRegistry, Gauge

from app.accounts import jobs as accounts
from app.audit import jobs as audit
from app.comments import jobs as comments
from app.consultations import jobs as consultations
from app.control import jobs as control
from app.councils import jobs as councils
from app.files import jobs as files
from app.notifications import jobs as notifications
from app.notifications.queries import mail_figures
from app.outbox.cron import Appointment
from app.outbox.relay import Beat
from app.outbox.subscriptions import Scheduled
from app.petitions import jobs as petitions
from app.petitions.queries.counts import newest_proof
from app.promises import jobs as promises
from app.proposals import jobs as proposals
from app.queues import MAIL
from app.recommendations import jobs as recommendations
from app.sittings import jobs as sittings
from config import Settings


def forget() -> None:
    """Deletes what nobody needs any more: ended sessions, the addresses on sent letters, unanswered questions."""
    accounts.forget_sessions()
    notifications.forget_letters()


JOBS: Scheduled = {
    "end terms": petitions.end_terms,
    "chase": petitions.chase,
    "open and close drafts": consultations.open_and_close,
    "chase drafts": consultations.chase,
    "chase control": control.chase,
    "close applications": councils.close_applications,
    "end council terms": sittings.end_terms,
    "warn councils": sittings.warn,
    "group comments": comments.group_again,
    "prove counts": petitions.prove_counts,
    "chase proposals": proposals.chase,
    "count all supporters": proposals.count_all,
    "count all questions": control.count_all,
    "chase recommendations": recommendations.chase,
    "remind of promises": promises.remind,
    "find late promises": promises.find_late,
    "prove the record": audit.prove,
    "digests": notifications.send_digests,
    "forget": forget,
    "send mail": notifications.send_waiting,
    "sweep files": files.sweep_unused,
}

APPOINTMENTS = (
    Appointment("end terms", cron="* * * * *"),
    Appointment("send mail", cron="* * * * *", queue=MAIL),
    Appointment("open and close drafts", cron="1,31 * * * *"),
    Appointment("close applications", cron="2 * * * *"),
    # The day ends at midnight; whoever was away then learns of it an hour later.
    Appointment("end council terms", cron="3 * * * *"),
    Appointment("warn councils", cron="25 9 * * *"),
    Appointment("group comments", cron="25 * * * *"),
    Appointment("chase", cron="0 9,15 * * *"),
    Appointment("chase drafts", cron="5 9 * * *"),
    Appointment("chase control", cron="25 9 * * *"),
    Appointment("chase proposals", cron="15 9 * * *"),
    Appointment("count all supporters", cron="25 3 * * *"),
    Appointment("count all questions", cron="28 3 * * *"),
    Appointment("find late promises", cron="35 0 * * *"),
    Appointment("chase recommendations", cron="10 9 * * *"),
    Appointment("remind of promises", cron="20 9 * * *"),
    Appointment("digests", cron="0 8 * * *"),
    Appointment("prove counts", cron="20 3 * * *"),
    Appointment("prove the record", cron="35 3 * * *"),
    Appointment("forget", cron="10 4 * * *"),
    Appointment("sweep files", cron="50 3 * * *"),
)


def gauges(registry: CollectorRegistry) -> None:
    """What `/metrics` says beside the web's own figures: mail that waits, and how the newest count proof came out."""
    mail = mail_figures()
    Gauge("unqos_mail_waiting", "Letters not yet sent", registry=registry).set(mail.waiting)
    Gauge("unqos_mail_given_up", "Letters that could not be delivered", registry=registry).set(mail.given_up)
    proof = newest_proof()
    Gauge("unqos_count_drift", "Petitions whose sums disagree", registry=registry).set(
        len(proof.drift) if proof else 0
    )
    Gauge("unqos_count_proof_time", "When the newest proof was made", registry=registry).set(
        proof.at.timestamp() if proof else 0
    )


def beats(settings: Settings) -> tuple[Beat, ...]:
    """The sequencer is not a job: counting must not wait in a queue behind anything, or for Redis."""
    often = settings.sequencer_interval_seconds
    return (
        Beat("sequence", every_seconds=often, run=petitions.sequence),
        Beat("count comments", every_seconds=often, run=comments.count),
        Beat("count attitudes", every_seconds=often * 5, run=consultations.count_attitudes),
        Beat("count questions", every_seconds=often * 5, run=control.count),
        Beat("count supporters", every_seconds=often * 5, run=proposals.count),
    )
