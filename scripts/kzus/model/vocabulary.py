"""Closed lists: the words that a field may hold, each with the label that readers see.

A list that grows with the record (themes, places, offices, dialogues) is data, under `data/`.
What stands here is meaning that code depends on.
"""

from __future__ import annotations

PILLARS = {
    "dialogue": "Strategic dialogue",
    "commitments": "Bilateral commitments",
    "commerce": "Commercial ties",
}

EVENT_TYPES = {
    "appointment": "Appointment",
    "assistance": "Assistance",
    "call": "Call",
    "deal": "Deal",
    "dialogue-session": "Dialogue session",
    "diplomatic-relations": "Diplomatic relations",
    "entry-into-force": "Entry into force",
    "legislation": "Legislation",
    "meeting": "Meeting",
    "milestone": "Milestone",
    "other": "Other",
    "program": "Program",
    "recognition": "Recognition",
    "signing": "Signing",
    "statement": "Statement",
    "visit": "Visit",
}

AGREEMENT_TYPES = {
    "contract": "Contract",
    "executive-agreement": "Executive agreement",
    "joint-statement": "Joint statement",
    "memorandum": "Memorandum of understanding",
    "other": "Other instrument",
    "protocol": "Protocol",
    "treaty": "Treaty",
}

# The order is that of a usual life; steps of one day are shown in it.
LIFECYCLE_STEPS = {
    "announced": "Announced",
    "agreed": "Agreed",
    "adopted": "Adopted",
    "signed": "Signed",
    "issued": "Issued",
    "ratified-us": "Ratified by the United States",
    "ratified-kz": "Ratified by Kazakhstan",
    "entered-into-force": "Entered into force",
    "amended": "Amended",
    "extended": "Extended",
    "superseded": "Superseded",
    "expired": "Expired",
    "terminated": "Terminated",
}
ENDINGS = frozenset({"superseded", "expired", "terminated"})

# Outcomes, never intent. The second text is the definition that the site shows.
COMMITMENT_STATUSES = {
    "delivered": ("Delivered", "Dated evidence shows what was promised as done."),
    "in-progress": ("In progress", "Dated evidence shows a part done, or steps towards it."),
    "stalled": ("Stalled", "Dated evidence shows that steps began and then stood still."),
    "lapsed": ("Lapsed", "Dated evidence shows that its term ended or that it was given up."),
    "not-assessed": (
        "Not assessed",
        "The record holds no evidence on which to judge; this says nothing about what was done.",
    ),
}

SIDES = {"US": "United States", "KZ": "Kazakhstan", "other": "Others"}

LEVELS = {
    "presidents": "Presidents",
    "ministers": "Ministers",
    "deputy-ministers": "Deputy ministers",
    "working": "Working level",
}

# From the strongest evidence to the weakest.
SOURCE_KINDS = {
    "primary": (
        "Primary",
        "The document itself: treaty, law, statement, dataset, transcript, filing.",
    ),
    "official": ("Official", "A government or organization reporting on what it did."),
    "academic": ("Academic", "Research with its own references."),
    "press": ("Press", "News media."),
    "reference": ("Reference", "An encyclopedia, a chronology or another compilation."),
}

DISPUTE_TOPICS = {
    "date": "Date",
    "number": "Number",
    "amount": "Amount",
    "place": "Place",
    "name": "Name",
    "participants": "Participants",
    "status": "Status",
    "claim": "Claim",
}

IDENTIFIERS = {
    "tias": "TIAS (Treaties and Other International Acts Series)",
    "kav": "KAV number",
    "unts": "UN Treaty Series",
    "treaty_doc": "Senate Treaty Document",
    "senate_exec_rept": "Senate Executive Report",
    "federal_register": "Federal Register",
    "us_law": "Law of the United States",
    "kz_law": "Law of Kazakhstan",
    "kz_decree": "Decree of Kazakhstan",
    "kz_treaty_bulletin": "Bulletin of International Treaties of Kazakhstan",
    "case": "Case number",
    "wikidata": "Wikidata",
}

SERIES_TOPICS = {
    "trade": "Trade",
    "investment": "Investment",
    "energy": "Energy",
    "assistance": "Assistance",
    "ranking": "Rankings and tiers",
    "security": "Security",
    "education": "Education",
}

# How names from Kazakhstan are written otherwise in Latin letters: a form, and what may stand for
# it. Readers who search may know a name by either.
SPELLINGS = (
    (r"(?<=[aeiou])yev(a?)$", r"ev\1"),
    (r"(?<=[aeiou])ev(a?)$", r"yev\1"),
    (r"^Ye(?=[^v])", "E"),
    (r"^E(?=[^v])", "Ye"),
    (r"(?<=[^aeiou])i$", "y"),
    (r"ay(?=[^aeo])", "ai"),
    ("ss", "s"),
    ("kh", "h"),
    ("^Kh", "H"),
    ("zh", "j"),
    ("^Zh", "J"),
)
