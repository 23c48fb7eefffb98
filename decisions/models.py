"""The tables of this app, gathered for Django from the rooms that own them."""

from decisions.records.models import Event, Record, Snapshot
from decisions.wizard.models import Draft, Revision

__all__ = ["Draft", "Event", "Record", "Revision", "Snapshot"]
