"""The tables of this app, gathered for Django from the rooms that own them."""

from decisions.export.models import Export, ExportRecord
from decisions.findings.models import Finding, Step
from decisions.kept_pdf.models import KeptDocument, RecordPdf
from decisions.needs_you.models import Looked
from decisions.protocols.models import SuggestionPutAside
from decisions.records.models import Event, LedgerEntry, Record, Snapshot
from decisions.register.models import Entry, SavedView
from decisions.replay.models import Replay
from decisions.review.models import Review, ReviewCall, ReviewRules, Sample
from decisions.telling.models import Digest, MailChoice, Message
from decisions.wizard.advice.models import Advice, Brief
from decisions.wizard.case_system.models import CaseSystemKey, HandIn
from decisions.wizard.closing.models import DraftEvent
from decisions.wizard.models import Draft, Revision

__all__ = [
    "Advice",
    "Brief",
    "CaseSystemKey",
    "Digest",
    "Draft",
    "DraftEvent",
    "Entry",
    "Event",
    "Export",
    "ExportRecord",
    "Finding",
    "HandIn",
    "KeptDocument",
    "LedgerEntry",
    "Looked",
    "MailChoice",
    "Message",
    "Record",
    "RecordPdf",
    "Replay",
    "Review",
    "ReviewCall",
    "ReviewRules",
    "Revision",
    "Sample",
    "SavedView",
    "Snapshot",
    "Step",
    "SuggestionPutAside",
]
