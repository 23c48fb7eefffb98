"""What decisions, outcomes and answers about telling the person are called. Pure."""

from guidance.rulebook.schema import Outcome

DECISION_LABELS = {
    Outcome.SHARE: "Share",
    Outcome.SHARE_IN_PART: "Share in part",
    Outcome.DO_NOT_SHARE: "Do not share",
}
TOLD_LABELS = {
    "yes-now": "Yes, they know or will be told first",
    "yes-later": "They will be told afterwards",
    "no": "No",
}
OUTCOME_LABELS = {
    **DECISION_LABELS,
    Outcome.SEEK_ADVICE: "Get advice first",
    Outcome.ASK_CONSENT: "Ask for consent first",
    Outcome.INCOMPLETE: "Not all questions are answered yet",
}
