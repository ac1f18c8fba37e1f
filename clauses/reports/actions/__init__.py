from .experience import edit_experience, keep_draft, publish_experience
from .life import (
    delete_experience,
    hide_experience,
    restore_experience,
    toggle_useful,
    withdraw_experience,
)
from .usage import edit_usage, remove_usage, report_usage
from .usage_ask import ask_usages_unguarded, decline_usage

__all__ = [
    "ask_usages_unguarded",
    "decline_usage",
    "delete_experience",
    "edit_experience",
    "edit_usage",
    "hide_experience",
    "keep_draft",
    "publish_experience",
    "remove_usage",
    "report_usage",
    "restore_experience",
    "toggle_useful",
    "withdraw_experience",
]
