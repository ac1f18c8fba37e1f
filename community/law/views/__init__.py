from .calendar import legal_calendar, legal_calendar_ics
from .editing import (
    legal_text_create,
    legal_text_edit,
    legal_text_repeal,
    legal_text_restore,
    obligation_create,
    obligation_edit,
    provision_create,
    provision_edit,
    provision_repeal,
    threshold_create,
    threshold_edit,
)
from .texts import legal_text, legal_text_list, threshold_list

__all__ = [
    "legal_calendar",
    "legal_calendar_ics",
    "legal_text",
    "legal_text_create",
    "legal_text_edit",
    "legal_text_list",
    "legal_text_repeal",
    "legal_text_restore",
    "obligation_create",
    "obligation_edit",
    "provision_create",
    "provision_edit",
    "provision_repeal",
    "threshold_create",
    "threshold_edit",
    "threshold_list",
]
