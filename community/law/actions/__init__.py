from .keeping import latest_change_id
from .obligations import create_obligation, edit_obligation
from .provisions import create_provision, edit_provision, repeal_provision
from .texts import create_text, edit_text, repeal_text, restore_text
from .thresholds import create_threshold, edit_threshold

__all__ = [
    "create_obligation",
    "create_provision",
    "create_text",
    "create_threshold",
    "edit_obligation",
    "edit_provision",
    "edit_text",
    "edit_threshold",
    "latest_change_id",
    "repeal_provision",
    "repeal_text",
    "restore_text",
]
