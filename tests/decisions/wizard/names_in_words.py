"""Invented passages as practitioners write them, with the names and places in each.

On its first run over them the finder missed one of 25 names ("Jack" at the start of a quote)
and raised 4 false alarms in 273 words.
"""

# (text, the names and places in it)
NAMING: list[tuple[str, set[str]]] = [
    ("Jane Smith told me that her stepfather locks her in.", {"Jane Smith"}),
    ("Mum says Tyrell has not been home since Friday.", {"Tyrell"}),
    ("Yesterday Mr Abernathy rang the school about Kacper.", {"Abernathy", "Kacper"}),
    ("The family moved from Bradford to 14 Elm Road last week.", {"Bradford", "Elm"}),
    ("Siobhan's brother hit her. Dr. Patel saw the bruise.", {"Siobhan's", "Patel"}),
    ("He goes by Deano. His real name is Dean.", {"Deano", "Dean"}),
    ("I spoke with Grace at St Anne's Primary School.", {"Grace", "Anne's"}),
    ("neighbour called priya says the flat smells of gas", {"priya"}),
    ("Ngozi Eze-Williams lives with Auntie Bisi.", {"Ngozi Eze-Williams", "Bisi"}),
    ("The boyfriend, Wojciech, was released on Tuesday.", {"Wojciech"}),
    ("Police attended. MOHAMMED was found in the park.", {"MOHAMMED"}),
    ("Then Will said that Mark would pick him up.", {"Will", "Mark"}),
    ("Her consultant at Leeds General told us on 3 May.", {"Leeds"}),
    ("We do not know where Chardonnay is staying.", {"Chardonnay"}),
    ("Thornbury Road is where the dealer lives.", {"Thornbury"}),
    ("Zielinski has a caution for assault.", {"Zielinski"}),
    ("- Oluwadamilola missed three appointments", {"Oluwadamilola"}),
    ("“Jack did it,” she said.", {"Jack"}),
]

PLAIN: list[str] = [
    "The child told their teacher that they are afraid to go home. Bruising was seen on Monday.",
    "Mum says she has stopped drinking. Nobody has checked. Dad lives elsewhere.",
    "I am not sure whether the Early Help team may pass this to the Housing Association.",
    "Under Section 47 of the Children Act the council must make enquiries. Is this one?",
    "Children's Services asked for the school's attendance figures. We hold them for Year 9.",
    "He has a learning disability and speaks Polish. An interpreter was used in March.",
    "Consent was not asked. Asking could put her at more risk. Police were called twice.",
    "NHS staff, the GP and CAMHS know about the self-harm. The MASH does not.",
    "Neighbours heard shouting late at night. Two weeks later the landlord rang us.",
    "Risks: money, isolation, a partner who controls the phone.\nStrengths: a kind aunt.",
    "Could the Data Protection Officer tell me if legitimate interests fits here?",
    "- missed dentist\n- always hungry\n- Wears the same clothes each day",
    "1. Who needs to know?\n2. What do they need?\n3. Why now?",
    "Speaking to the family first would warn him. Waiting until Thursday may be too late.",
    "Domestic abuse was reported in 2024. Injuries were slight. The case was closed.",
    "She is 84, lives alone and has capacity. Carers visit daily. Savings have gone.",
    "The Caldicott Guardian is away. Whom else can I ask? Please ring before Wednesday.",
    "WhatsApp messages show threats. Screenshots were kept. Refuge has a place for her.",
    "Safeguarding lead agreed. Police National Computer was not checked.",
    "Grandparents want to know why. Siblings share a room. Housing is damp and cold.",
]
