"""What runs after a fact. With `schedule.py`, this is everything that happens without a click."""

from app.agencies import events as agency_events
from app.comments import events as comment_events
from app.comments import jobs as comment_jobs
from app.consultations import events as draft_events
from app.consultations import jobs as draft_jobs
from app.control import events as control_events
from app.councils import events as council_events
from app.duties import jobs as duty_jobs
from app.gatherings import events as gathering_events
from app.notifications.events import MailWaiting
from app.notifications.jobs import announce, send_soon
from app.outbox.facts import Fact
from app.outbox.subscriptions import Subscription
from app.petitions import events, jobs
from app.promises import events as promise_events
from app.proposals import events as proposal_events
from app.queues import MAIL
from app.recommendations import events as recommendation_events
from app.recommendations import jobs as recommendation_jobs
from app.sittings import events as sitting_events
from app.sittings import jobs as sitting_jobs

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
    draft_events.DraftAnnounced: (Subscription(sitting_jobs.notify_councils),),
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
    draft_events.DraftWithdrawn: (Subscription(sitting_jobs.drop_draft), TELL),
    council_events.CompetitionAnnounced: (TELL,),
    council_events.CompetitionDecided: (TELL,),
    council_events.CompetitionCancelled: (TELL,),
    council_events.CompositionApproved: (TELL,),
    council_events.MemberRemoved: (TELL,),
    sitting_events.CouncilNotified: (TELL,),
    sitting_events.RapporteurAssigned: (TELL,),
    sitting_events.TermEndsSoon: (TELL,),
    sitting_events.ConsentBySilence: (TELL,),
    sitting_events.SittingCalled: (TELL,),
    sitting_events.AgendaItemDropped: (TELL,),
    sitting_events.RulingPublished: (TELL,),
    sitting_events.MinutesAsked: (Subscription(sitting_jobs.make_minutes),),
    sitting_events.MinutesPublished: (TELL,),
    gathering_events.GatheringMoved: (TELL,),
    gathering_events.GatheringCancelled: (TELL,),
    agency_events.AgencySucceeded: (Subscription(duty_jobs.hand_over),),
    recommendation_events.RecommendationsIssued: (Subscription(recommendation_jobs.start_duty),),
    recommendation_events.RecommendationsReceived: (TELL,),
    recommendation_events.SignatureAsked: (TELL,),
    recommendation_events.RecommendationsAnswered: (TELL,),
    recommendation_events.RecommendationsOverdue: (TELL,),
    promise_events.PromiseEntered: (TELL,),
    promise_events.PromisePutOff: (TELL,),
    promise_events.PromiseDue: (TELL,),
    promise_events.PromiseLate: (TELL,),
    promise_events.PromiseKept: (TELL,),
    promise_events.PromiseDropped: (TELL,),
    proposal_events.ProposalMade: (TELL,),
    proposal_events.ProposalTakenUp: (TELL,),
    proposal_events.ProposalForwarded: (TELL,),
    proposal_events.ProposalDeclined: (TELL,),
    proposal_events.ProposalDone: (TELL,),
    proposal_events.ProposalHidden: (TELL,),
    proposal_events.ProposalOverdue: (TELL,),
    control_events.ControlAnnounced: (TELL,),
    control_events.ControlConcluded: (TELL,),
    control_events.ControlDocumentOverdue: (TELL,),
    MailWaiting: (Subscription(send_soon, queue=MAIL),),
}
