"""What runs after a fact. With `schedule.py`, this is everything that happens without a click."""

from app.comments import events as comment_events
from app.comments import jobs as comment_jobs
from app.consultations import events as draft_events
from app.consultations import jobs as draft_jobs
from app.notifications.events import MailWaiting
from app.notifications.jobs import announce, send_soon
from app.outbox.facts import Fact
from app.outbox.subscriptions import Subscription
from app.petitions import events, jobs
from app.queues import MAIL

TELL = Subscription(announce)

SUBSCRIPTIONS: dict[type[Fact], tuple[Subscription, ...]] = {
    events.PetitionSubmitted: (TELL,),
    events.FirstSupportReached: (TELL,),
    events.FirstSupportFailed: (TELL,),
    events.CheckPassed: (TELL,),
    events.PetitionRejected: (TELL,),
    events.PetitionPublished: (Subscription(jobs.look_again_at_threshold), TELL),
    events.PetitionWithdrawn: (TELL,),
    events.ThresholdReached: (Subscription(jobs.hand_over), TELL),
    events.PetitionForwarded: (TELL,),
    events.RegistrationOverdue: (TELL,),
    events.RegistrationEscalated: (TELL,),
    events.PetitionRegistered: (TELL,),
    events.DiscussionAnnounced: (TELL,),
    events.ReviewExtended: (TELL,),
    events.ReviewOverdue: (TELL,),
    events.DecisionPublished: (TELL,),
    events.StatementMade: (TELL,),
    events.PetitionReturned: (TELL,),
    events.LetterAnswered: (TELL,),
    events.PetitionClosed: (TELL,),
    events.PetitionRemoved: (TELL,),
    events.CountDrifted: (TELL,),
    comment_events.CommentPosted: (
        Subscription(comment_jobs.join_group),
        Subscription(draft_jobs.carry_late),
    ),
    comment_events.CommentEdited: (Subscription(comment_jobs.join_group_again),),
    comment_events.CommentReplied: (TELL,),
    comment_events.CommentHidden: (Subscription(comment_jobs.renew_sample), TELL),
    comment_events.CommentWithdrawn: (Subscription(comment_jobs.renew_sample),),
    comment_events.AppealMade: (TELL,),
    comment_events.AppealDecided: (TELL,),
    comment_events.GroupConfirmed: (TELL,),
    comment_events.AnswersApprovalAsked: (TELL,),
    comment_events.AnswerPublished: (Subscription(draft_jobs.see_answers), TELL),
    draft_events.DraftOpened: (TELL,),
    draft_events.DraftProlonged: (TELL,),
    draft_events.DraftClosed: (TELL,),
    draft_events.ReportAsked: (Subscription(draft_jobs.make_report),),
    draft_events.ComparisonAsked: (Subscription(draft_jobs.compare),),
    draft_events.VersionPublished: (Subscription(draft_jobs.carry), TELL),
    draft_events.CommentsCarried: (TELL,),
    draft_events.PlaceSettled: (TELL,),
    draft_events.AnswersOverdue: (TELL,),
    draft_events.ReportPublished: (TELL,),
    draft_events.DraftAdopted: (TELL,),
    draft_events.DraftWithdrawn: (TELL,),
    MailWaiting: (Subscription(send_soon, queue=MAIL),),
}
