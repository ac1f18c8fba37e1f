from .attachment import Attachment
from .audit import AuditEntry
from .jobs import OutgoingMail, ScheduledJob, StartupStamp, WorkerBeat
from .reference import Reference

__all__ = ["Attachment", "AuditEntry", "OutgoingMail", "Reference", "ScheduledJob", "StartupStamp", "WorkerBeat"]
