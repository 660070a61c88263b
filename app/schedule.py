"""What runs by the clock (local time of Kazakhstan), and what the relay does by itself."""

from app.files import jobs as files
from app.notifications import jobs as notifications
from app.outbox.cron import Appointment
from app.outbox.relay import Beat
from app.outbox.subscriptions import Scheduled
from app.petitions import jobs as petitions
from app.queues import MAIL
from config import Settings

JOBS: Scheduled = {
    "end terms": petitions.end_terms,
    "chase": petitions.chase,
    "prove counts": petitions.prove_counts,
    "send mail": notifications.send_waiting,
    "sweep files": files.sweep_unused,
}

APPOINTMENTS = (
    Appointment("end terms", cron="* * * * *"),
    Appointment("send mail", cron="* * * * *", queue=MAIL),
    Appointment("chase", cron="0 9,15 * * *"),
    Appointment("prove counts", cron="20 3 * * *"),
    Appointment("sweep files", cron="50 3 * * *"),
)


def beats(settings: Settings) -> tuple[Beat, ...]:
    """The sequencer is not a job: counting must not wait in a queue behind anything, or for Redis."""
    return (Beat("sequence", every_seconds=settings.sequencer_interval_seconds, run=petitions.sequence),)
