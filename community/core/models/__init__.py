from .attachment import Attachment
from .audit import AuditEntry
from .reference import Reference

__all__ = ["Attachment", "AuditEntry", "Reference"]
