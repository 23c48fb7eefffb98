"""Why a draft was discarded. Pure.

A list and no free text: the event stays when the draft's text is gone, so it must not hold any.
"""

REASONS = {
    "mistake": "It was started by mistake",
    "twice": "The same decision is in another draft",
    "not-needed": "No decision is needed any more",
    "elsewhere": "It was decided or recorded elsewhere",
}
