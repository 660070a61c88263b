"""What runs by the clock (local time of Kazakhstan), and what the relay does by itself."""

from prometheus_client import CollectorRegistry, Gauge

from app.accounts import jobs as accounts
from app.audit import jobs as audit
from app.comments import jobs as comments
from app.consultations import jobs as consultations
from app.files import jobs as files
from app.notifications import jobs as notifications
from app.notifications.queries import mail_figures
from app.outbox.cron import Appointment
from app.outbox.relay import Beat
from app.outbox.subscriptions import Scheduled
from app.petitions import jobs as petitions
from app.petitions.queries.counts import newest_proof
from app.queues import MAIL
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
    "group comments": comments.group_again,
    "prove counts": petitions.prove_counts,
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
    Appointment("group comments", cron="25 * * * *"),
    Appointment("chase", cron="0 9,15 * * *"),
    Appointment("chase drafts", cron="5 9 * * *"),
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
    )
